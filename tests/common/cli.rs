//! Runs the real binary for a command line as a person would type it.
//!
//! Owns how it is started: the folder, the environment, the width. Knows nothing of fixtures or of
//! the README.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a command left behind.
pub(crate) struct Outcome {
    /// The exit status; `None` where a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `autopilot-lint …` in `folder`, its words parted at blanks, `more` of them after it; after
/// ` < ` a file to read. Where it draws, it does so for a terminal of 80 columns that knows Unicode.
pub(crate) fn run(command_line: &str, more: &[&str], folder: &Path) -> Outcome {
    let (words, input) = match command_line.split_once(" < ") {
        Some((words, name)) => (words, read(&folder.join(name.trim()))),
        None => (command_line, Stdio::null()),
    };
    let mut words = words.split_whitespace();
    assert_eq!(words.next(), Some("autopilot-lint"), "{command_line}");
    let output = Command::new(env!("CARGO_BIN_EXE_autopilot-lint"))
        .args(words)
        .args(more)
        .current_dir(folder)
        .stdin(input)
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm-256color")
        .env_remove("CI")
        .env_remove("FORCE_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the binary starts");
    Outcome {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the report is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("notes are UTF-8"),
    }
}

fn read(path: &Path) -> Stdio {
    Stdio::from(File::open(path).expect("a readable file"))
}

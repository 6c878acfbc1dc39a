//! The binary as a user runs it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Where it is.
pub(crate) const PATH: &str = env!("CARGO_BIN_EXE_autopilot-lint");

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// `None` where a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("a report in UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("notes in UTF-8"),
        }
    }
}

/// The binary in a folder, in an environment that asks for nothing.
pub(crate) fn command<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new(PATH);
    command.current_dir(folder).args(arguments);
    for variable in [
        "AUTOPILOT_LINT_CONFIG",
        "AUTOPILOT_LINT_FAIL_LEVEL",
        "AUTOPILOT_LINT_JOBS",
        "AUTOPILOT_LINT_NO_PROGRESS",
        "AUTOPILOT_LINT_OUTPUT_FORMAT",
        "AUTOPILOT_LINT_REDACT",
        "CI",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "JENKINS_URL",
        "NO_COLOR",
        "TEAMCITY_VERSION",
        "TF_BUILD",
    ] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub(crate) fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Run {
    command(folder, arguments)
        .output()
        .expect("the binary runs")
        .into()
}

/// Runs `autopilot-lint …` as a person types it, its words separated by blanks, `more` of them after
/// it; after ` < ` a file to read. Where it draws, it does so for a terminal of 80 columns that knows
/// Unicode.
pub(crate) fn run_line(line: &str, more: &[&str], folder: &Path) -> Run {
    let (words, input) = match line.split_once(" < ") {
        Some((words, name)) => {
            let file = File::open(folder.join(name.trim())).expect("a readable file");
            (words, Stdio::from(file))
        }
        None => (line, Stdio::null()),
    };
    let mut words = words.split_whitespace();
    assert_eq!(words.next(), Some("autopilot-lint"), "{line}");
    let words: Vec<_> = words.chain(more.iter().copied()).collect();
    let mut command = command(folder, &words);
    command.stdin(input);
    command
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm-256color");
    command.output().expect("the binary runs").into()
}

/// Runs it as a shell does that is given these words, redirections among them.
pub(crate) fn run_in_shell(folder: &Path, words: &str) -> Output {
    let script = format!("exec '{PATH}' {words}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(folder);
    shell.output().expect("a shell")
}

/// Runs it with something on standard input.
pub(crate) fn run_with<S: AsRef<OsStr>>(folder: &Path, arguments: &[S], input: &[u8]) -> Run {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // Apart, so that a full pipe of output cannot hold up a full pipe of input. A run that ends
    // before it has read everything breaks the pipe, which is no fault of the test.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    output.into()
}

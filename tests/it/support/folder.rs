//! A folder of files to run the binary in.

use std::fs;
use std::path::Path;

use super::NOW_TEXT;
use super::binary::{self, Run};

/// Goes away with the test.
#[derive(Debug)]
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// A repository with these files.
    pub(crate) fn repository(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir(folder.path().join(".git")).expect("made");
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &(impl AsRef<[u8]> + ?Sized)) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("a file in UTF-8")
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect("removed");
    }

    /// Runs the binary with these words.
    pub(crate) fn run(&self, words: &str) -> Run {
        self.run_below("", words)
    }

    /// The same in a folder below.
    pub(crate) fn run_below(&self, below: &str, words: &str) -> Run {
        let words: Vec<_> = words.split(' ').collect();
        binary::run(&self.path().join(below), &words)
    }

    /// `check` at the tests' present; the rules that find something, in the report's order.
    pub(crate) fn check(&self, words: &str) -> (Vec<String>, Run) {
        let mut all = vec!["check", "--now", NOW_TEXT, "--output-format", "concise"];
        all.extend(words.split(' ').filter(|word| !word.is_empty()));
        let run = binary::run(self.path(), &all);
        (found(&run), run)
    }
}

/// Makes a named pipe.
#[cfg(unix)]
pub(crate) fn make_fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo").success());
}

/// `severity[rule]` of each finding in the `concise` format; files that were not read have none.
pub(crate) fn found(run: &Run) -> Vec<String> {
    let name = |line: &str| {
        let end = line.find("] ").expect("a finding") + 1;
        let start = line[..end].rfind(": ").expect("a place") + 2;
        line[start..end].to_owned()
    };
    let findings = run.stdout.lines().filter(|line| line.contains("] "));
    findings.map(name).collect()
}

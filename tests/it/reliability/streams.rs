//! Reports that cannot be printed.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use crate::support::FAULTY;
use crate::support::binary::{Run, command, run, run_in_shell};
use crate::support::folder::Folder;

/// A page that derives.
const PAGE: &str = "# kettle resource type\n\n## Properties\n\n|Property|Type|Description|\n\
    |:---|:---|:---|\n|cups|Int32|How many.|\n\n``` json\n{\"cups\": \"4\"}\n```\n";

/// Every command that prints something.
const COMMANDS: [&str; 13] = [
    "check a.json",
    "rules",
    "rules --format json",
    "rules --format markdown",
    "explain json-syntax",
    "schema",
    "derive page.md",
    "completions bash",
    "man",
    "--help",
    "help check",
    "check --help",
    "--version",
];

fn folder() -> Folder {
    Folder::repository(&[("a.json", FAULTY), ("page.md", PAGE)])
}

#[test]
fn what_cannot_be_printed_is_a_fault_of_every_command() {
    let folder = folder();
    for words in COMMANDS {
        let full = File::options()
            .write(true)
            .open("/dev/full")
            .expect("there");
        let words: Vec<_> = words.split(' ').collect();
        let output = command(folder.path(), &words).stdout(full).output();
        let run = Run::from(output.expect("it runs"));
        assert_eq!(run.status, Some(2), "{words:?} {run:?}");
        assert!(
            run.stderr.contains("standard output: No space left"),
            "{words:?} {run:?}"
        );
        assert!(!run.stderr.contains("panicked"), "{words:?} {run:?}");
    }
}

#[test]
fn a_reader_that_leaves_at_once_is_no_fault_of_any_command() {
    let folder = folder();
    for words in COMMANDS {
        let words: Vec<_> = words.split(' ').collect();
        let mut child = command(folder.path(), &words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        // Before it can have written anything, or after: it makes no difference.
        drop(child.stdout.take());
        let mut stderr = String::new();
        let read = child
            .stderr
            .take()
            .map(|mut pipe| pipe.read_to_string(&mut stderr));
        read.expect("a pipe").expect("a text");
        let status = child.wait().expect("it ends").code();
        let expected = i32::from(words[0] == "check" && words[1] == "a.json");
        assert_eq!(status, Some(expected), "{words:?} {stderr}");
        assert!(!stderr.contains("error: "), "{words:?} {stderr}");
    }
}

#[test]
fn closed_streams_stop_no_command() {
    let folder = folder();
    for words in COMMANDS {
        for streams in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
            let output = run_in_shell(folder.path(), &format!("{words} {streams}"));
            let status = output.status.code().expect("no signal");
            assert!(status <= 2, "{words} {streams}: {output:?}");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(
                !stderr.contains("internal error"),
                "{words} {streams}: {stderr}"
            );
        }
    }
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_old_one() {
    let folder = folder();
    folder.write("out/report.json", "old");
    // A folder that is a file, and a name that is a folder.
    for target in ["a.json/report.json", "out"] {
        let words = ["check", "--format", &format!("json={target}"), "a.json"];
        let run = run(folder.path(), &words);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains(target), "{run:?}");
    }
    assert_eq!(folder.read("out/report.json"), "old");
    let left = std::fs::read_dir(folder.path()).expect("a folder");
    let left = left.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    assert!(
        !left
            .into_iter()
            .any(|name| name.starts_with(".autopilot-lint-"))
    );
}

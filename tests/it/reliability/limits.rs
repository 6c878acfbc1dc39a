//! Too much of something: sizes, depths, threads.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::FAULTY;
use crate::support::binary::{self, Run, command, run, run_with};
use crate::support::folder::Folder;

/// Runs it with no more than this much address space, in KiB.
fn within(folder: &Folder, kibibytes: u32, words: &str) -> Run {
    let script = format!("ulimit -v {kibibytes} && exec '{}' {words}", binary::PATH);
    let mut shell = Command::new("sh");
    let output = shell
        .args(["-c", &script])
        .current_dir(folder.path())
        .output();
    output.expect("a shell").into()
}

#[test]
fn ten_million_brackets_are_a_finding_at_once() {
    let folder = Folder::repository(&[("a.json", &"[".repeat(10_000_000)), ("b.json", FAULTY)]);
    let started = Instant::now();
    let run = within(&folder, 400_000, "check --jobs 2 a.json b.json");
    assert!(started.elapsed() < Duration::from_secs(20));
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(
        run.stdout
            .starts_with("a.json:1:129: error[nesting-too-deep] "),
        "{run:?}"
    );
    assert!(run.stdout.contains("b.json:1:21: "), "{run:?}");
}

#[test]
fn input_without_an_end_is_given_up() {
    let folder = Folder::repository(&[]);
    for words in [
        "check --stdin-filename a.jsonl -",
        "check --max-file-size 1000 -",
    ] {
        let words: Vec<_> = words.split(' ').collect();
        let zeros = File::open("/dev/zero").expect("there");
        let output = command(folder.path(), &words).stdin(zeros).output();
        let run = Run::from(output.expect("it runs"));
        assert_eq!(run.status, Some(2), "{words:?} {run:?}");
        assert!(run.stderr.contains("error: "), "{run:?}");
    }
}

#[test]
fn a_large_file_is_refused_before_memory_is_taken_for_it() {
    let folder = Folder::repository(&[("b.json", FAULTY)]);
    // Holes: a file of 8 GiB that takes no space.
    let file = File::create(folder.path().join("a.json")).expect("made");
    file.set_len(8 << 30).expect("made longer");
    let run = within(&folder, 600_000, "check --jobs 2 a.json b.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(
        run.stderr
            .contains("larger than the limit of 67108864 bytes"),
        "{run:?}"
    );
    assert!(run.stdout.contains("b.json:1:21: "), "{run:?}");
}

/// Threads of a run that waits for input.
fn threads(words: &[&str], variable: (&str, &str)) -> usize {
    let folder = Folder::repository(&[]);
    let mut child = command(folder.path(), words)
        .env(variable.0, variable.1)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let tasks = format!("/proc/{}/task", child.id());
    let mut most = 0;
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(25));
        most = most.max(std::fs::read_dir(&tasks).map_or(0, Iterator::count));
    }
    drop(child.stdin.take());
    child.wait().expect("it ends");
    most
}

#[test]
fn the_number_of_threads_is_bounded_and_not_the_environment_s() {
    // The main one is one of them.
    assert_eq!(
        threads(&["check", "--jobs", "3", "-"], ("RAYON_NUM_THREADS", "40")),
        3
    );
    assert_eq!(
        threads(
            &["check", "--jobs", "100000", "-"],
            ("RAYON_NUM_THREADS", "1")
        ),
        64
    );
    let by_itself = threads(&["check", "-"], ("RAYON_NUM_THREADS", "100000"));
    assert!((1..=64).contains(&by_itself), "{by_itself}");
}

#[test]
fn patterns_take_time_with_what_they_match_only() {
    let stars = "*a".repeat(60);
    let config = format!(
        "[[overrides]]\nfiles = ['{stars}b', '{{{}}}']\nignore = ['all']\n",
        "a*,".repeat(200)
    );
    let name = format!("{}.json", "a".repeat(200));
    let folder = Folder::repository(&[("autopilot-lint.toml", &config), (&name, FAULTY)]);
    let started = Instant::now();
    let run = run(folder.path(), &["check", &name]);
    assert!(started.elapsed() < Duration::from_secs(10), "{run:?}");
    assert!(run.status.is_some_and(|status| status <= 2), "{run:?}");
}

#[test]
fn no_glob_of_a_tree_ends_the_process() {
    let deep = "{".repeat(60_000) + "a" + &"}".repeat(60_000);
    let config = format!("[[overrides]]\nfiles = ['{deep}']\nignore = ['all']\n");
    let folder = Folder::repository(&[("autopilot-lint.toml", &config), ("a.json", FAULTY)]);
    let refused = run(folder.path(), &["check", "a.json"]);
    assert_eq!(refused.status, Some(2), "{refused:?}");
    let place = "autopilot-lint.toml:2:10: ";
    assert!(refused.stderr.contains(place), "{refused:?}");
    assert!(refused.stderr.len() < 2000, "{refused:?}");

    // The rest of the tree is checked.
    let ignored = format!("*.tmp\n{deep}\n");
    let tree = [
        ("a.json", FAULTY),
        ("x/.gitignore", ignored.as_str()),
        ("x/b.json", FAULTY),
    ];
    let folder = Folder::repository(&tree);
    for (arguments, found) in [(["check", "."], true), (["check", "x"], false)] {
        let run = run(folder.path(), &arguments);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains("x/.gitignore: line 2: "), "{run:?}");
        assert_eq!(run.stdout.contains("a.json:1:21: "), found, "{run:?}");
        assert!(run.stdout.contains("x/b.json:1:21: "), "{run:?}");
    }
}

#[test]
fn no_member_of_a_payload_is_read_as_anything_but_itself() {
    let folder = Folder::repository(&[]);
    for (member, value) in [
        (
            "targetedAppCount",
            r#"{"$serde_json::private::Number":"1"}"#,
        ),
        (
            "osVersion",
            r#"{"$serde_json::private::RawValue":"\"10.0.26200.8893\""}"#,
        ),
        (
            "policyStatusDetails",
            r#"{"$serde_json::private::RawValue":"[]"}"#,
        ),
    ] {
        let text = format!(r#"{{"deploymentState": "success", "{member}": {value}}}"#);
        let run = run_with(folder.path(), &["check", "-"], text.as_bytes());
        assert_eq!(run.status, Some(1), "{member} {run:?}");
        assert!(run.stdout.contains("error[wrong-type]"), "{member} {run:?}");
    }
}

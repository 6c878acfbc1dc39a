//! Runs the binary over everything in `fixtures/` and compares with what stands beside it.
//!
//! `NAME.expected` holds one or more commands after `$`, each followed by what it prints on
//! standard output and by its exit status. A fixture in `fixtures/valid` needs none: it is clean.
//! What is written again is what follows the commands, and a first `NAME.expected` where it is
//! missing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::library::rules;
use crate::support::{binary, golden};

const EXPECTED: &str = ".expected";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder`, named from the root with `/`, in order.
fn files(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder exists");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a readable entry").file_name())
        .map(|name| format!("{folder}/{}", name.to_str().expect("a name in UTF-8")))
        .collect();
    names.sort_unstable();
    let below = |name: String| {
        if root().join(&name).is_dir() {
            files(&name)
        } else {
            vec![name]
        }
    };
    names.into_iter().flat_map(below).collect()
}

/// The fixtures themselves.
fn fixtures(folder: &str) -> Vec<String> {
    let mut names = files(folder);
    names.retain(|name| !name.ends_with(EXPECTED));
    assert!(!names.is_empty(), "{folder} is empty");
    names
}

fn expected_of(fixture: &str) -> PathBuf {
    root().join(format!("{fixture}{EXPECTED}"))
}

/// What is written beside a fixture; empty where nothing is.
fn read_expected(fixture: &str) -> String {
    let path = expected_of(fixture);
    if !path.exists() {
        return String::new();
    }
    fs::read_to_string(path).expect("a readable text")
}

fn commands(expected: &str) -> Vec<&str> {
    let commands = expected.lines().filter_map(|line| line.strip_prefix("$ "));
    commands.collect()
}

/// One command as `NAME.expected` shows it.
fn transcript(command: &str) -> String {
    let outcome = binary::run_line(command, &["--quiet"], root());
    assert_eq!(outcome.stderr, "", "{command}");
    let status = outcome.status.expect("no signal");
    format!("$ {command}\n{}exit status {status}\n", outcome.stdout)
}

#[test]
fn every_fixture_gives_what_stands_beside_it() {
    for fixture in fixtures("fixtures") {
        let expected = read_expected(&fixture);
        if expected.is_empty() && fixture.starts_with("fixtures/valid/") {
            continue;
        }
        let plain = format!("autopilot-lint check {fixture}");
        let commands = match commands(&expected) {
            none if none.is_empty() => vec![plain.as_str()],
            some => some,
        };
        for command in &commands {
            assert!(command.ends_with(&fixture), "{fixture}: another's command");
        }
        let actual = commands.into_iter().map(transcript).collect::<Vec<_>>();
        let actual = actual.join("\n");
        golden::hold(expected_of(&fixture), &actual);
    }
}

#[test]
fn a_valid_fixture_gives_nothing_at_all() {
    for fixture in fixtures("fixtures/valid") {
        let plain = format!("autopilot-lint check {fixture}");
        let expected = read_expected(&fixture);
        for command in commands(&expected).into_iter().chain([plain.as_str()]) {
            let outcome = binary::run_line(command, &["--fail-level", "info"], root());
            assert_eq!(
                (outcome.status, &*outcome.stdout),
                (Some(0), ""),
                "{command}"
            );
        }
    }
}

#[test]
fn an_invalid_fixture_gives_a_finding() {
    for fixture in fixtures("fixtures/invalid") {
        let found = read_expected(&fixture).contains(&format!("{fixture}:"));
        assert!(
            found || golden::updating(),
            "{fixture}: no finding expected"
        );
    }
}

#[test]
fn the_documentations_samples_give_no_error() {
    for fixture in fixtures("fixtures/samples") {
        let expected = read_expected(&fixture);
        assert!(!expected.contains(": error["), "{fixture}");
        let succeeds = |line: &str| line == "exit status 0";
        let successes = expected.lines().filter(|line| succeeds(line)).count();
        assert_eq!(successes, commands(&expected).len(), "{fixture}");
    }
}

#[test]
fn every_expectation_has_its_fixture() {
    for name in files("fixtures") {
        if let Some(fixture) = name.strip_suffix(EXPECTED) {
            assert!(root().join(fixture).exists(), "{name} stands alone");
        }
    }
}

#[test]
fn every_rule_is_shown() {
    let all: String = fixtures("fixtures/invalid")
        .iter()
        .map(|fixture| read_expected(fixture))
        .collect();
    for rule in rules::ALL {
        let shown = all.contains(&format!("[{}] ", rule.name));
        assert!(
            shown || golden::updating(),
            "no invalid fixture shows {}",
            rule.name
        );
    }
}

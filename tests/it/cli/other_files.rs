//! Files that are something else than their name says: archives, pages and pointers under `.json`,
//! and JSON Lines that are none. One finding each, and what can be checked is checked.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::archive::gzip;
use crate::support::folder::Folder;
use crate::support::{CLEAN, FAULTY, binary, shared};

/// What a run found: rule and message of each finding, and how many payloads there were.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    findings: Vec<(String, String)>,
    payloads: u64,
    status: Option<i32>,
    errors: Vec<String>,
}

impl Found {
    fn new(run: &binary::Run) -> Self {
        let report: Value = serde_json::from_str(&run.stdout).expect("a report");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let all = |name: &str| report[name].as_array().expect("an array").clone();
        let findings = all("diagnostics");
        let findings = findings
            .iter()
            .map(|one| (text(&one["rule"]), text(&one["message"])));
        let errors = all("errors");
        Self {
            findings: findings.collect(),
            payloads: report["summary"]["payloads"].as_u64().expect("a number"),
            status: run.status,
            errors: errors.iter().map(|one| text(&one["message"])).collect(),
        }
    }

    fn rules(&self) -> Vec<&str> {
        self.findings
            .iter()
            .map(|(rule, _)| rule.as_str())
            .collect()
    }
}

const JSON: [&str; 5] = [
    "check",
    "--no-config",
    "--format",
    "json",
    "--max-diagnostics=100000",
];

fn check_file(folder: &Path, name: &str) -> Found {
    Found::new(&binary::run(folder, &[&JSON[..], &[name]].concat()))
}

fn check(name: &str, bytes: &[u8]) -> Found {
    let folder = Folder::repository(&[]);
    fs::write(folder.path().join(name), bytes).expect("written");
    check_file(folder.path(), name)
}

/// The same from standard input.
fn check_stdin(name: &str, bytes: &[u8]) -> Found {
    let folder = Folder::repository(&[]);
    let arguments = [&JSON[..], &["--stdin-filename", name, "-"]].concat();
    Found::new(&binary::run_with(folder.path(), &arguments, bytes))
}

/// A file and a word of what is said of it, once.
const OTHER: &[(&str, &[u8], &str)] = &[
    (
        "a.json",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\x56",
        "a gzip archive",
    ),
    (
        "a.jsonl",
        b"\x1f\x8b\x08\0\0\0\0\0\n\x03\xab\n\x56",
        "a gzip archive",
    ),
    (
        "a.json",
        b"\x28\xb5\x2f\xfd\x04\x58\x01\0",
        "a Zstandard archive",
    ),
    (
        "a.json",
        b"PK\x03\x04\x14\0\0\0\x08\0\n\xff\n",
        "a ZIP archive",
    ),
    (
        "a.ndjson",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "a PDF document",
    ),
    (
        "a.json",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n",
        "a Git LFS pointer",
    ),
    (
        "a.jsonl",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n",
        "a Git LFS pointer",
    ),
    (
        "a.json.gz",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n",
        "a Git LFS pointer",
    ),
    (
        "a.jsonl.zst",
        b"<!DOCTYPE html>\n<html>\n<title>Sign in</title>\n</html>\n",
        "an HTML page",
    ),
    (
        "a.jsonl",
        b"<!DOCTYPE html>\n<html>\n<title>Sign in</title>\n</html>\n",
        "an HTML page",
    ),
    ("a.json", b"id,deviceId,osVersion\n1,2,3\n", "CSV"),
    ("a.jsonl", b"id,deviceId,osVersion\n1,2,3\n4,5,6\n", "CSV"),
    ("a.jsonl", b"id: a\ndeviceId: b\n", "YAML"),
    ("a.jsonl", b"\xff\xfe{\0}\0\n\0{\0}\0\n\0", "UTF-16LE"),
    ("a.jsonl", b"{\0}\0\r\0\n\0{\0}\0\r\0\n\0", "UTF-16LE"),
    (
        "a.jsonl",
        b"{'id': 'a', 'ok': True}\n{'id': 'b', 'ok': False}\n",
        "Python",
    ),
    (
        "a.jsonl",
        b"\x1b[1m{\x1b[0m}\n\x1b[1m{\x1b[0m}\n",
        "colour sequence",
    ),
    (
        "a.jsonl",
        b"<<<<<<< a\n=======\n>>>>>>> b\n",
        "merge conflict marker",
    ),
];

#[test]
fn what_a_file_is_instead_is_said_once_and_never_as_something_to_quote_or_encode() {
    for (name, bytes, words) in OTHER {
        for found in [check(name, bytes), check_stdin(name, bytes)] {
            let [(rule, message)] = &*found.findings else {
                panic!("{name} {words}: {found:?}");
            };
            assert!(["json-syntax", "invalid-encoding"].contains(&rule.as_str()));
            assert!(message.contains(words), "{message}");
            assert_eq!((found.status, found.errors.len()), (Some(1), 0), "{words}");
        }
    }
}

#[test]
fn an_indented_document_with_a_fault_is_one_finding_and_the_fault() {
    let whole = indented(CLEAN);
    let without_comma = whole.replacen(",\n", "\n", 1);
    let cut = whole.rsplit_once('\n').expect("several lines").0;
    let later = format!("{whole}\n{without_comma}");
    for text in [
        &*without_comma,
        cut,
        &format!("[\n{whole},\n{without_comma}\n]"),
        &later,
        &"{\n".repeat(100),
    ] {
        let found = check("a.jsonl", text.as_bytes());
        let [(_, layout), (_, fault)] = &found.findings[..] else {
            panic!("{text} {found:?}");
        };
        assert!(layout.contains("not JSON Lines"), "{text} {layout}");
        assert!(!fault.contains("without its braces"), "{text} {fault}");
    }
    // One line that is cut off costs no other.
    let lines = format!("{{\"id\":\n{FAULTY}\n{CLEAN}\n");
    let found = check("a.jsonl", lines.as_bytes());
    assert_eq!(found.payloads, 2, "{found:?}");
}

#[test]
fn the_cases_from_the_field_come_out_as_they_should() {
    if let Some(case) = shared::part("cases/C08-lfs-pointer.json") {
        let found = check_file(Path::new("."), case.to_str().expect("UTF-8"));
        assert_eq!(found.rules(), ["json-syntax"]);
        assert!(found.findings[0].1.contains("a Git LFS pointer, not JSON"));
    }
    if let Some(case) = shared::part("cases/C02-zero-padding.jsonl.gz") {
        let found = check_file(Path::new("."), case.to_str().expect("UTF-8"));
        assert_eq!(found.rules(), ["negative-count"]);
        assert_eq!((found.status, found.errors.len()), (Some(1), 0));
    }
}

/// Events, every hundredth of which has a fault.
fn events(count: usize) -> Vec<String> {
    let event = |number: usize| if number % 100 == 99 { FAULTY } else { CLEAN };
    (0..count).map(|number| event(number).to_owned()).collect()
}

fn indented(event: &str) -> String {
    event
        .replace('{', "{\n  ")
        .replace(", ", ",\n  ")
        .replace('}', "\n}")
}

fn joined(events: &[String], write: impl Fn(usize, &str) -> String) -> String {
    let events = events.iter().enumerate();
    events.map(|(number, event)| write(number, event)).collect()
}

/// Ways to write events that are not one a line, and a word of the one finding that says so.
fn layouts(events: &[String]) -> Vec<(String, &'static str)> {
    let separated = |end: &str| joined(events, |_, event| format!("{event}{end}"));
    let late = |from: usize| {
        joined(events, |number, event| {
            if number < from {
                format!("{event}\n")
            } else {
                format!("{}\n", indented(event))
            }
        })
    };
    let array = format!("[\n{}\n]\n", events.join(",\n"));
    vec![
        (late(0), "takes 5 lines"),
        (late(1), "takes 5 lines"),
        (late(events.len() - 1), "takes 5 lines"),
        (joined(events, |_, event| indented(event)), "takes 5 lines"),
        (array, "lines, and should take one"),
        (separated(",\n"), "comma between documents"),
        (separated(" ,\r\n"), "comma between documents"),
        (
            joined(events, |number, event| {
                format!("{}{event}\n", if number > 0 { "," } else { "" })
            }),
            "comma between documents",
        ),
        (
            joined(events, |_, event| format!("\u{1e}{event}\n")),
            "RFC 7464",
        ),
        (
            joined(events, |_, event| format!("\u{1e}{}\n", indented(event))),
            "RFC 7464",
        ),
    ]
}

#[test]
fn events_that_are_not_one_a_line_are_one_finding_and_checked_all_the_same() {
    // The last is cut into several chunks, which several threads read.
    for count in [3, 200, 4_000] {
        let events = events(count);
        let lines = check(
            "a.jsonl",
            joined(&events, |_, event| format!("{event}\n")).as_bytes(),
        );
        assert_eq!(lines.payloads, count as u64);
        for (text, words) in layouts(&events) {
            let plain = check("a.jsonl", text.as_bytes());
            let (rule, message) = &plain
                .findings
                .iter()
                .find(|(rule, _)| rule == "json-syntax")
                .expect(words);
            assert!(message.contains(words), "{rule}: {message}");
            let mut others = plain.findings.clone();
            others.retain(|(rule, _)| rule != "json-syntax");
            assert_eq!(others, lines.findings, "{words}");
            assert_eq!(plain.findings.len(), others.len() + 1, "{words}");
            assert_eq!((plain.payloads, plain.status), (lines.payloads, Some(1)));
            assert_eq!(check("a.jsonl.gz", &gzip(&text)), plain, "{words}");
            if count < 1_000 {
                assert_eq!(check_stdin("a.jsonl", text.as_bytes()), plain, "{words}");
            }
        }
    }
}

#[test]
fn a_text_sequence_is_read_under_any_name() {
    let text = joined(&events(300), |_, event| {
        format!("\u{1e}{}\n", indented(event))
    });
    let expected = check("a.jsonl", text.as_bytes());
    assert_eq!(expected.payloads, 300);
    // Long enough to be a document whose events several threads would share.
    let long = joined(&events(3_000), |_, event| {
        format!("\u{1e}{}\n", indented(event))
    });
    assert_eq!(check("a.json", text.as_bytes()), expected);
    assert_eq!(check_stdin("x", text.as_bytes()), expected);
    assert_eq!(
        check("a.json", long.as_bytes()),
        check("a.jsonl", long.as_bytes())
    );
}

#[test]
fn a_line_that_is_cut_off_is_a_fault_of_that_line_alone() {
    for cut in [5, 18, CLEAN.len() - 1] {
        let text = format!("{CLEAN}\n{}\n{FAULTY}\n{CLEAN}", &CLEAN[..cut]);
        let found = check("a.jsonl", text.as_bytes());
        assert_eq!(
            found.rules(),
            ["json-syntax", "unknown-enum-member"],
            "{cut}"
        );
        assert_eq!(found.payloads, 3);
        let end = format!("{FAULTY}\n{}", &CLEAN[..cut]);
        let found = check("a.jsonl", end.as_bytes());
        assert_eq!(
            found.rules(),
            ["unknown-enum-member", "json-syntax"],
            "{cut}"
        );
    }
}

#[test]
fn what_stands_between_events_hides_none_of_those_behind_it() {
    let lines = joined(&events(99), |_, event| format!("{event}\n"));
    for before in [1, 60] {
        let text = format!("{}<html>\n{FAULTY}\n", lines.repeat(before));
        let found = check("a.jsonl", text.as_bytes());
        assert_eq!(found.rules(), ["json-syntax", "unknown-enum-member"]);
        assert_eq!(found.payloads, 99 * before as u64 + 1);
    }
}

#[test]
fn a_document_of_many_lines_has_the_limit_of_a_document() {
    let text = format!("[\n{}\n]\n", events(9_000).join(",\n"));
    let folder = Folder::repository(&[("a.jsonl", &text)]);
    let arguments = [&JSON[..], &["--max-file-size", "300000", "a.jsonl"]].concat();
    let found = Found::new(&binary::run(folder.path(), &arguments));
    assert_eq!(found.status, Some(2));
    let [message] = &*found.errors else {
        panic!("{found:?}");
    };
    assert!(
        message.starts_with("the document that begins in line 1 exceeds"),
        "{message}"
    );
}

#[test]
fn the_line_of_each_byte_order_mark_is_named() {
    let marked = |event: &str| format!("\u{feff}{event}\n");
    let text = [
        marked(CLEAN),
        format!("{CLEAN}\n\n"),
        marked(CLEAN),
        marked(FAULTY),
    ]
    .concat();
    let found = check("a.jsonl", text.as_bytes());
    let messages: Vec<&str> = found
        .findings
        .iter()
        .map(|(_, message)| message.as_str())
        .collect();
    let [first, fourth, fifth, _] = messages[..] else {
        panic!("{found:?}");
    };
    assert_eq!(first, "the file begins with a byte order mark");
    assert_eq!(fourth, "line 4 begins with a byte order mark");
    assert_eq!(fifth, "line 5 begins with a byte order mark");
    assert_eq!(check("a.jsonl.gz", &gzip(&text)), found);
}

#[test]
fn what_is_in_an_archive_is_checked_whatever_follows_it() {
    let line = format!("{FAULTY}\n");
    for (name, text) in [
        ("a.json.gz", FAULTY),
        ("a.jsonl.gz", &line),
        ("b.jsonl.gz", FAULTY),
    ] {
        let padded = [gzip(&text), vec![0; 1000]].concat();
        let found = check(name, &padded);
        assert_eq!(
            (found.rules(), found.status),
            (vec!["unknown-enum-member"], Some(1))
        );
        let followed = [gzip(&text), b"more".to_vec()].concat();
        for found in [check(name, &followed), check_stdin(name, &followed)] {
            assert_eq!(
                (found.rules(), found.status),
                (vec!["unknown-enum-member"], Some(2))
            );
            assert!(
                found.errors[0].starts_with("bytes follow the gzip archive"),
                "{found:?}"
            );
        }
    }
}

#[test]
fn whole_lines_of_an_archive_that_is_cut_off_are_checked() {
    // Not all alike: what is in the last bytes of the archive is not most of the text.
    let mut lines = String::new();
    for number in 1..40_000_u32 {
        let count = number.wrapping_mul(2_654_435_761) % 1_000_000;
        writeln!(
            lines,
            "{{\"osVersion\": \"10.0.1.1\", \"targetedAppCount\": -1{count}}}"
        )
        .expect("text");
    }
    let mut packed = gzip(&lines);
    packed.truncate(packed.len() - 6000);
    let found = check("a.jsonl.gz", &packed);
    assert_eq!(found.status, Some(2));
    assert_eq!(found.errors, ["the gzip archive is cut off; get it again"]);
    assert!(found.payloads > 30_000, "{}", found.payloads);
    assert!(found.rules().iter().all(|rule| *rule == "negative-count"));
}

#[test]
fn a_string_that_holds_json_is_told_to_be_encoded_twice() {
    for text in [
        CLEAN.to_owned(),
        format!("[{CLEAN}]"),
        indented(CLEAN),
        format!("\r\n{CLEAN}\r\n"),
    ] {
        let text = serde_json::to_string(&text).expect("JSON");
        for text in [text.clone(), format!("[{text}, {text}]")] {
            let found = check("a.json", text.as_bytes());
            assert_eq!(found.rules(), ["not-an-event"], "{text}");
        }
        let folder = Folder::repository(&[("a.json", &text)]);
        let run = folder.run("check a.json");
        assert!(run.stdout.contains("a string that holds JSON"), "{run:?}");
        assert!(run.stdout.contains("jq"), "{run:?}");
    }
}

//! Files that are not read as they are, or not as a whole: compressed ones, and long ones.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::archive::{gzip, zstandard};
use crate::support::binary::{self, Run};

/// One error, on its third line.
const FAULTY: &str = "{\"osVersion\": \"10.0.26200.8893\",\n\"targetedAppCount\": 3,\n\
    \"deploymentState\": \"Success\"}";
/// The same on its second line of two.
const LINES: &str = "{\"deploymentState\": \"success\", \"osVersion\": \"10.0.26200.8893\"}\n\
    {\"deploymentState\": \"Success\", \"osVersion\": \"10.0.26200.8893\"}\n";

fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Run {
    binary::run(folder, &[&["check"], arguments].concat())
}

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// File, line and offset of every finding.
fn places(run: &Run) -> Vec<(String, u64, u64)> {
    let report = report(run);
    let found = report["diagnostics"].as_array().expect("an array").iter();
    let number = |value: &Value| value.as_u64().expect("a number");
    let place = |found: &Value| {
        let start = &found["range"]["start"];
        let file = found["file"].as_str().expect("a name").to_owned();
        (file, number(&start["line"]), number(&start["offset"]))
    };
    found.map(place).collect()
}

#[test]
fn compressed_files_are_checked_as_what_is_in_them() {
    let folder = folder(&[
        ("a.json.gz", gzip(FAULTY)),
        ("b.json.zst", zstandard(FAULTY)),
        ("c.jsonl.gz", gzip(LINES)),
        ("d.ndjson.zst", zstandard(LINES)),
        ("e.gz", gzip(FAULTY)),
        ("f.txt.gz", gzip(FAULTY)),
    ]);
    let at = |file: &str, text: &str, line: u64| {
        let offset = text.find("\"Success\"").expect("the fault");
        (file.to_owned(), line, offset as u64)
    };
    let found = [
        at("a.json.gz", FAULTY, 3),
        at("b.json.zst", FAULTY, 3),
        at("c.jsonl.gz", LINES, 2),
        at("d.ndjson.zst", LINES, 2),
    ];
    for jobs in ["1", "3"] {
        let run = check(folder.path(), &["--format", "json", "--jobs", jobs, "."]);
        assert_eq!(places(&run), found, "{jobs}");
    }
    // What is named is checked, whatever it is called.
    let run = check(folder.path(), &["--format", "json", "e.gz"]);
    assert_eq!(places(&run), [at("e.gz", FAULTY, 3)]);
}

#[test]
fn the_name_of_standard_input_says_how_it_is_compressed() {
    for (name, packed, line) in [
        ("a.json.gz", gzip(FAULTY), 3),
        ("a.jsonl.zst", zstandard(LINES), 2),
    ] {
        let folder = folder(&[]);
        let arguments = ["check", "--format", "json", "--stdin-filename", name, "-"];
        let run = binary::run_with(folder.path(), &arguments, &packed);
        let found: Vec<_> = places(&run).into_iter().map(|found| found.1).collect();
        assert_eq!(found, [line], "{name}");
    }
}

#[test]
fn a_damaged_archive_is_a_fault_and_hides_nothing_else() {
    let cut = |mut packed: Vec<u8>| {
        packed.truncate(packed.len() - 6);
        packed
    };
    let long = LINES.repeat(20_000);
    for (name, packed) in [
        ("m.json.gz", cut(gzip(FAULTY))),
        ("m.jsonl.gz", cut(gzip(&long))),
        ("m.json.zst", cut(zstandard(FAULTY))),
        ("m.jsonl.zst", cut(zstandard(&long))),
        ("m.json.gz", FAULTY.as_bytes().to_vec()),
        ("m.json.zst", FAULTY.as_bytes().to_vec()),
        ("m.json.gz", Vec::new()),
    ] {
        let other = |name| (name, FAULTY.as_bytes().to_vec());
        let folder = folder(&[other("a.json"), (name, packed), other("z.json")]);
        let run = check(folder.path(), &["--format", "json"]);
        assert_eq!(run.status, Some(2), "{name} {run:?}");
        assert_eq!(report(&run)["errors"][0]["file"], name);
        let found = places(&run);
        let files: Vec<_> = found.iter().map(|found| found.0.as_str()).collect();
        assert!(files.contains(&"a.json") && files.contains(&"z.json"));
    }
}

#[test]
fn the_limit_on_a_document_is_of_what_comes_out() {
    let blanks = " ".repeat(1 << 20);
    for (name, packed) in [
        ("a.json.gz", gzip(&blanks)),
        ("a.json.zst", zstandard(&blanks)),
    ] {
        assert!(packed.len() < blanks.len() / 10);
        let folder = folder(&[(name, packed)]);
        let limited = ["--max-file-size", "1048575", "--format", "json"];
        let run = check(folder.path(), &limited);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains("--max-file-size"), "{}", run.stderr);
    }
}

/// Bytes of a file that one thread checks at a time.
const PIECE: usize = 256 << 10;

/// An array of more pieces than threads check it, with a fault in every so many events.
fn long_array(before: &str, between: &str, after: &str) -> String {
    let mut text = before.to_owned();
    for number in 0..2500 {
        let state = match number % 300 {
            250 => "Success",
            251 => "\\ud800",
            _ => "success",
        };
        let note = "é".repeat(number % 40);
        text += if number == 0 { "" } else { between };
        let _ = write!(
            text,
            "{{\"id\": \"{number}\", \"deploymentState\": \"{state}\", \"osVersion\": \
             \"10.0.26200.8893\", \"managedDeviceName\": \"{note}\", \"userPrincipalName\": \
             \"user{number}@contoso.example\", \"deviceSerialNumber\": \"{number:0400}\"}}"
        );
    }
    text += after;
    assert!(text.len() > 5 * PIECE, "{}", text.len());
    text
}

#[test]
fn a_long_array_is_reported_as_if_it_were_held() {
    let context = "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents";
    let link = "\"@odata.nextLink\": \"https://graph.microsoft.com/x\"";
    for text in [
        long_array("[", ",", "]"),
        long_array("\u{feff}[\r\n  ", ",\r\n  ", "\r\n]\r\n"),
        long_array(
            &format!("{{\"@odata.context\": \"{context}\", {link}, \"value\":\n["),
            ", ",
            "]}",
        ),
        long_array("{\"@odata.count\": 3, \"value\": [", ",\n", "]}"),
        long_array("{\"value\": [", ",", &format!("],\n{link}}}\n")),
        long_array("[", ",", "}"),
        long_array("[", ",", ", 3, {\"id\": \"1\", \"osVersion\": \"\"}]"),
    ] {
        let folder = folder(&[("a.json", text.clone().into_bytes())]);
        let reports = tempfile::tempdir().expect("a folder");
        let full = reports.path().join("full.txt");
        let drawn = format!("full={}", full.display());
        let formats = [
            "check", "--format", "json", "--format", &drawn, "--jobs", "3",
        ];
        let read = || fs::read_to_string(&full).expect("a report");
        let arguments = [&formats[..], &["--stdin-filename", "a.json", "-"]].concat();
        let held = binary::run_with(folder.path(), &arguments, text.as_bytes());
        let held_drawn = read();
        let run = binary::run(folder.path(), &formats);
        assert_eq!(run.status, held.status);
        assert!(run.stdout == held.stdout, "{}", &text[..60]);
        assert!(read() == held_drawn, "{}", &text[..60]);
    }
}

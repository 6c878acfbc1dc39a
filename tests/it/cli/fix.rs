//! Fixing files, in every shape.

use std::fs;
use std::path::Path;

use crate::support::archive::{gzip, zstandard};
use crate::support::binary::{self, Run};
use crate::support::folder::Folder;

/// An event with a fault that is fixed, and one that is not.
const FAULTY: &str = "{\n  \"id\": \"{9a2d6d0c-5e7b-4b8e-8f0a-1c2d3e4f5a6b}\",\n  \
    \"osVersion\": \"10.0.22631.1\",\n  \"deploymentState\": \"nonsense\"\n}\n";

/// The same as it is then.
fn fixed() -> String {
    FAULTY.replace("\"{", "\"").replace("}\"", "\"")
}

/// An event of this number on one line: every third one has nothing to fix.
fn line(number: usize, fixed: bool) -> String {
    let (open, close) = if number.is_multiple_of(3) || fixed {
        ("", "")
    } else {
        ("{", "}")
    };
    format!(
        "{{\"id\": \"{open}9a2d6d0c-5e7b-4b8e-8f0a-{number:012x}{close}\", \
         \"osVersion\": \"10.0.22631.1\", \"deploymentState\": \"success\"}}"
    )
}

fn lines(count: usize, fixed: bool) -> Vec<String> {
    (0..count).map(|number| line(number, fixed)).collect()
}

/// Each shape by the name of a file: as it is, and fixed.
fn shapes() -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let both = |text: &dyn Fn(bool) -> String| (text(false), text(true));
    let mut shapes = Vec::new();
    let mut add = |name: &str, (faulty, fixed): (String, String)| {
        shapes.push((name.to_owned(), faulty.into_bytes(), fixed.into_bytes()));
    };
    add("object.json", (FAULTY.to_owned(), fixed()));
    let crlf = |text: &str| text.replace('\n', "\r\n");
    add("crlf.json", (crlf(FAULTY), crlf(&fixed())));
    add("mark.json", (format!("\u{feff}{FAULTY}"), fixed()));
    // Short ones are held, long ones are not.
    for count in [5, 700] {
        let join = |between: &str, fixed| lines(count, fixed).join(between);
        let array = |fixed| format!("[\n {}\n]\n", join(",\n ", fixed));
        add(&format!("array{count}.json"), both(&array));
        let line = |fixed| format!("[{}]", join(",", fixed));
        add(&format!("line{count}.json"), both(&line));
        let page = |fixed| {
            format!(
                "{{\"value\": [{}], \"@odata.count\": {count}}}",
                join(" ,\n", fixed)
            )
        };
        add(&format!("page{count}.json"), both(&page));
        let marked = |fixed: bool| {
            let mark = if fixed { "" } else { "\u{feff}" };
            format!("{mark}{}", page(fixed))
        };
        add(&format!("marked{count}.json"), both(&marked));
        let rows = |fixed| join("\n", fixed) + "\n";
        add(&format!("rows{count}.jsonl"), both(&rows));
        let open = |fixed| join("\r\n", fixed);
        add(&format!("open{count}.ndjson"), both(&open));
        // Documents that follow one another otherwise.
        let indented = |fixed| join("\n", fixed).replace(", \"", ",\n  \"") + "\n";
        add(&format!("indented{count}.jsonl"), both(&indented));
    }
    shapes
}

fn check(folder: &Folder, words: &str) -> Run {
    folder.run(&format!("check {words}"))
}

#[test]
fn every_shape_is_fixed_and_nothing_else_in_it_changes() {
    let folder = Folder::repository(&[]);
    let mut expected = Vec::new();
    for (name, faulty, fixed) in shapes() {
        let text = String::from_utf8(faulty.clone()).expect("UTF-8");
        for (name, bytes) in [
            (name.clone(), faulty),
            (format!("{name}.gz"), gzip(&text)),
            (format!("{name}.zst"), zstandard(&text)),
        ] {
            folder.write(&name, &bytes);
            expected.push((name, fixed.clone()));
        }
    }
    let before = check(&folder, "--quiet --output-format json --show error .");
    let first = check(&folder, "--fix --quiet --output-format json --show error .");
    assert_eq!(
        (before.status, first.status),
        (Some(1), Some(1)),
        "{first:?}"
    );
    assert_eq!(first.stderr, "");
    for (name, fixed) in &expected {
        let bytes = fs::read(folder.path().join(name)).expect("a file");
        let bytes = unpacked(name, bytes);
        assert!(
            bytes == *fixed,
            "{name}: {}",
            String::from_utf8_lossy(&bytes)
        );
    }
    // What is left is what a check finds.
    let again = check(&folder, "--quiet --output-format json --show error .");
    assert_eq!(first.stdout, again.stdout);
    let nothing = check(&folder, "--fix-only .");
    assert_eq!((nothing.status, nothing.stdout.as_str()), (Some(0), ""));
    assert_eq!(nothing.stderr, "nothing to fix\n");
}

fn unpacked(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    use std::io::Read;
    let mut text = Vec::new();
    match Path::new(name).extension().and_then(|one| one.to_str()) {
        Some("gz") => flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut text),
        Some("zst") => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(&*bytes);
            decoder.expect("a frame").read_to_end(&mut text)
        }
        _ => return bytes,
    }
    .expect("a whole archive");
    text
}

#[test]
fn a_diff_is_that_of_diff_and_changes_nothing() {
    let folder = Folder::repository(&[]);
    for (name, faulty, fixed) in shapes() {
        folder.write(&name, &faulty);
        folder.write(&format!("{name}.fixed"), &fixed);
        let run = check(&folder, &format!("--diff --quiet {name}"));
        assert_eq!(run.status, Some(1), "{run:?}");
        assert_eq!(fs::read(folder.path().join(&name)).expect("a file"), faulty);
        let diff = std::process::Command::new("diff")
            .args(["-u", "--label", &name, "--label", &name])
            .args([&name, &format!("{name}.fixed")])
            .current_dir(folder.path())
            .output()
            .expect("diff");
        assert!(
            run.stdout.as_bytes() == diff.stdout,
            "{name}:\n{}",
            run.stdout.chars().take(2_000).collect::<String>()
        );
        folder.remove(&name);
    }
}

#[test]
fn standard_input_is_printed_fixed() {
    let folder = Folder::repository(&[]);
    for (name, faulty, fixed) in shapes() {
        let run = binary::run_with(
            folder.path(),
            &["check", "--fix", "--stdin-filename", &name, "-"],
            &faulty,
        );
        assert!(run.stdout.as_bytes() == fixed, "{name}: {}", run.stderr);
        let words = ["check", "--diff", "--quiet", "--stdin-filename", &name, "-"];
        let run = binary::run_with(folder.path(), &words, &faulty);
        assert!(
            run.stdout
                .starts_with(&format!("--- {name}\n+++ {name}\n@@ -")),
            "{name}"
        );
        // What has nothing to fix is printed as it is.
        let run = binary::run_with(folder.path(), &["check", "--fix", "-"], &fixed);
        assert!(run.stdout.as_bytes() == fixed, "{name}: {}", run.stderr);
    }
    let words = ["check", "--fix", "--output-format", "json", "-"];
    let run = binary::run_with(folder.path(), &words, FAULTY.as_bytes());
    assert_eq!(run.stdout, fixed());
    assert!(run.stderr.contains("\"unknown-enum-member\""), "{run:?}");
    assert_eq!(run.status, Some(1));
    let run = binary::run_with(folder.path(), &["check", "--fix", "-"], b"<html></html>\n");
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (Some(1), "<html></html>\n")
    );
}

#[test]
fn what_is_silenced_is_not_fixed() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("b/c.json", FAULTY)]);
    let is_fixed = |name: &str| folder.read(name) == fixed();
    for (config, words, expected) in [
        ("ignore = ['guid-syntax']", "", [false, false]),
        ("", "--ignore value", [false, false]),
        ("", "--select order", [false, false]),
        ("severity = { guid-syntax = 'off' }", "", [false, false]),
        ("unfixable = ['value']", "", [false, false]),
        ("fixable = ['syntax']", "", [false, false]),
        ("fixable = ['value']", "", [true, true]),
        (
            "unfixable = ['value']\nfixable = ['guid-syntax']",
            "",
            [true, true],
        ),
        (
            "[[overrides]]\nfiles = ['b/']\nunfixable = ['all']",
            "",
            [true, false],
        ),
        (
            "[[overrides]]\nfiles = ['b/']\nignore = ['value']",
            "",
            [true, false],
        ),
        (
            "unfixable = ['all']\n[[overrides]]\nfiles = ['b/']\nfixable = ['value']",
            "",
            [false, true],
        ),
        (
            "[[ignore]]\nrule = 'guid-syntax'\nfile = 'a.json'\npointer = '/id'\nreason = 'r'",
            "",
            [false, true],
        ),
        ("exclude = ['b/']", "", [true, false]),
        // What is not shown is fixed all the same.
        ("", "--show error", [true, true]),
        ("", "--max-diagnostics 0", [true, true]),
    ] {
        folder.write("autopilot-lint.toml", config);
        folder.write("a.json", FAULTY);
        folder.write("b/c.json", FAULTY);
        let run = check(
            &folder,
            format!("--fix --quiet {words} .")
                .replace("  ", " ")
                .as_str(),
        );
        assert_ne!(run.status, Some(2), "{run:?}");
        assert_eq!(
            [is_fixed("a.json"), is_fixed("b/c.json")],
            expected,
            "{config} {words}"
        );
        let left = check(
            &folder,
            format!("--fix-only --quiet {words} .")
                .replace("  ", " ")
                .as_str(),
        );
        assert_eq!(
            (left.status, left.stderr.as_str()),
            (Some(0), ""),
            "{config}"
        );
    }
}

#[test]
fn what_the_baseline_knows_is_not_fixed_however_often_it_is_there() {
    let all: Vec<String> = (0..8).map(|_| line(1, false)).collect();
    let some = all[..3].join("\n");
    for (known, total) in [(0, 8), (3, 8), (8, 8)] {
        let folder = Folder::repository(&[("a.jsonl", &all[..known].join("\n"))]);
        check(
            &folder,
            "--write-baseline base.json --ignore collection a.jsonl",
        );
        folder.write("a.jsonl", &all.join("\n"));
        check(
            &folder,
            "--fix --baseline base.json --ignore collection a.jsonl",
        );
        let left = folder.read("a.jsonl").matches("\"{9a").count();
        assert_eq!(left, known.min(total), "{known} of {total}: {some}");
        let run = check(
            &folder,
            "--fix-only --baseline base.json --ignore collection a.jsonl",
        );
        assert_eq!(run.stderr, "nothing to fix\n");
    }
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for words in [
        "--fix --diff",
        "--fix-only --diff",
        "--fix --write-baseline b.json",
        "--diff --write-baseline b.json",
        "--fix --show-files",
        "--fix-only --output-format json",
        "--fix-only --statistics",
        "--diff --output-format json",
    ] {
        let run = check(&folder, &format!("{words} a.json"));
        assert_eq!(run.status, Some(2), "{words}: {run:?}");
        assert_eq!(folder.read("a.json"), FAULTY, "{words}");
    }
    // Alone it changes nothing.
    let run = check(&folder, "--unsafe-fixes a.json");
    assert_eq!(
        (run.status, folder.read("a.json").as_str()),
        (Some(1), FAULTY)
    );
}

#[test]
fn the_status_and_the_last_lines_say_what_was_done() {
    for (words, status, text, said) in [
        (
            "--fix a.json",
            1,
            true,
            "fixed 1 finding in 1 file\n1 file, 1 payload: 1 error, ",
        ),
        (
            "--fix --exit-zero a.json",
            0,
            true,
            "fixed 1 finding in 1 file\n",
        ),
        ("--fix-only a.json", 0, true, "fixed 1 finding in 1 file\n"),
        (
            "--diff a.json",
            1,
            false,
            "would fix 1 finding in 1 file\n1 file, 1 payload: 1 error, ",
        ),
        ("--diff --ignore value a.json", 1, false, "nothing to fix\n"),
        (
            "--diff --ignore value --exit-zero a.json",
            0,
            false,
            "nothing to fix\n",
        ),
        (
            "--diff --exit-zero a.json",
            1,
            false,
            "would fix 1 finding in 1 file\n",
        ),
        (
            "--fix --verbose a.json",
            1,
            true,
            "fixed a.json: 1 finding\nfixed 1 finding",
        ),
        ("--fix --quiet a.json", 1, true, ""),
        (
            "--fix-only missing.json",
            2,
            false,
            "nothing to fix\nerror: missing.json: ",
        ),
    ] {
        let folder = Folder::repository(&[("a.json", FAULTY)]);
        let run = check(&folder, words);
        assert_eq!(run.status, Some(status), "{words}: {run:?}");
        assert_eq!(folder.read("a.json") == fixed(), text, "{words}");
        assert!(run.stderr.starts_with(said), "{words}: {run:?}");
        let reports = words.starts_with("--fix ");
        assert_eq!(
            run.stdout.contains("unknown-enum-member"),
            reports,
            "{words}: {run:?}"
        );
    }
}

#[test]
fn identifiers_across_files_are_those_of_the_fixed_files() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("b.json", &fixed())]);
    let run = check(&folder, "--fix --across-files --output-format concise .");
    assert_eq!(folder.read("a.json"), fixed());
    assert!(
        run.stdout.contains("b.json:2:9: error[duplicate-event-id]"),
        "{run:?}"
    );
    assert!(
        run.stderr.starts_with("fixed 1 finding in 1 file\n"),
        "{run:?}"
    );
}

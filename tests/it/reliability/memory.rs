//! Memory and time that inputs may ask for: documents queue, archives and findings have limits.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::archive::gzip;
use crate::support::binary::{self, Run, run};
use crate::support::folder::Folder;
use crate::support::{CLEAN, FAULTY};

/// A Zstandard frame: `text`, and then that many times 128 KiB of a byte.
fn bomb(text: &str, byte: u8, blocks: usize) -> Vec<u8> {
    const RAW: u32 = 0;
    const REPEATED: u32 = 1;
    // No size, no checksum, a window of 8 MiB.
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 13 << 3];
    let mut header = |kind: u32, size: u32, last: bool, content: &[u8]| {
        let header = size << 3 | kind << 1 | u32::from(last);
        frame.extend(&header.to_le_bytes()[..3]);
        frame.extend(content);
    };
    let length = u32::try_from(text.len()).expect("a short text");
    header(RAW, length, blocks == 0, text.as_bytes());
    for block in 1..=blocks {
        header(REPEATED, 128 << 10, block == blocks, &[byte]);
    }
    frame
}

/// An array with more values than are read from a text of its size.
fn too_many_values() -> String {
    format!("[{}0]", "0,".repeat(5 << 20))
}

#[test]
fn a_limit_on_values_is_no_fault_of_the_text() {
    let folder = Folder::repository(&[]);
    let limit = "exceeds the limit of 4456448 values for a document of its size; split it";
    let text = too_many_values();
    folder.write("a.json", text.as_bytes());
    let lines = format!("{CLEAN}\n{text}\n{FAULTY}\n");
    folder.write("b.jsonl", lines.as_bytes());
    for (words, place) in [
        (&["check", "a.json"][..], "a.json: "),
        (&["check", "--across-files", "a.json"], "a.json: "),
        (&["check", "b.jsonl"], "b.jsonl: line 2 "),
    ] {
        let run = run(folder.path(), words);
        assert_eq!(run.status, Some(2), "{words:?}");
        assert!(
            run.stderr.contains(&format!("{place}{limit}")),
            "{}",
            run.stderr
        );
        assert!(!run.stdout.contains("json-syntax"), "{}", run.stdout);
        // The lines after it are checked all the same.
        assert_eq!(run.stdout.contains("b.jsonl:3"), place.contains("line"));
    }
    let report = autopilot_lint::Linter::new().check("a.json", &text);
    assert_eq!(report.unchecked().collect::<Vec<_>>(), [("a.json", limit)]);
    assert!(report.fails() && !report.is_clean());
    assert_eq!(report.findings().count(), 0);
}

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).expect("a report")
}

/// Runs it with no more than this much address space, in KiB, of which threads reserve none.
fn within(folder: &Folder, kibibytes: u32, words: &str) -> Run {
    let script = format!(
        "ulimit -v {kibibytes} && MALLOC_ARENA_MAX=1 exec '{}' {words}",
        binary::PATH
    );
    let mut shell = Command::new("sh");
    let output = shell.args(["-c", &script]).current_dir(folder.path());
    output.output().expect("a shell").into()
}

#[test]
fn an_archive_that_unpacks_to_much_more_than_its_size_is_given_up() {
    let line = format!("{FAULTY}\n");
    let folder = Folder::repository(&[("z.json", FAULTY)]);
    // 10 GiB in 330 KiB.
    folder.write("a.jsonl.zst", &bomb(&line, b'\n', 80 << 10));
    let started = Instant::now();
    let found = run(folder.path(), &["check", "--format", "json"]);
    assert!(started.elapsed() < Duration::from_mins(2));
    assert_eq!(found.status, Some(2), "{found:?}");
    let report = report(&found);
    let message = report["errors"][0]["message"].as_str().expect("a message");
    assert!(
        message.contains("more than 1000 times its size"),
        "{message}"
    );
    // What was found before stays, and other files are checked.
    let files = report["diagnostics"].as_array().expect("an array").iter();
    let files: Vec<_> = files.map(|found| &found["file"]).collect();
    assert_eq!(files, ["a.jsonl.zst", "z.json"]);
    // What repeats itself within 64 MiB is nothing unusual.
    folder.write("a.jsonl.zst", &bomb(&line, b'\n', 16));
    let run = run(folder.path(), &["check"]);
    assert_eq!(run.status, Some(1), "{run:?}");
}

#[test]
fn how_much_comes_out_of_an_archive_is_the_user_s_to_say() {
    let line = format!("{FAULTY}\n");
    let folder = Folder::repository(&[]);
    folder.write("a.jsonl.zst", &bomb(&line, b'\n', 16));
    folder.write("b.json.gz", &gzip(&format!("{CLEAN}{}", " ".repeat(3000))));
    for (size, errors) in [("1KiB", 2), ("1MiB", 1), ("2MB", 1), ("3MiB", 0)] {
        let words = ["check", "--format", "json", "--max-unpacked", size];
        let run = run(folder.path(), &words);
        let errors_found = report(&run)["errors"].as_array().map(Vec::len);
        assert_eq!(errors_found, Some(errors), "{size} {run:?}");
        assert_eq!(run.status, Some(if errors > 0 { 2 } else { 1 }), "{size}");
    }
}

#[test]
fn documents_queue_for_memory() {
    // Values of two bytes: 4 MiB of them take more than 100 MiB.
    let numbers = gzip(&format!("[{}1]", "1,".repeat(2 << 20)));
    let folder = Folder::repository(&[]);
    for number in 0..4 {
        folder.write(&format!("{number}.json.gz"), &numbers);
    }
    // One at a time: half of it is what one may need.
    let run = within(&folder, 350_000, "check --jobs 4 --max-memory 800MiB .");
    assert_eq!(run.status, Some(1), "{run:?}");
    assert_eq!(run.stdout.lines().count(), 4, "{run:?}");
}

#[test]
fn what_may_need_more_memory_than_was_asked_for_is_not_checked() {
    let events = vec![FAULTY; 8000].join(",\n");
    let text = format!("[{events}]");
    assert!(text.len() > 200 << 10);
    let folder = Folder::repository(&[("z.json", FAULTY)]);
    folder.write("a.json.gz", &gzip(&text));
    let stdout = |words: &str| folder.run(words).stdout;
    let all = stdout("check .");
    for words in [
        "check --max-memory 1MiB .",
        "check --max-memory 1MiB --across-files .",
    ] {
        let run = folder.run(words);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains("a.json.gz: may need "), "{run:?}");
        assert!(run.stderr.contains("--max-memory"), "{run:?}");
        assert!(run.stdout.starts_with("z.json:"), "{run:?}");
    }
    assert_eq!(stdout("check --max-memory 1GB ."), all);
    // Without the option it is checked, alone if need be.
    assert_eq!(folder.run("check .").status, Some(1));
    let run = binary::run_with(
        folder.path(),
        &["check", "--max-memory", "1MiB", "-"],
        text.as_bytes(),
    );
    assert_eq!(run.status, Some(2), "{run:?}");
}

#[test]
fn memory_makes_no_difference_to_the_report() {
    let folder = Folder::repository(&[]);
    for number in 0..12 {
        let events: Vec<_> = (0..600 + number)
            .map(|id| {
                format!(r#"{{"id": "{id}", "deploymentState": "Success", "osVersion": "1"}}"#)
            })
            .collect();
        let text = format!("[{}]", events.join(",\n"));
        let lines = events.join("\n");
        // Long lines and long elements queue as well.
        let long = format!(
            "{{\"deploymentState\": \"success\", \"x\": [{text}{}]}}",
            " ".repeat(2 << 20)
        );
        folder.write(&format!("{number}.json.gz"), &gzip(&text));
        folder.write(&format!("{number}.jsonl"), lines.as_bytes());
        if number < 3 {
            folder.write(&format!("long{number}.jsonl"), long.as_bytes());
            folder.write(
                &format!("long{number}.json"),
                format!("[{long},{long}]").as_bytes(),
            );
        }
    }
    let all = folder.run("check --jobs 1 .");
    assert_eq!(all.status, Some(1), "{all:?}");
    for words in [
        "check --jobs 6 .",
        "check --jobs 6 --max-memory 700MB .",
        "check --jobs 6 --max-memory 4GB .",
    ] {
        let run = folder.run(words);
        assert_eq!(
            (run.status, &run.stdout),
            (all.status, &all.stdout),
            "{words}"
        );
    }
}

#[test]
fn standard_input_is_read_once_even_where_others_have_the_memory() {
    let many = "\"aaaaaaaaaa\",".repeat(300_000);
    let text =
        format!(r#"{{"deploymentState": "success", "osVersion": "10.0.1.1", "@x.y": [{many}1]}}"#);
    let folder = Folder::repository(&[]);
    let names = ["a.json", "b.json", "c.json"];
    for name in names {
        folder.write(name, &text);
    }
    let words = ["check", "--jobs", "4", "--max-memory", "800MB", "-"];
    let run = binary::run_with(
        folder.path(),
        &[&words[..], &names].concat(),
        text.as_bytes(),
    );
    assert_eq!((run.status, &*run.stdout), (Some(0), ""), "{run:?}");
}

#[test]
fn findings_without_an_end_are_counted() {
    let names = r#","osVersion":"""#.repeat(40_000);
    let unknown: Vec<String> = (0..3_000).map(|at| format!(r#","x{at}":1"#)).collect();
    let unknown = unknown.concat();
    let event = format!(r#"{{"deploymentState":"success"{names}{unknown}}}"#);
    let folder = Folder::repository(&[("a.json", &event)]);
    let count = |words: &[&str]| {
        let all = [&["check", "--format", "json", "."], words].concat();
        let run = run(folder.path(), &all);
        let report = report(&run);
        let shown = report["diagnostics"].as_array().map_or(0, Vec::len);
        let summary = &report["summary"];
        (
            run.status,
            shown,
            summary["errors"].as_u64(),
            summary["not_shown"].as_u64(),
        )
    };
    let many = 40_000 - 1 + 3_000;
    let select = ["--select", "duplicate-member,unknown-member"];
    assert_eq!(
        count(&select),
        (Some(1), 1000, Some(many), Some(many - 1000))
    );
    // A rule that is off is not counted, and one that is lowered is no error.
    assert_eq!(count(&["--select", "duplicate-member"]).2, Some(39_999));
    let lowered = [
        "--select",
        "unknown-member",
        "--severity",
        "unknown-member=info",
    ];
    assert_eq!(count(&lowered), (Some(0), 1000, Some(0), Some(2_000)));
    // However many may be shown, there is an end to what is held.
    let (_, shown, errors, not_shown) =
        count(&[&select[..], &["--max-diagnostics", "1000000"]].concat());
    assert!((1000..40_000).contains(&shown), "{shown}");
    assert_eq!((errors, not_shown), (Some(many), Some(many - shown as u64)));
}

#[test]
fn a_long_name_is_not_held_for_every_finding_in_it() {
    let name = "n".repeat(1 << 20);
    let inside = r#""a":1,"#.repeat(2000);
    let event =
        format!(r#"{{"deploymentState":"success","osVersion":"1","{name}":{{{inside}"a":1}}}}"#);
    let folder = Folder::repository(&[("a.json", &event)]);
    let run = within(
        &folder,
        400_000,
        "check --jobs 1 --select duplicate-member a.json",
    );
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("2000 errors"), "{}", run.stderr);
}

#[test]
fn a_baseline_is_no_larger_than_what_is_read_again() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let file = File::create(folder.path().join("known.json")).expect("made");
    file.set_len(8 << 30).expect("made longer");
    let run = within(
        &folder,
        400_000,
        "check --jobs 1 --baseline known.json a.json",
    );
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(
        run.stderr
            .contains("larger than the limit of 33554432 bytes"),
        "{run:?}"
    );
}

#[test]
fn many_files_show_fewer_findings_each() {
    let folder = Folder::repository(&[]);
    let events = [FAULTY; 1000].join(",");
    folder.write("0.json", &format!("[{events}]"));
    for number in 1..2500 {
        folder.write(&format!("{number}.json"), CLEAN);
    }
    let run = folder.run("check --format json .");
    let summary = &report(&run)["summary"];
    let counts = (summary["errors"].as_u64(), summary["not_shown"].as_u64());
    assert_eq!(counts, (Some(1000), Some(200)));
}

//! The binary as users, hooks and build systems run it: exit status, streams, files and limits.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::library;
use crate::support::binary::{Run, command, run, run_in_shell, run_with};
use crate::support::{CLEAN, FAULTY, FORMATS};

/// One warning.
const DOUBTFUL: &str = r#"{"deploymentState": "success", "deploymentDuration": "-PT5M"}"#;
/// One info.
const NOTED: &str = r#"{"deploymentState": "success", "deploymentDuration": "PT1.12345678S"}"#;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

/// `check` with arguments.
fn check(folder: &TempDir, arguments: &[&str]) -> Run {
    run(folder.path(), &[&["check"], arguments].concat())
}

/// `check` with something on standard input.
fn check_input(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let arguments = [&["check"], arguments].concat();
    run_with(folder(&[]).path(), &arguments, input.as_ref())
}

/// Runs for the JSON report.
fn report(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, Value) {
    let run = check(folder, &[&["--output-format", "json"], arguments].concat());
    (run.status, json(&run))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// File and line of every finding.
fn lines(report: &Value) -> Vec<(String, u64, String)> {
    let diagnostics = report["diagnostics"].as_array().expect("an array");
    let one = |found: &Value| {
        let text = |name: &str| found[name].as_str().expect("a string").to_owned();
        let line = found["range"]["start"]["line"].as_u64().expect("a number");
        (text("file"), line, text("rule"))
    };
    diagnostics.iter().map(one).collect()
}

/// The files with findings.
fn files(report: &Value) -> Vec<String> {
    let found = lines(report).into_iter();
    found.map(|(file, _, _)| file).collect()
}

#[test]
fn the_exit_status_is_the_same_in_every_format() {
    let folder = folder(&[("clean.json", CLEAN), ("faulty.json", FAULTY)]);
    for format in FORMATS {
        for (paths, status) in [
            (&["clean.json"][..], 0),
            (&["faulty.json"], 1),
            (&["clean.json", "faulty.json"], 1),
            (&["clean.json", "missing.json"], 2),
            (&["faulty.json", "missing.json"], 2),
        ] {
            let run = check(&folder, &[&["--output-format", format], paths].concat());
            assert_eq!(run.status, Some(status), "{format} {paths:?} {run:?}");
            let found = paths.contains(&"faulty.json");
            let shown = run.stdout.contains("unknown-enum-member");
            // A page may list every rule.
            assert!(
                shown == found || format == "html",
                "{format} {paths:?} {run:?}"
            );
            assert_eq!(run.stderr.contains("missing.json"), status == 2, "{run:?}");
        }
    }
}

#[test]
fn every_format_of_the_binary_is_under_test() {
    let run = run(
        folder(&[]).path(),
        &["check", "--output-format", "nonsense"],
    );
    assert_eq!(run.status, Some(2));
    for format in FORMATS {
        assert!(run.stderr.contains(format), "{}", run.stderr);
    }
    let names = library::FORMATS.iter().map(|format| format.name);
    assert_eq!(names.collect::<Vec<_>>(), FORMATS);
}

#[test]
fn the_fail_level_decides_between_0_and_1() {
    let all = [("e", FAULTY), ("w", DOUBTFUL), ("i", NOTED), ("c", CLEAN)];
    let folder = folder(&all);
    for (level, failing) in [
        (None, "e"),
        (Some("error"), "e"),
        (Some("warning"), "ew"),
        (Some("info"), "ewi"),
        (Some("never"), ""),
    ] {
        for (name, _) in all {
            let level = level.map_or(vec![], |level| vec!["--fail-level", level]);
            let run = check(&folder, &[&level[..], &[name]].concat());
            let expected = i32::from(failing.contains(name));
            assert_eq!(run.status, Some(expected), "{level:?} {name} {run:?}");
        }
    }
    let run = check(&folder, &["--fail-level", "never", "e", "missing"]);
    assert_eq!(
        run.status,
        Some(2),
        "what cannot be read fails all the same"
    );
}

#[test]
fn a_pipe_gets_the_concise_format_and_the_summary_goes_to_standard_error() {
    let folder = folder(&[("a.json", FAULTY)]);
    let run = check(&folder, &["a.json"]);
    let asked = check(&folder, &["--output-format", "concise", "a.json"]);
    assert_eq!(run.stdout, asked.stdout);
    let start = "a.json:1:21: error[unknown-enum-member] `Success` is not a member of ";
    assert!(run.stdout.starts_with(start), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 1);
    let summary = "1 file, 1 payload: 1 error, 0 warnings, 0 infos in ";
    assert!(run.stderr.contains(summary), "{}", run.stderr);
    let quiet = check(&folder, &["--quiet", "a.json"]);
    assert_eq!((quiet.stdout, quiet.stderr.as_str()), (run.stdout, ""));
}

#[test]
fn a_machine_format_on_standard_output_is_only_that() {
    let folder = folder(&[("a.json", FAULTY), ("b.json", CLEAN), ("c.json", "{")]);
    for (format, is) in [
        ("json", is_json as fn(&str) -> bool),
        ("json-lines", |text| text.lines().all(is_json)),
        ("sarif", is_json),
        ("gitlab", is_json),
        ("junit", |text| {
            text.starts_with("<?xml ") && text.ends_with("</testsuites>\n")
        }),
        ("html", |text| {
            text.starts_with("<!DOCTYPE html>") && text.ends_with("</html>\n")
        }),
        ("markdown", |text| {
            text.starts_with("## autopilot-lint\n\n") && text.ends_with(", mode `any`.\n")
        }),
        ("github", |text| {
            text.lines().all(|line| line.starts_with("::error "))
        }),
        ("azure", |text| {
            text.lines()
                .all(|line| line.starts_with("##vso[task.logissue "))
        }),
    ] {
        for paths in [&["a.json", "b.json", "c.json", "missing"][..], &["b.json"]] {
            let run = check(&folder, &[&["--output-format", format], paths].concat());
            assert!(is(&run.stdout), "{format}: {run:?}");
        }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

#[test]
fn several_formats_in_one_run_and_at_most_one_on_standard_output() {
    let folder = folder(&[("a.json", FAULTY)]);
    let arguments = [
        "--output-format",
        "json=out.txt",
        "--format",
        "concise",
        "a.json",
    ];
    let run = check(&folder, &arguments);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("a.json:1:21: "), "{run:?}");
    let written = fs::read_to_string(folder.path().join("out.txt")).expect("written");
    assert_eq!(
        written,
        check(&folder, &["--format", "json", "a.json"]).stdout
    );

    for (arguments, word) in [
        (["--format=json", "--format=sarif"], "only one format"),
        (
            ["--format=json=", "--format=sarif"],
            "a file name must follow",
        ),
        (["--format=xml", "--format=sarif"], "unknown format"),
        (
            ["--format=json=no/such/folder.txt", "a.json"],
            "no/such/folder.txt",
        ),
    ] {
        let run = check(&folder, &arguments);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
}

#[test]
fn bad_usage_is_status_2_and_says_what_is_wrong() {
    let folder = folder(&[("a.json", CLEAN)]);
    for (arguments, word) in [
        (&[][..], "Usage"),
        (&["chek"], "chek"),
        (&["check", "--revision", "2018-01"], "2019-09"),
        (&["check", "--mode", "read"], "response"),
        (&["check", "--now", "today"], "2026-11-23T00:00:00Z"),
        (&["check", "--max-diagnostics=-1"], "--max-diagnostics"),
        (&["check", "--color", "blue"], "always"),
        (&["check", "--fail-level", "fatal"], "never"),
        (&["check", "--jobs", "many"], "--jobs"),
    ] {
        let run = run(folder.path(), arguments);
        assert_eq!(run.status, Some(2), "{arguments:?} {run:?}");
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert!(run.stderr.contains(word), "{arguments:?}: {}", run.stderr);
    }
    for arguments in [["--version"], ["--help"]] {
        let run = run(folder.path(), &arguments);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{run:?}");
        assert!(run.stdout.contains("autopilot-lint"), "{run:?}");
    }
}

#[test]
fn standard_input_has_a_name() {
    let run = check_input(&["-"], FAULTY);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("<stdin>:1:21: "), "{run:?}");
    let run = check_input(&["--stdin-filename", "events/a.json", "-"], FAULTY);
    assert!(run.stdout.starts_with("events/a.json:1:21: "), "{run:?}");
    let run = check_input(&["-"], CLEAN);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    for nothing in ["", "\n", "  \r\n "] {
        let run = check_input(&["-"], nothing);
        assert_eq!(run.status, Some(1), "{run:?}");
        assert!(run.stdout.contains("error[json-syntax]"), "{run:?}");
    }
}

/// Line and rule of every finding.
fn found(run: &Run) -> Vec<(u64, String)> {
    let found = lines(&json(run)).into_iter();
    found.map(|(_, line, rule)| (line, rule)).collect()
}

#[test]
fn json_lines_are_known_by_extension_and_on_standard_input_by_content() {
    let wrong = |line| vec![(line, "unknown-enum-member".to_owned())];
    let cases = [
        (format!("{CLEAN}\n{FAULTY}\n"), wrong(2)),
        (format!("{CLEAN}\n{FAULTY}"), wrong(2)),
        (format!("{CLEAN}\r\n{FAULTY}\r\n"), wrong(2)),
        (format!("\n  \n{CLEAN}\n\n\t\n{FAULTY}\n\n"), wrong(6)),
        (format!("{FAULTY}\n{CLEAN}\n"), wrong(1)),
        (
            format!("{FAULTY}\n{{\"deploymentState\": }}\n{FAULTY}\n"),
            [wrong(1), vec![(2, "json-syntax".to_owned())], wrong(3)].concat(),
        ),
        (format!("[{CLEAN}]\n{{\"value\": [{FAULTY}]}}"), wrong(2)),
        (
            format!("\u{feff}{CLEAN}\n{FAULTY}\n"),
            [vec![(1, "byte-order-mark".to_owned())], wrong(2)].concat(),
        ),
    ];
    for (text, expected) in &cases {
        let folder = folder(&[("a.jsonl", text), ("a.ndjson", text)]);
        for name in ["a.jsonl", "a.ndjson"] {
            let run = check(&folder, &["--output-format", "json", name]);
            assert_eq!(found(&run), *expected, "{name} {text}");
        }
        let run = check_input(&["--output-format", "json", "-"], text);
        assert_eq!(found(&run), *expected, "{text}");
        let named = [
            "--output-format",
            "json",
            "--stdin-filename",
            "x.jsonl",
            "-",
        ];
        assert_eq!(found(&check_input(&named, text)), *expected, "{text}");
    }
}

#[test]
fn a_document_on_standard_input_is_not_taken_for_lines() {
    let pretty = FAULTY.replace(", ", ",\n  ");
    let run = check_input(&["--output-format", "json", "-"], &pretty);
    assert_eq!(found(&run), [(1, "unknown-enum-member".to_owned())]);
    let array = format!("[\n{CLEAN},\n{FAULTY}\n]\n");
    let run = check_input(&["--output-format", "json", "-"], &array);
    assert_eq!(found(&run), [(3, "unknown-enum-member".to_owned())]);
    // In a file of another name, a second value is a fault of syntax.
    let folder = folder(&[("a.json", &format!("{CLEAN}\n{CLEAN}\n"))]);
    let run = check(&folder, &["--output-format", "json", "a.json"]);
    assert_eq!(found(&run), [(2, "json-syntax".to_owned())]);
}

#[test]
fn a_line_over_the_limit_is_a_fault_on_any_number_of_threads() {
    let folder = folder(&[("good.json", FAULTY)]);
    // Above the limit of 16 MiB, within what several threads read at once.
    let long = format!("{{\"deploymentState\": \"{}\"}}", "x".repeat(17 << 20));
    for (name, text) in [
        ("a.jsonl", format!("{FAULTY}\n{long}\n{FAULTY}\n")),
        ("b.jsonl", format!("{FAULTY}\n{long}")),
    ] {
        write(folder.path(), name, text.as_bytes());
        for jobs in ["1", "2", "8"] {
            let run = check(
                &folder,
                &["--jobs", jobs, "--format=json", name, "good.json"],
            );
            assert_eq!(run.status, Some(2), "{name} {jobs}");
            let report = json(&run);
            assert_eq!(files(&report), [name, "good.json"], "{jobs}");
            assert!(
                run.stderr.contains("line 2 exceeds the limit"),
                "{}",
                run.stderr
            );
        }
    }
}

#[test]
fn what_cannot_be_read_is_status_2_and_hides_nothing_else() {
    let folder = folder(&[("a.json", FAULTY), ("z.json", FAULTY)]);
    let (status, report) = report(&folder, &["a.json", "missing.json", "z.json"]);
    assert_eq!(status, Some(2));
    assert_eq!(files(&report), ["a.json", "z.json"]);
    assert_eq!(report["errors"][0]["file"], "missing.json");
    assert_eq!(report["summary"]["unreadable"], 1);
    assert_eq!(report["summary"]["errors"], 2);
}

#[test]
fn a_folder_is_searched_for_events_and_gitignore_is_honoured() {
    let folder = folder(&[
        (".gitignore", "ignored.json\nout/\n"),
        ("a.json", FAULTY),
        ("b.jsonl", FAULTY),
        ("deep/er/c.ndjson", FAULTY),
        ("d.txt", FAULTY),
        ("ignored.json", FAULTY),
        ("out/e.json", FAULTY),
    ]);
    fs::create_dir(folder.path().join(".git")).expect("made");
    let all = ["a.json", "b.jsonl", "deep/er/c.ndjson"];
    for paths in [&[][..], &["."]] {
        let (status, report) = report(&folder, paths);
        assert_eq!(status, Some(1));
        assert_eq!(files(&report), all, "{paths:?}");
    }
    // What is named is checked, whatever its name and whoever ignores it.
    let (_, named) = report(
        &folder,
        &["d.txt", "ignored.json", "deep", "a.json", "a.json"],
    );
    let expected = ["a.json", "d.txt", "deep/er/c.ndjson", "ignored.json"];
    assert_eq!(files(&named), expected);
}

#[test]
fn a_file_is_checked_once_and_none_is_left_out_for_its_name() {
    let folder = folder(&[("a.json", FAULTY), ("sub/b.json", FAULTY)]);
    let (_, report) = report(&folder, &["./a.json", "a.json", ".", "sub", "./sub/b.json"]);
    assert_eq!(files(&report), ["a.json", "sub/b.json"]);
    let arguments = ["check", "--stdin-filename", "a.json", "a.json", "-"];
    let run = run_with(folder.path(), &arguments, FAULTY.as_bytes());
    assert_eq!(run.stdout.lines().count(), 2, "{run:?}");
}

#[test]
fn no_files_is_status_0_with_a_note() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let run = check(&folder, &[]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    assert!(run.stderr.contains("no files to check"), "{}", run.stderr);
    let (status, report) = report(&folder, &[]);
    assert_eq!((status, &report["summary"]["files"]), (Some(0), &0.into()));
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let size = FAULTY.len();
    let folder = folder(&[("a.json", FAULTY), ("b.json", &format!("{FAULTY} "))]);
    let limit = size.to_string();
    let (status, report) = report(&folder, &["--max-file-size", &limit]);
    assert_eq!(status, Some(2));
    assert_eq!(files(&report), ["a.json"]);
    let message = report["errors"][0]["message"].as_str().expect("a message");
    assert_eq!(report["errors"][0]["file"], "b.json");
    assert!(
        message.contains(&limit) && message.contains("--max-file-size"),
        "{message}"
    );

    let run = check_input(&["--max-file-size", &limit, "-"], format!("{FAULTY} "));
    assert_eq!(run.status, Some(2), "{run:?}");
    let run = check_input(&["--max-file-size", &limit, "-"], FAULTY);
    assert_eq!(run.status, Some(1), "{run:?}");
}

#[test]
fn findings_over_the_limit_are_counted() {
    let many = format!("[{}]", [FAULTY; 30].join(","));
    let some = format!("[{}]", [FAULTY; 7].join(","));
    let folder = folder(&[("many.json", &many), ("some.json", &some)]);
    let (status, report) = report(&folder, &["--max-diagnostics", "10"]);
    assert_eq!(status, Some(1));
    assert_eq!(
        files(&report),
        [["many.json"; 10].as_slice(), &["some.json"; 7]].concat()
    );
    assert_eq!(report["summary"]["errors"], 37);
    assert_eq!(report["summary"]["not_shown"], 20);
    let run = check(&folder, &["--max-diagnostics", "10"]);
    assert_eq!(run.stdout.lines().count(), 18);
    assert!(
        run.stdout.contains("many.json: 20 more findings not shown"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("37 errors") && run.stderr.contains("(20 not shown)"));
    // What is not shown fails all the same.
    let run = check(&folder, &["--max-diagnostics", "0", "many.json"]);
    assert_eq!(run.status, Some(1), "{run:?}");
}

#[test]
fn the_present_can_be_given() {
    let event = r#"{"deploymentState": "success", "eventDateTime": "2031-05-02T09:14:03Z"}"#;
    let folder = folder(&[("a.json", event)]);
    for (now, found) in [
        ("2031-05-01T00:00:00Z", true),
        ("2031-05-02T00:00:00Z", false),
    ] {
        let (_, report) = report(&folder, &["--now", now, "a.json"]);
        assert_eq!(!files(&report).is_empty(), found, "{now}");
    }
}

#[test]
fn revision_and_mode_are_taken_from_the_command_line() {
    let event =
        r#"{"id": "3e455cab-5cab-3e45-ab5c-453eab5c453e", "userId": "", "targetedAppCount": 3}"#;
    let folder = folder(&[("a.json", event)]);
    let rules = |arguments: &[&str]| {
        let (_, report) = report(&folder, &[arguments, &["a.json"]].concat());
        lines(&report)
            .into_iter()
            .map(|(_, _, rule)| rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(&[]), [""; 0]);
    assert_eq!(rules(&["--revision", "latest"]), ["member-not-in-revision"]);
    assert_eq!(
        rules(&["--revision", "2023-09"]),
        ["member-not-in-revision"]
    );
    assert_eq!(rules(&["--mode", "update"]), ["member-not-in-mode"]);
    assert!(rules(&["--mode", "response"]).contains(&"missing-member".to_owned()));
}

#[test]
fn colour_follows_the_option_before_the_environment() {
    let folder = folder(&[("a.json", FAULTY)]);
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["check", "--format", "full"], arguments, &["a.json"]].concat();
        let mut command = command(folder.path(), &arguments);
        let output = command
            .envs(variables.iter().copied())
            .output()
            .expect("it runs");
        let run = Run::from(output);
        assert!(!run.stderr.contains('\u{1b}'), "{run:?}");
        run.stdout.contains('\u{1b}')
    };
    let force = ("FORCE_COLOR", "1");
    let forbid = ("NO_COLOR", "1");
    assert!(!colored(&[], &[]), "a pipe");
    assert!(colored(&[], &[force]));
    assert!(!colored(&[], &[forbid]));
    assert!(!colored(&[], &[force, forbid]));
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[forbid]));
    assert!(!colored(&["--color", "never"], &[force]));
    for format in ["json", "github", "junit"] {
        let arguments = ["--color", "always", "--format", format, "a.json"];
        let run = check(&folder, &arguments);
        assert!(!run.stdout.contains('\u{1b}'), "{format}");
    }
}

#[test]
fn help_and_reports_read_the_same_variables() {
    let folder = folder(&[("a.json", FAULTY)]);
    let table: [(&[(&str, &str)], bool); 11] = [
        (&[], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("FORCE_COLOR", "1")], true),
        (&[("FORCE_COLOR", "3")], true),
        (&[("FORCE_COLOR", "")], false),
        (&[("FORCE_COLOR", "0")], false),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "")], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "0")], false),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "0")], false),
    ];
    for (variables, colored) in table {
        for arguments in [&["check", "--format", "full", "a.json"][..], &["help"]] {
            let mut command = command(folder.path(), arguments);
            let output = command.envs(variables.iter().copied()).output();
            let run = Run::from(output.expect("it runs"));
            let seen = run.stdout.contains('\u{1b}');
            assert_eq!(seen, colored, "{arguments:?} {variables:?}");
        }
    }
}

#[test]
fn an_unknown_option_is_not_echoed_raw() {
    let folder = folder(&[]);
    for option in [
        "--\u{1b}[31mred",
        "--x\n::error::forged",
        "--x\r::error::forged",
        "--##vso[task.complete result=Succeeded;]",
        "--##[error]forged",
        "--\u{9b}31m",
        "--\u{202e}x",
    ] {
        for arguments in [["check", option], [option, "check"]] {
            let run = run(folder.path(), &arguments);
            assert_eq!(run.status, Some(2), "{run:?}");
            assert_eq!(run.stdout, "");
            let raw = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
            assert!(!run.stderr.contains(raw), "{:?}", run.stderr);
            let forged = |line: &str| {
                let line = line.trim_start();
                line.starts_with("::") || line.contains("##[") || line.contains("##vso[")
            };
            assert!(!run.stderr.lines().any(forged), "{}", run.stderr);
        }
    }
}

/// What only Unix has: special files, names of any bytes, ends of pipes.
#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::io::Read;
    use std::os::unix::ffi::OsStrExt;
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::support::folder::make_fifo;

    #[test]
    fn a_reader_that_goes_away_is_no_fault() {
        // Each report is longer than what a pipe holds.
        let many = format!("[{}]", vec![FAULTY; 1500].join(","));
        let folder = folder(&[("a.json", &many)]);
        for format in FORMATS {
            let arguments = [
                "check",
                "--max-diagnostics",
                "1500",
                "--format",
                format,
                "a.json",
            ];
            let mut child = command(folder.path(), &arguments)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it runs");
            let mut stdout = child.stdout.take().expect("a pipe");
            stdout.read_exact(&mut [0]).expect("a byte");
            drop(stdout);
            let run = Run::from(child.wait_with_output().expect("it ends"));
            assert_eq!(run.status, Some(1), "{format} {run:?}");
            assert_eq!(run.stderr.lines().count(), 1, "only the summary: {run:?}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_report_that_cannot_be_written_is_status_2_in_every_format() {
        let folder = folder(&[("a.json", FAULTY), ("b.json", CLEAN)]);
        let full = || {
            File::options()
                .write(true)
                .open("/dev/full")
                .expect("there")
        };
        for format in FORMATS {
            for name in ["a.json", "b.json"] {
                let arguments = ["check", "--quiet", "--format", format, name];
                let mut command = command(folder.path(), &arguments);
                let output = command.stdout(full()).output().expect("it runs");
                let run = Run::from(output);
                if run.stderr.is_empty() {
                    // These formats say nothing of a clean file.
                    assert_eq!((run.status, name), (Some(0), "b.json"), "{format}");
                    continue;
                }
                assert_eq!(run.status, Some(2), "{format} {run:?}");
                assert_eq!(run.stderr.lines().count(), 1, "{format} {run:?}");
                assert!(run.stderr.contains("standard output"), "{run:?}");
            }
        }
        // Notes that cannot be written change nothing.
        let mut command = command(folder.path(), &["check", "a.json"]);
        let output = command.stderr(full()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
    }

    #[test]
    fn closed_streams_do_no_harm() {
        let folder = folder(&[("a.json", FAULTY)]);
        for (streams, statuses) in [(">&-", [1, 2]), ("2>&-", [1, 1]), (">&- 2>&-", [1, 2])] {
            let output = run_in_shell(folder.path(), &format!("check a.json {streams}"));
            let status = output.status.code().expect("no signal");
            assert!(statuses.contains(&status), "{streams}: {output:?}");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(!stderr.contains("panicked"), "{stderr}");
        }
    }

    #[test]
    fn a_name_of_any_bytes_is_shown_and_printed_safely() {
        let folder = folder(&[]);
        for (name, shown) in [
            (&b"b\xff\xfe.json"[..], "b\\xff\\xfe.json"),
            (b"c\x1b[31m.json", "c\\u{1b}[31m.json"),
            (b"d\n::error::x.json", "d\\u{a}:"),
        ] {
            let path = folder.path().join(OsStr::from_bytes(name));
            fs::write(&path, FAULTY).expect("written");
            for format in FORMATS {
                let arguments = [
                    OsStr::new("check"),
                    OsStr::new("--format"),
                    OsStr::new(format),
                    OsStr::from_bytes(name),
                ];
                let run = run(folder.path(), &arguments);
                assert_eq!(run.status, Some(1), "{run:?}");
                let raw = |c: char| c.is_control() && c != '\n';
                assert!(!run.stdout.contains(raw), "{format} {run:?}");
                let forged = |line: &str| line.trim_start().starts_with("::error::");
                assert!(!run.stdout.lines().any(forged), "{format} {run:?}");
                if format == "concise" {
                    assert!(run.stdout.contains(shown), "{run:?}");
                }
            }
            let run = check(&folder, &["--format", "json"]);
            assert!(is_json(&run.stdout), "found by the walk: {run:?}");
            fs::remove_file(path).expect("removed");
        }
    }

    #[test]
    fn two_names_that_look_the_same_are_two_files() {
        let folder = folder(&[("a\\xff.json", CLEAN)]);
        let path = folder.path().join(OsStr::from_bytes(b"a\xff.json"));
        fs::write(path, FAULTY).expect("written");
        let (status, report) = report(&folder, &[]);
        assert_eq!((status, &report["summary"]["files"]), (Some(1), &2.into()));
    }

    #[test]
    fn a_special_file_is_refused_at_once_and_hides_nothing_else() {
        let folder = folder(&[("a.json", FAULTY), ("z.json", FAULTY)]);
        let inside = |name: &str| folder.path().join(name);
        let _socket = std::os::unix::net::UnixListener::bind(inside("s.json")).expect("bound");
        std::os::unix::fs::symlink("loop.json", inside("loop.json")).expect("linked");
        std::os::unix::fs::symlink("nowhere", inside("dangling.json")).expect("linked");
        make_fifo(&inside("fifo.json"));
        let started = Instant::now();
        for name in ["s.json", "loop.json", "dangling.json", "/dev/zero"] {
            let (status, report) = report(&folder, &["a.json", name, "z.json"]);
            assert_eq!(status, Some(2), "{name}");
            assert_eq!(files(&report), ["a.json", "z.json"], "{name}");
            assert_eq!(report["errors"][0]["file"], name);
        }
        // A search passes over them.
        let (_, walked) = report(&folder, &[]);
        assert_eq!(files(&walked), ["a.json", "z.json"]);
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    /// Runs it while somebody writes to the pipe `fifo.json` in a folder.
    fn with_writer(text: &str, arguments: &[&str]) -> Run {
        let folder = folder(&[("a.json", FAULTY)]);
        let pipe = folder.path().join("fifo.json");
        make_fifo(&pipe);
        let text = text.to_owned();
        let writer = std::thread::spawn(move || fs::write(pipe, text).expect("written"));
        let run = check(&folder, arguments);
        writer.join().expect("it ends");
        run
    }

    #[test]
    fn a_pipe_is_read_where_it_is_named() {
        let lines = format!("{CLEAN}\n{FAULTY}\n");
        for (text, place) in [(FAULTY, "fifo.json:1:21: "), (&lines, "fifo.json:2:21: ")] {
            for arguments in [
                &["fifo.json"][..],
                &["--across-files", "fifo.json"],
                &["--jobs", "1", "a.json", "./fifo.json"],
            ] {
                let run = with_writer(text, arguments);
                assert_eq!(run.status, Some(1), "{run:?}");
                let last = run.stdout.lines().last().expect("a finding");
                assert!(last.starts_with(place), "{run:?}");
            }
        }
        let run = with_writer(FAULTY, &["--max-file-size", "10", "fifo.json"]);
        assert_eq!(run.status, Some(2), "{run:?}");
    }

    #[test]
    fn what_this_process_has_open_is_read_where_it_is_named() {
        let folder = folder(&[
            ("a.json", FAULTY),
            ("lines", &format!("{CLEAN}\n{FAULTY}\n")),
            (
                "autopilot-lint.toml",
                "severity = { unknown-enum-member = 'info' }",
            ),
        ]);
        for (words, found) in [
            ("/dev/stdin < a.json", "/dev/stdin:1:21: error["),
            ("/dev/fd/0 < a.json", "/dev/fd/0:1:21: error["),
            ("/proc/self/fd/0 < a.json", "/proc/self/fd/0:1:21: error["),
            ("/dev/stdin < lines", "/dev/stdin:2:21: error["),
            ("/dev/fd/3 3< a.json", "/dev/fd/3:1:21: error["),
            // The configuration is that of the current folder, for what it says of all files.
            ("- < a.json", "<stdin>:1:21: error["),
        ] {
            let words = format!("check -q --no-config {words}");
            let output = Run::from(run_in_shell(folder.path(), &words));
            assert_eq!(output.status, Some(1), "{words} {output:?}");
            assert!(output.stdout.starts_with(found), "{words} {output:?}");
            let configured = words.replace(" --no-config", "");
            let output = Run::from(run_in_shell(folder.path(), &configured));
            assert_eq!(output.status, Some(0), "{words} {output:?}");
        }
        // A pipe of the shell.
        for name in ["/dev/stdin", "/dev/fd/0"] {
            let input = format!("{CLEAN}\n{FAULTY}\n");
            let run = run_with(
                folder.path(),
                &["check", "--no-config", name],
                input.as_bytes(),
            );
            assert!(
                run.stdout.starts_with(&format!("{name}:2:21: error[")),
                "{run:?}"
            );
        }
        // What standard input is redirected from is not written over.
        let words = "check -q --format json=a.json /dev/stdin < a.json";
        let output = Run::from(run_in_shell(folder.path(), words));
        assert_eq!(output.status, Some(2), "{output:?}");
    }

    #[test]
    fn a_name_that_looks_like_an_option_is_a_name_after_two_dashes() {
        let folder = folder(&[("--quiet", FAULTY), ("-", CLEAN)]);
        let run = check(&folder, &["--", "--quiet"]);
        assert_eq!(run.status, Some(1), "{run:?}");
        assert!(run.stdout.starts_with("--quiet:1:21: "), "{run:?}");
    }
}

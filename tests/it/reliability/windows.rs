//! What is different on Windows: how paths are spelled and read, and what other programs hold.
#![cfg(windows)]

use std::fs::{self, File};
use std::os::windows::fs::OpenOptionsExt;
use std::path::Path;

use serde_json::Value;

use crate::support::binary::{self, run_with};
use crate::support::folder::Folder;
use crate::support::{CLEAN, FAULTY, FORMATS};

const FILE_SHARE_READ: u32 = 1;
const FILE_SHARE_WRITE: u32 = 2;

/// Opens a file as a program does that shares it in this way.
fn hold(folder: &Folder, name: &str, share: u32) -> File {
    let mut options = File::options();
    options.read(true).share_mode(share);
    options.open(folder.path().join(name)).expect("opened")
}

/// What is in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.into_string().expect("Unicode"))
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn a_file_is_one_however_it_is_spelled() {
    let folder = Folder::repository(&[("payloads/a.json", FAULTY)]);
    let full = folder.path().join("payloads").join("a.json");
    let full = full.to_str().expect("Unicode");
    let verbatim = format!(r"\\?\{full}");
    let (drive, rooted) = full.split_at(2);
    let of_drive = format!(r"{drive}payloads\a.json");
    let spellings = [
        r"payloads\a.json",
        "payloads/a.json",
        r".\payloads\..\payloads\a.json",
        "Payloads/A.JSON",
        "payloads/a.json.",
        full,
        rooted,
        &verbatim,
        &of_drive,
    ];
    for spelling in spellings {
        let (found, run) = folder.check(spelling);
        assert_eq!(found.len(), 1, "{spelling} {run:?}");
        assert!(!run.stdout.contains(r"\"), "{spelling} {run:?}");
    }
    let (found, run) = folder.check(&spellings.join(" "));
    assert_eq!(found.len(), 1, "{run:?}");
    assert!(run.stdout.starts_with("payloads/a.json:1:"), "{run:?}");
}

#[test]
fn reports_have_slashes_and_no_prefix_of_the_system() {
    let folder = Folder::repository(&[("sub/a.json", FAULTY)]);
    let root = folder.path().to_str().expect("Unicode").replace('\\', "/");
    for format in FORMATS {
        for path in [r"SUB\a.json", r"..\sub\a.json", "."] {
            let words = ["check", "--no-config", "--output-format", format, path];
            let run = binary::run(&folder.path().join("sub"), &words[..4]);
            assert_eq!(run.status, Some(1), "{format} {run:?}");
            let above = binary::run(folder.path(), &words);
            for run in [run, above] {
                let text = run.stdout + &run.stderr;
                assert!(!text.contains(r"\\?\"), "{format} {path}: {text}");
                assert!(!text.contains(r"\\\\?\\"), "{format} {path}: {text}");
                assert!(!text.contains("//?/"), "{format} {path}: {text}");
                assert!(!text.contains(r"b\a.json"), "{format} {path}: {text}");
            }
        }
    }
    let run = folder.run(r"check --output-format sarif SUB\A.json");
    let sarif: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let uri = &sarif["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"];
    assert_eq!(uri, &format!("file:///{root}/").replace(' ', "%20"));
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "sub/a.json");
    let run = folder.run(r"check --output-format github SUB\A.json");
    assert!(run.stdout.contains("file=sub/a.json,"), "{run:?}");
}

#[test]
fn devices_are_written_to_and_never_read() {
    let folder = Folder::repository(&[("sub/a.json", CLEAN)]);
    for device in [
        "nul",
        "NUL",
        r"sub\nul",
        "con",
        "COM1",
        r"\\.\NUL",
        r"\\.\pipe\none",
    ] {
        let run = folder.run(&format!("check {device} sub/a.json"));
        assert_eq!(run.status, Some(2), "{device} {run:?}");
        assert!(
            run.stderr.contains("not a regular file"),
            "{device} {run:?}"
        );
        assert!(run.stderr.contains("1 file, 1 payload"), "{device} {run:?}");
    }
    let run = folder.run(r"check -q --output-format json=NUL --output-format sarif=sub\nul sub");
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(names(folder.path()), [".git", "sub"]);
    assert_eq!(names(&folder.path().join("sub")), ["a.json"]);
}

#[test]
fn streams_of_a_file_are_neither_read_nor_written() {
    let folder = Folder::repository(&[("a.json", CLEAN)]);
    for words in [
        "check a.json:x",
        "check a.json::$DATA",
        "check --output-format json=a.json:x a.json",
        "check --output-format json=a.json::$DATA a.json",
        "check --write-baseline known.json:x a.json",
        r"check .git::$INDEX_ALLOCATION\config",
    ] {
        let run = folder.run(words);
        assert_eq!(run.status, Some(2), "{words} {run:?}");
        assert!(
            run.stderr.contains("names a stream of a file"),
            "{words} {run:?}"
        );
    }
    assert_eq!(folder.read("a.json"), CLEAN);
    assert_eq!(names(folder.path()), [".git", "a.json"]);
}

#[test]
fn what_a_run_reads_it_does_not_write_however_that_is_spelled() {
    let folder = Folder::repository(&[("sub/a.json", CLEAN)]);
    for output in ["SUB/A.JSON", r"sub\a.json.", r"sub\.\a.json ", "Sub/A.json"] {
        let format = format!("json={output}");
        let words = ["check", "--output-format", &format, "sub/a.json"];
        let run = binary::run(folder.path(), &words);
        assert_eq!(run.status, Some(2), "{output} {run:?}");
        assert!(
            run.stderr.contains("this run reads this file"),
            "{output} {run:?}"
        );
    }
    assert_eq!(folder.read("sub/a.json"), CLEAN);
    let run = folder.run("check --output-format json=R.json --output-format sarif=r.json. sub");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("the same file as R.json"), "{run:?}");
    let run = folder.run("check -q --output-format json=r.json. sub");
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(names(folder.path()), [".git", "r.json", "sub"]);
}

#[test]
fn files_that_others_hold_are_named_and_keep_nothing_else_from_being_checked() {
    let folder = Folder::repository(&[("a.json", CLEAN), ("b.json", FAULTY), ("r.json", "old")]);
    let held = hold(&folder, "a.json", 0);
    let (found, run) = folder.check("a.json b.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert_eq!(found.len(), 1, "{run:?}");
    let text = run.stdout + &run.stderr;
    assert!(
        text.contains("a.json: another program has it open"),
        "{text}"
    );
    drop(held);

    let held = hold(&folder, "r.json", FILE_SHARE_READ);
    let run = folder.run("check -q --output-format json=r.json a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    let said = "error: r.json: another program has it open, or it may not be replaced\n";
    assert_eq!(run.stderr, said);
    assert_eq!(folder.read("r.json"), "old");
    drop(held);

    let file = folder.path().join("r.json");
    let mut permissions = fs::metadata(&file).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions.clone()).expect("set");
    let run = folder.run("check -q --output-format json=r.json a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert_eq!(run.stderr, "error: r.json: read-only; left unchanged\n");
    permissions.set_readonly(false);
    fs::set_permissions(&file, permissions).expect("set");
    assert_eq!(names(folder.path()), [".git", "a.json", "b.json", "r.json"]);
}

#[test]
fn long_paths_are_paths() {
    let part = "a".repeat(120);
    let name = [&*part, &*part, &*part, "payload.json"].join("/");
    let folder = Folder::repository(&[]);
    let long = folder.path().canonicalize().expect("there");
    let long = long.join(&part).join(&part).join(&part);
    fs::create_dir_all(&long).expect("made");
    fs::write(long.join("payload.json"), FAULTY).expect("written");
    for words in [".", &part, &name] {
        let (found, run) = folder.check(words);
        assert_eq!(found.len(), 1, "{words} {run:?}");
        assert!(run.stdout.starts_with(&name), "{words} {run:?}");
    }
    let report = name.replace("payload", "report");
    let run = folder.run(&format!("check -q --output-format json={report} {name}"));
    assert_eq!(run.status, Some(1), "{run:?}");
    assert_eq!(names(&long), ["payload.json", "report.json"]);
}

#[test]
fn globs_and_entries_match_in_any_letter_case_and_with_either_separator() {
    let files = [("Payloads/Old/a.json", FAULTY), ("Payloads/b.json", FAULTY)];
    let folder = Folder::repository(&files);
    for (config, expected) in [
        (r"include = ['payloads\OLD\*.JSON']", "Payloads/Old/a.json"),
        ("exclude = ['PAYLOADS/old/']", "Payloads/b.json"),
        (r"exclude = ['payloads\\b.json']", "Payloads/Old/a.json"),
    ] {
        folder.write("autopilot-lint.toml", config);
        let (found, run) = folder.check(".");
        assert_eq!(found.len(), 1, "{config} {run:?}");
        assert!(run.stdout.starts_with(expected), "{config} {run:?}");
    }
    folder.write(
        "autopilot-lint.toml",
        "[[ignore]]\nrule = 'unknown-enum-member'\nfile = 'PAYLOADS\\OLD\\A.json'\n\
         pointer = '/deploymentState'\nreason = 'known'",
    );
    let (found, run) = folder.check("PAYLOADS");
    assert_eq!(found.len(), 1, "{run:?}");
    assert!(run.stdout.starts_with("Payloads/b.json"), "{run:?}");
    folder.remove("autopilot-lint.toml");
    let (found, run) = folder.check(r"--exclude PAYLOADS\OLD .");
    assert_eq!(found.len(), 1, "{run:?}");
    folder.write(".gitignore", "OLD/\n");
    let (found, run) = folder.check("Payloads");
    assert_eq!(found.len(), 1, "{run:?}");
}

#[test]
fn a_baseline_is_that_of_any_system() {
    let folder = Folder::repository(&[("sub/a.json", FAULTY)]);
    let run = folder.run(r"check --write-baseline known.json .\SUB\A.JSON");
    assert_eq!(run.status, Some(0), "{run:?}");
    let known: Value = serde_json::from_str(&folder.read("known.json")).expect("JSON");
    assert!(known.to_string().contains(r#""sub/a.json""#), "{known}");
    for path in ["sub", r"sub\a.json", "Sub/A.json", "."] {
        let (found, run) = folder.check(&format!(r"--baseline .\KNOWN.json {path}"));
        assert!(found.is_empty(), "{path} {run:?}");
    }
}

#[test]
fn wildcards_are_expanded_which_no_shell_does() {
    let files = [
        ("sub/a.json", FAULTY),
        ("sub/b.json", FAULTY),
        ("c.json", CLEAN),
    ];
    let folder = Folder::repository(&files);
    for (path, expected) in [
        (r"sub\*.json", 2),
        ("*/?.JSON", 2),
        ("s?b", 2),
        ("*.json", 0),
    ] {
        let (found, run) = folder.check(path);
        assert_eq!(found.len(), expected, "{path} {run:?}");
        assert_eq!(run.status, Some(i32::from(expected > 0)), "{path} {run:?}");
    }
    for (path, said) in [
        ("*.jsonl", "*.jsonl: nothing there matches"),
        (
            r"**\*.json",
            "**/*.json: `**` stands for no folders; name the folder",
        ),
    ] {
        let run = folder.run(&format!("check {path} c.json"));
        assert_eq!(run.status, Some(2), "{path} {run:?}");
        assert!(run.stderr.contains(said), "{path} {run:?}");
        assert!(run.stderr.contains("1 file, 1 payload"), "{path} {run:?}");
    }
}

#[test]
fn lists_of_paths_are_those_that_powershell_writes() {
    let folder = Folder::repository(&[("sub/é.json", FAULTY), ("b.json", FAULTY)]);
    let list = "sub\\é.json\r\n.\\b.json\r\n";
    let utf_16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(list.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let with_mark = format!("\u{feff}{list}");
    for list in [&utf_16[..], list.as_bytes(), with_mark.as_bytes()] {
        folder.write("list.txt", list);
        let (found, run) = folder.check("--files-from list.txt");
        assert_eq!(found.len(), 2, "{run:?}");
        let words = ["check", "--format", "concise", "--files-from", "-"];
        let run = run_with(folder.path(), &words, list);
        assert_eq!(run.status, Some(1), "{run:?}");
    }
}

#[test]
fn a_file_is_fixed_unless_another_program_is_in_the_way() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("b.json", FAULTY)]);
    let refuses = |why: &str| {
        let run = folder.run("check --fix a.json b.json");
        assert_eq!(run.status, Some(2), "{why} {run:?}");
        let said = format!("error: a.json: not fixed: {why}");
        assert!(run.stderr.contains(&said), "{why} {run:?}");
        assert_eq!(folder.read("a.json"), FAULTY, "{why}");
        assert_eq!(folder.read("b.json"), CLEAN, "{why}");
        assert_eq!(names(folder.path()), [".git", "a.json", "b.json"]);
        folder.write("b.json", FAULTY);
    };
    // Some programs let nobody write, some let others write but not replace.
    let held = hold(&folder, "a.json", FILE_SHARE_READ);
    refuses("cannot be written: another program has it open");
    drop(held);
    let held = hold(&folder, "a.json", FILE_SHARE_READ | FILE_SHARE_WRITE);
    refuses("cannot be written: another program has it open, or it may not be replaced");
    drop(held);
    let file = folder.path().join("a.json");
    let mut permissions = fs::metadata(&file).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions.clone()).expect("set");
    refuses("it is read-only");
    permissions.set_readonly(false);
    fs::set_permissions(&file, permissions).expect("set");

    let run = folder.run("check --fix a.json b.json");
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(folder.read("a.json"), CLEAN);
}

#[test]
fn a_file_with_several_names_is_not_fixed() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let path = |name: &str| folder.path().join(name);
    fs::hard_link(path("a.json"), path("b.txt")).expect("linked");
    let run = folder.run("check --fix a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(
        run.stderr.contains("it has 2 names (hard links)"),
        "{run:?}"
    );
    assert_eq!(folder.read("a.json"), FAULTY);
}

#[test]
fn line_ends_and_the_mark_before_them_stay() {
    let lines = "\u{feff}{\r\n  \"deploymentState\": \"Success\"\r\n}\r\n";
    let folder = Folder::repository(&[("a.json", lines)]);
    let run = folder.run(r"check --fix .\A.JSON");
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(folder.read("a.json"), lines.replace("Success", "success"));
    assert_eq!(names(folder.path()), [".git", "a.json"]);
}

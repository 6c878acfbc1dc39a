//! What is read, and what is passed over.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::Value;

use crate::support::binary::{Run, run};
use crate::support::folder::Folder;
use crate::support::{CLEAN, FAULTY};

/// The files with findings, by the JSON report, and the notes.
fn found(folder: &Path, words: &[&str]) -> (Vec<String>, Run) {
    let run = run(folder, &[&["check", "--format", "json"], words].concat());
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let diagnostics = report["diagnostics"].as_array().expect("an array");
    let file = |found: &Value| found["file"].as_str().expect("a name").to_owned();
    (diagnostics.iter().map(file).collect(), run)
}

#[test]
fn a_search_reads_a_file_once_however_many_links_lead_to_it() {
    let folder = Folder::repository(&[("b.json", FAULTY), ("data/plain.txt", FAULTY)]);
    let inside = |name: &str| folder.path().join(name);
    symlink("b.json", inside("a.json")).expect("linked");
    symlink("a.json", inside("c.json")).expect("linked");
    // What is no event by its own name is one by its links', of which the first counts.
    symlink("data/plain.txt", inside("d.json")).expect("linked");
    symlink("data/plain.txt", inside("e.json")).expect("linked");
    // A second name of a file is a file.
    fs::hard_link(inside("b.json"), inside("f.json")).expect("linked");
    let (files, _) = found(folder.path(), &[]);
    assert_eq!(files, ["b.json", "d.json", "f.json"]);
    // What is asked for is read under the name that it was asked for by.
    let (files, _) = found(folder.path(), &["a.json"]);
    assert_eq!(files, ["a.json"]);
}

#[test]
fn a_search_does_not_follow_links_out_of_its_folder() {
    let outside = Folder::repository(&[("secret.json", "token: 1234"), ("sub/x.json", FAULTY)]);
    let folder = Folder::repository(&[("in/a.json", CLEAN), ("beside.json", FAULTY)]);
    let inside = |name: &str| folder.path().join("in").join(name);
    symlink(outside.path().join("secret.json"), inside("b.json")).expect("linked");
    symlink("../beside.json", inside("c.json")).expect("linked");
    symlink(outside.path().join("sub"), inside("d")).expect("linked");
    symlink(outside.path().join("sub"), inside("e.json")).expect("linked");
    symlink("..", inside("up")).expect("linked");
    let (files, run) = found(folder.path(), &["in"]);
    assert_eq!((files, run.status), (vec![], Some(0)), "{run:?}");
    let said = "; 2 files and 3 folders passed over\n";
    assert!(run.stderr.ends_with(said), "{run:?}");
}

#[test]
fn a_search_counts_what_it_passes_over() {
    let folder = Folder::repository(&[("a.json", CLEAN)]);
    let inside = |name: &str| folder.path().join(name);
    let _socket = std::os::unix::net::UnixListener::bind(inside("s.json")).expect("bound");
    symlink("loop.json", inside("loop.json")).expect("linked");
    symlink("nowhere", inside("dangling.json")).expect("linked");
    let (_, run) = found(folder.path(), &[]);
    assert!(run.stderr.ends_with("; 3 files passed over\n"), "{run:?}");
    assert_eq!(run.status, Some(0), "{run:?}");
    let (_, quiet) = found(folder.path(), &["--quiet"]);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn what_cannot_be_opened_is_named_safely_and_hides_nothing_else() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("z.json", FAULTY)]);
    symlink(
        "x\n::error::\u{1b}.json",
        folder.path().join("x\n::error::\u{1b}.json"),
    )
    .expect("linked");
    let long = format!("{}.json", "n".repeat(5_000));
    for name in [
        "missing.json",
        "a.json/b.json",
        &long,
        "x\n::error::\u{1b}.json",
        "/dev/null",
    ] {
        let (files, run) = found(folder.path(), &["a.json", name, "z.json"]);
        assert_eq!(files, ["a.json", "z.json"], "{name}");
        assert_eq!(run.status, Some(2), "{name}");
        assert_eq!(run.stderr.lines().count(), 2, "{run:?}");
        assert!(!run.stderr.contains("os error"), "{run:?}");
    }
}

#[test]
fn a_baseline_that_a_configuration_names_is_in_its_folder() {
    let outside = Folder::repository(&[("a.json", FAULTY)]);
    outside.run("check --write-baseline known.json a.json");
    let folder = Folder::repository(&[
        ("autopilot-lint.toml", "baseline = 'known.json'"),
        ("a.json", FAULTY),
    ]);
    let known = folder.path().join("known.json");
    symlink(outside.path().join("known.json"), &known).expect("linked");
    let run = folder.run("check a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    let said = "error: known.json: a link leads out of the repository";
    assert!(run.stderr.starts_with(said), "{run:?}");
    // Whoever runs it may name what they like, by its own name.
    let run = folder.run("check --baseline known.json a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    let real = outside
        .path()
        .canonicalize()
        .expect("there")
        .join("known.json");
    let run = folder.run(&format!("check --baseline {} {}", real.display(), "a.json"));
    assert!(!run.stderr.contains("link"), "{run:?}");
    // A link within is as good as a file.
    fs::remove_file(&known).expect("removed");
    folder.run("check --no-config --write-baseline real.json a.json");
    symlink("real.json", &known).expect("linked");
    assert_eq!(folder.run("check a.json").status, Some(0));
}

#[test]
fn a_file_that_is_no_baseline_is_not_written_over() {
    let text = "[core]\n";
    let folder = Folder::repository(&[("a.json", FAULTY), ("precious", text)]);
    symlink("precious", folder.path().join("known.json")).expect("linked");
    let run = folder.run("check --write-baseline known.json a.json");
    assert_eq!(
        (run.status, folder.read("precious").as_str()),
        (Some(2), text),
        "{run:?}"
    );
}

//! What a run did not look at: it is known, and said.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use crate::support::binary::{Run, command, run};
use crate::support::folder::{Folder, make_fifo};
use crate::support::{CLEAN, FAULTY};

fn files(run: &Run) -> Vec<&str> {
    let lines = run.stdout.lines().filter(|line| line.contains("] "));
    lines.filter_map(|line| line.split(':').next()).collect()
}

/// The figures of the JSON report on what was not looked at.
fn omitted(folder: &Folder, words: &str) -> [u64; 3] {
    let run = folder.run(format!("check --format json {words}").trim_end());
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    ["passed_over", "rules_off", "severities_lowered"]
        .map(|name| report["summary"][name].as_u64().expect(name))
}

#[test]
fn only_gitignore_files_inside_the_repository_count() {
    let above = tempfile::tempdir().expect("a folder");
    let repository = above.path().join("repository");
    let home = above.path().join("home");
    let write = |name: &str, text: &str| {
        let path = above.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    for name in [
        ".ignore",
        ".rgignore",
        ".gitignore",
        ".autopilot-lint-ignore",
    ] {
        write(name, "*.json\n");
    }
    for name in [".ignore", ".rgignore", ".git/info/exclude", ".dockerignore"] {
        write(&format!("repository/{name}"), "*.json\n");
    }
    write(
        "repository/.git/config",
        "[core]\n\texcludesFile = ../ignored\n",
    );
    write("repository/ignored", "*.json\n");
    write("home/.gitconfig", "[core]\n\texcludesFile = ~/.gitignore\n");
    write("home/.gitignore", "*.json\n");
    write("home/.config/git/ignore", "*.json\n");
    for name in ["a.json", ".hidden.json", ".github/b.json", "UPPER.JSON"] {
        write(&format!("repository/{name}"), FAULTY);
    }
    write("repository/.git/c.json", FAULTY);
    let words = ["check", "--format", "concise", "."];
    let mut checked = command(&repository, &words);
    checked.env("HOME", &home).env_remove("XDG_CONFIG_HOME");
    checked.env("GIT_CONFIG_GLOBAL", home.join(".gitconfig"));
    let run = Run::from(checked.output().expect("it runs"));
    let expected = [".github/b.json", ".hidden.json", "UPPER.JSON", "a.json"];
    assert_eq!(files(&run), expected, "{run:?}");
    assert!(!run.stderr.contains("passed over"), "{run:?}");
}

#[test]
fn what_gitignore_files_exclude_is_counted_and_named() {
    let folder = Folder::repository(&[
        (".gitignore", "*.tmp.json\n/build/\n!keep.tmp.json\n"),
        ("a.json", CLEAN),
        ("b.tmp.json", FAULTY),
        ("keep.tmp.json", CLEAN),
        ("build/c.json", FAULTY),
        ("sub/build/d.json", CLEAN),
        ("sub/.gitignore", "e.json"),
        ("sub/e.json", FAULTY),
        ("sub/notes.tmp", "no payload by its name"),
    ]);
    let run = folder.run("check -v");
    assert_eq!(run.status, Some(0), "{run:?}");
    let said = "; 2 files and 1 folder passed over\n";
    assert!(run.stderr.ends_with(said), "{run:?}");
    for line in [
        "passed over b.tmp.json: excluded by .gitignore\n",
        "passed over build/: excluded by .gitignore\n",
        "passed over sub/e.json: excluded by .gitignore\n",
    ] {
        assert!(run.stderr.contains(line), "{line} {run:?}");
    }
    assert_eq!(omitted(&folder, ""), [3, 0, 0]);
    // Patterns above a searched folder count as far as the repository goes.
    assert_eq!(omitted(&folder, "sub"), [1, 0, 0]);
    folder.write(".gitignore", "d.json");
    assert_eq!(omitted(&folder, "sub"), [2, 0, 0]);
    // What is asked for by its name is looked at.
    assert_eq!(folder.run("check sub/e.json").status, Some(1));
    assert_eq!(folder.run("check build").status, Some(1));
}

#[test]
fn without_a_repository_the_searched_folder_has_the_patterns() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name);
    fs::create_dir(inside("in")).expect("made");
    fs::write(inside(".gitignore"), "a.json").expect("written");
    fs::write(inside("in/.gitignore"), "b.json").expect("written");
    for name in ["in/a.json", "in/b.json"] {
        fs::write(inside(name), FAULTY).expect("written");
    }
    let checked = run(folder.path(), &["check", "in"]);
    assert_eq!(files(&checked), ["in/a.json"], "{checked:?}");
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.status, Some(0), "{checked:?}");
    assert!(checked.stderr.ends_with("; 2 files passed over\n"));
}

#[test]
fn a_gitignore_file_that_cannot_be_followed_hides_nothing() {
    let outside = Folder::repository(&[("patterns", "*.json\nhunter2\n")]);
    let folder = Folder::repository(&[("a.json", FAULTY), ("patterns", "a.json")]);
    let link = folder.path().join(".gitignore");
    symlink(outside.path().join("patterns"), &link).expect("linked");
    let run = folder.run("check --format concise");
    assert_eq!((run.status, files(&run)), (Some(2), vec!["a.json"]));
    assert!(
        run.stderr.contains("error: .gitignore: a link leads out"),
        "{run:?}"
    );
    assert!(!run.stderr.contains("hunter2"), "{run:?}");
    fs::remove_file(&link).expect("removed");
    symlink("patterns", &link).expect("linked");
    assert_eq!(folder.run("check").status, Some(0));
    fs::remove_file(&link).expect("removed");
    folder.write(".gitignore", &"*.json\n".repeat(1 << 16));
    let run = folder.run("check --format concise");
    assert_eq!((run.status, files(&run)), (Some(2), vec!["a.json"]));
    folder.write(".gitignore", "{a,b}.json\n");
    assert_eq!(folder.run("check").status, Some(1));
}

#[test]
fn links_and_special_files_that_are_passed_over_are_named() {
    let folder = Folder::repository(&[("in/a.json", CLEAN), ("out/b.json", FAULTY)]);
    let inside = |name: &str| folder.path().join("in").join(name);
    symlink("../out", inside("folder")).expect("linked");
    symlink("../out/b.json", inside("b.json")).expect("linked");
    symlink("nowhere", inside("c.json")).expect("linked");
    symlink("../out/b.json", inside("notes")).expect("linked");
    symlink(".", inside("self")).expect("linked");
    make_fifo(&inside("p.json"));
    let run = folder.run("check -v in");
    assert!(
        run.stderr.ends_with("; 3 files and 1 folder passed over\n"),
        "{run:?}"
    );
    for line in [
        "passed over in/folder/: a link that leads out of the searched folder or nowhere\n",
        "passed over in/b.json: a link that leads out of the searched folder or nowhere\n",
        "passed over in/p.json: not a regular file\n",
    ] {
        assert!(run.stderr.contains(line), "{line} {run:?}");
    }
}

#[test]
fn rules_off_and_severities_lowered_are_counted_and_named() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("b/c.json", CLEAN)]);
    for (config, words, figures, said) in [
        (
            "ignore = ['zero-guid']",
            "",
            [0, 1, 0],
            "; 1 rule off; configured by autopilot-lint.toml\n",
        ),
        (
            "severity = { unknown-enum-member = 'info' }",
            "",
            [0, 0, 1],
            "; 1 severity lowered; configured by autopilot-lint.toml\n",
        ),
        // One that the rule itself gives to some is lower than the others.
        (
            "severity = { null-not-allowed = 'warning', zero-guid = 'error' }",
            "",
            [0, 0, 1],
            "; 1 severity lowered; configured by autopilot-lint.toml\n",
        ),
        (
            "severity = { null-not-allowed = 'error', non-canonical-value = 'info' }",
            "",
            [0, 0, 0],
            "; 1 fixable with --fix; configured by autopilot-lint.toml\n",
        ),
        (
            "[[overrides]]\nfiles = ['a.json']\nselect = []",
            "",
            [0, 49, 0],
            "; configured by autopilot-lint.toml, with overrides for 1 file (49 rules off)\n",
        ),
        (
            "[[overrides]]\nfiles = ['b/']\nseverity = { zero-guid = 'info', wrong-type = 'warning' }",
            "--ignore zero-guid",
            [0, 1, 1],
            "; 1 rule off; configured by autopilot-lint.toml, with overrides for 1 file (1 severity lowered)\n",
        ),
        (
            "",
            "--severity wrong-type=info",
            [0, 0, 1],
            "; 1 severity lowered; configured by autopilot-lint.toml\n",
        ),
    ] {
        folder.write("autopilot-lint.toml", config);
        let run = folder.run(format!("check {words}").trim_end());
        assert!(run.stderr.ends_with(said), "{config} {run:?}");
        let [_, off, lowered] = omitted(&folder, words);
        assert_eq!([0, off, lowered], figures, "{config}");
    }
    let config = "ignore = ['zero-guid']\n[[overrides]]\nfiles = ['a.json']\n\
        ignore = ['wrong-type']\nseverity = { unknown-enum-member = 'info' }";
    folder.write("autopilot-lint.toml", config);
    let run = folder.run("check -v --ignore partial-page --severity os-version-syntax=info");
    for line in [
        "off by autopilot-lint.toml: zero-guid\n",
        "off by the command line: partial-page\n",
        "off for 1 file by autopilot-lint.toml: wrong-type, zero-guid\n",
        "lowered for 1 file by autopilot-lint.toml: unknown-enum-member to info\n",
    ] {
        assert!(run.stderr.contains(line), "{line} {run:?}");
    }
}

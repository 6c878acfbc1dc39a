//! What the build script says of the commit that a program is built from.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

#[path = "../../../build.rs"]
#[allow(dead_code, reason = "what the build alone does is not called here")]
mod build;

/// Runs git as nobody in particular; `false` where there is none.
fn git(folder: &Path, words: &str) -> bool {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(words.split(' '));
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_AUTHOR_NAME", "a"),
        ("GIT_AUTHOR_EMAIL", "a@example.com"),
        ("GIT_AUTHOR_DATE", "2020-02-03T04:05:06Z"),
        ("GIT_COMMITTER_NAME", "a"),
        ("GIT_COMMITTER_EMAIL", "a@example.com"),
        ("GIT_COMMITTER_DATE", "2021-03-04T05:06:07Z"),
    ] {
        git.env(name, value);
    }
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    git.output().is_ok_and(|output| output.status.success())
}

/// A checkout with one commit, or nothing where there is no git.
fn checkout() -> Option<TempDir> {
    let folder = tempfile::tempdir().expect("a folder");
    if !git(folder.path(), "init -q") {
        eprintln!("not tested: the commit in the version, as there is no git");
        return None;
    }
    assert!(git(folder.path(), "commit -q --allow-empty -m x"));
    Some(folder)
}

#[test]
fn a_checkout_has_its_commit_and_the_day_it_was_made() {
    let Some(folder) = checkout() else { return };
    let commit = build::commit(folder.path()).expect("a commit");
    let (hash, day) = commit.split_once(' ').expect("two parts");
    assert!(
        hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{commit}"
    );
    assert_eq!(day, "2021-03-04");
    assert_eq!(build::commit(folder.path()), Some(commit.clone()));
    // Every one of them is there: a file that is missing would begin each build anew.
    let files = build::changes_with_the_commit(folder.path());
    assert!(!files.is_empty());
    let times = || {
        files
            .iter()
            .map(|file| fs::read(folder.path().join(file)).expect("there"))
    };
    let before: Vec<_> = times().collect();
    assert!(git(folder.path(), "commit -q --allow-empty -m y"));
    assert_ne!(times().collect::<Vec<_>>(), before);
    assert_ne!(build::commit(folder.path()), Some(commit));
    // Another folder of the same repository, whose `.git` is a file.
    let worktree = tempfile::tempdir().expect("a folder");
    let path = worktree.path().join("w");
    assert!(git(
        folder.path(),
        &format!("worktree add -q --detach {}", path.display())
    ));
    assert_eq!(build::commit(&path), build::commit(folder.path()));
    assert!(!build::changes_with_the_commit(&path).is_empty());
}

#[test]
fn what_is_no_checkout_has_no_commit() {
    let Some(folder) = checkout() else { return };
    // A crate that was unpacked in somebody's repository.
    let within = folder.path().join("vendor");
    fs::create_dir(&within).expect("made");
    assert_eq!(build::commit(&within), None);
    let empty = tempfile::tempdir().expect("a folder");
    assert_eq!(build::commit(empty.path()), None);
    // A repository that is none.
    fs::write(empty.path().join(".git"), "gitdir: nowhere").expect("written");
    assert_eq!(build::commit(empty.path()), None);
    assert!(build::changes_with_the_commit(empty.path()).is_empty());
    assert!(git(empty.path(), "--version"));
}

//! Tells the program which commit it is built from.
//!
//! Only in a release build from a checkout, and by the time of the commit: the same commit gives the
//! same program, and a build for development is not begun anew by every commit.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let folder = Path::new(&folder);
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = is_release.then(|| commit(folder)).flatten();
    if commit.is_some() {
        for file in changes_with_the_commit(folder) {
            println!("cargo::rerun-if-changed={file}");
        }
    }
    let commit = commit.map_or(String::new(), |commit| format!(" ({commit})"));
    println!("cargo::rustc-env=AUTOPILOT_LINT_COMMIT={commit}");
}

/// The commit that is checked out in `folder`, and the day it was made; `None` where `folder` is no
/// checkout of its own, or there is no git.
pub(crate) fn commit(folder: &Path) -> Option<String> {
    // A crate that was unpacked somewhere may lie in another's repository.
    folder.join(".git").exists().then_some(())?;
    let commit = git(
        folder,
        &[
            "show",
            "--no-patch",
            "--no-show-signature",
            "--abbrev=12",
            "--format=%h %cs",
            "HEAD",
        ],
    )?;
    let is_commit = commit
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b" -".contains(&byte));
    is_commit.then_some(commit)
}

/// Files that change whenever another commit is checked out. None that is missing: the build would
/// begin anew each time.
pub(crate) fn changes_with_the_commit(folder: &Path) -> Vec<String> {
    let names = ["logs/HEAD", "HEAD"];
    let paths = names
        .iter()
        .filter_map(|name| git(folder, &["rev-parse", "--git-path", name]));
    paths.filter(|path| folder.join(path).is_file()).collect()
}

/// What git prints on one line.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments);
    // Set in a hook of another repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    let output = git.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty() && !text.contains('\n'))
}

//! Files that a killed run left half-written.
//!
//! Owns which of them a later run removes: a tree may hold anything under such a name, so only regular
//! files of whoever runs this, of that name, that nobody has written to for an hour.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::cli::paths::is_temporary;

/// Time without a write after which nobody is taken to be writing any more.
const STALE: Duration = Duration::from_hours(1);

/// Removes those in a folder.
pub(crate) fn remove_in(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_temporary(&entry.file_name())) {
        remove(&entry.path());
    }
}

/// Removes a file if it is one.
pub(crate) fn remove(file: &Path) {
    let named_so = file.file_name().is_some_and(is_temporary);
    // What is a link is not followed.
    let stale = fs::symlink_metadata(file).is_ok_and(|metadata| is_stale(&metadata));
    if named_so && stale {
        let _ = fs::remove_file(file);
    }
}

fn is_stale(metadata: &Metadata) -> bool {
    let age = metadata
        .modified()
        .ok()
        .and_then(|time| SystemTime::now().duration_since(time).ok());
    metadata.is_file() && is_own(metadata) && age.is_some_and(|age| age >= STALE)
}

#[cfg(unix)]
fn is_own(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(metadata) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
const fn is_own(_: &Metadata) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_old_regular_files_of_our_name_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let old = SystemTime::now() - 2 * STALE;
        for (name, modified) in [
            (".autopilot-lint-aaaaaaaaaaaa.tmp", old),
            (".autopilot-lint-bbbbbbbbbbbb.tmp", SystemTime::now()),
            (".autopilot-lint-cccccccccccc.json", old),
            ("target", old),
        ] {
            let file = File::create(path(name)).expect("a file");
            file.set_modified(modified).expect("a time");
        }
        symlink(path("target"), path(".autopilot-lint-dddddddddddd.tmp")).expect("a link");
        fs::create_dir(path(".autopilot-lint-eeeeeeeeeeee.tmp")).expect("a folder");
        remove_in(folder.path());
        let left = fs::read_dir(folder.path()).expect("a folder");
        let mut left: Vec<_> = left.map(|entry| entry.expect("one").file_name()).collect();
        left.sort();
        assert_eq!(
            left,
            [
                ".autopilot-lint-bbbbbbbbbbbb.tmp",
                ".autopilot-lint-cccccccccccc.json",
                ".autopilot-lint-dddddddddddd.tmp",
                ".autopilot-lint-eeeeeeeeeeee.tmp",
                "target",
            ]
        );
        assert!(path("target").exists());
    }
}

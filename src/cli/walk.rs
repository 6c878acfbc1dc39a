//! From the paths on the command line to the files to check, in the order of the report.
//!
//! Owns what a search passes over: it stays in its folder, whatever links there say, and opens
//! nothing but files.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use autopilot_lint::report::RunError;
use autopilot_lint::text::sanitize;
use ignore::types::{Types, TypesBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::input::describe;
use super::named;

/// Something to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    /// The name in the report; not yet safe to print. Two places may have the same.
    pub(crate) name: String,
    pub(crate) place: Place,
    /// A folder that was searched lists it as a plain file.
    pub(crate) listed: bool,
}

impl Target {
    /// Its size where that is known beforehand: a plain file's.
    pub(crate) fn bytes(&self) -> Option<u64> {
        let Place::File(path) = &self.place else {
            return None;
        };
        let file = path.metadata().ok()?;
        file.is_file().then_some(file.len())
    }

    fn file(path: &Path) -> Self {
        let path = below_here(path);
        Self {
            name: sanitize::display_path(path),
            place: Place::File(path.to_path_buf()),
            listed: false,
        }
    }
}

/// The path without a `.` in front; only where more of it may be such is it taken apart for that.
fn below_here(path: &Path) -> &Path {
    const ODD: [char; 2] = ['.', '/'];
    let text = path.to_str();
    match text.map(|text| text.strip_prefix("./").unwrap_or(text)) {
        Some(text) if !text.starts_with(ODD) && !text.ends_with(ODD) => Path::new(text),
        _ => path.strip_prefix(".").unwrap_or(path),
    }
}

/// Where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    File(PathBuf),
    StandardInput,
}

/// What is to be checked.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Each once, in order of name.
    pub(crate) targets: Vec<Target>,
    /// What could not be looked into.
    pub(crate) errors: Vec<RunError>,
    /// What has the name of an event in a folder that was searched, and is no file of it.
    pub(crate) passed_over: usize,
}

/// Looks at what the command line names.
pub(crate) fn targets(paths: &[PathBuf], stdin_name: Option<&Path>) -> Found {
    let mut search = Search::default();
    for path in paths {
        if path.as_os_str() == "-" {
            let name = sanitize::display_path(stdin_name.unwrap_or(Path::new("<stdin>")));
            search.targets.push(Target {
                name,
                place: Place::StandardInput,
                listed: false,
            });
        } else if path.is_dir() {
            search.walk(path);
        } else {
            // Whatever its name says: it was asked for.
            search.targets.push(Target::file(path));
        }
    }
    search.finish(paths.len() > 1)
}

#[derive(Default)]
struct Search {
    targets: Vec<Target>,
    /// Links to files of the folder that was searched, and those files.
    links: BTreeSet<(PathBuf, PathBuf)>,
    errors: Vec<RunError>,
    passed_over: usize,
}

impl Search {
    fn walk(&mut self, folder: &Path) {
        for entry in WalkBuilder::new(folder).types(types()).build() {
            match entry {
                Ok(entry) => self.meet(folder, &entry),
                Err(error) => self.errors.push(refused(folder, &error)),
            }
        }
    }

    fn meet(&mut self, folder: &Path, entry: &DirEntry) {
        let Some(kind) = entry.file_type() else {
            return;
        };
        if kind.is_file() {
            self.targets.push(Target {
                listed: true,
                ..Target::file(entry.path())
            });
        } else if kind.is_symlink() && entry.depth() > 0 {
            match file_within(folder, entry.path()) {
                Some(file) => drop(self.links.insert((entry.path().to_path_buf(), file))),
                None => self.passed_over += 1,
            }
        } else if !kind.is_dir() && !kind.is_symlink() {
            self.passed_over += 1;
        }
    }

    /// Adds the links to files that nothing else leads to. `several`: one file may have been named
    /// twice.
    fn finish(mut self, several: bool) -> Found {
        if !self.links.is_empty() {
            let mut known: HashSet<PathBuf> = self.targets.iter().filter_map(resolved).collect();
            for (link, file) in self.links {
                if known.insert(file) {
                    self.targets.push(Target::file(&link));
                }
            }
        }
        self.targets.sort_unstable();
        if several {
            self.targets.dedup_by(|one, other| one.place == other.place);
        }
        Found {
            targets: self.targets,
            errors: self.errors,
            passed_over: self.passed_over,
        }
    }
}

fn types() -> Types {
    let mut types = TypesBuilder::new();
    for pattern in named::patterns() {
        types.add("event", &pattern).expect("a valid glob");
    }
    types.select("event").build().expect("defined above")
}

/// The file that a link leads to, if it is one of the folder: whoever wrote the folder must not
/// have other files read, and shown in a report.
pub(crate) fn file_within(folder: &Path, link: &Path) -> Option<PathBuf> {
    let file = fs::canonicalize(link).ok()?;
    let inside = file.starts_with(fs::canonicalize(folder).ok()?);
    (inside && file.is_file()).then_some(file)
}

fn resolved(target: &Target) -> Option<PathBuf> {
    match &target.place {
        Place::File(path) => fs::canonicalize(path).ok(),
        Place::StandardInput => None,
    }
}

/// A folder that cannot be searched, by its own name where the error tells it.
fn refused(folder: &Path, error: &ignore::Error) -> RunError {
    let message = error.io_error().map_or_else(|| error.to_string(), describe);
    RunError {
        file: sanitize::display_path(place(error).unwrap_or(folder)),
        message,
    }
}

fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => place(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_in_front_is_left_out() {
        for (path, expected) in [
            ("a.json", "a.json"),
            ("./a.json", "a.json"),
            ("./a/b.json", "a/b.json"),
            ("././a", "a"),
            (".//a", "a"),
            ("./a/", "a"),
            ("./a/.", "a"),
            ("a/", "a/"),
            ("./.a", ".a"),
            (".a", ".a"),
            ("./../a", "../a"),
            ("../a", "../a"),
            ("/a", "/a"),
            ("a/./b", "a/./b"),
            (".", ""),
            ("./", ""),
        ] {
            let path = below_here(Path::new(path));
            assert_eq!(path.as_os_str(), Path::new(expected).as_os_str());
        }
    }
}

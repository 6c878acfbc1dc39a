//! From the paths on the command line to the files to check, in the order of the report.
//!
//! Owns what a search passes over: it stays in its folder whatever links there say, and opens
//! nothing but files.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use autopilot_lint::report::RunError;
use autopilot_lint::text::sanitize;
use ignore::types::{Types, TypesBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::ignore_files;
use super::input::Input;
use super::kind;
use crate::cli::paths;
use crate::cli::system_error::SystemError;

/// What a search gave.
#[derive(Debug, Default)]
pub(crate) struct FoundInputs {
    /// Each once, in order of name.
    pub(crate) inputs: Vec<Input>,
    /// Folders that could not be searched.
    pub(crate) errors: Vec<RunError>,
    /// Entries of searched folders with a payload's name that are not files inside those folders.
    pub(crate) passed_over: usize,
}

/// Finds the inputs that the command line names.
pub(crate) fn search(paths: &[PathBuf], stdin_name: Option<&Path>) -> FoundInputs {
    let mut search = Search::default();
    for path in paths {
        if path.as_os_str() == "-" {
            search.inputs.push(Input::standard_input(stdin_name));
        } else if path.is_dir() {
            search.walk(path);
        } else {
            // Whatever its name says: it was asked for.
            search.inputs.push(Input::file(path));
        }
    }
    search.finish(paths.len() > 1)
}

#[derive(Default)]
struct Search {
    inputs: Vec<Input>,
    /// Links to files inside the searched folder, with those files.
    links: BTreeSet<(PathBuf, PathBuf)>,
    errors: Vec<RunError>,
    passed_over: usize,
}

impl Search {
    fn walk(&mut self, folder: &Path) {
        if let Err(refused) = ignore_files::check_from_root(folder) {
            return self.errors.push(refused.into());
        }
        let (send, refusals) = mpsc::channel();
        let mut walk = WalkBuilder::new(folder);
        walk.types(types()).filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let checked = if is_folder {
                ignore_files::check(entry.path())
            } else {
                Ok(())
            };
            checked.map_err(|refused| send.send(refused)).is_ok()
        });
        for entry in walk.build() {
            match entry {
                Ok(entry) => self.meet(folder, &entry),
                Err(error) => self.errors.push(refused(folder, error)),
            }
        }
        drop(walk);
        self.errors.extend(refusals.into_iter().map(RunError::from));
    }

    fn meet(&mut self, folder: &Path, entry: &DirEntry) {
        let Some(kind) = entry.file_type() else {
            return;
        };
        if kind.is_file() {
            self.inputs.push(Input {
                listed: true,
                ..Input::file(entry.path())
            });
        } else if kind.is_symlink() && entry.depth() > 0 {
            match paths::resolve_inside(folder, entry.path()) {
                Some(file) => drop(self.links.insert((entry.path().to_path_buf(), file))),
                None => self.passed_over += 1,
            }
        } else if !kind.is_dir() && !kind.is_symlink() {
            self.passed_over += 1;
        }
    }

    /// Adds the links to files that nothing else leads to. `several`: a file may have been named
    /// twice.
    fn finish(mut self, several: bool) -> FoundInputs {
        if !self.links.is_empty() {
            let files = self.inputs.iter().filter_map(Input::file_path);
            let mut seen: HashSet<_> = files.filter_map(paths::resolve_links).collect();
            for (link, file) in self.links {
                if seen.insert(file) {
                    self.inputs.push(Input::file(&link));
                }
            }
        }
        self.inputs.sort_unstable();
        if several {
            self.inputs.dedup_by(|one, other| one.path == other.path);
        }
        FoundInputs {
            inputs: self.inputs,
            errors: self.errors,
            passed_over: self.passed_over,
        }
    }
}

fn types() -> Types {
    let mut types = TypesBuilder::new();
    for pattern in kind::patterns() {
        types.add("event", &pattern).expect("a valid glob");
    }
    types.select("event").build().expect("defined above")
}

/// A folder that cannot be searched, under its own name where the error tells it.
fn refused(folder: &Path, error: ignore::Error) -> RunError {
    RunError {
        file: sanitize::display_path(path_of(&error).unwrap_or(folder)),
        message: words_of(error),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

fn words_of(error: ignore::Error) -> String {
    let words = error.to_string();
    let system = error.into_io_error().map(SystemError::from);
    system.map_or(words, |system| system.to_string())
}

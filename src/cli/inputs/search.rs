//! From the paths on the command line to the files to check, in the order of the report.
//!
//! Owns what a search passes over: it stays in its folder whatever links there say, and opens
//! nothing but folders and their `.gitignore` files. What was named goes by the same globs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use autopilot_lint::report::RunError;
use autopilot_lint::text::sanitize;

use super::choice::Choice;
use super::ignores::{self, Ignores, IgnoresError};
use super::input::{Claim, Input};
use super::kind;
use super::passed_over::{PassedOver, Reason};
use super::read_error::ReadError;
use crate::cli::paths::{self, Door, Place, is_device, is_there, resolve, without_leading_dot};
use crate::cli::system_error::SystemError;

/// Git's own folder or, in a worktree or submodule, file.
const GIT: &str = ".git";

/// What a search gave.
#[derive(Debug, Default)]
pub(crate) struct FoundInputs {
    /// Each once, in order of name.
    pub(crate) inputs: Vec<Input>,
    /// What could not be searched, and what may not be.
    pub(crate) errors: Vec<RunError>,
    /// What was met and is not looked at, in order of name.
    pub(crate) passed_over: Vec<PassedOver>,
    /// The folders that were searched, without links.
    pub(crate) searched: Vec<PathBuf>,
    /// The `.gitignore` files that were read, without links.
    pub(crate) ignore_files: Vec<PathBuf>,
    /// Files that are being written or that a killed run left, without links.
    pub(crate) temporaries: Vec<PathBuf>,
}

/// What a run is asked to check.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AskedInputs<'a> {
    /// Files and folders; `-` is standard input.
    pub(crate) paths: &'a [PathBuf],
    /// Nobody named them: events are looked for in the current folder.
    pub(crate) looks_for_events: bool,
    /// What the command line calls standard input.
    pub(crate) stdin_name: Option<&'a Path>,
}

/// Finds the inputs that are asked for.
pub(crate) fn search(asked: AskedInputs<'_>, choice: &Choice<'_>, door: &Door) -> FoundInputs {
    let looks_for_events = asked.looks_for_events && !choice.includes();
    let mut search = Search {
        door,
        choice,
        claim: if looks_for_events {
            Claim::None
        } else {
            Claim::Payload
        },
        found: FoundInputs::default(),
        has_links: false,
    };
    for path in asked.paths {
        if path.as_os_str() == "-" {
            let input = Input::standard_input(asked.stdin_name);
            search.found.inputs.push(input);
        } else {
            search.enter(path, asked.stdin_name);
        }
    }
    search.finish(asked.paths.len() > 1)
}

struct Search<'a> {
    door: &'a Door,
    choice: &'a Choice<'a>,
    /// What is claimed of what a search finds.
    claim: Claim,
    found: FoundInputs,
    /// Some inputs are links that a search met.
    has_links: bool,
}

/// A folder that is searched.
struct Folder {
    /// As the report names it.
    shown: PathBuf,
    /// Without links.
    real: PathBuf,
    ignores: Option<Rc<Ignores>>,
}

/// Something in a folder.
struct Entry {
    shown: PathBuf,
    real: PathBuf,
    kind: FileType,
    /// Its name is that of a file to check.
    is_named_so: bool,
}

impl Search<'_> {
    fn enter(&mut self, path: &Path, stdin_name: Option<&Path>) {
        // To look at a device of Windows may be to use it.
        if is_device(path) {
            return self.fail(path, ReadError::NotRegular.to_string());
        }
        let place = match self.door.enter(path) {
            Ok(place) => place,
            Err(outside) => return self.fail(path, outside.problem()),
        };
        let is_folder = place.real.is_dir();
        if let Some(reason) = self.choice.refuses(path, is_folder) {
            self.pass_over(path, is_folder, reason, true);
        } else if is_folder {
            self.walk(path, place);
        } else if paths::is_standard_input(path) {
            self.found.inputs.push(Input {
                // Where it is redirected from a file, that is not to be written.
                real: (!place.dangling).then_some(place.real),
                ..Input::standard_input(Some(stdin_name.unwrap_or(path)))
            });
        } else {
            // Whatever its name says: it was asked for.
            self.found.inputs.push(Input {
                real: (!place.dangling).then_some(place.real),
                ..Input::file(path)
            });
        }
    }

    /// Searches a folder and those in it; those are few enough at a time to be held.
    fn walk(&mut self, path: &Path, place: Place) {
        let top = place.real.clone();
        self.found.searched.push(top.clone());
        let mut left = vec![Folder {
            ignores: self.ignores_above(&place),
            shown: path.to_path_buf(),
            real: place.real,
        }];
        while let Some(folder) = left.pop() {
            match entries(&folder.real) {
                Ok(entries) => self.look_into(&top, folder, entries, &mut left),
                Err(error) => self.fail(&folder.shown, SystemError::from(error).to_string()),
            }
        }
    }

    /// What the folders above, as far as the repository goes, exclude.
    fn ignores_above(&mut self, place: &Place) -> Option<Rc<Ignores>> {
        let root = place.root.as_ref().filter(|_| self.choice.ignores)?;
        let mut above: Vec<_> = place.real.ancestors().skip(1).collect();
        above.retain(|folder| {
            let file = folder.join(ignores::FILE_NAME);
            folder.starts_with(root) && is_there(&file).unwrap_or(false)
        });
        above.into_iter().rev().fold(None, |ignores, folder| {
            self.add_ignores(folder, folder, ignores)
        })
    }

    fn add_ignores(
        &mut self,
        shown: &Path,
        real: &Path,
        above: Option<Rc<Ignores>>,
    ) -> Option<Rc<Ignores>> {
        match self.read_ignores(real, above.clone()) {
            Ok(ignores) => ignores,
            Err(error) => {
                let shown = shown.join(ignores::FILE_NAME);
                self.fail(without_leading_dot(&shown), error.to_string());
                above
            }
        }
    }

    fn read_ignores(
        &mut self,
        folder: &Path,
        above: Option<Rc<Ignores>>,
    ) -> Result<Option<Rc<Ignores>>, IgnoresError> {
        let place = self.door.enter(&folder.join(ignores::FILE_NAME))?;
        self.found.ignore_files.push(place.real.clone());
        Ignores::read(&place, folder, above)
    }

    fn look_into(
        &mut self,
        top: &Path,
        mut folder: Folder,
        entries: Vec<(OsString, FileType)>,
        left: &mut Vec<Folder>,
    ) {
        let has = |name: &str| entries.iter().find(|(entry, _)| is_named(entry, name));
        if has(GIT).is_some() && folder.real != top {
            // Another repository, to which the patterns above say nothing.
            folder.ignores = None;
        }
        if self.choice.ignores && has(ignores::FILE_NAME).is_some_and(|(_, kind)| !kind.is_dir()) {
            let above = folder.ignores.take();
            folder.ignores = self.add_ignores(&folder.shown, &folder.real, above);
        }
        for (name, kind) in entries {
            if kind.is_file() && paths::is_temporary(&name) {
                self.found.temporaries.push(folder.real.join(&name));
            }
            let is_named_so = kind::is_searched_for(Path::new(&name));
            let matters = is_named_so && !kind.is_dir() || kind.is_dir() || kind.is_symlink();
            if !matters || is_named(&name, GIT) {
                continue;
            }
            let entry = Entry {
                shown: folder.shown.join(&name),
                real: folder.real.join(&name),
                kind,
                is_named_so,
            };
            self.meet(top, folder.ignores.as_ref(), entry, left);
        }
    }

    fn meet(
        &mut self,
        top: &Path,
        ignores: Option<&Rc<Ignores>>,
        entry: Entry,
        left: &mut Vec<Folder>,
    ) {
        let is_folder = entry.kind.is_dir();
        let matters = is_folder || entry.is_named_so;
        let refused = matters.then(|| self.choice.refuses(&entry.shown, is_folder));
        if let Some(reason) = refused.flatten() {
            self.pass_over(&entry.shown, is_folder, reason, false);
        } else if matters && ignores.is_some_and(|ignores| ignores.exclude(&entry.real, is_folder))
        {
            self.pass_over(&entry.shown, is_folder, Reason::Ignored, false);
        } else if is_folder {
            left.push(Folder {
                shown: entry.shown,
                real: entry.real,
                ignores: ignores.cloned(),
            });
        } else if entry.kind.is_file() {
            self.found.inputs.push(Input {
                real: Some(entry.real),
                listed: true,
                claim: self.claim,
                ..Input::file(&entry.shown)
            });
        } else if entry.kind.is_symlink() {
            self.meet_link(top, &entry);
        } else {
            self.pass_over(&entry.shown, false, Reason::Special, false);
        }
    }

    /// A link to a file in the searched folder is as good as the file. One to a folder there leads to
    /// what is searched anyway.
    fn meet_link(&mut self, top: &Path, entry: &Entry) {
        let real = resolve(&entry.real);
        let is_folder = real.as_ref().is_ok_and(|real| real.is_dir());
        let inside = real.as_ref().is_ok_and(|real| real.starts_with(top));
        match real {
            Ok(real) if inside && entry.is_named_so && real.is_file() => {
                self.has_links = true;
                self.found.inputs.push(Input {
                    real: Some(real),
                    claim: self.claim,
                    ..Input::file(&entry.shown)
                });
            }
            _ if inside && is_folder => {}
            _ if is_folder || entry.is_named_so => {
                self.pass_over(&entry.shown, is_folder, Reason::Link, false);
            }
            _ => {}
        }
    }

    fn pass_over(&mut self, path: &Path, is_folder: bool, reason: Reason, is_named: bool) {
        self.found.passed_over.push(PassedOver {
            name: sanitize::display_path(without_leading_dot(path)),
            is_folder,
            reason,
            is_named,
        });
    }

    fn fail(&mut self, path: &Path, message: String) {
        self.found.errors.push(RunError {
            file: sanitize::display_path(path),
            message,
        });
    }

    /// `several`: a file may have been named twice.
    fn finish(self, several: bool) -> FoundInputs {
        let Self {
            mut found,
            has_links,
            ..
        } = self;
        if several || has_links {
            keep_one_of_each(&mut found.inputs);
        }
        found.inputs.sort_unstable();
        let by_name = |one: &RunError, other: &RunError| one.file.cmp(&other.file);
        found.errors.sort_by(by_name);
        found.passed_over.sort_unstable();
        // Named and met.
        found.passed_over.dedup_by(|next, first| {
            let same = next.name == first.name && next.is_folder == first.is_folder;
            first.is_named |= same && next.is_named;
            same
        });
        found
    }
}

/// Keeps of the names of each file the one that a folder lists, or else the shortest, with the
/// strongest claim.
fn keep_one_of_each(inputs: &mut Vec<Input>) {
    inputs.sort_unstable_by(|one, other| {
        let rank = |input: &Input| (Reverse(input.listed), input.name.len());
        rank(one).cmp(&rank(other)).then_with(|| one.cmp(other))
    });
    let mut claims: HashMap<Option<PathBuf>, Claim> = HashMap::new();
    inputs.retain(|input| {
        let known = claims.entry(file_of(input));
        let is_first = matches!(known, hash_map::Entry::Vacant(_));
        let claim = known.or_insert(input.claim);
        *claim = input.claim.min(*claim);
        is_first
    });
    for input in inputs {
        input.claim = claims[&file_of(input)];
    }
}

fn file_of(input: &Input) -> Option<PathBuf> {
    let file = input.real.as_deref().or(input.file_path());
    file.map(Path::to_path_buf)
}

/// Whether the system takes a name for this one.
fn is_named(name: &OsStr, expected: &str) -> bool {
    if cfg!(windows) {
        name.eq_ignore_ascii_case(expected)
    } else {
        name == expected
    }
}

/// What is in a folder, with what the folder itself tells of it.
fn entries(folder: &Path) -> io::Result<Vec<(OsString, FileType)>> {
    let entries = fs::read_dir(folder)?;
    entries
        .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
        .collect()
}

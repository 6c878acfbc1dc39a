//! From the paths on the command line to the files to check, in the order of the report.

use std::path::{Path, PathBuf};

use autopilot_lint::report::{RunError, sanitize};
use ignore::types::TypesBuilder;
use ignore::{DirEntry, WalkBuilder};

use super::named;

/// Something to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    /// The name in the report; not yet safe to print. Two places may have the same.
    pub(crate) name: String,
    pub(crate) place: Place,
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
        let path = path.strip_prefix(".").unwrap_or(path);
        Self {
            name: sanitize::display_path(path),
            place: Place::File(path.to_path_buf()),
        }
    }
}

/// Where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    File(PathBuf),
    StandardInput,
}

/// The files to check, each once, in order of name; and what could not be looked into.
pub(crate) fn targets(
    paths: &[PathBuf],
    stdin_name: Option<&Path>,
) -> (Vec<Target>, Vec<RunError>) {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let name = sanitize::display_path(stdin_name.unwrap_or(Path::new("<stdin>")));
            found.push(Target {
                name,
                place: Place::StandardInput,
            });
        } else if path.is_dir() {
            walk(path, &mut found, &mut errors);
        } else {
            // Whatever its name says: it was asked for.
            found.push(Target::file(path));
        }
    }
    found.sort_unstable();
    found.dedup();
    (found, errors)
}

/// Whether it is a file, or a link to one. What the folder says of it is enough for all but links.
fn is_file(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    kind.is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file())
}

fn walk(folder: &Path, found: &mut Vec<Target>, errors: &mut Vec<RunError>) {
    let mut types = TypesBuilder::new();
    for pattern in named::patterns() {
        types.add("event", &pattern).expect("a valid glob");
    }
    let types = types.select("event").build().expect("defined above");
    for entry in WalkBuilder::new(folder).types(types).build() {
        match entry {
            Ok(entry) if is_file(&entry) => {
                found.push(Target::file(entry.path()));
            }
            Ok(_) => {}
            Err(error) => errors.push(RunError {
                file: sanitize::display_path(folder),
                message: error.to_string(),
            }),
        }
    }
}

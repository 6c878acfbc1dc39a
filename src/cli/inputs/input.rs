//! An input of the run: its name in the report and where its bytes are.

use std::path::{Path, PathBuf};

use autopilot_lint::text::sanitize;

use super::kind::FileKind;
use super::open::{OpenFile, open_itself, open_itself_or_pipe, open_or_pipe};
use super::read_error::ReadError;
use crate::cli::paths;

/// Something to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Input {
    /// The name in the report; not yet safe to print. Two inputs may have the same.
    pub(crate) name: String,
    pub(crate) path: InputPath,
    /// Its file without a link on the way, where a door has let it through.
    pub(crate) real: Option<PathBuf>,
    /// A searched folder lists it as a regular file.
    pub(crate) listed: bool,
    pub(crate) claim: Claim,
}

/// What is known of an input before it is read; the strongest claim first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Claim {
    /// Somebody named it.
    Named,
    /// It is in a folder that is said to hold payloads, or the configuration says that it is one.
    Payload,
    /// Nothing: events are looked for.
    None,
}

/// Where the bytes of an input are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum InputPath {
    File(PathBuf),
    StandardInput,
}

impl Input {
    pub(crate) fn file(path: &Path) -> Self {
        let path = paths::without_leading_dot(path);
        Self {
            name: sanitize::display_path(path),
            path: InputPath::File(path.to_path_buf()),
            real: None,
            listed: false,
            claim: Claim::Named,
        }
    }

    /// `name`: what the command line calls it, if anything.
    pub(crate) fn standard_input(name: Option<&Path>) -> Self {
        Self {
            name: sanitize::display_path(name.unwrap_or(Path::new("<stdin>"))),
            path: InputPath::StandardInput,
            real: None,
            listed: false,
            claim: Claim::Named,
        }
    }

    /// The path of its file, if it is one.
    pub(crate) fn file_path(&self) -> Option<&Path> {
        match &self.path {
            InputPath::File(path) => Some(path),
            InputPath::StandardInput => None,
        }
    }

    /// Opens its file, or the pipe that somebody named; what has become a link since the search is
    /// refused. Windows would read a name such as `a.json.` as another one, unless it stands in a real
    /// path.
    ///
    /// # Errors
    /// When it has none, it is something else, or the system refuses.
    pub(crate) fn open(&self) -> Result<OpenFile, ReadError> {
        let path = self.file_path().ok_or(ReadError::NotRegular)?;
        match &self.real {
            _ if self.listed && !cfg!(windows) => open_itself(path),
            Some(real) if self.claim == Claim::Named => open_itself_or_pipe(real),
            Some(real) => open_itself(real),
            None => open_or_pipe(path),
        }
    }

    /// What its name says is in it.
    pub(crate) fn kind(&self) -> FileKind {
        FileKind::from_name(self.file_path().unwrap_or(Path::new(&self.name)))
    }

    /// Its size in bytes, where that is known beforehand: a regular file's.
    pub(crate) fn size(&self) -> Option<u64> {
        let real = self.real.as_deref().filter(|_| cfg!(windows));
        let metadata = real.or(self.file_path())?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }
}

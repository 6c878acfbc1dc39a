//! An input of the run: its name in the report and where its bytes are.

use std::path::{Path, PathBuf};

use autopilot_lint::text::sanitize;

use crate::cli::paths;

/// Something to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Input {
    /// The name in the report; not yet safe to print. Two inputs may have the same.
    pub(crate) name: String,
    pub(crate) path: InputPath,
    /// A searched folder lists it as a regular file.
    pub(crate) listed: bool,
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
            listed: false,
        }
    }

    /// `name`: what the command line calls it, if anything.
    pub(crate) fn standard_input(name: Option<&Path>) -> Self {
        Self {
            name: sanitize::display_path(name.unwrap_or(Path::new("<stdin>"))),
            path: InputPath::StandardInput,
            listed: false,
        }
    }

    /// The path of its file, if it is one.
    pub(crate) fn file_path(&self) -> Option<&Path> {
        match &self.path {
            InputPath::File(path) => Some(path),
            InputPath::StandardInput => None,
        }
    }

    /// Its size in bytes, where that is known beforehand: a regular file's.
    pub(crate) fn size(&self) -> Option<u64> {
        let metadata = self.file_path()?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }
}

//! Makes the fixes of an input: its new text, and what becomes of its file.
//!
//! Owns which way a text is mended, and that a file is replaced only by a text that was proved. Must
//! not know what a fix is about, or what a run says of it.

mod archive;
mod diff;
mod job;
mod mender;
mod stop;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use autopilot_lint::diagnostic::Applicability;

use crate::cli::outputs::{leftovers, rewrite};
use crate::cli::paths::Door;
use crate::cli::streams::lock;

pub(crate) use diff::{Diffs, Style};
pub(crate) use job::FixJob;
pub(crate) use stop::Stop;

/// How the inputs of a run are fixed.
pub(crate) struct Fixing {
    /// The fixes that are made: these, and surer ones.
    pub(crate) most: Applicability,
    /// Takes what would change, where files are left as they are.
    pub(crate) diffs: Option<Diffs>,
    door: Mutex<Door>,
    /// Folders in which a file was replaced.
    folders: Mutex<BTreeSet<PathBuf>>,
}

impl Fixing {
    pub(crate) fn new(most: Applicability, diffs: Option<Diffs>, door: Door) -> Self {
        Self {
            most,
            diffs,
            door: Mutex::new(door),
            folders: Mutex::default(),
        }
    }

    /// Makes what was written last beyond a stop of the machine, and removes what killed runs left
    /// behind: in the folders of files that were replaced, and of what a search met.
    pub(crate) fn finish(&self, met: &[PathBuf]) {
        if self.diffs.is_some() {
            return;
        }
        for folder in &*lock(&self.folders) {
            rewrite::sync_folder(folder);
            leftovers::remove_in(folder);
        }
        for file in met {
            leftovers::remove(file);
        }
    }
}

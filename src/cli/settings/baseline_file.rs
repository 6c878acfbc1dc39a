//! The baseline file of a run: where it is, how it is read, and what in it is stale.
//!
//! What is known, new or stale is the library's to say; writing the file is `outputs`'.

use std::path::{Path, PathBuf};

use autopilot_lint::policy::baseline::{Baseline, BaselineError, Stale};
use autopilot_lint::policy::{Fate, Filter};

use super::checked_files::CheckedFiles;
use super::settings_error::SettingsError;
use crate::cli::inputs::read_text;
use crate::cli::paths::{Door, Target, WorkingFolder};

/// Largest baseline, in bytes; an entry is about 150. Reading one takes 14 times as much memory.
const MAX_SIZE: u64 = 32 << 20;

/// Which baseline a run uses.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BaselineChoice<'a> {
    /// The one that the configuration names, if any.
    Configured,
    Read(&'a Path),
    /// Everything found goes to this file and is known from now on.
    Write(&'a Path),
}

/// A baseline that this run uses.
#[derive(Debug)]
pub(crate) struct BaselineFile {
    /// Its name; not yet safe to print.
    pub(crate) name: String,
    /// Where it is to be written, if it is.
    pub(crate) target: Option<Target>,
    /// Its path without links.
    pub(crate) real: PathBuf,
    /// What the files in it are relative to.
    folder: PathBuf,
    baseline: Baseline,
}

/// A baseline of this many bytes could not be read again.
#[derive(Debug, thiserror::Error)]
#[error(
    "not written: {0} bytes of known findings, more than the limit of {MAX_SIZE}; fix some first, or \
     turn off the rules that find them"
)]
pub(crate) struct BaselineTooLarge(usize);

impl BaselineFile {
    /// Reads the baseline. One that is to be written need not exist.
    ///
    /// # Errors
    /// When it cannot be read or is not valid, or a link takes it out of the repository.
    pub(super) fn open(
        path: &Path,
        write: bool,
        working_folder: &WorkingFolder,
        door: &Door,
    ) -> Result<Self, SettingsError> {
        let target = if write {
            Some(door.target(path)?)
        } else {
            None
        };
        let entered = door.enter(path);
        let path = working_folder.absolute(&door.in_letters_of_disk(path.to_path_buf()));
        let name = working_folder.name_from(&path, working_folder.path());
        let place = entered.map_err(|outside| outside.of(&name))?;
        let baseline = if write && !place.real.exists() {
            Baseline::default()
        } else {
            let text = match read_text(&place, MAX_SIZE) {
                Ok(text) => text,
                Err(error) => return Err(SettingsError::Unreadable { name, error }),
            };
            match Baseline::parse(text.as_bytes()) {
                Ok(baseline) => baseline,
                // Nothing in it can be kept.
                Err(BaselineError::Old) if write => Baseline::default(),
                Err(BaselineError::Old) => return Err(SettingsError::OldBaseline(name)),
                Err(error) => return Err(SettingsError::InvalidBaseline { name, error }),
            }
        };
        Ok(Self {
            folder: path.parent().unwrap_or(&path).to_path_buf(),
            name,
            target,
            real: place.real,
            baseline,
        })
    }

    /// What the files in it are relative to.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Silences what is known of a file, which the baseline calls `name`.
    pub(super) fn apply<'a>(&'a self, filter: Filter<'a>, name: &str) -> Filter<'a> {
        if self.target.is_some() {
            filter.accept_all()
        } else {
            filter.with_baseline(&self.baseline, name)
        }
    }

    /// What is known but was not found; `files` are by their names in the baseline.
    pub(crate) fn stale(&self, files: &CheckedFiles) -> Vec<Stale<'_>> {
        let fate = |name: &str| fate(files, &self.folder, name);
        self.baseline.stale(&files.tallies(), fate)
    }

    /// Makes what was found the known findings; `files` are by their names in the baseline.
    pub(crate) fn update(&mut self, files: &CheckedFiles) {
        let folder = &self.folder;
        let fate = |name: &str| fate(files, folder, name);
        self.baseline.update(&files.tallies(), fate);
    }

    /// How many findings are known.
    pub(crate) fn len(&self) -> usize {
        self.baseline.len()
    }

    /// The text of the file.
    ///
    /// # Errors
    /// When it is more than can be read again.
    pub(crate) fn to_json(&self) -> Result<String, BaselineTooLarge> {
        let text = self.baseline.to_json();
        if text.len() as u64 > MAX_SIZE {
            return Err(BaselineTooLarge(text.len()));
        }
        Ok(text)
    }
}

/// What became of a file that the baseline knows.
fn fate(files: &CheckedFiles, folder: &Path, key: &str) -> Fate {
    match files.fate(folder, key) {
        // The file of this key has another name.
        Fate::Gone if key.contains('\\') => Fate::NotChecked,
        fate => fate,
    }
}

//! The configuration file: where it is looked for and how it is read.
//!
//! Must not know what it may say: that is the library's.

use std::path::{Path, PathBuf};

use autopilot_lint::policy::Config;
use autopilot_lint::policy::config::FILE_NAME;

use super::invalid_config::InvalidConfig;
use super::settings_error::SettingsError;
use crate::cli::inputs::read_text;
use crate::cli::paths::{Door, WorkingFolder, repository};

/// Largest configuration that is read, in bytes.
const MAX_SIZE: u64 = 1 << 20;

/// Which configuration a run uses.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ConfigChoice<'a> {
    /// The one nearest to what is checked, if there is any.
    Nearest,
    File(&'a Path),
    None,
}

/// A configuration file that was read.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    /// Its name as seen from the current folder; not yet safe to print.
    pub(crate) name: String,
    /// What its paths are relative to.
    pub(crate) folder: PathBuf,
    /// Its path without links.
    pub(crate) real: PathBuf,
}

/// A configuration file as a text that nobody has looked into yet.
#[derive(Debug)]
pub(super) struct ConfigText {
    pub(super) file: ConfigFile,
    text: String,
}

impl ConfigText {
    /// The schema that it names, relative to its folder, if any.
    pub(super) fn schema(&self) -> Option<String> {
        Config::schema_of(&self.text)
    }

    /// What it says; `revisions` are those of the model.
    ///
    /// # Errors
    /// When it is not valid.
    pub(super) fn parse(self, revisions: &[String]) -> Result<(Config, ConfigFile), InvalidConfig> {
        let Self { file, text } = self;
        match Config::parse(&text, revisions) {
            Ok(config) => Ok((config, file)),
            Err(error) => Err(InvalidConfig {
                name: file.name,
                text,
                error,
            }),
        }
    }
}

/// Reads the configuration that is chosen, if there is one. `checked` is the innermost folder that
/// holds all that is checked.
///
/// # Errors
/// When it cannot be read, or a link takes it out of the repository.
pub(super) fn load(
    choice: ConfigChoice<'_>,
    checked: &Path,
    working_folder: &WorkingFolder,
    door: &Door,
) -> Result<Option<ConfigText>, SettingsError> {
    let path = match choice {
        ConfigChoice::Nearest => find(checked, working_folder.path()),
        ConfigChoice::File(path) => {
            let path = door.in_letters_of_disk(path.to_path_buf());
            Some(working_folder.absolute(&path))
        }
        ConfigChoice::None => None,
    };
    let Some(path) = path else {
        return Ok(None);
    };
    let name = working_folder.name_from(&path, working_folder.path());
    let folder = path.parent().unwrap_or(&path).to_path_buf();
    let place = door.with_stand_in(&folder).enter(&path);
    let place = place.map_err(|outside| outside.of(&name))?;
    match read_text(&place, MAX_SIZE) {
        Ok(text) => {
            let real = place.real;
            let file = ConfigFile { name, folder, real };
            Ok(Some(ConfigText { file, text }))
        }
        Err(error) => Err(SettingsError::Unreadable { name, error }),
    }
}

/// The nearest configuration above the current folder or, if there is none or something lies
/// elsewhere, above all that is checked.
fn find(checked: &Path, current: &Path) -> Option<PathBuf> {
    let here = checked
        .starts_with(current)
        .then(|| search(current))
        .flatten();
    let elsewhere = || (checked != current).then(|| search(checked)).flatten();
    here.or_else(elsewhere)
}

/// Looks in `folder` and those above it up to the root of the repository; outside of one in `folder`
/// alone, since what lies above may be anybody's.
fn search(folder: &Path) -> Option<PathBuf> {
    let last = repository(folder).unwrap_or(folder);
    let folders = folder
        .ancestors()
        .take_while(|folder| folder.starts_with(last));
    let mut files = folders.map(|folder| folder.join(FILE_NAME));
    // Whatever is there under this name: what is no file is an error, not passed over.
    files.find(|file| file.symlink_metadata().is_ok())
}

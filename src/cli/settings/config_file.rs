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

/// What a configuration says, and where; without a file, what holds by default.
#[derive(Debug, Default)]
pub(super) struct LoadedConfig {
    pub(super) config: Config,
    pub(super) file: Option<ConfigFile>,
}

/// Reads the configuration that is chosen. `checked` is the innermost folder that holds all that is
/// checked.
///
/// # Errors
/// When it cannot be read or is not valid, or a link takes it out of the repository.
pub(super) fn load(
    choice: ConfigChoice<'_>,
    checked: &Path,
    working_folder: &WorkingFolder,
    door: &Door,
    revisions: &[String],
) -> Result<LoadedConfig, SettingsError> {
    let path = match choice {
        ConfigChoice::Nearest => find(checked, working_folder.path()),
        ConfigChoice::File(path) => Some(working_folder.absolute(path)),
        ConfigChoice::None => None,
    };
    let Some(path) = path else {
        return Ok(LoadedConfig::default());
    };
    let name = working_folder.name_from(&path, working_folder.path());
    let folder = path.parent().unwrap_or(&path).to_path_buf();
    let place = door.with_stand_in(&folder).enter(&path);
    let place = place.map_err(|outside| outside.of(&name))?;
    let text = match read_text(&place, MAX_SIZE) {
        Ok(text) => text,
        Err(error) => return Err(SettingsError::Unreadable { name, error }),
    };
    match Config::parse(&text, revisions) {
        Ok(config) => {
            let real = place.real;
            let file = Some(ConfigFile { name, folder, real });
            Ok(LoadedConfig { config, file })
        }
        Err(error) => Err(Box::new(InvalidConfig { name, text, error }).into()),
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
    files.find(|file| file.is_file())
}

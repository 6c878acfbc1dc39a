//! Files that a run is to write: which it may, and which are one.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use autopilot_lint::text::sanitize;

use super::door::{Door, Outside, PathFault};
use super::open_files::holds_devices;
use super::reading::is_device;
use super::spelling::folder_of;

/// A file that may be written. Only a [`Door`] gives one.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// As it was named.
    pub(crate) name: PathBuf,
    /// What is written, without links.
    pub(crate) real: PathBuf,
    /// A device or a pipe: what it stands for is not to be replaced.
    pub(crate) is_device: bool,
    /// Takes everything, as often as it comes.
    is_endless: bool,
    /// Which data it has, where other paths may lead to the same.
    data: Option<DataNumber>,
}

/// A device, and the number of a file on it.
type DataNumber = (u64, u64);

/// Why a file may not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TargetRefusal {
    #[error(transparent)]
    Outside(#[from] Outside),
    #[error("{}: a link that leads nowhere; left unchanged", sanitize::display_path(.0))]
    Dangling(PathBuf),
    /// Nobody named this file.
    #[error("{}: a link or no file, which --ci does not write to", sanitize::display_path(.0))]
    Link(PathBuf),
    /// What is read is never written.
    #[error("{}: this run reads this file; write to another one", sanitize::display_path(.0))]
    Read(PathBuf),
    /// Both names, as they were given.
    #[error(
        "{}: the same file as {}, which is written too",
        sanitize::display_path(.0), sanitize::display_path(.1)
    )]
    WrittenTwice(PathBuf, PathBuf),
}

impl Door {
    /// A file that somebody named to be written.
    ///
    /// # Errors
    /// When a link leads out of the repository or, without one, out of the file's folder.
    pub(crate) fn target(&self, path: &Path) -> Result<Target, TargetRefusal> {
        let place = self.enter(path)?;
        let folder = self.enter(folder_of(path))?;
        let own = path.file_name().map(|name| folder.real.join(name));
        if is_device(path) {
            return Ok(Target::new(path, place.real, true));
        }
        // Whoever names such a path means what this process has open, not the file behind it.
        if let Some(own) = own.filter(|_| holds_devices(&folder.real)) {
            return Ok(Target::new(path, own, true));
        }
        if place.dangling {
            return Err(TargetRefusal::Dangling(path.to_path_buf()));
        }
        if folder.root.is_none() && !place.real.starts_with(&folder.real) {
            return Err(Outside {
                path: path.to_path_buf(),
                fault: PathFault::Leads(place.real),
            }
            .into());
        }
        let is_device = fs::metadata(&place.real).is_ok_and(|metadata| !metadata.is_file());
        Ok(Target::new(path, place.real, is_device))
    }

    /// A file in the current folder that nobody named: it is written through no link at all.
    ///
    /// # Errors
    /// When it is a link, or no file.
    pub(crate) fn unnamed_target(&self, path: &Path) -> Result<Target, TargetRefusal> {
        match fs::symlink_metadata(path) {
            Ok(metadata) if !metadata.is_file() => Err(TargetRefusal::Link(path.to_path_buf())),
            _ => self.target(path),
        }
    }
}

impl Target {
    fn new(name: &Path, real: PathBuf, is_device: bool) -> Self {
        let metadata = fs::metadata(&real).ok();
        Self {
            name: name.to_path_buf(),
            is_device,
            // A device of Windows tells nothing of itself.
            is_endless: cfg!(windows) && is_device || metadata.as_ref().is_some_and(is_endless),
            data: metadata.as_ref().and_then(shared_data),
            real,
        }
    }

    /// # Errors
    /// When another file that is written is this one.
    pub(crate) fn differs_from(&self, other: &Self) -> Result<(), TargetRefusal> {
        if self.is(&other.real) || other.is(&self.real) {
            let names = (self.name.clone(), other.name.clone());
            return Err(TargetRefusal::WrittenTwice(names.0, names.1));
        }
        Ok(())
    }

    /// # Errors
    /// When a file that is read, by its path without links, is this one.
    pub(crate) fn spares(&self, read: &Path) -> Result<(), TargetRefusal> {
        if self.is(read) {
            return Err(TargetRefusal::Read(self.name.clone()));
        }
        Ok(())
    }

    /// Whether a path without links is that of this file, or another name of its data.
    pub(crate) fn is(&self, real: &Path) -> bool {
        let same_data = || {
            let number = || fs::metadata(real).ok().as_ref().and_then(shared_data);
            self.data.is_some() && self.data == number()
        };
        !self.is_endless && (same_path(&self.real, real) || same_data())
    }
}

/// File systems that do not tell `A` from `a`.
const IGNORES_CASE: bool = cfg!(any(windows, target_os = "macos"));

fn same_path(one: &Path, other: &Path) -> bool {
    one == other || IGNORES_CASE && lower(one) == lower(other)
}

/// For names beyond ASCII as well: file systems know their letters.
fn lower(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

#[cfg(unix)]
fn is_endless(file: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&file.file_type())
}

#[cfg(not(unix))]
const fn is_endless(_: &Metadata) -> bool {
    false
}

/// Which data a file has, where other names may lead to the same.
#[cfg(unix)]
fn shared_data(file: &Metadata) -> Option<DataNumber> {
    use std::os::unix::fs::MetadataExt;
    let is_shared = !file.is_file() || file.nlink() > 1;
    is_shared.then(|| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
const fn shared_data(_: &Metadata) -> Option<DataNumber> {
    None
}

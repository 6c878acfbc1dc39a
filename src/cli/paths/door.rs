//! The door: where a path leads once its links are resolved, and whether it stays in the repository.
//!
//! Whoever writes a tree can put a link anywhere in it. Every path that a run reads or writes comes
//! through here, so that no link takes the run out of the repository, or into what git keeps there:
//! git runs programs that its files name.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use autopilot_lint::text::sanitize;

use super::links::{Unresolved, is_there, resolve};
use super::reading::{Reading, read};
use super::spelling::{WorkingFolder, in_letters_of, repository};

/// Where a path leads.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The path without links or, where nothing is there, what its last part would be called.
    pub(crate) real: PathBuf,
    /// The folder that links below it must not leave: the root of the repository, or what stands for
    /// one. `None` where there is neither.
    pub(crate) root: Option<PathBuf>,
    /// It ends in a link that cannot be resolved.
    pub(crate) dangling: bool,
}

/// A path that a link takes out of the repository, or into git's own folder, or that names no file.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", sanitize::display_path(path), self.problem())]
pub(crate) struct Outside {
    pub(crate) path: PathBuf,
    pub(crate) fault: PathFault,
}

/// Why a path is not let through.
#[derive(Debug)]
pub(crate) enum PathFault {
    /// It leads there.
    Leads(PathBuf),
    /// No file has such a name.
    NoName(&'static str),
}

impl Outside {
    /// The same of a path that has a better name.
    pub(crate) fn of(self, name: &str) -> Self {
        Self {
            path: PathBuf::from(name),
            ..self
        }
    }

    /// What is wrong, for whoever shows the path beside it.
    pub(crate) fn problem(&self) -> String {
        let real = match &self.fault {
            PathFault::Leads(real) => real,
            PathFault::NoName(why) => return (*why).to_owned(),
        };
        let leads = if is_of_git(real) {
            "into the data of git"
        } else {
            "out of the repository"
        };
        let real = sanitize::display_path(real);
        format!("a link leads {leads}; if that is intended, name {real}")
    }
}

/// Resolves paths and holds links to the repository that they are in.
#[derive(Debug)]
pub(crate) struct Door {
    /// What relative paths start from, without links.
    current: PathBuf,
    /// Stands for the repository of what is in it and in none: the folder of the configuration.
    stand_in: Option<PathBuf>,
    /// Folders that were resolved before, by their spelling.
    folders: RefCell<HashMap<PathBuf, Place>>,
}

impl Door {
    /// # Errors
    /// When the current folder is gone or cannot be read.
    pub(crate) fn new() -> io::Result<Self> {
        let current = std::env::current_dir()?;
        Ok(Self::starting_from(real(&current)?, None))
    }

    fn starting_from(current: PathBuf, stand_in: Option<PathBuf>) -> Self {
        Self {
            current,
            stand_in,
            folders: RefCell::default(),
        }
    }

    /// The same door with a folder that stands for the repository of what is in it and in none.
    pub(crate) fn with_stand_in(&self, folder: &Path) -> Self {
        let folder = self.current.join(folder);
        let real = real(&folder).unwrap_or(folder);
        Self::starting_from(self.current.clone(), Some(real))
    }

    /// Where a path leads. What is not there is its own place.
    ///
    /// # Errors
    /// When a link in a repository leads out of it.
    pub(crate) fn enter(&self, path: &Path) -> Result<Place, Outside> {
        let outside = |fault| Outside {
            path: path.to_path_buf(),
            fault,
        };
        let read = match read(path) {
            Reading::Path(read) => read,
            Reading::Device(device) => return Ok(Place::of_device(device.into_owned())),
            Reading::Nothing(why) => return Err(outside(PathFault::NoName(why))),
        };
        let entered = match (read.parent(), read.components().next_back()) {
            (Some(folder), Some(Component::Normal(name))) => {
                self.folder(folder).and_then(|at| self.step(&at, name))
            }
            _ => self.walk(&read),
        };
        entered.map_err(|real| outside(PathFault::Leads(self.spelled_out(&read).unwrap_or(real))))
    }

    /// The path without links, of something that is there or could be made.
    fn spelled_out(&self, path: &Path) -> Option<PathBuf> {
        let path = self.current.join(path);
        resolve(&path).ok().or_else(|| {
            let folder = resolve(path.parent()?).ok()?;
            Some(folder.join(path.file_name()?))
        })
    }

    /// The folder that relative paths start from, as it is spelled.
    ///
    /// # Errors
    /// When it is gone or cannot be read.
    pub(crate) fn working_folder(&self) -> io::Result<WorkingFolder> {
        let current = std::env::current_dir()?;
        Ok(WorkingFolder::new(self.in_letters_of_disk(current)))
    }

    /// A path in the letters that its folders have for it. On Windows `A.json` is `a.json`, which
    /// is what configurations, baselines and build systems call it.
    pub(crate) fn in_letters_of_disk(&self, path: PathBuf) -> PathBuf {
        if !cfg!(windows) {
            return path;
        }
        match self.enter(&path) {
            Ok(place) => in_letters_of(&path, &place.real),
            Err(_) => path,
        }
    }

    /// Where a path leads that must stay in a folder, by links or otherwise; `None` if it does not.
    pub(crate) fn enter_within(&self, folder: &Path, path: &Path) -> Option<Place> {
        let place = self.enter(path).ok()?;
        place.real.starts_with(folder).then_some(place)
    }

    /// [`Self::walk`], remembered: of a folder in one that is known, the last step alone.
    fn folder(&self, folder: &Path) -> Result<Place, PathBuf> {
        if let Some(place) = self.folders.borrow().get(folder) {
            return Ok(place.clone());
        }
        let place = match (folder.parent(), folder.components().next_back()) {
            (Some(above), Some(Component::Normal(name))) => {
                self.folder(above).and_then(|at| self.step(&at, name))?
            }
            _ => self.walk(folder)?,
        };
        let mut folders = self.folders.borrow_mut();
        folders.insert(folder.to_path_buf(), place.clone());
        Ok(place)
    }

    /// Goes the way of the system, a part at a time; the error is where a link leads.
    fn walk(&self, path: &Path) -> Result<Place, PathBuf> {
        let mut at = self.place(self.current.clone());
        for part in path.components() {
            at = match part {
                // Not yet a folder: the root follows.
                Component::Prefix(prefix) => Place::of_prefix(prefix.as_os_str()),
                Component::RootDir => {
                    let root = at.real.join(part);
                    self.place(root.canonicalize().unwrap_or(root))
                }
                Component::CurDir => at,
                Component::ParentDir => {
                    let above = at.real.parent().unwrap_or(&at.real);
                    self.place(above.to_path_buf())
                }
                Component::Normal(name) => self.step(&at, name)?,
            };
        }
        Ok(at)
    }

    fn step(&self, at: &Place, name: &OsStr) -> Result<Place, PathBuf> {
        let next = at.real.join(name);
        let kind = fs::symlink_metadata(&next).map(|metadata| metadata.file_type());
        let (is_link, is_folder) = kind
            .as_ref()
            .map_or((false, false), |kind| (kind.is_symlink(), kind.is_dir()));
        if !is_link {
            let next = as_on_disk(next, kind.is_ok());
            let is_root = is_folder && is_there(&next.join(".git")).unwrap_or(false);
            let root = if is_root {
                Some(next.clone())
            } else {
                at.root.clone()
            };
            let root = root.or_else(|| self.stand_in_for(&next));
            return Ok(Place {
                real: next,
                root,
                dangling: false,
            });
        }
        let real = if at.root.is_some() {
            resolve(&next)
        } else {
            // It may lead wherever it likes.
            next.canonicalize().map_err(|_| Unresolved::Broken)
        };
        match real {
            Ok(real) if at.holds(&real) => Ok(self.place(real)),
            Ok(real) | Err(Unresolved::Elsewhere(real)) => Err(real),
            Err(Unresolved::Broken) => Ok(Place {
                real: next,
                root: at.root.clone(),
                dangling: true,
            }),
        }
    }

    fn place(&self, real: PathBuf) -> Place {
        let root = repository(&real).map(Path::to_path_buf);
        Place {
            root: root.or_else(|| self.stand_in_for(&real)),
            real,
            dangling: false,
        }
    }

    fn stand_in_for(&self, real: &Path) -> Option<PathBuf> {
        let stand_in = self.stand_in.as_ref();
        stand_in.filter(|folder| real.starts_with(folder)).cloned()
    }
}

impl Place {
    /// A device of Windows, which is in no folder.
    const fn of_device(real: PathBuf) -> Self {
        Self {
            real,
            root: None,
            dangling: false,
        }
    }

    /// What a path begins with on Windows.
    fn of_prefix(prefix: &OsStr) -> Self {
        Self::of_device(prefix.into())
    }

    /// Whether a link from here may lead to `real`.
    fn holds(&self, real: &Path) -> bool {
        let Some(root) = &self.root else {
            return true;
        };
        real.strip_prefix(root)
            .is_ok_and(|inside| !is_of_git(inside))
    }
}

/// The path without links of something that is there. Some drives of Windows, of memory for one, do
/// not tell it; they have no links either.
fn real(path: &Path) -> io::Result<PathBuf> {
    match (path.canonicalize(), read(path)) {
        (Err(_), Reading::Path(read)) if cfg!(windows) => Ok(read.into_owned()),
        (real, _) => real,
    }
}

/// A path with the name that its folder has for it: on Windows, others lead to the same file.
fn as_on_disk(path: PathBuf, is_there: bool) -> PathBuf {
    if cfg!(windows) && is_there {
        path.canonicalize().unwrap_or(path)
    } else {
        path
    }
}

/// Whether a path leads to what git keeps of a repository.
fn is_of_git(path: &Path) -> bool {
    let mut parts = path.components();
    parts.any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
}

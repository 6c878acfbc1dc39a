//! Which of the files and folders that a run meets it takes.
//!
//! Owns the order of who decides, and which globs decided anything.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use autopilot_lint::policy::FileGlobs;

use super::passed_over::Reason;
use crate::cli::paths::WorkingFolder;

/// Globs of a configuration, and of the command line.
pub(crate) struct Choice<'a> {
    pub(crate) working_folder: &'a WorkingFolder,
    pub(crate) config: Option<ConfigGlobs<'a>>,
    /// `--exclude`: relative to the current folder.
    pub(crate) excluded: &'a FileGlobs,
    /// `.gitignore` files count.
    pub(crate) ignores: bool,
}

/// `include` and `exclude` of a configuration: relative to its folder, and for nothing else.
pub(crate) struct ConfigGlobs<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) include: &'a FileGlobs,
    pub(crate) exclude: &'a FileGlobs,
    pub(crate) used: UsedGlobs,
}

/// Indices of globs that something matched.
#[derive(Debug, Default)]
pub(crate) struct UsedGlobs {
    pub(crate) include: RefCell<BTreeSet<usize>>,
    pub(crate) exclude: RefCell<BTreeSet<usize>>,
}

impl Choice<'_> {
    /// Which globs of the configuration something matched.
    pub(crate) fn into_used(self) -> UsedGlobs {
        self.config.map(|config| config.used).unwrap_or_default()
    }

    /// The configuration says which files are payloads.
    pub(super) fn includes(&self) -> bool {
        let config = self.config.as_ref();
        config.is_some_and(|config| !config.include.is_empty())
    }

    /// Why a file or folder is not taken, if it is not.
    pub(super) fn refuses(&self, path: &Path, is_folder: bool) -> Option<Reason> {
        let by_config = self.config.as_ref().and_then(|config| {
            let name = || self.working_folder.name_below(path, config.folder);
            config.refuses(name, is_folder)
        });
        by_config.or_else(|| {
            let here = self.working_folder.path();
            let name = || self.working_folder.name_below(path, here);
            let excluded = !self.excluded.is_empty()
                && name().is_some_and(|name| self.excluded.is_match(&name));
            excluded.then_some(Reason::ExcludedByOption)
        })
    }
}

impl ConfigGlobs<'_> {
    fn refuses(&self, name: impl Fn() -> Option<String>, is_folder: bool) -> Option<Reason> {
        if self.exclude.is_empty() && (self.include.is_empty() || is_folder) {
            return None;
        }
        // The folder itself is nobody's to exclude.
        let name = name().filter(|name| !name.is_empty())?;
        let matches = |globs: &FileGlobs, used: &RefCell<BTreeSet<usize>>| {
            let matching: Vec<usize> = globs.matching(&name).collect();
            used.borrow_mut().extend(&matching);
            !matching.is_empty()
        };
        if matches(self.exclude, &self.used.exclude) {
            return Some(Reason::Excluded);
        }
        let is_out =
            !is_folder && !self.include.is_empty() && !matches(self.include, &self.used.include);
        is_out.then_some(Reason::NotIncluded)
    }
}

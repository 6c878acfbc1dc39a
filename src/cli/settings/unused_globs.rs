//! Globs of a configuration that match no file.

use std::path::PathBuf;

use autopilot_lint::policy::FileGlobs;

use super::plan::Plan;
use super::run_settings::RunSettings;
use crate::cli::inputs::UsedGlobs;

/// Globs of a configuration that match no file, in their order.
#[derive(Debug, Default)]
pub(crate) struct UnusedGlobs<'a> {
    pub(crate) include: Vec<&'a str>,
    pub(crate) exclude: Vec<&'a str>,
    /// Those of each override that is for no file.
    pub(crate) overrides: Vec<&'a [String]>,
}

impl RunSettings {
    /// The globs of the configuration that matched nothing in `searched`; none where that is not all
    /// that they are for.
    pub(crate) fn unused_globs(
        &self,
        used: &UsedGlobs,
        plan: &Plan,
        searched: &[PathBuf],
    ) -> UnusedGlobs<'_> {
        let folder = self.config.as_ref().map(|file| file.folder.canonicalize());
        let whole = folder.and_then(Result::ok).is_some_and(|folder| {
            let mut searched = searched.iter();
            searched.any(|searched| folder.starts_with(searched))
        });
        if !whole {
            return UnusedGlobs::default();
        }
        let config = &self.policy.config;
        let overrides = plan.unused_overrides(config.overrides.len());
        UnusedGlobs {
            include: unused(&config.include, |index| {
                used.include.borrow().contains(&index)
            }),
            exclude: unused(&config.exclude, |index| {
                used.exclude.borrow().contains(&index)
            }),
            overrides: overrides
                .map(|index| config.overrides[index].files.globs())
                .collect(),
        }
    }
}

fn unused(globs: &FileGlobs, is_used: impl Fn(usize) -> bool) -> Vec<&str> {
    let globs = globs.globs().iter().enumerate();
    globs
        .filter(|(index, _)| !is_used(*index))
        .map(|(_, glob)| glob.as_str())
        .collect()
}

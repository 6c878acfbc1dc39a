//! What became of each file of a run, by its name in a configuration or a baseline.

use std::collections::BTreeMap;
use std::path::Path;

use autopilot_lint::policy::{Fate, Tally};
use autopilot_lint::rules::RuleSet;

use crate::cli::paths::is_there;

/// What was done with one file.
#[derive(Debug, Clone)]
pub(crate) struct CheckedFile {
    /// The rules it was checked with; `None` if it was not read to its end.
    pub(crate) rules: Option<RuleSet>,
    /// What the policy did with its findings.
    pub(crate) tally: Tally,
}

/// The files of a run by name.
#[derive(Debug, Default)]
pub(crate) struct CheckedFiles(BTreeMap<String, CheckedFile>);

impl FromIterator<(String, CheckedFile)> for CheckedFiles {
    fn from_iter<I: IntoIterator<Item = (String, CheckedFile)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

impl CheckedFiles {
    /// Indices of the `[[ignore]]` entries that silenced something.
    pub(super) fn used_ignores(&self) -> Vec<usize> {
        let used = self.0.values().flat_map(|file| &file.tally.used);
        used.copied().collect()
    }

    pub(super) fn tallies(&self) -> BTreeMap<String, Tally> {
        let files = self.0.iter();
        files
            .map(|(name, file)| (name.clone(), file.tally.clone()))
            .collect()
    }

    /// What became of a file whose name is relative to `folder`.
    pub(super) fn fate(&self, folder: &Path, name: &str) -> Fate {
        match self.0.get(name).map(|file| file.rules) {
            Some(Some(rules)) => Fate::Checked(rules),
            Some(None) => Fate::NotChecked,
            // Standard input without a name.
            None if name.starts_with('<') => Fate::NotChecked,
            None => match is_there(&folder.join(name)) {
                Ok(false) => Fate::Gone,
                _ => Fate::NotChecked,
            },
        }
    }
}

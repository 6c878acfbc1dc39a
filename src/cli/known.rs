//! The baseline file: reading it, and writing it anew.
//!
//! Owns the file. What is known, new or stale is the library's to say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use autopilot_lint::policy::baseline::{Baseline, BaselineError, Stale};
use autopilot_lint::policy::{Fate, Filter, Tally};
use autopilot_lint::rules::RuleSet;
use autopilot_lint::text::{count, sanitize};

use super::input::{self, describe};
use super::output;
use super::places::Places;

/// Largest baseline that is read, in bytes; an entry is about 150.
const MAX_SIZE: u64 = 256 << 20;
/// Most stale entries that are named.
const MAX_NAMED: usize = 10;

/// A baseline that this run uses.
#[derive(Debug)]
pub(crate) struct Known {
    /// Its name; not yet safe to print.
    pub(crate) name: String,
    path: PathBuf,
    /// What the files in it are relative to.
    folder: PathBuf,
    baseline: Baseline,
    /// It is to be written: all that is found is known.
    write: bool,
}

/// What was done with each file that was checked, by its name in a file of ours; `None` for one
/// that was not read to its end.
pub(crate) type Done = BTreeMap<String, (Option<RuleSet>, Tally)>;

impl Known {
    /// Reads the baseline; one that is to be written need not be there.
    ///
    /// # Errors
    /// A sentence that says why it cannot be read, safe to print.
    pub(crate) fn open(path: &Path, write: bool, places: &Places) -> Result<Self, String> {
        let path = places.absolute(path);
        let name = places.seen_from(&path, places.current());
        let text = if write && !path.exists() {
            None
        } else {
            Some(read(&path).map_err(|reason| format!("{}: {reason}", sanitize::path(&name)))?)
        };
        let baseline = text.map_or(Ok(Baseline::default()), |text| Baseline::parse(&text));
        let baseline = match baseline {
            // Nothing in it can be kept.
            Err(BaselineError::Old) if write => Baseline::default(),
            Err(error @ BaselineError::Old) => {
                let name = sanitize::path(&name);
                return Err(format!(
                    "{name}: {error}; write it anew: autopilot-lint check --write-baseline {name}"
                ));
            }
            Err(error @ BaselineError::Unfit(_)) => {
                let error = error.to_string();
                return Err(format!(
                    "{}: {}",
                    sanitize::path(&name),
                    sanitize::text(&error)
                ));
            }
            Ok(baseline) => baseline,
        };
        Ok(Self {
            folder: path.parent().unwrap_or(&path).to_path_buf(),
            name,
            path,
            baseline,
            write,
        })
    }

    /// The absolute path of the file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The name of a checked file in the baseline.
    pub(crate) fn key(&self, path: Option<&Path>, places: &Places, shown: &str) -> String {
        path.map_or_else(
            || shown.to_owned(),
            |path| places.key_from(path, &self.folder),
        )
    }

    pub(crate) fn apply<'a>(&'a self, filter: Filter<'a>, key: &str) -> Filter<'a> {
        if self.write {
            filter.accept_all()
        } else {
            filter.with_baseline(&self.baseline, key)
        }
    }

    /// Writes the baseline or says what in it is stale; `done` is by [`Known::key`].
    ///
    /// # Errors
    /// A sentence that says why it could not be written, safe to print.
    pub(crate) fn conclude(&mut self, done: &Done, quiet: bool) -> Result<(), String> {
        let found = done
            .iter()
            .map(|(file, (_, tally))| (file.clone(), tally.clone()))
            .collect();
        let folder = self.folder.clone();
        let fate = |file: &str| {
            // Where a key is not the name itself, whether the file is there is not known.
            let is_name = done.contains_key(file) || !file.contains('\\');
            if is_name {
                fate(done, &folder, file)
            } else {
                Fate::NotChecked
            }
        };
        let stale = self.baseline.stale(&found, fate);
        let gone: usize = stale.iter().map(|stale| stale.count).sum();
        if !self.write {
            if !quiet && gone > 0 {
                self.name_stale(&stale, gone);
            }
            return Ok(());
        }
        self.baseline.update(&found, fate);
        self.save()
            .map_err(|error| format!("{}: {error}", sanitize::path(&self.name)))?;
        if !quiet {
            let findings = count(self.baseline.len(), "known finding");
            let removed = if gone > 0 {
                format!("; {gone} removed")
            } else {
                String::new()
            };
            output::note(&format!("wrote {}: {findings}{removed}", self.name));
        }
        Ok(())
    }

    fn name_stale(&self, stale: &[Stale<'_>], gone: usize) {
        let findings = count(gone, "known finding");
        let name = &self.name;
        output::note(&format!(
            "note: {findings} in {name} no longer reported; remove them with --write-baseline {name}"
        ));
        for Stale {
            file,
            rule,
            at,
            count,
        } in stale.iter().take(MAX_NAMED)
        {
            let times = if *count > 1 {
                format!(", {count} times")
            } else {
                String::new()
            };
            let at = if at.is_empty() {
                String::new()
            } else {
                format!(" at {at}")
            };
            output::note(&format!("  {file}: {rule}{at}{times}"));
        }
        if stale.len() > MAX_NAMED {
            output::note(&format!("  and {} more", stale.len() - MAX_NAMED));
        }
    }

    fn save(&self) -> Result<(), String> {
        let text = self.baseline.to_json();
        output::replace(&self.path, |out| out.write_all(text.as_bytes()))
            .map_err(|error| describe(&error))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut text = input::Buffer::default();
    text.fill_to_end(input::open(path)?, MAX_SIZE)?;
    Ok(text.bytes().to_vec())
}

/// What became of a file, named from `folder`.
pub(crate) fn fate(done: &Done, folder: &Path, file: &str) -> Fate {
    match done.get(file) {
        Some((Some(rules), _)) => Fate::Checked(*rules),
        Some((None, _)) => Fate::NotChecked,
        // Standard input without a name.
        None if file.starts_with('<') => Fate::NotChecked,
        None => match folder.join(file).try_exists() {
            Ok(false) => Fate::Gone,
            _ => Fate::NotChecked,
        },
    }
}

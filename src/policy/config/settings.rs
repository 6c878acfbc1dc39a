//! What a configuration file says.

use std::collections::HashMap;
use std::ops::Deref;

use crate::diagnostic::Severity;
use crate::policy::FailLevel;
use crate::policy::globs::{FileGlobs, file_key};
use crate::policy::selection::Layer;
use crate::report::Format;

/// The name of the configuration file.
pub const FILE_NAME: &str = "autopilot-lint.toml";

/// The file beside it that has its JSON Schema, for editors.
pub const SCHEMA_FILE_NAME: &str = "autopilot-lint.schema.json";

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What it says for all files.
    pub layer: Layer,
    /// From which severity findings fail the run.
    pub fail_level: Option<FailLevel>,
    /// File of known findings, relative to the configuration's folder and below it.
    pub baseline: Option<String>,
    /// The files to check, by their paths relative to the configuration's folder; empty = all.
    pub include: FileGlobs,
    /// Those of them that are not checked after all.
    pub exclude: FileGlobs,
    /// JSON Schema of the resource, relative to the configuration's folder and below it.
    pub schema: Option<String>,
    /// Identifiers count across files.
    pub across_files: bool,
    /// How the report is printed.
    pub output_format: Option<&'static Format>,
    /// The least severity that is shown.
    pub show: Option<Severity>,
    /// Identifying values are masked.
    pub redact: bool,
    /// What it says for some files, in order.
    pub overrides: Vec<Override>,
    /// Single findings that are not reported.
    pub ignored: Ignored,
}

/// What is different for some files.
#[derive(Debug, Clone, Default)]
pub struct Override {
    /// Matches their paths, relative to the configuration's folder.
    pub files: FileGlobs,
    /// What is different.
    pub layer: Layer,
}

/// Findings that are not reported, in the order of the configuration.
#[derive(Debug, Clone, Default)]
pub struct Ignored {
    entries: Vec<IgnoredFinding>,
    /// Indices of the entries of a file, by its key.
    by_file: HashMap<String, Vec<usize>>,
}

impl Ignored {
    /// Adds one.
    pub fn push(&mut self, entry: IgnoredFinding) {
        let key = file_key(&entry.file).into_owned();
        let of_file = self.by_file.entry(key).or_default();
        of_file.push(self.entries.len());
        self.entries.push(entry);
    }

    /// Those of a file, with their indices.
    pub(crate) fn of_file(&self, file: &str) -> impl Iterator<Item = (usize, &IgnoredFinding)> {
        let indices = self.by_file.get(&*file_key(file)).into_iter().flatten();
        indices.map(|index| (*index, &self.entries[*index]))
    }
}

impl Deref for Ignored {
    type Target = [IgnoredFinding];

    fn deref(&self) -> &[IgnoredFinding] {
        &self.entries
    }
}

/// A finding that is not reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IgnoredFinding {
    /// Name of the rule.
    pub rule: &'static str,
    /// The file, relative to the configuration's folder.
    pub file: String,
    /// JSON Pointer of the finding.
    pub pointer: String,
    /// Why it is right as it is.
    pub reason: String,
}

impl AsMut<Layer> for Config {
    fn as_mut(&mut self) -> &mut Layer {
        &mut self.layer
    }
}

impl AsMut<Layer> for Override {
    fn as_mut(&mut self) -> &mut Layer {
        &mut self.layer
    }
}

//! The configuration file, `autopilot-lint.toml`: from its text to a [`Config`].
//!
//! Owns its form and the words for its faults. Reads no files: where it is looked for is for the
//! caller to decide. It can name globs, files below its folder, rules and severities, and nothing
//! else: it is written by whoever writes the payloads.

mod keys;
mod schema;
mod value;

use std::fmt;
use std::ops::Range;

use globset::GlobSet;
use toml::de::DeTable;

use super::FailLevel;
use super::selection::{Layer, Refusal, suggestion};
use crate::text::quote::quote;

use keys::Key;
use value::{Table, Value};

pub use schema::{commented, json_schema};

/// The name of the configuration file.
pub const FILE_NAME: &str = "autopilot-lint.toml";

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What it says for all files.
    pub layer: Layer,
    /// From which severity findings fail the run.
    pub fail_level: Option<FailLevel>,
    /// File of known findings, relative to the configuration's folder and below it.
    pub baseline: Option<String>,
    /// What it says for some files, in order.
    pub overrides: Vec<Override>,
    /// Single findings that are not reported.
    pub ignored: Vec<IgnoredFinding>,
}

/// What is different for some files.
#[derive(Debug, Clone, Default)]
pub struct Override {
    /// Matches their paths, relative to the configuration's folder.
    pub files: GlobSet,
    /// What is different.
    pub layer: Layer,
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

/// A fault in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong, without a full stop. Untrusted text in it is not yet made safe.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The bytes of the text that it is about.
    pub span: Range<usize>,
}

impl ConfigError {
    fn refused(refusal: Refusal, span: Range<usize>) -> Self {
        Self {
            message: refusal.message,
            help: refusal.help,
            span,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads a configuration; `revisions` are those of the model.
    ///
    /// # Errors
    /// The first fault in it.
    pub fn parse(text: &str, revisions: &[String]) -> Result<Self, ConfigError> {
        let file = DeTable::parse(text).map_err(|error| not_toml(text, &error))?;
        read(keys::ROOT, &Value::root(&file, revisions))
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> ConfigError {
    let span = error.span().unwrap_or_default();
    // The one who writes both `ignore = [..]` and `[[ignore]]` cannot know that they are one key.
    let help = "`ignore` and `[[ignore]]` are one key; put both into one list: \
        ignore = [\"a-rule\", { rule = .., file = .., pointer = .., reason = .. }]";
    let of_ignore = text.get(span.clone()) == Some("ignore");
    ConfigError {
        message: format!("not TOML: {}", error.message().replace('\n', ", ")),
        help: of_ignore.then(|| help.to_owned()),
        span,
    }
}

/// Reads a table by its keys.
fn read<T: Default>(keys: &[Key<T>], table: &Table<'_>) -> Result<T, ConfigError> {
    let mut target = T::default();
    let members = table.members();
    for (name, span, value) in &members {
        let key = keys.iter().find(|key| key.name == *name);
        let key = key.ok_or_else(|| unknown_key(keys, name, span.clone()))?;
        (key.read)(&mut target, *value)?;
    }
    let missing =
        |key: &&Key<T>| key.required && !members.iter().any(|(name, ..)| *name == key.name);
    match keys.iter().find(missing) {
        None => Ok(target),
        Some(key) => Err(ConfigError {
            message: format!("`{}` is missing", key.name),
            help: Some(key.example.to_owned()),
            span: table.span.clone(),
        }),
    }
}

fn unknown_key<T>(keys: &[Key<T>], name: &str, span: Range<usize>) -> ConfigError {
    let names = keys.iter().map(|key| key.name);
    let all = || {
        format!(
            "expected one of {}",
            names.clone().collect::<Vec<_>>().join(", ")
        )
    };
    ConfigError {
        message: format!("unknown key {}", quote(name)),
        help: Some(suggestion(name, names.clone()).unwrap_or_else(all)),
        span,
    }
}

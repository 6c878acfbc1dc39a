//! What the declaration of a key is, and how a table is read by its keys.
//!
//! Owns the words for keys that are unknown or missing. Knows no key.

use std::ops::Range;

use serde_json::Value as Json;

use super::error::ConfigError;
use super::value::{Table, Value};
use crate::policy::selection::suggestion;
use crate::text::quote::quote;

/// A key of a table that is read into a `T`.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    /// What it is for, in sentences.
    pub(super) about: &'static str,
    /// A line, or lines, of TOML.
    pub(super) example: &'static str,
    pub(super) required: bool,
    /// The JSON Schema of its value; given the revisions there are.
    pub(super) schema: fn(&[String]) -> Json,
    pub(super) read: fn(&mut T, Value<'_>) -> Result<(), ConfigError>,
}

/// Reads a table by its keys.
pub(super) fn read<T: Default>(keys: &[Key<T>], table: &Table<'_>) -> Result<T, ConfigError> {
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

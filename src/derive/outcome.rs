//! What deriving takes and gives: options, the model, and what is to be said about it.

use std::fmt;

use serde_json::Value;

use crate::model::Model;
use crate::model::schema::{SchemaOptions, to_json_schema};
use crate::text::sanitize;

/// How to derive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Follow no links: named types are known only by the values that the page lists.
    pub single_file: bool,
    /// Keep the numeric values of linked enumerations. JSON never shows them, and a translated
    /// page cannot tell them, so that without this the same resource gives the same model in
    /// every language.
    pub enum_values: bool,
}

/// What a page, and the pages it links to, say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The types. For an enumeration page there is no structured type, and one enumeration.
    pub model: Model,
    /// Where the readings of a page disagree, in the order of reading.
    pub warnings: Vec<Warning>,
    /// Types that could not be found out; members of them are Edm.Untyped.
    pub unresolved: Vec<Unresolved>,
}

impl Default for Derived {
    fn default() -> Self {
        Self {
            model: Model {
                qualified_name: String::new(),
                revisions: Vec::new(),
                types: Vec::new(),
                enumerations: Vec::new(),
            },
            warnings: Vec::new(),
            unresolved: Vec::new(),
        }
    }
}

impl Derived {
    /// The JSON Schema, with what is unresolved as the annotation `x-unresolved`.
    #[must_use]
    pub fn to_json_schema(&self, options: &SchemaOptions) -> Value {
        json_schema(&self.model, &self.unresolved, options)
    }
}

/// The JSON Schema of a derived model, with what is unresolved as the annotation `x-unresolved`.
pub(crate) fn json_schema(
    model: &Model,
    unresolved: &[Unresolved],
    options: &SchemaOptions,
) -> Value {
    let mut schema = to_json_schema(model, options);
    if !unresolved.is_empty() {
        schema["x-unresolved"] = unresolved
            .iter()
            .map(|one| format!("{}: {}", one.name, one.reason))
            .collect();
    }
    schema
}

/// Two readings of a page that disagree.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// Key of the page.
    pub page: String,
    /// Line in it, from 1.
    pub line: usize,
    /// Both readings, and which one was taken.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_safe(f, &self.page, self.line, &self.message)
    }
}

/// A type that could not be found out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unresolved {
    /// Key of the page that names it.
    pub page: String,
    /// Line in it, from 1.
    pub line: usize,
    /// The type as the page names it.
    pub name: String,
    /// Why not.
    pub reason: String,
}

impl Unresolved {
    /// What is unresolved, and why.
    pub(crate) fn message(&self) -> String {
        format!("`{}` is unresolved: {}", self.name, self.reason)
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_safe(f, &self.page, self.line, &self.message())
    }
}

/// Why a page gives no model.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DeriveError {
    /// Key of the page; empty where only a text was given.
    pub page: String,
    /// Line in it, from 1.
    pub line: usize,
    /// The reason; names the row where it is one.
    pub message: String,
}

impl fmt::Display for DeriveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_safe(f, &self.page, self.line, &self.message)
    }
}

impl std::error::Error for DeriveError {}

/// Pages come from anyone: what they are called and what stands in them is made safe to print.
fn write_safe(f: &mut fmt::Formatter<'_>, page: &str, line: usize, message: &str) -> fmt::Result {
    f.write_str(&sanitize::text(&format!("{page}:{line}: {message}")))
}

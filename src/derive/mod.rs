//! Microsoft Graph documentation pages as a source of models.
//!
//! Takes Markdown and gives a [`Model`]: tables, hidden English spans, links, code marks and the
//! page's own JSON are read and compared; where they disagree a warning says so, and what cannot
//! be read is an error that names the row. Pages come through a closure, so that this knows
//! nothing of files; it knows nothing of payloads to check either.

mod build;
mod cell;
mod diff;
mod english;
mod layout;
mod names;
mod page;
mod samples;
mod table;

use std::fmt;

use serde_json::Value;

use crate::model::Model;
use crate::model::schema::{SchemaOptions, to_json_schema};

pub use diff::{Change, ChangeKind, Subject, diff};
pub use page::{Form, Listed, Note, Page, PageKind, Property, PropertyType, Reference};
pub use samples::{Sample, SampleKind, samples};

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
        let mut schema = to_json_schema(&self.model, options);
        if !self.unresolved.is_empty() {
            schema["x-unresolved"] = self
                .unresolved
                .iter()
                .map(|one| format!("{}: {}", one.name, one.reason))
                .collect();
        }
        schema
    }
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
        write!(f, "{}:{}: {}", self.page, self.line, self.message)
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

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            page,
            line,
            name,
            reason,
        } = self;
        write!(f, "{page}:{line}: `{name}` is unresolved: {reason}")
    }
}

/// Why a page gives no model.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
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
        write!(f, "{}:{}: {}", self.page, self.line, self.message)
    }
}

impl std::error::Error for DeriveError {}

/// Reads one page by itself.
///
/// # Errors
/// Where it is no page of the Graph reference, or a row of it cannot be read.
pub fn page(markdown: &str) -> Result<Page<'_>, DeriveError> {
    page::read(markdown).map_err(|note| DeriveError {
        page: String::new(),
        line: note.line,
        message: note.message,
    })
}

/// Derives the model of the page with the key `entry`. A key is a path with `/`, relative to
/// whatever `load` takes it to be relative to; links are resolved against it, and `load` is asked
/// for the text of each page (`None` = no such page).
///
/// # Errors
/// Where the page describes no payload, or a row of it cannot be read. Faults of linked pages do
/// not fail: what they would have told is listed as unresolved.
pub fn derive(
    entry: &str,
    load: &dyn Fn(&str) -> Option<String>,
    options: &Options,
) -> Result<Derived, DeriveError> {
    build::Builder::new(load, options).derive(entry)
}

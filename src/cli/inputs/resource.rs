//! Resources from files that people name: JSON Schemas and documentation pages.
//!
//! Owns how such a file is read and why it gives no resource. Must not know what is done with it.

use std::path::{Path, PathBuf};

use autopilot_lint::derive::{self, DeriveError, Derived, Options};
use autopilot_lint::model::Model;
use autopilot_lint::model::from_schema::{SchemaError, from_schema};
use autopilot_lint::text::sanitize;

use super::open::read_text;
use super::read_error::ReadError;

/// Largest page or schema that is read, in bytes; real ones are under 1 MiB.
const MAX_SIZE: u64 = 16 << 20;

/// Why a file gives no resource; names the file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ResourceError {
    #[error("{}: {problem}", sanitize::display_path(path))]
    File {
        path: PathBuf,
        problem: ResourceProblem,
    },
    /// Names the page, and the line where it is one.
    #[error(transparent)]
    Page(#[from] DeriveError),
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ResourceProblem {
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error("not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("expected one JSON Schema, found an array")]
    SeveralSchemas,
    #[error(transparent)]
    Schema(#[from] SchemaError),
    #[error("the schema of an enumeration, which has no payloads")]
    Enumeration,
}

impl ResourceProblem {
    fn of(self, path: &Path) -> ResourceError {
        ResourceError::File {
            path: path.to_path_buf(),
            problem: self,
        }
    }
}

/// A page and what is derived from it.
pub(crate) struct DerivedPage {
    pub(crate) markdown: String,
    pub(crate) derived: Derived,
}

/// The resource that a JSON Schema describes.
///
/// # Errors
/// When the file describes none.
pub(crate) fn read_schema(path: &Path) -> Result<Model, ResourceError> {
    let text = text(path)?;
    let model = model(&text).map_err(|problem| problem.of(path))?;
    if model.types.is_empty() {
        return Err(ResourceProblem::Enumeration.of(path));
    }
    Ok(model)
}

/// A page and what it derives.
///
/// # Errors
/// When it cannot be read or derives nothing.
pub(crate) fn read_page(path: &Path, options: Options) -> Result<DerivedPage, ResourceError> {
    let markdown = text(path)?;
    let derived = derived(path, &markdown, options)?;
    Ok(DerivedPage { markdown, derived })
}

/// What a JSON Schema or a page describes. The first character tells a schema.
///
/// # Errors
/// As [`read_schema`] and [`read_page`]; enumerations are let through.
pub(crate) fn read_schema_or_page(path: &Path, options: Options) -> Result<Model, ResourceError> {
    let text = text(path)?;
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    if begin.starts_with(['{', '[']) {
        return model(&text).map_err(|problem| problem.of(path));
    }
    Ok(derived(path, &text, options)?.model)
}

fn text(path: &Path) -> Result<String, ResourceError> {
    read_text(path, MAX_SIZE).map_err(|error| ResourceProblem::from(error).of(path))
}

fn derived(path: &Path, text: &str, options: Options) -> Result<Derived, DeriveError> {
    // Keys have slashes on every system, as links have.
    let key = path
        .to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/");
    let load = |asked: &str| {
        if asked == key {
            return Some(text.to_owned());
        }
        read_text(Path::new(asked), MAX_SIZE).ok()
    };
    derive::derive(&key, &load, &options)
}

fn model(text: &str) -> Result<Model, ResourceProblem> {
    let text = text.trim_start_matches('\u{feff}');
    let schema: serde_json::Value = serde_json::from_str(text)?;
    if schema.is_array() {
        return Err(ResourceProblem::SeveralSchemas);
    }
    Ok(from_schema(&schema)?)
}

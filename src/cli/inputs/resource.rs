//! Resources from files that people name: JSON Schemas and documentation pages.
//!
//! Owns how such a file is read and why it gives no resource. Must not know what is done with it.

use std::path::{Path, PathBuf};

use autopilot_lint::derive::{self, DeriveError, Derived, Options};
use autopilot_lint::model::Model;
use autopilot_lint::model::from_schema::{SchemaError, from_schema};
use autopilot_lint::text::sanitize;

use super::buffer::read_text;
use super::read_error::ReadError;
use crate::cli::paths::{Door, Outside, Place, folder_of};

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
    #[error("{}", .0.problem())]
    Outside(#[from] Outside),
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
pub(crate) fn read_schema(path: &Path, door: &Door) -> Result<Model, ResourceError> {
    let (_, text) = text(path, door)?;
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
pub(crate) fn read_page(
    path: &Path,
    options: Options,
    door: &Door,
) -> Result<DerivedPage, ResourceError> {
    let (place, markdown) = text(path, door)?;
    let derived = Page { path, place, door }.derive(&markdown, options)?;
    Ok(DerivedPage { markdown, derived })
}

/// What a JSON Schema or a page describes. The first character tells a schema.
///
/// # Errors
/// As [`read_schema`] and [`read_page`]; enumerations are let through.
pub(crate) fn read_schema_or_page(
    path: &Path,
    options: Options,
    door: &Door,
) -> Result<Model, ResourceError> {
    let (place, text) = text(path, door)?;
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    if begin.starts_with(['{', '[']) {
        return model(&text).map_err(|problem| problem.of(path));
    }
    let page = Page { path, place, door };
    Ok(page.derive(&text, options)?.model)
}

fn text(path: &Path, door: &Door) -> Result<(Place, String), ResourceError> {
    let read = || {
        let place = door.enter(path)?;
        let text = read_text(&place, MAX_SIZE)?;
        Ok((place, text))
    };
    read().map_err(|problem: ResourceProblem| problem.of(path))
}

/// A page that others are linked from.
struct Page<'a> {
    path: &'a Path,
    place: Place,
    door: &'a Door,
}

impl Page<'_> {
    fn derive(&self, text: &str, options: Options) -> Result<Derived, DeriveError> {
        // Keys have slashes on every system, as links have.
        let key = self.path.to_string_lossy();
        let key = key.replace(std::path::MAIN_SEPARATOR, "/");
        let tree = self.tree();
        let load = |asked: &str| {
            if asked == key {
                return Some(text.to_owned());
            }
            let place = self.door.enter_within(&tree, Path::new(asked))?;
            read_text(&place, MAX_SIZE).ok()
        };
        derive::derive(&key, &load, &options)
    }

    /// What its links must not leave: the repository or, without one, the folder above its own,
    /// where the documentation has pages of other kinds.
    fn tree(&self) -> PathBuf {
        let folder = folder_of(&self.place.real);
        let above = folder.parent().unwrap_or(folder);
        self.place
            .root
            .clone()
            .unwrap_or_else(|| above.to_path_buf())
    }
}

fn model(text: &str) -> Result<Model, ResourceProblem> {
    let text = text.trim_start_matches('\u{feff}');
    let schema: serde_json::Value = serde_json::from_str(text)?;
    if schema.is_array() {
        return Err(ResourceProblem::SeveralSchemas);
    }
    Ok(from_schema(&schema)?)
}

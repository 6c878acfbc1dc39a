//! Resources from files that people name: JSON Schemas and pages of the documentation.
//!
//! Owns how the file is read and what is said where it gives no resource. Knows nothing of what is
//! done with it.

use std::path::Path;

use autopilot_lint::derive::{self, Derived, Options};
use autopilot_lint::model::Model;
use autopilot_lint::model::from_schema::from_schema;
use autopilot_lint::text::sanitize;

use super::input;

/// Largest page or schema that is read, in bytes; real ones are under 1 MiB.
const MAX_SIZE: u64 = 16 << 20;
/// What a resource is called whose schema does not name it.
const NAMELESS: &str = "resource";

/// The resource that a JSON Schema describes.
///
/// # Errors
/// A sentence with the name of the file and the place in it.
pub(crate) fn resource(path: &Path) -> Result<Model, String> {
    let model = model(path, &text(path)?)?;
    if model.types.is_empty() {
        let message = "the schema of an enumeration, which has no payloads";
        return Err(at(path, message));
    }
    Ok(named(model))
}

/// What a JSON Schema or a page describes: a schema is one by its first character.
///
/// # Errors
/// As [`resource`] and [`page`].
pub(crate) fn schema_or_page(path: &Path, options: Options) -> Result<Model, String> {
    let text = text(path)?;
    if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['{', '['])
    {
        return model(path, &text).map(named);
    }
    Ok(derived(path, &text, options)?.model)
}

/// A page and what is derived from it.
///
/// # Errors
/// A sentence with the name of the page and, where it is one, the line.
pub(crate) fn page(path: &Path, options: Options) -> Result<(String, Derived), String> {
    let text = text(path)?;
    let derived = derived(path, &text, options)?;
    Ok((text, derived))
}

fn derived(path: &Path, text: &str, options: Options) -> Result<Derived, String> {
    // Keys have slashes on every system, as links have.
    let key = path
        .to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/");
    let load = |asked: &str| {
        if asked == key {
            return Some(text.to_owned());
        }
        input::read_text(Path::new(asked), MAX_SIZE).ok()
    };
    derive::derive(&key, &load, &options).map_err(|error| error.to_string())
}

fn text(path: &Path) -> Result<String, String> {
    input::read_text(path, MAX_SIZE).map_err(|reason| at(path, &reason))
}

fn at(path: &Path, message: &str) -> String {
    format!("{}: {message}", sanitize::display_path(path))
}

fn model(path: &Path, text: &str) -> Result<Model, String> {
    let text = text.trim_start_matches('\u{feff}');
    let schema: serde_json::Value =
        serde_json::from_str(text).map_err(|error| at(path, &format!("not JSON: {error}")))?;
    if schema.is_array() {
        return Err(at(path, "expected one JSON Schema, found an array"));
    }
    from_schema(&schema).map_err(|error| at(path, &error.to_string()))
}

fn named(mut model: Model) -> Model {
    if let Some(resource) = model.types.first_mut()
        && resource.name.is_empty()
    {
        NAMELESS.clone_into(&mut resource.name);
    }
    model
}

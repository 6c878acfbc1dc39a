//! The JSON Schemas of tables and of values that several keys have.

use serde_json::Map;
use serde_json::{Value as Json, json};

use super::key::Key;
use crate::policy::selection::{Selector, level_names};
use crate::rules;

/// The schema of a table with these keys.
pub(super) fn table<T>(keys: &[Key<T>], revisions: &[String]) -> Json {
    let mut properties = Map::new();
    for key in keys {
        let mut property = (key.schema)(revisions);
        if let Some(property) = property.as_object_mut() {
            property.insert("description".into(), key.about.into());
        }
        properties.insert(key.name.into(), property);
    }
    let required: Vec<_> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut table = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table["additionalProperties"] = false.into();
    table
}

/// The schema of a list of at least this many globs.
pub(super) fn globs(least: usize) -> Json {
    let glob = json!({ "type": "string", "minLength": 1 });
    let mut globs = json!({ "type": "array", "items": glob });
    if least > 0 {
        globs["minItems"] = least.into();
    }
    globs
}

/// The schema of a name that selects rules.
pub(super) fn selector() -> Json {
    json!({ "enum": Selector::names().collect::<Vec<_>>() })
}

/// The schema of a rule's name.
pub(super) fn rule() -> Json {
    json!({ "enum": rules::ALL.iter().map(|rule| rule.name).collect::<Vec<_>>() })
}

/// The schema of a table from rules and categories to severities.
pub(super) fn severities() -> Json {
    json!({
        "type": "object",
        "propertyNames": selector(),
        "additionalProperties": { "enum": level_names().collect::<Vec<_>>() },
    })
}

//! What is derived from the declared keys: the JSON Schema of the configuration file, a commented
//! file to start from, and a reference.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::key::Key;
use super::keys::{IGNORED, OVERRIDE, ROOT};
use super::schema::table;
use super::settings::{FILE_NAME, SCHEMA_FILE_NAME};
use crate::model::schema::DIALECT;

/// Columns of a comment in the commented file.
const WIDTH: usize = 90;

/// The JSON Schema (draft 2020-12) of the configuration file, as it looks when it is read as data;
/// `revisions` are those of the model.
#[must_use]
pub fn json_schema(revisions: &[String]) -> Json {
    let mut schema = Map::new();
    schema.insert("$schema".into(), DIALECT.into());
    schema.insert(
        "$id".into(),
        "urn:autopilot-lint:schema:configuration".into(),
    );
    schema.insert("title".into(), FILE_NAME.into());
    if let Json::Object(table) = table(ROOT, revisions) {
        schema.extend(table);
    }
    Json::Object(schema)
}

/// A configuration file that changes nothing and explains every key.
#[must_use]
pub fn commented() -> String {
    let mut text = format!(
        "#:schema {SCHEMA_FILE_NAME}\n\
         # Configuration of autopilot-lint. Every key is optional. Command-line options override\n\
         # what is set here.\n",
    );
    for key in ROOT {
        comment(&mut text, key);
        match key.name {
            "ignore" => nested(&mut text, "Keys of such a table", IGNORED),
            "overrides" => nested(&mut text, "Keys besides `files`", &OVERRIDE[1..]),
            _ => {}
        }
    }
    text
}

/// Every key with its values and an example, in Markdown; `revisions` are those of the model.
#[must_use]
pub fn reference(revisions: &[String]) -> String {
    let mut text = String::new();
    sections(&mut text, "###", "", ROOT, revisions);
    text
}

/// A section for each key of a table; `table` is its name with a dot, empty for the file.
fn sections<T>(text: &mut String, level: &str, table: &str, keys: &[Key<T>], revisions: &[String]) {
    for key in keys {
        let Key { name, about, .. } = key;
        let required = if key.required { " Required." } else { "" };
        let _ = write!(
            text,
            "{level} `{table}{name}`\n\n{about}{required}\n\n{}\n\n```toml\n{}\n```\n\n",
            values(&(key.schema)(revisions)),
            key.example
        );
        match *name {
            "ignore" if table.is_empty() => sections(text, "####", "ignore.", IGNORED, revisions),
            "overrides" => sections(text, "####", "overrides.", OVERRIDE, revisions),
            _ => {}
        }
    }
}

/// What a key may have, in words, by the schema of its value.
fn values(schema: &Json) -> String {
    let one_of = |names: &Json| {
        let names = names.as_array().into_iter().flatten();
        let names = names.filter_map(Json::as_str);
        let quoted: Vec<_> = names.map(|name| format!("`\"{name}\"`")).collect();
        quoted.join(", ")
    };
    match (schema.get("enum"), schema["type"].as_str()) {
        (Some(names), _) if is_rules(names) => "Value: the name of a rule.".to_owned(),
        (Some(names), _) => format!("Values: {}.", one_of(names)),
        (None, Some("array")) => match &schema["items"] {
            items if is_rules(&items["enum"]) => {
                "Value: an array of names of rules and categories, or `\"all\"`.".to_owned()
            }
            items if items["anyOf"].is_array() => {
                "Value: an array of names of rules and categories, and of tables.".to_owned()
            }
            items if items["type"] == "object" => "Value: an array of tables.".to_owned(),
            _ => "Value: an array of strings.".to_owned(),
        },
        (None, Some("object")) => format!(
            "Value: a table from names of rules and categories to one of {}.",
            one_of(&schema["additionalProperties"]["enum"])
        ),
        (None, Some(name)) => format!("Value: a {name}."),
        (None, None) => format!("Value: `{}`.", schema["const"]),
    }
}

/// Whether these are names of rules: they fill a page of their own.
fn is_rules(names: &Json) -> bool {
    let first = crate::rules::ALL.first().map(|rule| rule.name);
    let mut names = names.as_array().into_iter().flatten();
    names.any(|name| name.as_str() == first)
}

fn comment<T>(text: &mut String, key: &Key<T>) {
    text.push('\n');
    push_lines(text, "# ", key.about);
    for line in key.example.lines() {
        let _ = writeln!(text, "#{line}");
    }
}

/// The keys of a table within, named only.
fn nested<T>(text: &mut String, what: &str, keys: &[Key<T>]) {
    let names: Vec<_> = keys.iter().map(|key| key.name).collect();
    push_lines(text, "# ", &format!("{what}: {}.", names.join(", ")));
}

fn push_lines(text: &mut String, indent: &str, words: &str) {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(indent)
        .subsequent_indent(indent);
    text.push_str(&textwrap::fill(words, options));
    text.push('\n');
}

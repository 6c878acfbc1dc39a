//! What is derived from the declared keys: the JSON Schema of the configuration file, and a
//! commented file to start from.

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

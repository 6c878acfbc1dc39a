//! The checked-in JSON Schemas are those of the bundled table.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::library::{DIALECT, Mode, Model, SchemaOptions, table, to_json_schema};
use crate::support::golden;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");

/// What the schemas are derived from.
const TABLE: &str = "autopilot-event.toml";

/// `any` and every revision, by the name of its file.
fn revisions(model: &Model) -> Vec<(String, Option<usize>)> {
    let dated = model.revisions.iter().enumerate();
    let dated = dated.map(|(at, revision)| (revision.as_str(), Some(at)));
    [("any", None)]
        .into_iter()
        .chain(dated)
        .map(|(name, at)| (format!("autopilot-event.{name}.json"), at))
        .collect()
}

fn schema(model: &Model, revision: Option<usize>, mode: Mode) -> Value {
    let options = SchemaOptions {
        revision,
        mode,
        ..SchemaOptions::default()
    };
    to_json_schema(model, &options)
}

#[test]
fn each_file_is_what_the_table_gives_byte_for_byte() {
    let model = table::autopilot_event();
    for (name, revision) in revisions(&model) {
        let derived = format!("{:#}\n", schema(&model, revision, Mode::Any));
        golden::hold(Path::new(FOLDER).join(name), &derived);
    }
}

#[test]
fn no_file_is_left_over_from_another_revision() {
    let expected: BTreeSet<String> = revisions(&table::autopilot_event())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let found: BTreeSet<String> = fs::read_dir(FOLDER)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string())
        .map(|name| name.expect("a name in UTF-8"))
        .filter(|name| name.starts_with("autopilot-event.") && *name != TABLE)
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_schema_is_valid_under_its_dialect_and_compiles() {
    let model = table::autopilot_event();
    for (name, revision) in revisions(&model) {
        for (mode, _) in Mode::ALL {
            let schema = schema(&model, revision, mode);
            assert_eq!(schema["$schema"], DIALECT, "{name} {mode:?}");
            if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
                panic!("{name} {mode:?}: {} at {}", error, error.instance_path());
            }
            jsonschema::draft202012::options()
                .offline()
                .build(&schema)
                .unwrap_or_else(|error| panic!("{name} {mode:?}: {error}"));
        }
    }
}

#[test]
fn the_same_table_gives_the_same_text_and_another_revision_another_one() {
    let texts = || -> Vec<String> {
        let model = table::autopilot_event();
        let of = |(_, revision)| Mode::ALL.map(|(mode, _)| schema(&model, revision, mode));
        revisions(&model)
            .into_iter()
            .flat_map(of)
            .map(|schema| format!("{schema:#}"))
            .collect()
    };
    let first = texts();
    assert_eq!(first, texts());
    let distinct: BTreeSet<&String> = first.iter().collect();
    assert_eq!(distinct.len(), first.len(), "two options, one schema");
}

//! The checked-in JSON Schemas are those of the bundled table.
//!
//! `UPDATE_SCHEMAS=1 cargo test --test schemas` writes them instead.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use autopilot_lint::model::schema::{DIALECT, SchemaOptions, to_json_schema};
use autopilot_lint::model::{Mode, Model, table};
use serde_json::Value;

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
    to_json_schema(model, &SchemaOptions { revision, mode })
}

#[test]
fn each_file_is_what_the_table_gives_byte_for_byte() {
    let model = table::autopilot_event();
    for (name, revision) in revisions(&model) {
        let derived = format!("{:#}\n", schema(&model, revision, Mode::Any));
        let path = Path::new(FOLDER).join(&name);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, &derived).expect("the schema can be written");
        }
        let checked_in = fs::read_to_string(&path).unwrap_or_default();
        let line = first_difference(&checked_in, &derived);
        assert_eq!(
            line, None,
            "{name} differs from the table from this line on; see the head of this file"
        );
    }
}

/// The first line, from 1, in which two texts differ.
fn first_difference(left: &str, right: &str) -> Option<usize> {
    let same = |(left, right)| left == right;
    let before = left
        .split_inclusive('\n')
        .zip(right.split_inclusive('\n'))
        .take_while(|lines| same(*lines))
        .count();
    (left != right).then_some(before + 1)
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

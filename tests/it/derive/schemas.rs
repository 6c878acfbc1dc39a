//! The schemas of the pages: valid, complete for their own samples, and read back without loss.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::pages::{Pages, enumeration, expect, expected, member};
use crate::library::derive::{self, Derived, Options, SampleKind};
use crate::library::{Model, SchemaOptions, from_schema, table, to_json_schema};

/// Every page that derives: corpus, key, outcome.
fn derived(pages: &Pages) -> Vec<(String, String, Derived)> {
    let mut all = Vec::new();
    for corpus in pages.corpora() {
        for page in pages.of(&corpus) {
            if let Ok(derived) = pages.derive(&corpus, &page, Options::default()) {
                all.push((corpus.clone(), page, derived));
            }
        }
    }
    all
}

#[test]
fn every_schema_is_valid_and_comes_back() {
    let Some(pages) = Pages::open() else { return };
    for (corpus, page, derived) in derived(&pages) {
        let schema = derived.to_json_schema(&SchemaOptions::default());
        assert!(jsonschema::meta::is_valid(&schema), "{corpus}/{page}");
        let plain = to_json_schema(&derived.model, &SchemaOptions::default());
        let model = from_schema(&schema).expect("our own schema");
        let again = to_json_schema(&model, &SchemaOptions::default());
        assert_eq!(
            format!("{again:#}"),
            format!("{plain:#}"),
            "{corpus}/{page}"
        );
    }
}

/// What the pages show against what they say. Every line here is a fault of the documentation.
#[test]
fn samples_fit_their_own_page() {
    let Some(pages) = Pages::open() else { return };
    let mut text = String::new();
    let mut count = 0;
    for (corpus, page, derived) in derived(&pages) {
        let schema = derived.to_json_schema(&SchemaOptions::default());
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let markdown = pages.load(&corpus, &page).expect("a page");
        for sample in derive::samples(&markdown) {
            if sample.kind == SampleKind::Representation {
                continue;
            }
            count += 1;
            let Some(payload) = sample.payload() else {
                let _ = writeln!(text, "{corpus}/{page}:{}: not JSON", sample.line);
                continue;
            };
            for error in validator.iter_errors(&payload) {
                let line = sample.line;
                let place = error.instance_path();
                let _ = writeln!(text, "{corpus}/{page}:{line}: {place}: {error}");
            }
        }
    }
    let _ = writeln!(text, "{count} samples");
    expect("samples.txt", &text);
}

/// One fault in each member of each sample: of another type, and under a name nobody declared.
#[test]
fn one_fault_in_a_sample_is_found() {
    let Some(pages) = Pages::open() else { return };
    let mut count = 0;
    for (corpus, page, derived) in derived(&pages) {
        let schema = derived.to_json_schema(&SchemaOptions::default());
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let untyped = |name: &str| schema["properties"][name]["x-edm-type"] == "Edm.Untyped";
        let markdown = pages.load(&corpus, &page).expect("a page");
        for sample in derive::samples(&markdown) {
            let Some(Value::Object(object)) = sample.payload() else {
                continue;
            };
            if sample.kind == SampleKind::Representation || derived.model.resource().open {
                continue;
            }
            for name in object.keys().filter(|name| !name.contains('@')) {
                let mut renamed = object.clone();
                let value = renamed.remove(name).expect("its own name");
                renamed.insert(format!("{name}x"), value);
                assert!(
                    !validator.is_valid(&renamed.into()),
                    "{corpus}/{page} {name}"
                );
                count += 1;
                if !untyped(name) {
                    let mut retyped = object.clone();
                    retyped[name] = json!([[]]);
                    assert!(
                        !validator.is_valid(&retyped.into()),
                        "{corpus}/{page} {name}"
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 2_000, "{count} faults were tried");
}

#[test]
fn the_bundled_table_agrees_with_the_pages() {
    let model = table::autopilot_event();
    for revision in ["2019-09", "2020-03", "2021-01", "2024-08"] {
        let options = SchemaOptions {
            revision: model.revision_index(revision),
            ..SchemaOptions::default()
        };
        assert!(options.revision.is_some(), "{revision}");
        let schema = to_json_schema(&model, &options);
        let model = from_schema(&schema).expect("our own schema");
        let facts = expected(&format!("autopilot/{revision}.txt"));
        assert_eq!(facts_of(&model, &facts), facts, "{revision}");
    }
}

/// Members of the event, and the enumerations that the facts name.
fn facts_of(model: &Model, facts: &str) -> String {
    let mut text = String::new();
    for one in &model.resource().members {
        let _ = writeln!(text, "{}", member(model, one));
    }
    for name in facts
        .lines()
        .filter_map(|line| line.strip_prefix("enum ")?.split(':').next())
    {
        let of = model.enumerations.iter().find(|one| one.name == name);
        let _ = writeln!(text, "{}", of.map_or_else(String::new, enumeration));
    }
    text
}

#[test]
fn the_bundled_table_comes_back_from_its_schema() {
    let model = table::autopilot_event();
    let schema = to_json_schema(&model, &SchemaOptions::default());
    assert_eq!(from_schema(&schema).expect("our own schema"), model);
}

#[test]
fn revisions_differ_as_their_pages_do() {
    let Some(pages) = Pages::open() else { return };
    let name = "intune-troubleshooting-devicemanagementautopilotevent";
    let resource = format!("api-reference/beta/resources/{name}.md");
    let model = |corpus: &str| {
        let derived = pages.derive(corpus, &resource, Options::default());
        derived.expect("a page").model
    };
    let corpora = ["ru-mt-2019", "en-2020", "zh-sxs-2021", "en-2024"];
    let mut text = String::new();
    for pair in corpora.windows(2) {
        let _ = writeln!(text, "{} -> {}", pair[0], pair[1]);
        for change in derive::diff(&model(pair[0]), &model(pair[1])) {
            let _ = writeln!(text, "  {change}");
        }
    }
    expect("diff.txt", &text);
}

//! Pages of documentation, to a model and to the schema and the linter made of it.
#![no_main]

use autopilot_lint::derive::{Options, derive, diff, samples};
use autopilot_lint::lint::{self, Linter, Scratch};
use autopilot_lint::model::from_schema::from_schema;
use autopilot_lint::model::schema::SchemaOptions;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for sample in samples(text) {
        assert_eq!(text.get(sample.offset..sample.offset + sample.text.len()), Some(sample.text));
    }
    // The page links to itself, whatever it asks for.
    let load = |_: &str| Some(text.to_owned());
    let Ok(derived) = derive("page.md", &load, &Options::default()) else {
        return;
    };
    for warning in &derived.warnings {
        assert!(!warning.to_string().is_empty());
    }
    let schema = derived.to_json_schema(&SchemaOptions::default());
    let again = from_schema(&schema).expect("a schema of our own");
    assert_eq!(diff(&derived.model, &again), [], "{schema}");
    if derived.model.types.is_empty() {
        return;
    }
    let linter = Linter::with_model(derived.model, &lint::Options::default()).expect("a linter");
    for sample in samples(text) {
        let _ = linter.check(sample.text.as_bytes(), &mut Scratch::default());
    }
});

//! Schemas of resources from elsewhere, to a model, a schema of our own and a linter; what stands
//! behind a line `---` is a payload for it.
#![no_main]

use autopilot_lint::derive::diff;
use autopilot_lint::lint::{Linter, Options, Scratch};
use autopilot_lint::model::Mode;
use autopilot_lint::model::from_schema::from_schema;
use autopilot_lint::model::schema::{SchemaOptions, to_json_schema};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (schema, payload) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let Ok(schema) = serde_json::from_str(schema) else {
        return;
    };
    let model = match from_schema(&schema) {
        Ok(model) => model,
        Err(error) => {
            assert!(!error.message.is_empty(), "{text:?}");
            return;
        }
    };
    assert_eq!(diff(&model, &model), [], "{text:?}");
    let revisions = (0..model.revisions.len()).map(Some).chain([None]);
    for revision in revisions.take(4) {
        for (mode, _) in Mode::ALL {
            let ours = to_json_schema(
                &model,
                &SchemaOptions {
                    revision,
                    mode,
                    ..SchemaOptions::default()
                },
            );
            from_schema(&ours).expect("a schema of our own");
        }
    }
    if model.types.is_empty() {
        return;
    }
    for (mode, _) in Mode::ALL {
        let options = Options {
            mode,
            ..Options::default()
        };
        if let Ok(linter) = Linter::with_model(model.clone(), &options) {
            let _ = linter.check(payload.as_bytes(), &mut Scratch::default());
        }
    }
});

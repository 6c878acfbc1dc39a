//! Configuration files: faults with places that exist, settings that can be applied.
#![no_main]

use std::sync::LazyLock;

use autopilot_lint::model::table;
use autopilot_lint::policy::{Config, Filter, Policy};
use libfuzzer_sys::fuzz_target;

static REVISIONS: LazyLock<Vec<String>> = LazyLock::new(|| table::autopilot_event().revisions);

fuzz_target!(|text: &str| {
    match Config::parse(text, &REVISIONS) {
        Err(error) => {
            assert!(!error.message.is_empty(), "{text:?}");
            assert!(text.get(error.span.clone()).is_some(), "{error:?} of {text:?}");
        }
        Ok(config) => {
            let policy = Policy { config, ..Policy::default() };
            for file in [None, Some("a.json"), Some("fixtures/old/a.json"), Some("é/{a}[b].json")] {
                let settings = policy.settings(&policy.scope(file));
                let tally = Filter::new(&policy, &settings.rules, file).finish();
                assert_eq!(tally.silenced(), 0);
            }
        }
    }
});

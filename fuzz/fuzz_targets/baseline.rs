//! Baselines: what is read can be written, and is the same when it is read again.
#![no_main]

use std::collections::BTreeMap;

use autopilot_lint::policy::baseline::{Baseline, Stale};
use autopilot_lint::policy::Fate;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Baseline::parse(bytes) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(mut baseline) => {
            let again = Baseline::parse(baseline.to_json().as_bytes()).expect("our own text");
            assert_eq!(again, baseline);
            let stale = baseline.stale(&BTreeMap::new(), |_| Fate::Gone);
            assert_eq!(Stale::total(&stale), baseline.len());
            baseline.update(&BTreeMap::new(), |_| Fate::Gone);
            assert!(baseline.is_empty());
        }
    }
});

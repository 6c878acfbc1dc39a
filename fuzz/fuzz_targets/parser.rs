//! The parser against `serde_json`, as the test of mutants does it.
#![no_main]

#[path = "../../tests/it/support/oracle.rs"]
mod oracle;

use std::cell::RefCell;

use autopilot_lint::json::Tape;
use libfuzzer_sys::{Corpus, fuzz_target};

thread_local! {
    static TAPE: RefCell<Tape> = RefCell::default();
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    TAPE.with_borrow_mut(|tape| oracle::compare(text, tape));
    Corpus::Keep
});

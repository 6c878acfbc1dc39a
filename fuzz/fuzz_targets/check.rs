//! Every rule; revisions, modes and formats by turns: what must hold of any report.
#![no_main]

#[path = "../../tests/it/support/sinks.rs"]
mod sinks;

use std::cell::RefCell;
use std::sync::LazyLock;

use autopilot_lint::lint::{Linter, Options, Scratch};
use autopilot_lint::model::{Mode, table};
use autopilot_lint::rules::{self, RuleSet};
use libfuzzer_sys::fuzz_target;

/// A linter for each revision and mode.
static LINTERS: LazyLock<Vec<Linter>> = LazyLock::new(|| {
    let mut revisions = table::autopilot_event().revisions;
    revisions.push("any".to_owned());
    let modes = Mode::ALL.iter().map(|(mode, _)| *mode);
    let both = modes.flat_map(|mode| revisions.iter().map(move |revision| (mode, revision)));
    let rules = rules::ALL.iter().fold(RuleSet::default(), |set, rule| set.with(rule));
    let linter = |(mode, revision): (Mode, &String)| {
        let revision = revision.clone();
        Linter::new(&Options { revision, mode, now: Some(0), rules, ..Options::default() }).expect("a revision")
    };
    both.map(linter).collect()
});

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fuzz_target!(|bytes: &[u8]| {
    // What is chosen hangs on the input alone, so that a find can be repeated.
    let sum = bytes.iter().fold(bytes.len(), |sum, byte| sum + usize::from(*byte));
    let linter = &LINTERS[sum % LINTERS.len()];
    let format = sinks::format(sum / LINTERS.len());
    SCRATCH.with_borrow_mut(|scratch| sinks::check(linter, scratch, bytes, format));
});

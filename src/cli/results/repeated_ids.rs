//! Identifiers that come again in a later part or a later file.

use autopilot_lint::lint::{self, Duplicates, Outcome};

/// Adds a finding for every identifier of `outcome` that `seen` has, and remembers the others under
/// the input's name.
pub(crate) fn add_repeated(outcome: &mut Outcome, name: &str, seen: &mut Duplicates) {
    let again = seen.admit(name, &mut outcome.ids);
    if !again.is_empty() {
        outcome.diagnostics.extend(again);
        lint::sort(&mut outcome.diagnostics);
    }
}

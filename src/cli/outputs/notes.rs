//! Notes on what a run looked at and what it left alone.

use autopilot_lint::policy::IgnoredFinding;

use super::console::note;

/// Most entries of a kind that are named.
const MAX_NAMED: usize = 100;

pub(crate) fn no_ci_system() {
    note("note: --ci has no effect: this is not GitHub Actions, Azure Pipelines or GitLab");
}

pub(crate) fn nothing_to_check() {
    note("note: no files to check");
}

/// `config`: the name of the file that the entries are in.
pub(crate) fn stale_ignores(config: &str, entries: &[&IgnoredFinding]) {
    for entry in entries.iter().take(MAX_NAMED) {
        note(&format!(
            "note: {config} ignores {} at `{}` in {}, which is no longer reported",
            entry.rule, entry.pointer, entry.file
        ));
    }
    if entries.len() > MAX_NAMED {
        let more = entries.len() - MAX_NAMED;
        note(&format!(
            "note: {config} ignores {more} more that are no longer reported"
        ));
    }
}

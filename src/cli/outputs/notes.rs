//! Notes on what a run looked at and what it left alone.

use autopilot_lint::policy::IgnoredFinding;

use super::console::note;

pub(crate) fn no_ci_system() {
    note("note: --ci has no effect: this is not GitHub Actions, Azure Pipelines or GitLab");
}

pub(crate) fn nothing_to_check() {
    note("note: no files to check");
}

/// `config`: the name of the file that the entries are in.
pub(crate) fn stale_ignores(config: &str, entries: &[&IgnoredFinding]) {
    for entry in entries {
        note(&format!(
            "note: {config} ignores {} at `{}` in {}, which is no longer reported",
            entry.rule, entry.pointer, entry.file
        ));
    }
}

//! Notes on what a run looked at and what it left alone.

use autopilot_lint::policy::IgnoredFinding;

use super::console::note;

pub(crate) fn no_ci_system() {
    note("note: --ci: neither GitHub Actions, Azure Pipelines nor GitLab");
}

pub(crate) fn nothing_to_check() {
    note("autopilot-lint: no files to check");
}

pub(crate) fn passed_over(entries: usize) {
    note(&format!(
        "note: {entries} not read: special files, or links that lead out of the folder"
    ));
}

/// `config`: the name of the file that the entries are in.
pub(crate) fn stale_ignores(config: &str, entries: &[&IgnoredFinding]) {
    for entry in entries {
        note(&format!(
            "note: {config} ignores {} at `{}` of {}, which is not found any more",
            entry.rule, entry.pointer, entry.file
        ));
    }
}

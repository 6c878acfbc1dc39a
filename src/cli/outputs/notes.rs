//! Notes on what a run looked at and what it left alone.

use autopilot_lint::diagnostic::Rule;
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

/// Says which rules run though they were turned off.
pub(crate) fn kept_on(rules: &[&Rule]) {
    let names: Vec<_> = rules.iter().map(|rule| rule.name).collect();
    let Some((last, others)) = names.split_last() else {
        return;
    };
    let names = match others {
        [] => (*last).to_owned(),
        others => format!("{} and {last}", others.join(", ")),
    };
    note(&format!(
        "note: {names} cannot be turned off; what they report cannot be checked at all"
    ));
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

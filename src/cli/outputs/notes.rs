//! Notes on what a run looked at and what it left alone.

use autopilot_lint::diagnostic::Rule;
use autopilot_lint::policy::IgnoredFinding;
use autopilot_lint::text::count;
use autopilot_lint::text::quote::quote;

use super::console::note;
use crate::cli::inputs::PassedOver;
use crate::cli::settings::UnusedGlobs;

/// Most entries of a kind that are named.
const MAX_NAMED: usize = 100;

pub(crate) fn no_ci_system() {
    note("note: --ci has no effect: this is not GitHub Actions, Azure Pipelines or GitLab");
}

pub(crate) fn nothing_to_check() {
    note("note: no files to check");
}

/// Says of a file how much in it was fixed or, where nothing is changed, would be.
pub(crate) fn fixed(file: &str, findings: usize, only_shown: bool) {
    let does = if only_shown { "would fix" } else { "fixed" };
    note(&format!("{does} {file}: {}", count(findings, "finding")));
}

/// Says which files and folders were named and are passed over all the same.
pub(crate) fn named_and_passed_over(entries: &[PassedOver]) {
    for_most(entries.iter().filter(|entry| entry.is_named), |entry| {
        note(&format!(
            "note: passed over {}: {}",
            entry.shown(),
            entry.reason.words()
        ));
    });
}

/// `config`: the name of the file that the globs are in.
pub(crate) fn unused_globs(config: &str, unused: &UnusedGlobs<'_>) {
    let include = unused.include.iter().map(|glob| ("includes", quote(glob)));
    let exclude = unused.exclude.iter().map(|glob| ("excludes", quote(glob)));
    let overrides = unused.overrides.iter().map(|globs| {
        let globs: Vec<_> = globs.iter().map(|glob| quote(glob)).collect();
        ("has an override for", globs.join(", "))
    });
    for_most(include.chain(exclude).chain(overrides), |(does, globs)| {
        note(&format!("note: {config} {does} {globs}: no file matches"));
    });
}

/// Does something for the first of many, and says how many more there are.
fn for_most<T>(all: impl Iterator<Item = T>, mut say: impl FnMut(T)) {
    let mut more = 0_usize;
    for (index, one) in all.enumerate() {
        if index < MAX_NAMED {
            say(one);
        } else {
            more += 1;
        }
    }
    if more > 0 {
        note(&format!("note: and {more} more"));
    }
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

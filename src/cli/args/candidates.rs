//! The values that a shell completes where clap alone does not know them.
//!
//! Each function gets what is typed of the value so far; of a list, what follows the last comma.

use std::ffi::OsStr;

use autopilot_lint::lint::revision_names;
use autopilot_lint::model::table;
use autopilot_lint::policy::Selector;
use autopilot_lint::policy::selection::level_names;
use autopilot_lint::{report, rules};
use clap_complete::CompletionCandidate;

/// Names of rules and categories, and `all`.
pub(super) fn selectors(typed: &OsStr) -> Vec<CompletionCandidate> {
    beginning_with(typed, Selector::names().map(|name| described(name, "")))
}

/// `NAME=LEVEL`: the names, then the levels.
pub(super) fn levels(typed: &OsStr) -> Vec<CompletionCandidate> {
    let text = typed.to_string_lossy();
    let Some((name, _)) = text.split_once('=') else {
        let names = Selector::names();
        return beginning_with(typed, names.map(|name| described(name, "=")));
    };
    let levels = level_names();
    let levels = levels.map(|level| CompletionCandidate::new(format!("{name}={level}")));
    beginning_with(typed, levels)
}

/// The formats.
pub(super) fn formats(typed: &OsStr) -> Vec<CompletionCandidate> {
    let formats = report::FORMATS.iter();
    let candidate = formats
        .map(|format| CompletionCandidate::new(format.name).help(Some(format.summary.into())));
    beginning_with(typed, candidate)
}

/// The revisions of the Autopilot event.
pub(super) fn revisions(typed: &OsStr) -> Vec<CompletionCandidate> {
    let model = table::autopilot_event();
    let names = revision_names(&model.revisions);
    beginning_with(
        typed,
        names.map(|name| CompletionCandidate::new(name.to_owned())),
    )
}

/// A name of rules with what they report, and an end.
fn described(name: &'static str, end: &str) -> CompletionCandidate {
    let about = match rules::find(name) {
        Some(rule) => rule.summary.to_owned(),
        None if name == "all" => "every rule".to_owned(),
        None => {
            let rules = rules::ALL.iter();
            let count = rules.filter(|rule| rule.category.name() == name).count();
            format!("category of {count} rules")
        }
    };
    CompletionCandidate::new(format!("{name}{end}")).help(Some(about.into()))
}

fn beginning_with(
    typed: &OsStr,
    candidates: impl Iterator<Item = CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let fits = |one: &CompletionCandidate| one.get_value().to_string_lossy().starts_with(&*typed);
    candidates.filter(fits).collect()
}

//! What the integration tests share: seeded events and faults, their texts, the binary, and the
//! material beside the project.
//!
//! Knows the contract of the tool, not its code: spans and pointers are found here by other means.

pub(crate) mod archive;
pub(crate) mod binary;
pub(crate) mod document;
pub(crate) mod event;
pub(crate) mod faults;
pub(crate) mod folder;
pub(crate) mod golden;
pub(crate) mod json;
pub(crate) mod oracle;
pub(crate) mod random;
pub(crate) mod report;
pub(crate) mod shared;
pub(crate) mod sinks;
pub(crate) mod style;

use crate::library::{Linter, Mode, Options, RuleSet, rules, table};

/// The present of every test: 2026-11-01T00:00:00Z in ticks since year 1.
pub(crate) const NOW: i64 = 639_290_880_000_000_000;
/// The same as the command line takes it.
pub(crate) const NOW_TEXT: &str = "2026-11-01T00:00:00Z";

/// An event in which nothing is found.
pub(crate) const CLEAN: &str =
    r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893", "targetedAppCount": 1}"#;
/// One error.
pub(crate) const FAULTY: &str =
    r#"{"deploymentState": "Success", "osVersion": "10.0.26200.8893", "targetedAppCount": 1}"#;

/// Every format, as the contract names them.
pub(crate) const FORMATS: [&str; 12] = [
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "sarif",
    "github",
    "azure",
    "gitlab",
    "junit",
    "html",
    "markdown",
];

/// Every command of the binary.
pub(crate) const COMMANDS: [&str; 8] = [
    "check",
    "rules",
    "explain",
    "schema",
    "derive",
    "init",
    "completions",
    "man",
];

/// Every revision by its index; `None` = any.
pub(crate) fn revisions() -> Vec<Option<usize>> {
    let dated = 0..table::autopilot_event().revisions.len();
    std::iter::once(None).chain(dated.map(Some)).collect()
}

/// The name of a revision on the command line.
pub(crate) fn revision_name(revision: Option<usize>) -> String {
    let mut revisions = table::autopilot_event().revisions;
    revision.map_or("any".to_owned(), |at| revisions.swap_remove(at))
}

/// Each rule that is off by default, and none of them.
pub(crate) fn also_selected() -> Vec<&'static [&'static str]> {
    let off = rules::ALL.iter().filter(|rule| rule.default.is_none());
    let each = off.map(|rule| std::slice::from_ref(&rule.name));
    std::iter::once(&[][..]).chain(each).collect()
}

/// A linter with the rules that are on by default, and those named.
pub(crate) fn linter(revision: Option<usize>, mode: Mode, also: &[&str]) -> Linter {
    let options = Options {
        revision: revision_name(revision),
        mode,
        now: Some(NOW),
        rules: also.iter().fold(RuleSet::default(), |rules, name| {
            rules.with(rules::find(name).expect("a rule"))
        }),
        ..Options::default()
    };
    Linter::new(&options).expect("a revision of the table")
}

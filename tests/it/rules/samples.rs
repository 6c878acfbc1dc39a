//! The documentation's own requests and responses, checked as a user would.
//!
//! The pages are beside the project, not in it: where they are absent these tests are skipped.

use std::collections::BTreeMap;

use crate::library::derive::{Sample, SampleKind, samples};
use crate::library::{Category, Mode, Scratch, Severity, rules, table};
use crate::support::{linter, shared};

const VERBS: [&str; 4] = ["create", "get", "list", "update"];

/// Corpora by the revision that they document.
const CORPORA: [(&str, &str, &[&str]); 4] = [
    ("2019-09", "ru-sxs-2019", &["create"]),
    ("2019-09", "en-2019", &VERBS),
    ("2020-03", "en-2020", &VERBS),
    ("2021-01", "en-2021", &VERBS),
];

/// What is found in a sample: the rule, how often, and since which revision of the documentation,
/// as later samples have more members.
const FOUND: [(&str, usize, &str); 8] = [
    ("negative-duration", 3, "2019-09"),
    ("deployment-starts-before-enrollment", 1, "2019-09"),
    ("enrolled-before-registered", 1, "2019-09"),
    ("deployment-duration-exceeds-total", 1, "2019-09"),
    ("success-with-failure-details", 1, "2019-09"),
    ("placeholder-value", 7, "2019-09"),
    // deviceId, then also windows10EnrollmentCompletionPageConfigurationId: `… value`.
    ("placeholder-value", 1, "2020-03"),
    ("placeholder-value", 1, "2021-01"),
];

/// What the same payload has too much for an older revision, by member.
const ADDED: [(&str, &str); 4] = [
    ("2020-03", "deviceId"),
    (
        "2021-01",
        "windows10EnrollmentCompletionPageConfigurationId",
    ),
    ("2021-01", "deviceSetupStatus"),
    ("2021-01", "accountSetupStatus"),
];

/// What the same payload has too much for the newest revision.
const REMOVED: [&str; 3] = [
    "devicePreparationDuration",
    "targetedAppCount",
    "targetedPolicyCount",
];

struct Shown {
    revision: &'static str,
    place: String,
    text: String,
    kind: SampleKind,
}

/// Every request and response of the corpora; `None` where the pages are not there.
fn shown() -> Option<Vec<Shown>> {
    let pages = shared::part("pages")?;
    let mut found = Vec::new();
    for (revision, corpus, verbs) in CORPORA {
        for verb in verbs {
            let name = format!(
                "{corpus}/api-reference/beta/api/\
                 intune-troubleshooting-devicemanagementautopilotevent-{verb}.md"
            );
            let page = std::fs::read_to_string(pages.join(&name)).expect(&name);
            let of = |sample: &Sample<'_>| Shown {
                revision,
                place: format!("{name}:{}", sample.line),
                text: sample.text.to_owned(),
                kind: sample.kind,
            };
            let before = found.len();
            found.extend(samples(&page).iter().map(of));
            let expected = if ["create", "update"].contains(verb) {
                2
            } else {
                1
            };
            assert_eq!(found.len() - before, expected, "{name}");
        }
    }
    assert!(
        found
            .iter()
            .all(|shown| shown.kind != SampleKind::Representation)
    );
    Some(found)
}

/// Rule, severity and the pointed-at member of every finding.
fn check(shown: &Shown, revision: &str) -> Vec<(&'static str, Severity, String)> {
    let revision = table::autopilot_event().revision_index(revision);
    let linter = linter(revision, Mode::Any, &[]);
    let outcome = linter.check(shown.text.as_bytes(), &mut Scratch::default());
    assert_eq!(outcome.payloads, 1, "{}", shown.place);
    let found = outcome.diagnostics.into_iter().map(|found| {
        let pointer = found.pointer.as_str();
        let member = pointer.rsplit('/').next().unwrap_or_default().to_owned();
        (found.rule.name, found.severity, member)
    });
    found.collect()
}

fn counts<'a>(rules: impl Iterator<Item = (&'a str, usize)>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for (rule, count) in rules {
        *counts.entry(rule).or_default() += count;
    }
    counts
}

#[test]
fn a_sample_has_no_error_and_exactly_the_expected_findings() {
    for shown in shown().unwrap_or_default() {
        let found = check(&shown, "any");
        let severest = found.iter().map(|(_, severity, _)| *severity).max();
        assert_eq!(severest, Some(Severity::Warning), "{}", shown.place);
        let expected = FOUND
            .iter()
            .filter(|(_, _, since)| *since <= shown.revision);
        assert_eq!(
            counts(found.iter().map(|(rule, _, _)| (*rule, 1))),
            counts(expected.map(|(rule, count, _)| (*rule, *count))),
            "{}",
            shown.place
        );
    }
}

fn is_schema(rule: &str) -> bool {
    rules::ALL
        .iter()
        .any(|known| known.name == rule && known.category == Category::Schema)
}

#[test]
fn a_sample_fits_its_own_revision_and_no_other_revision_in_silence() {
    let revisions = ["2019-09", "2020-03", "2021-01", "2023-09", "2024-08"];
    for shown in shown().unwrap_or_default() {
        for revision in revisions {
            let mut found: Vec<_> = check(&shown, revision);
            found.retain(|(rule, _, _)| is_schema(rule));
            let added = ADDED
                .iter()
                .filter(|(since, _)| *since <= shown.revision && *since > revision);
            let added = added.map(|(_, member)| *member);
            let removed = REMOVED.into_iter().filter(|_| revision == "2024-08");
            let mut expected: Vec<_> = added
                .chain(removed)
                .map(|member| {
                    let member = member.to_owned();
                    ("member-not-in-revision", Severity::Warning, member)
                })
                .collect();
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "{} in {revision}", shown.place);
        }
    }
}

//! A success with the details of a failure.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::shape;
use crate::rules::{Check, Declaration};
use crate::text::words::{quoted, words};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "success-with-failure-details",
        category: Category::State,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a deploymentState of success with a non-empty enrollmentFailureDetails",
        why: "Live successes have no failure details. A success after a retry or a timeout may \
            well describe the earlier failure and is not reported.",
        source: "live data of the resource; the documentation's own sample violates it",
        bad: &[Example::new(
            r#"{"deploymentState": "success", "enrollmentFailureDetails": ⟦"0x80180014"⟧}"#,
        )],
        good: &[
            Example::new(r#"{"deploymentState": "success", "enrollmentFailureDetails": null}"#),
            Example::new(r#"{"deploymentState": "success", "enrollmentFailureDetails": ""}"#),
            Example::new(r#"{"deploymentState": "success", "enrollmentFailureDetails": "None"}"#),
            Example::new(
                r#"{"deploymentState": "successOnRetry", "enrollmentFailureDetails": "0x80180014"}"#,
            ),
        ],
    },
    checks: &[Check::Event(check)],
};

/// Letters and digits, in lower case, of texts that say that there are no details.
const NO_DETAILS: [&str; 9] = [
    "",
    "0",
    "0x0",
    "0x00000000",
    "na",
    "none",
    "null",
    "noerror",
    "notapplicable",
];

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    if let Some(state) = event.state(Field::DeploymentState)
        && state.value == "success"
        && let Some(details) = event.text(Field::EnrollmentFailureDetails)
        && !says_none(&details.value)
    {
        let message = words!(
            "deploymentState is success, but {} is {}",
            details.member(),
            quoted(&details.value).shown_if(shape::is_failure_code(&details.value))
        );
        let empty = match event.declared(Field::EnrollmentFailureDetails) {
            Some(member) if member.nullable => "write null",
            _ => "write an empty string",
        };
        findings
            .report(details.node(), message)
            .label(state.node(), "the success")
            .help(words!("{}, or the state that the details tell of", empty));
    }
}

fn says_none(text: &str) -> bool {
    let letters: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(16)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    text.is_ascii() && NO_DETAILS.contains(&&*letters)
}

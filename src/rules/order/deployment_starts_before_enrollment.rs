//! The deployment before the enrollment.

use super::Expected;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "deployment-starts-before-enrollment",
        category: Category::Order,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a deploymentStartDateTime before enrollmentStartDateTime",
        why: "A device enrolls first and deploys afterwards. The two instants may come from \
            different clocks, so this is only a warning.",
        source: "descriptions of the two members; the documentation's own sample violates it",
        bad: &[Example::new(
            r#"{"enrollmentStartDateTime": "2024-05-02T09:14:03Z", "deploymentStartDateTime": ⟦"2024-05-02T09:10:03Z"⟧}"#,
        )],
        good: &[Example::new(
            r#"{"enrollmentStartDateTime": "2024-05-02T09:14:03Z", "deploymentStartDateTime": "2024-05-02T09:14:03Z"}"#,
        )],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let expected = Expected {
        earlier: Field::EnrollmentStartDateTime,
        later: Field::DeploymentStartDateTime,
        label: "the enrollment starts here",
        help: "the enrollment comes first; clocks that differ can also be the cause",
        swap: false,
    };
    expected.check(event, findings);
}

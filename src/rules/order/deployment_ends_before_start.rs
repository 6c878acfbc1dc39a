//! The end of the deployment before its start.

use super::Expected;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "deployment-ends-before-start",
        category: Category::Order,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a deploymentEndDateTime before deploymentStartDateTime",
        why: "Every consumer subtracts one from the other. Instants are compared, not text: \
            `00:30+02:00` is earlier than `23:00Z` of the day before.",
        source: "meaning of the two members",
        bad: &[Example::new(
            r#"{"deploymentStartDateTime": "2024-05-02T09:14:03Z", "deploymentEndDateTime": ⟦"2024-05-02T09:10:03Z"⟧}"#,
        )
        .fixed_unsafely(
            r#"{"deploymentStartDateTime": "2024-05-02T09:10:03Z", "deploymentEndDateTime": "2024-05-02T09:14:03Z"}"#,
        )],
        good: &[
            Example::new(
                r#"{"deploymentStartDateTime": "2024-05-02T23:00:00Z", "deploymentEndDateTime": "2024-05-03T01:30:00+02:00"}"#,
            ),
            Example::new(
                r#"{"deploymentStartDateTime": "2024-05-02T09:14:03Z", "deploymentEndDateTime": "0001-01-01T00:00:00Z"}"#,
            ),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let expected = Expected {
        earlier: Field::DeploymentStartDateTime,
        later: Field::DeploymentEndDateTime,
        label: "the deployment starts here",
        help: "swap the two, or correct the one that is wrong",
        swap: true,
    };
    expected.check(event, findings);
}

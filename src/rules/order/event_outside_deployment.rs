//! The event before everything it is about.

use super::Expected;
use crate::diagnostic::{Category, Example, Rule};
use crate::rules::{Check, Declaration};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "event-outside-deployment",
        category: Category::Order,
        default: None,
        exceptions: &[],
        summary: "an eventDateTime before enrollmentStartDateTime",
        why: "Off by default because the documentation does not say which moment of the deployment \
            eventDateTime records.",
        source: "none; the documentation's own sample violates it",
        bad: &[Example::new(
            r#"{"enrollmentStartDateTime": "2024-05-02T09:14:03Z", "eventDateTime": ⟦"2024-05-02T09:10:03Z"⟧}"#,
        )],
        good: &[Example::new(
            r#"{"enrollmentStartDateTime": "2024-05-02T09:14:03Z", "eventDateTime": "2024-05-02T09:14:03Z"}"#,
        )],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let expected = Expected {
        earlier: Field::EnrollmentStartDateTime,
        later: Field::EventDateTime,
        label: "the enrollment starts here",
        help: "an event is recorded once the enrollment has begun",
        swap: false,
    };
    expected.check(event, findings);
}

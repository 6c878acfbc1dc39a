//! The enrollment before the registration.

use super::Expected;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "enrolled-before-registered",
        category: Category::Order,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "an enrollmentStartDateTime before deviceRegisteredDateTime",
        why: "A device is usually registered with Autopilot before it enrolls. A device that is \
            already enrolled can be registered later, so this is only a hint.",
        source: "usual course of an Autopilot deployment",
        bad: &[Example::new(
            r#"{"deviceRegisteredDateTime": "2024-05-02T09:14:03Z", "enrollmentStartDateTime": ⟦"2024-05-02T09:10:03Z"⟧}"#,
        )],
        good: &[Example::new(
            r#"{"deviceRegisteredDateTime": "2024-05-02T09:14:03Z", "enrollmentStartDateTime": "2024-05-02T09:24:03Z"}"#,
        )],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let expected = Expected {
        earlier: Field::DeviceRegisteredDateTime,
        later: Field::EnrollmentStartDateTime,
        label: "the device is registered here",
        help: "usual only for devices that were registered after they had been enrolled",
        swap: false,
    };
    expected.check(event, findings);
}

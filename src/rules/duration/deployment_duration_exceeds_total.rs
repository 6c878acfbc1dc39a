//! The part longer than the whole.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "deployment-duration-exceeds-total",
        category: Category::Duration,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a deploymentDuration longer than deploymentTotalDuration",
        why: "The total runs from enrollment to the desktop, so no part of it should be longer.",
        source: "names and descriptions of the two members; the documentation's own sample \
            violates it",
        bad: &[Example::new(
            r#"{"deploymentDuration": ⟦"PT3M21S"⟧, "deploymentTotalDuration": "PT1M43S"}"#,
        )],
        good: &[Example::new(
            r#"{"deploymentDuration": "PT1M43S", "deploymentTotalDuration": "PT1M43S"}"#,
        )],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    super::exceeds_total(event, Field::DeploymentDuration, findings);
}

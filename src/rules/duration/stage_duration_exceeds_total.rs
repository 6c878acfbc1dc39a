//! A stage longer than the whole.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "stage-duration-exceeds-total",
        category: Category::Duration,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a stage longer than deploymentTotalDuration",
        why: "Stages are parts of the total, so none of them should be longer.",
        source: "descriptions of the members",
        bad: &[Example::new(
            r#"{"deviceSetupDuration": ⟦"PT3M21S"⟧, "deploymentTotalDuration": "PT1M43S"}"#,
        )],
        good: &[Example::new(
            r#"{"deviceSetupDuration": "PT1M43S", "deploymentTotalDuration": "PT1M43S"}"#,
        )],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    for stage in Field::STAGES {
        super::exceeds_total(event, stage, findings);
    }
}

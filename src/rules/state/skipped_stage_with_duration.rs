//! A stage that took time and did not run.

use super::STAGES;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::elapsed;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Event, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "skipped-stage-with-duration",
        category: Category::State,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a stage that is notAttempted or disabled and has a positive duration",
        why: "A stage that did not run took no time.",
        source: "meaning of the members",
        bad: &[
            Example::new(
                r#"{"deviceSetupStatus": "notAttempted", "deviceSetupDuration": ⟦"PT5M"⟧}"#,
            ),
            Example::new(
                r#"{"accountSetupStatus": "disabled", "accountSetupDuration": ⟦"PT0.1S"⟧}"#,
            ),
        ],
        good: &[
            Example::new(r#"{"accountSetupStatus": "disabled", "accountSetupDuration": "PT0S"}"#),
            Example::new(r#"{"accountSetupStatus": "unknown", "accountSetupDuration": "PT5M"}"#),
            Example::new(r#"{"accountSetupStatus": "disabled", "deviceSetupDuration": "PT5M"}"#),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    for (status, duration) in STAGES {
        if let Some(status) = event.state(status)
            && matches!(status.value, "notAttempted" | "disabled")
            && let Some(duration) = event.duration(duration)
            && duration.value > 0
        {
            let message = words!(
                "{} is {}, but {} is {}",
                duration.member(),
                ours(&elapsed(duration.value)),
                status.member(),
                ours(status.value)
            );
            findings
                .report(duration.node(), message)
                .label(status.node(), "the stage did not run")
                .help("write `PT0S`, or how the stage ended");
        }
    }
}

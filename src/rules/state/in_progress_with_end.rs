//! A deployment that goes on after its end.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::text::words::words;
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "in-progress-with-end",
        category: Category::State,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a deploymentState of inProgress with a real deploymentEndDateTime",
        why: "A deployment that has ended is not running. An unset end (null, or a date in year 1) \
            does not count.",
        source: "meaning of the members",
        bad: &[Example::new(
            r#"{"deploymentState": ⟦"inProgress"⟧, "deploymentEndDateTime": "2024-05-02T09:14:03Z"}"#,
        )],
        good: &[
            Example::new(
                r#"{"deploymentState": "inProgress", "deploymentEndDateTime": "0001-01-01T00:00:00Z"}"#,
            ),
            Example::new(r#"{"deploymentState": "inProgress"}"#),
            Example::new(
                r#"{"deploymentState": "unknown", "deploymentEndDateTime": "2024-05-02T09:14:03Z"}"#,
            ),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    if let Some(state) = event.state(Field::DeploymentState)
        && state.value == "inProgress"
        && let Some(end) = event.instant(Field::DeploymentEndDateTime)
    {
        let message = words!(
            "deploymentState is inProgress, but {} is given",
            end.member()
        );
        let mode = event.context.mode;
        let end_member = event.declared(Field::DeploymentEndDateTime);
        let help = if end_member.is_some_and(|member| mode.requires(member)) {
            "write how it ended, or `0001-01-01T00:00:00Z` for the end"
        } else {
            "write how it ended, or leave the end out"
        };
        findings
            .report(state.node(), message)
            .label(end.node(), "the deployment ended here")
            .help(help);
    }
}

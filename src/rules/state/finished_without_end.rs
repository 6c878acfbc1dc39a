//! A deployment that ended at no time.

use super::finished;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "finished-without-end",
        category: Category::State,
        default: Some(Severity::Info),
        summary: "a final deploymentState, and a deploymentEndDateTime that is not set",
        why: "A deployment that is over has an end; reports that sort or filter by it lose this one. \
        Nothing is said where the member is absent, as `$select` may have left it out, or null, \
        which has a finding of its own.",
        source: "meaning of the members",
        bad: &[
            Example::new(
                r#"{"deploymentState": "success", "deploymentEndDateTime": ⟦"0001-01-01T00:00:00Z"⟧}"#,
            ),
            Example::new(
                r#"{"deploymentState": "failure", "deploymentEndDateTime": ⟦"0001-01-01T00:00:00Z"⟧}"#,
            ),
        ],
        good: &[
            Example::new(
                r#"{"deploymentState": "inProgress", "deploymentEndDateTime": "0001-01-01T00:00:00Z"}"#,
            ),
            Example::new(
                r#"{"deploymentState": "notAttempted", "deploymentEndDateTime": "0001-01-01T00:00:00Z"}"#,
            ),
            Example::new(r#"{"deploymentState": "success"}"#),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    if let Some(state) = event.state(Field::DeploymentState)
        && finished(state.value)
        && let Some(end) = event.unset(Field::DeploymentEndDateTime)
    {
        let message = words!(
            "deploymentState is {}, but {} is not set",
            ours(state.value),
            end.member()
        );
        findings
            .report(end.node(), message)
            .label(state.node(), "the deployment is over")
            .help("write when it ended, or the state of one that goes on: inProgress");
    }
}

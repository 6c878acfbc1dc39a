//! A deployment that succeeded without an enrollment.

use super::succeeded;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "success-but-enrollment-failed",
        category: Category::State,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a successful deploymentState with an enrollmentState of failed",
        why: "A deployment cannot succeed on a device that was not enrolled. The two states may \
            belong to different runs, because known issues of the service leave an old state in \
            place.",
        source: "meaning of the members; known issues of Windows Autopilot",
        bad: &[
            Example::new(r#"{"deploymentState": ⟦"success"⟧, "enrollmentState": "failed"}"#),
            Example::new(r#"{"enrollmentState": "failed", "deploymentState": ⟦"successOnRetry"⟧}"#),
        ],
        good: &[
            Example::new(r#"{"deploymentState": "failure", "enrollmentState": "failed"}"#),
            Example::new(r#"{"deploymentState": "success", "enrollmentState": "enrolled"}"#),
            Example::new(r#"{"deploymentState": "success", "enrollmentState": "unknown"}"#),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    if let Some(enrollment) = event.state(Field::EnrollmentState)
        && enrollment.value == "failed"
        && let Some(deployment) = event.state(Field::DeploymentState)
        && succeeded(deployment.value)
    {
        let message = words!(
            "deploymentState is {}, but enrollmentState is failed",
            ours(deployment.value)
        );
        findings
            .report(deployment.node(), message)
            .label(enrollment.node(), "the enrollment failed")
            .help("correct the one that is wrong; the two may be of different runs");
    }
}

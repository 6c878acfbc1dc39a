//! A deployment that succeeded with a stage that failed.

use super::STAGES;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::model::TypeRef;
use crate::rules::{Check, Declaration};
use crate::text::words::words;
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "success-but-stage-failed",
        category: Category::State,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a deploymentState of success with a stage whose status is failure",
        why: "Stages are parts of the deployment. A failure that the user skipped or that a retry \
            fixed has states of its own: successWithTimeout and successOnRetry. A stage that is \
            unknown, not attempted or disabled is normal in a successful deployment.",
        source: "meaning of the members",
        bad: &[
            Example::new(r#"{"deploymentState": ⟦"success"⟧, "deviceSetupStatus": "failure"}"#),
            Example::new(
                r#"{"deploymentState": ⟦"success"⟧, "deviceSetupStatus": "success", "accountSetupStatus": "failure"}"#,
            ),
        ],
        good: &[
            Example::new(
                r#"{"deploymentState": "success", "deviceSetupStatus": "success", "accountSetupStatus": "unknown"}"#,
            ),
            Example::new(r#"{"deploymentState": "success", "accountSetupStatus": "notAttempted"}"#),
            Example::new(r#"{"deploymentState": "success", "accountSetupStatus": "disabled"}"#),
            Example::new(
                r#"{"deploymentState": "successWithTimeout", "accountSetupStatus": "failure"}"#,
            ),
            Example::new(r#"{"deploymentState": "failure", "deviceSetupStatus": "failure"}"#),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let Some(deployment) = event.state(Field::DeploymentState) else {
        return;
    };
    if deployment.value != "success" {
        return;
    }
    let stages = STAGES
        .into_iter()
        .filter_map(|(status, _)| event.state(status));
    let failed: Vec<_> = stages.filter(|stage| stage.value == "failure").collect();
    let Some(first) = failed.first() else { return };
    let message = words!(
        "deploymentState is success, but {} is failure",
        first.member()
    );
    let mut finding = findings.report(deployment.node(), message);
    for stage in failed {
        finding.label(stage.node(), "this stage failed");
    }
    finding.help(if has_member(event, "successOnRetry") {
        "correct the one that is wrong, or write successWithTimeout or successOnRetry"
    } else {
        "correct the one that is wrong, or write successWithTimeout"
    });
}

/// Whether the selected revision has a member of the deployment's enumeration.
fn has_member(event: &Event<'_>, name: &str) -> bool {
    let Some(TypeRef::Enumeration(index)) = event
        .declared(Field::DeploymentState)
        .map(|member| member.type_ref)
    else {
        return false;
    };
    let mut members = event.context.model.enumerations[index].members.iter();
    members.any(|member| member.name == name && event.context.has(member.life))
}

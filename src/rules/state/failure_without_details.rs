//! A failure that nothing is known of.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Kind;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "failure-without-details",
        category: Category::State,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a failure whose enrollmentFailureDetails is null or empty",
        why: "Without the details, nobody can tell what went wrong. The service omits them at \
            times, so this is only a hint. An absent member is not reported, because `$select` may \
            have left it out.",
        source: "meaning of the members",
        bad: &[
            Example::new(r#"{"deploymentState": "failure", "enrollmentFailureDetails": ⟦null⟧}"#),
            Example::new(r#"{"enrollmentState": "failed", "enrollmentFailureDetails": ⟦""⟧}"#),
        ],
        good: &[
            Example::new(
                r#"{"deploymentState": "failure", "enrollmentFailureDetails": "0x80180014"}"#,
            ),
            Example::new(r#"{"deploymentState": "success", "enrollmentFailureDetails": null}"#),
            Example::new(r#"{"deploymentState": "failure"}"#),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let states = [Field::DeploymentState, Field::EnrollmentState];
    let mut states = states.into_iter().filter_map(|field| event.state(field));
    let failure = states.find(|state| matches!(state.value, "failure" | "failed"));
    let Some(state) = failure else { return };
    let Some(details) = event.value(Field::EnrollmentFailureDetails) else {
        return;
    };
    let empty = details.kind() == Kind::Null || details.plain_str() == Some("");
    if empty {
        let message = words!(
            "{} is {}, but enrollmentFailureDetails says nothing",
            state.member(),
            ours(state.value)
        );
        findings
            .report(details, message)
            .label(state.node(), "the failure")
            .help("say what failed: an error code, or a sentence");
    }
}

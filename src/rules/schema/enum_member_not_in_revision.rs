//! Enumeration members that the selected revision lacks.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::model::EnumMember;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Context, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "enum-member-not-in-revision",
        category: Category::Schema,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "an enumeration member that the selected revision does not have",
        why: "The deployment state gained three members after 2019. A reader built for an older \
            revision fails on them.",
        source: "revisions of the documentation; history of the SDKs",
        bad: &[Example::new(r#"{"deploymentState": ⟦"successOnRetry"⟧}"#).revision("2021-01")],
        good: &[
            Example::new(r#"{"deploymentState": "successOnRetry"}"#).revision("2023-09"),
            Example::new(r#"{"deploymentState": "successOnRetry"}"#),
        ],
    },
    checks: &[Check::Schema],
};

/// Reports a member that another revision has.
pub(crate) fn report(
    value: Node<'_>,
    member: &EnumMember,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let (name, revision) = (&member.name, context.revision_name());
    let existence = context.existence(member.life);
    findings.report(
        value,
        words!(
            "`{}` is not in revision {}: {}",
            ours(name),
            ours(revision),
            ours(&existence)
        ),
    );
}

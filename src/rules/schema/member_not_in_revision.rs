//! Members that the selected revision lacks.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::model::Member;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Context, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
    name: "member-not-in-revision",
    category: Category::Schema,
    default: Some(Severity::Warning),
    exceptions: &[],
    summary: "a member that the selected revision does not have",
    why: "Members were added and removed between 2019 and 2024. A payload written for one revision \
        should not contain members of another.",
    source: "revisions of the documentation; history of the SDKs",
    bad: &[
        Example::new(
            r#"{"deploymentState": "success", ⟦"userId"⟧: "3e455cab-5cab-3e45-ab5c-453eab5c453e"}"#,
        )
        .revision("2021-01"),
        Example::new(r#"{"deploymentState": "success", ⟦"targetedAppCount"⟧: 3}"#)
            .revision("2024-08"),
    ],
    good: &[
        Example::new(r#"{"deploymentState": "success", "targetedAppCount": 3}"#)
            .revision("2021-01"),
        Example::new(r#"{"userId": "", "targetedAppCount": 3}"#),
    ],
},
    checks: &[Check::Names],
};

/// Reports the name of a member that another revision has.
pub(crate) fn report(
    name: Node<'_>,
    member: &Member,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let (name_text, revision) = (&member.name, context.revision_name());
    let existence = context.existence(member.life);
    findings.report(
        name,
        words!(
            "{} is not in revision {}: {}",
            ours(name_text),
            ours(revision),
            ours(&existence)
        ),
    );
}

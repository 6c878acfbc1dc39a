//! Null where a value must be.

use crate::diagnostic::{Category, Edit, Example, Fix, Rule, Severity};
use crate::json::Node;
use crate::model::{Edm, TypeRef};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Context, Expected, Findings, no_value};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "null-not-allowed",
        category: Category::Schema,
        default: Some(Severity::Warning),
        exceptions: &[(Severity::Error, "for numbers, booleans and enumerations")],
        summary: "null in a member that is not nullable",
        why: "The service's metadata says which members may be null. Live data can deviate for \
            dates and durations while a deployment is running, so those are only warnings.",
        source: "CSDL of the resource",
        bad: &[
            Example::new(r#"{"deploymentEndDateTime": ⟦null⟧, "targetedAppCount": 3}"#)
                .fixed_unsafely(r#"{"targetedAppCount": 3}"#),
            Example::new(r#"{"targetedAppCount": ⟦null⟧}"#),
            Example::new(r#"{"policyStatusDetails": [⟦null⟧], "targetedAppCount": 3}"#)
                .fixed_unsafely(r#"{"policyStatusDetails": [], "targetedAppCount": 3}"#),
        ],
        good: &[Example::new(
            r#"{"enrollmentFailureDetails": null, "targetedAppCount": 3}"#,
        )],
    },
    checks: &[Check::Schema],
};

/// Reports a null.
pub(crate) fn report(
    value: Node<'_>,
    expected: Expected<'_>,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let member = expected.member;
    let (help, fix) = if expected.element {
        let edit = Edit::delete(value.removal());
        let fix = Fix::not_safe("take it out of the array", [edit]);
        ("take it out of the array".into(), Some(fix))
    } else {
        let none = no_value(member, context);
        let fix = none.fix(value, member, context, findings);
        (none.words(), fix)
    };
    let severity = match member.type_ref {
        TypeRef::Enumeration(_) | TypeRef::Edm(Edm::Boolean) => Severity::Error,
        TypeRef::Edm(edm) if edm.is_number() => Severity::Error,
        _ => Severity::Warning,
    };
    findings
        .report(
            value,
            words!(
                "{} is null, but its type is not nullable",
                ours(&member.name)
            ),
        )
        .severity(severity)
        .maybe_fix(fix)
        .help(help);
}

//! The all-zero identifier.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::guid::GuidRemark;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, GuidLiteral, no_value};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "zero-guid",
        category: Category::Value,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "an identifier that is all zeros",
        why: "All zeros is what an unset GUID looks like: it identifies nothing, and a join by it \
            matches events that have nothing in common.",
        source: "consumers of the resource, which test for it",
        bad: &[Example::new(
            r#"{"deviceId": ⟦"00000000-0000-0000-0000-000000000000"⟧, "targetedAppCount": 3}"#,
        )],
        good: &[Example::new(
            r#"{"deviceId": "00000000-0000-0000-0000-000000000001", "targetedAppCount": 3}"#,
        )],
    },
    checks: &[Check::Guid(check)],
};

fn check(literal: &GuidLiteral<'_>, findings: &mut Findings<'_>) {
    if literal.result.is_ok_and(|remark| remark == GuidRemark::Nil) {
        let name = &literal.member.name;
        findings
            .report(
                literal.node,
                words!(
                    "{} is the all-zero GUID, which identifies nothing",
                    ours(name)
                ),
            )
            .help(no_value(literal.member, literal.context).words());
    }
}

//! Counts below zero.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::model::Member;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, IntegerLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "negative-count",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a count below zero",
        why: "Nothing can be targeted fewer than zero times. Only members that count something are \
            checked: an error code may well be negative.",
        source: "meaning of the members",
        bad: &[Example::new(r#"{"targetedAppCount": ⟦-1⟧}"#)],
        good: &[
            Example::new(r#"{"targetedAppCount": 0}"#),
            Example::new(
                r#"{"policyStatusDetails": [{"errorCode": -2016281112}], "targetedAppCount": 0}"#,
            ),
        ],
    },
    checks: &[Check::Integer(check)],
};

fn check(literal: &IntegerLiteral<'_>, findings: &mut Findings<'_>) {
    let name = &literal.member.name;
    if literal
        .result
        .is_ok_and(|count| is_below_zero(literal.member, count))
    {
        findings
            .report(
                literal.node,
                words!("{} is {}, below zero", ours(name), literal.quoted().bare()),
            )
            .help("write how many there are; 0 where there are none");
    }
}

/// Whether a number is none that the member counts.
pub(crate) fn is_below_zero(member: &Member, number: i64) -> bool {
    member.name.ends_with("Count") && number < 0
}

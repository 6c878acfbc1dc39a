//! Numbers that are no integer literal.

use crate::diagnostic::{Applicability, Category, Example, Rule, Severity};
use crate::edm::Grammar;
use crate::edm::integer::IntegerFault;
use crate::model::{Member, TypeRef};
use crate::rules::value::negative_count::is_below_zero;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, IntegerLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "integer-form",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a number that is not written as an integer",
        why: "JSON Schema treats `3.0` as an integer. OData reads it as a decimal number and \
            rejects it where an integer is declared.",
        source: "OData JSON format 4.01 section 7.1; ABNF int32Value",
        bad: &[
            Example::new(r#"{"targetedAppCount": ⟦3.0⟧}"#).fixed(r#"{"targetedAppCount": 3}"#),
            Example::new(r#"{"targetedAppCount": ⟦3e0⟧}"#).fixed(r#"{"targetedAppCount": 3}"#),
            Example::new(r#"{"targetedAppCount": ⟦3.5⟧}"#),
        ],
        good: &[
            Example::new(r#"{"targetedAppCount": 3}"#),
            Example::new(r#"{"targetedAppCount": -0}"#),
        ],
    },
    checks: &[Check::Integer(check)],
};

fn check(literal: &IntegerLiteral<'_>, findings: &mut Findings<'_>) {
    let Err(fault @ IntegerFault::Form { equals }) = literal.result else {
        return;
    };
    let (name, text) = (ours(&literal.member.name), literal.quoted());
    let message = words!(
        "{} {} is not an integer: {}",
        name,
        text,
        ours(&fault.message())
    );
    let equal = equals.filter(|number| is_right(literal.member, *number));
    let fix = |number: i64| literal.fix(Applicability::Safe, &number.to_string());
    findings
        .report(literal.node, message)
        .maybe_fix(equal.map(fix))
        .maybe_help(equal.map(|number| words!("write {}", number)));
}

/// Whether no rule would refuse the integer.
fn is_right(member: &Member, number: i64) -> bool {
    let TypeRef::Edm(edm) = member.type_ref else {
        return false;
    };
    matches!(edm.grammar(), Grammar::Integer(range) if range.contains(&number))
        && !is_below_zero(member, number)
}

//! Integers outside their type.

use crate::edm::integer::IntegerFault;
use crate::lint::{Findings, IntegerLiteral};
use crate::quote::quote;
use crate::rules::{Category, Check, Example, Rule, Severity};

/// The declaration.
pub static RULE: Rule = Rule {
    name: "integer-range",
    category: Category::Value,
    default: Some(Severity::Error),
    summary: "outside the range of its integer type",
    why: "The counts are 32-bit numbers to the service.",
    source: "OData CSDL, Edm.Int32",
    bad: &[Example::new(r#"{"targetedAppCount": ⟦2147483648⟧}"#)],
    good: &[Example::new(r#"{"targetedAppCount": 2147483647}"#)],
    checks: &[Check::Integer(check)],
};

fn check(literal: &IntegerLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ IntegerFault::Range { .. }) = literal.result {
        let (name, text) = (&literal.member.name, quote(literal.text));
        findings.report(
            literal.node,
            format!("{name} {text} is out of range: {}", fault.message()),
        );
    }
}

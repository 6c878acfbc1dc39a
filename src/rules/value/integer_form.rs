//! Numbers that are no integer literal.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::integer::IntegerFault;
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
            Example::new(r#"{"targetedAppCount": ⟦3.0⟧}"#),
            Example::new(r#"{"targetedAppCount": ⟦3e0⟧}"#),
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
    if let Err(fault @ IntegerFault::Form { .. }) = literal.result {
        let (name, text) = (ours(&literal.member.name), literal.quoted());
        findings.report(
            literal.node,
            words!("{} {} is not an integer: {}", name, text, fault.words()),
        );
    }
}

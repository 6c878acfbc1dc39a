//! Numbers outside their type.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::integer::IntegerFault;
use crate::edm::number::NumberFault;
use crate::rules::{Check, Declaration};
use crate::view::{Findings, IntegerLiteral, NumberLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "integer-range",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a number outside the range of its type",
        why: "The service stores counts as 32-bit integers. In other resources, each number has \
            the range of its own type, including Edm.Double, Edm.Single and Edm.Decimal.",
        source: "OData CSDL 4.01 section 3.3; .NET Decimal, Double and Single",
        bad: &[Example::new(r#"{"targetedAppCount": ⟦2147483648⟧}"#)],
        good: &[Example::new(r#"{"targetedAppCount": 2147483647}"#)],
    },
    checks: &[Check::Integer(check), Check::Number(number)],
};

fn check(literal: &IntegerLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ IntegerFault::Range { .. }) = literal.result {
        findings.report(literal.node, super::out_of_range(literal, &fault.message()));
    }
}

fn number(literal: &NumberLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ NumberFault::Range) = literal.result {
        findings.report(literal.node, super::out_of_range(literal, &fault.message()));
    }
}

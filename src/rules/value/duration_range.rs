//! Durations that cannot be stored.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::duration::DurationFault;
use crate::rules::{Check, Declaration};
use crate::view::{DurationLiteral, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "duration-range",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a duration beyond the range of a .NET TimeSpan",
        why: "The service stores a duration as a .NET TimeSpan: a 64-bit count of 100 ns ticks, \
            about 29,000 years in either direction. Each component is read as a 32-bit number.",
        source: ".NET TimeSpan and XmlConvert.ToTimeSpan",
        bad: &[
            Example::new(r#"{"deploymentDuration": ⟦"PT4294967296S"⟧}"#),
            Example::new(r#"{"deploymentDuration": ⟦"P10675200D"⟧}"#),
        ],
        good: &[Example::new(
            r#"{"deploymentDuration": "P10675199DT2H48M5.4775807S"}"#,
        )],
    },
    checks: &[Check::Duration(check)],
};

fn check(literal: &DurationLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ DurationFault::Range(_)) = literal.result {
        let message = super::out_of_range(literal, &fault.message());
        findings.report(literal.node, message);
    }
}

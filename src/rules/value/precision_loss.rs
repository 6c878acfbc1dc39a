//! More digits than a tick can hold.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "precision-loss",
        category: Category::Value,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a time with more than 7 fraction digits of a second",
        why: "The service stores time in ticks of 100 ns. It rounds a date that is finer, and \
            truncates a duration.",
        source: ".NET DateTimeOffset and TimeSpan",
        bad: &[
            Example::new(r#"{"eventDateTime": ⟦"2024-05-02T09:14:03.12345678Z"⟧}"#),
            Example::new(r#"{"deploymentDuration": ⟦"PT1.12345678S"⟧}"#),
        ],
        good: &[Example::new(
            r#"{"eventDateTime": "2024-05-02T09:14:03.1234567Z", "deploymentDuration": "PT1.1234567S"}"#,
        )],
    },
    checks: &[
        Check::DateTime(date_time),
        Check::DateOrTime(date_or_time),
        Check::Duration(duration),
    ],
};

fn date_time(literal: &DateTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if literal
        .result
        .is_ok_and(|value| value.remarks.excess_digits)
    {
        report(literal.node, &literal.member.name, findings);
    }
}

fn date_or_time(literal: &DateOrTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if literal.result.is_ok_and(|remarks| remarks.excess_digits) {
        report(literal.node, &literal.member.name, findings);
    }
}

fn duration(literal: &DurationLiteral<'_>, findings: &mut Findings<'_>) {
    if literal
        .result
        .is_ok_and(|value| value.remarks.excess_digits)
    {
        report(literal.node, &literal.member.name, findings);
    }
}

fn report(node: Node<'_>, name: &str, findings: &mut Findings<'_>) {
    let message = words!(
        "{} has more than 7 fraction digits; the service keeps 7",
        ours(name)
    );
    findings.report(node, message);
}

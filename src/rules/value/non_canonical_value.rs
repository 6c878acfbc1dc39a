//! Legal, but not as the service writes it.

use crate::edm::{date_time, duration};
use crate::json::Node;
use crate::lint::{DateTimeLiteral, DurationLiteral, Findings};
use crate::rules::{Category, Check, Example, Rule};

/// The declaration.
pub static RULE: Rule = Rule {
    name: "non-canonical-value",
    category: Category::Value,
    default: None,
    summary: "legal, but not as the service writes it",
    why: "Off by default: the value is right. In data that claims to come from the service the \
        spelling gives another writer away: `P0D`, `PT300S`, no seconds, `-00:00`.",
    source: ".NET XmlConvert",
    bad: &[
        Example::new(r#"{"deploymentDuration": ⟦"P0D"⟧}"#),
        Example::new(r#"{"deploymentDuration": ⟦"PT300S"⟧}"#),
        Example::new(r#"{"eventDateTime": ⟦"2024-05-02T09:14Z"⟧}"#),
    ],
    good: &[Example::new(
        r#"{"deploymentDuration": "PT5M", "eventDateTime": "2024-05-02T09:14:03.5Z"}"#,
    )],
    checks: &[Check::DateTime(date_time), Check::Duration(duration)],
};

fn date_time(literal: &DateTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if let Ok(value) = literal.result
        && value.remarks.non_canonical
    {
        let canonical = date_time::canonical(value.ticks, value.offset_minutes);
        report(literal.node, &literal.member.name, &canonical, findings);
    }
}

fn duration(literal: &DurationLiteral<'_>, findings: &mut Findings<'_>) {
    if let Ok(value) = literal.result
        && value.remarks.non_canonical
    {
        let canonical = duration::canonical(value.ticks);
        report(literal.node, &literal.member.name, &canonical, findings);
    }
}

fn report(node: Node<'_>, name: &str, canonical: &str, findings: &mut Findings<'_>) {
    findings
        .report(
            node,
            format!("{name} is not written as the service writes it"),
        )
        .help(format!("write `{canonical}`"));
}

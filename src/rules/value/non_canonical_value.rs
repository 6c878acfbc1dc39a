//! Legal, but not as the service writes it.

use super::precision_loss;
use crate::diagnostic::{Applicability, Category, Example, Rule};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, SpellingLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "non-canonical-value",
        category: Category::Value,
        default: None,
        exceptions: &[],
        summary: "a legal value that the service would write differently",
        why: "Off by default because the value is correct. In data that claims to come from the \
            service, `P0D`, `PT300S`, missing seconds or `-00:00` reveal another writer.",
        source: ".NET XmlConvert",
        bad: &[
            Example::new(r#"{"deploymentDuration": ⟦"P0D"⟧}"#)
                .fixed(r#"{"deploymentDuration": "PT0S"}"#),
            Example::new(r#"{"deploymentDuration": ⟦"PT300S"⟧}"#)
                .fixed(r#"{"deploymentDuration": "PT5M"}"#),
            Example::new(r#"{"eventDateTime": ⟦"2024-05-02T09:14Z"⟧}"#)
                .fixed(r#"{"eventDateTime": "2024-05-02T09:14:00Z"}"#),
        ],
        good: &[Example::new(
            r#"{"deploymentDuration": "PT5M", "eventDateTime": "2024-05-02T09:14:03.5Z"}"#,
        )],
    },
    checks: &[Check::Spelling(check)],
};

fn check(literal: &SpellingLiteral<'_>, findings: &mut Findings<'_>) {
    if literal.text == literal.result {
        return;
    }
    let name = &literal.member.name;
    // What the service does not keep, somebody may need.
    let sure = if precision_loss::loses(literal.text) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    findings
        .report(
            literal.node,
            words!("{} is not written as the service writes it", ours(name)),
        )
        .maybe_fix(Some(literal.fix(sure, literal.result)))
        .help(words!("write {}", literal.quoted_as(literal.result)));
}

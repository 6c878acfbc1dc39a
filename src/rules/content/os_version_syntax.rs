//! Windows versions that are not four numbers.

use super::placeholder_value;
use crate::diagnostic::{Category, Example, Fix, Rule, Severity};
use crate::edm::shape;
use crate::json;
use crate::model::Role;
use crate::rules::{Check, Declaration};
use crate::text::invisible;
use crate::text::words::{Words, ours, quoted, words};
use crate::view::{Findings, TextLiteral, edits};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "os-version-syntax",
        category: Category::Content,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "an OS version that is not four dotted numbers",
        why: "Windows reports its version as major, minor, build and revision, and consumers \
            compare it number by number. Test data often omits the revision.",
        source: "live data of the resource",
        bad: &[
            Example::new(r#"{"osVersion": ⟦"10.0.19045"⟧, "deploymentState": "success"}"#),
            Example::new(
                r#"{"osVersion": ⟦"Microsoft Windows [Version 10.0.19045.3693]"⟧, "deploymentState": "success"}"#,
            )
            .fixed_unsafely(r#"{"osVersion": "10.0.19045.3693", "deploymentState": "success"}"#),
        ],
        good: &[
            Example::new(r#"{"osVersion": "10.0.26200.8893", "deploymentState": "success"}"#),
            Example::new(r#"{"osVersion": "", "deploymentState": "success"}"#),
            Example::new(r#"{"osVersion": null, "deploymentState": "success"}"#),
        ],
    },
    checks: &[Check::Role(Role::OsVersion, is_usual, check)],
};

fn check(literal: &TextLiteral<'_>, findings: &mut Findings<'_>) {
    let text = literal.text;
    // Not by the predicate: a wrong one would lose findings on both paths.
    if text.is_empty() || numbers(text) == Some(4) {
        return;
    }
    let stands_for_none = placeholder_value::recognise(text, literal.context.model).is_some();
    let hides_one = invisible::without(text, false)
        .is_some_and(|(_, text)| text.is_empty() || numbers(&text) == Some(4));
    if stands_for_none || hides_one {
        return;
    }
    let (help, fix) = match numbers(text) {
        Some(3) => (Some("add the revision, the fourth number".into()), None),
        _ => version(literal).unzip(),
    };
    let name = &literal.member.name;
    findings
        .report(
            literal.node,
            words!(
                "{} {} is not four dotted numbers",
                ours(name),
                literal.quoted()
            ),
        )
        .maybe_help(help)
        .maybe_fix(fix);
}

fn is_usual(text: &str) -> bool {
    text.is_empty() || numbers(text) == Some(4)
}

/// The version in a text, and the fix that writes it alone.
fn version(literal: &TextLiteral<'_>) -> Option<(Words, Fix)> {
    let parts = literal
        .text
        .split(|c: char| !c.is_ascii_digit() && c != '.');
    let version = parts.into_iter().find(|part| numbers(part) == Some(4))?;
    let certain = shape::is_windows_version(version);
    let help = words!("write {}", quoted(version).shown_if(certain));
    let edits = edits(literal.node, &json::string_token(version), certain);
    // What stands around it may be more than a name.
    Some((help.clone(), Fix::not_safe(help, edits)))
}

/// Digits that a 32-bit number can have.
const MOST_DIGITS: usize = 10;

/// How many dotted numbers a text is; `None` where it is something else.
fn numbers(text: &str) -> Option<usize> {
    let mut digits = 0;
    let mut count = 1;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if digits < MOST_DIGITS => digits += 1,
            b'.' if digits > 0 => {
                digits = 0;
                count += 1;
            }
            _ => return None,
        }
    }
    (digits > 0).then_some(count)
}

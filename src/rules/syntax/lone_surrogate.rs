//! Half a surrogate pair.

use crate::diagnostic::{Category, Diagnostic, Example, Rule, Severity};
use crate::json::Span;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "lone-surrogate",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a `\\u` escape that is half a surrogate pair",
        why: "Half a pair encodes no character. Some readers reject the document, some substitute \
            U+FFFD, and others pass it on to fail later.",
        source: "RFC 8259 section 8.2; RFC 7493 section 2.1",
        bad: &[Example::new(r#"{"managedDeviceName": "LAPTOP-⟦\ud83d⟧"}"#)],
        good: &[Example::new(
            r#"{"managedDeviceName": "LAPTOP-\ud83d\ude80"}"#,
        )],
    },
    checks: &[Check::Reader],
};

/// The finding for the escape at `span` of `text`.
pub(crate) fn diagnostic(text: &str, span: Span) -> Diagnostic {
    let escape = &text[span.start..span.end];
    let half = if matches!(
        escape.as_bytes().get(3),
        Some(b'8'..=b'9' | b'a'..=b'b' | b'A'..=b'B')
    ) {
        "high half of a surrogate pair without the low one"
    } else {
        "low half of a surrogate pair without the high one"
    };
    let mut diagnostic = Diagnostic::of_text(
        &RULE.rule,
        span,
        words!("`{}` is the {}", ours(escape), half),
    );
    diagnostic.help = Some("write the character itself, or both escapes of the pair".into());
    diagnostic
}

//! The text is not JSON.

use crate::diagnostic::{Category, Diagnostic, Example, Rule, Severity};
use crate::json::SyntaxError;
use crate::rules::{Check, Declaration};
use crate::text::words::Words;

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "json-syntax",
        category: Category::Syntax,
        default: Some(Severity::Error),
        summary: "not JSON as RFC 8259 defines it",
        why: "A file that strict readers refuse is no payload at all. The message names the construct \
        at fault, and one finding is given for a document: what follows it would be guesswork.",
        source: "RFC 8259",
        bad: &[
            Example::new(r#"{"targetedAppCount": 3⟦,⟧}"#),
            Example::new(
                r#"{⟦// exported today⟧
"targetedAppCount": 3}"#,
            ),
            Example::new(r#"{⟦'osVersion'⟧: "10.0.26200.8893"}"#),
            Example::new(r#"{"targetedAppCount": ⟦NaN⟧}"#),
            Example::new(r#"{"targetedAppCount": ⟦03⟧}"#),
        ],
        good: &[Example::new(r#"{"targetedAppCount": 3}"#)],
    },
    checks: &[Check::Reader],
};

/// The finding for what the parser refused.
pub(crate) fn diagnostic(error: &SyntaxError) -> Diagnostic {
    let mut diagnostic = Diagnostic::of_text(&RULE.rule, error.span, error.kind.words());
    diagnostic.help = error.kind.help().map(Words::from);
    diagnostic
}

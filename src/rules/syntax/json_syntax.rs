//! The text is not JSON.

use crate::diagnostic::{Category, Diagnostic, Example, Rule, Severity};
use crate::foreign::Recognised;
use crate::json::SyntaxError;
use crate::rules::{Check, Declaration};
use crate::text::words::Words;

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "json-syntax",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "text that is not valid JSON (RFC 8259)",
        why: "Strict readers reject such a file outright, so nothing in it counts as a payload. \
            The message names the construct at fault or, where the file is something else (an \
            archive, a web page, a table, a Git LFS pointer), what it is. A document gets one such \
            finding: anything reported past the first fault would be guesswork.",
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
            Example::new("⟦id,deviceId,osVersion⟧\n1,2,10.0.26200.8893"),
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

/// The finding for a text that is no JSON because it is something else.
pub(crate) fn foreign(recognised: Recognised) -> Diagnostic {
    let Recognised { span, what } = recognised;
    Diagnostic {
        help: Some(what.cure.into()),
        ..Diagnostic::of_text(&RULE.rule, span, what.words())
    }
}

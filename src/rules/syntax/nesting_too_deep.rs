//! Brackets within brackets beyond the limit.

use crate::diagnostic::{Category, Diagnostic, Example, Rule, Severity};
use crate::json::SyntaxError;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "nesting-too-deep",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "nesting deeper than 128 levels",
        why: "Events nest only a few levels deep. The limit stops hostile input from exhausting \
            the stack of whatever reads the file next.",
        source: "limit of this tool; RFC 8259 section 9 lets a reader set one",
        bad: &[Example::new(
            r"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[⟦[⟧]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        )],
        good: &[Example::new(r#"{"targetedAppCount": 3}"#)],
    },
    checks: &[Check::Reader],
};

/// The finding for the bracket that is one too many.
pub(crate) fn diagnostic(error: &SyntaxError) -> Diagnostic {
    Diagnostic::of_text(
        &RULE.rule,
        error.span,
        words!("{}", ours(&error.kind.message())),
    )
}

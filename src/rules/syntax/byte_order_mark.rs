//! U+FEFF at the start of the file.

use crate::diagnostic::{Category, Diagnostic, Edit, Example, Fix, Rule, Severity};
use crate::json::Span;
use crate::rules::{Check, Declaration};
use crate::source::BYTE_ORDER_MARK;
use crate::text::words::words;

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "byte-order-mark",
        category: Category::Syntax,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a byte order mark at the start of the file",
        why: "Windows PowerShell writes the mark, RFC 8259 forbids it in JSON sent over a network, \
            and several readers reject it. This tool skips the mark and checks the rest.",
        source: "RFC 8259 section 8.1",
        bad: &[Example::new(r#"⟦﻿⟧{"targetedAppCount": 3}"#).fixed(r#"{"targetedAppCount": 3}"#)],
        good: &[Example::new(r#"{"targetedAppCount": 3}"#)],
    },
    checks: &[Check::Reader],
};

/// The finding for the mark that a text begins with.
pub(crate) fn diagnostic() -> Diagnostic {
    let span = Span::new(0, BYTE_ORDER_MARK.len());
    let mut diagnostic =
        Diagnostic::of_text(&RULE.rule, span, "the file begins with a byte order mark");
    diagnostic.help = Some("save it as UTF-8 without one".into());
    let fix = Fix::safe("remove the byte order mark", [Edit::delete(span)]);
    diagnostic.fix = Some(Box::new(fix));
    diagnostic
}

/// Says that the mark is that of a line of JSON Lines.
pub(crate) fn name_line(diagnostic: &mut Diagnostic, line: usize) {
    diagnostic.message = words!("line {} begins with a byte order mark", line);
    diagnostic.help =
        Some("write the mark nowhere: files that were joined often have one each".into());
}

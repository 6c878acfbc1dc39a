//! The text is not JSON.

use crate::diagnostic::{Applicability, Category, Diagnostic, Edit, Example, Fix, Rule, Severity};
use crate::foreign::Recognised;
use crate::json::{self, Span, SyntaxError, Tape};
use crate::rules::{Check, Declaration};
use crate::text::words::{Words, words};

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
            Example::new(r#"{"targetedAppCount": 3⟦,⟧}"#).fixed(r#"{"targetedAppCount": 3}"#),
            Example::new(
                r#"{
  ⟦// exported today⟧
  "targetedAppCount": 3
}"#,
            )
            .fixed_unsafely(
                r#"{
  "targetedAppCount": 3
}"#,
            ),
            Example::new(r#"{⟦'osVersion'⟧: "10.0.26200.8893"}"#)
                .fixed_unsafely(r#"{"osVersion": "10.0.26200.8893"}"#),
            Example::new(r#"{⟦targetedAppCount⟧: 0x3, 'deploymentState': "success"}"#)
                .fixed_unsafely(r#"{"targetedAppCount": 3, "deploymentState": "success"}"#),
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

/// What makes JSON of a text that the parser refused: all that it takes, or nothing. `tape` is
/// written over.
pub(crate) fn fix(text: &str, tape: &mut Tape) -> Option<Fix> {
    let repair = json::repair(text, tape)?;
    let mut message = Words::default();
    for (index, (mend, count)) in repair.mends.iter().enumerate() {
        let joint = match index {
            0 => "",
            index if index + 1 == repair.mends.len() => " and ",
            _ => ", ",
        };
        message = words!("{}{}{}", message, joint, mend.order(*count == 1));
    }
    let certain = repair.mends.iter().all(|(mend, _)| mend.is_certain());
    let applicability = if certain {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    let edits = repair.changes.into_iter().map(|change| {
        if change.is_value {
            Edit::rewrite(change.span, change.text)
        } else {
            Edit::replace(change.span, change.text)
        }
    });
    Some(Fix::new(applicability, message, edits))
}

/// How texts that follow one another are written, where each should stand on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// On several lines.
    Indented {
        /// How many the first such text takes.
        lines: usize,
    },
    /// With a comma between them.
    Comma,
    /// Behind U+001E, each one.
    RecordSeparator,
}

impl Layout {
    /// Tells it from the others.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Indented { .. } => "indented",
            Self::Comma => "comma",
            Self::RecordSeparator => "record separator",
        }
    }

    fn message(self) -> Words {
        match self {
            Self::Indented { lines } => words!(
                "not JSON Lines: this document takes {} lines, and should take one",
                lines
            ),
            Self::Comma => "comma between documents: in JSON Lines only the line end separates \
                            them"
                .into(),
            Self::RecordSeparator => "record separator (U+001E): this is a JSON text sequence \
                                      (RFC 7464), not JSON"
                .into(),
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Indented { .. } => {
                "write each document on one line, for example with `jq -c .`; name a file with a \
                 single document .json"
            }
            Self::Comma => {
                "remove the commas at the line ends; or write `[` before the first document and \
                 `]` behind the last one, and name the file .json"
            }
            Self::RecordSeparator => {
                "remove the record separators; documents on a line each belong in a file named \
                 .jsonl"
            }
        }
    }
}

/// The finding for texts that are written so, at the first place where it shows. They are checked
/// all the same.
pub(crate) fn written(layout: Layout, span: Span) -> Diagnostic {
    Diagnostic {
        help: Some(layout.help().into()),
        ..Diagnostic::of_text(&RULE.rule, span, layout.message())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::fixer::hold::hold;
    use crate::lint::Options;
    use crate::redact::Vocabulary;

    #[test]
    fn texts_are_mended_as_far_as_is_certain() {
        const E: &str = r#"{"deploymentState": "success"}"#;
        for (text, safe, not_safe) in [
            (r#"{"deploymentState": "success",}"#, E, E),
            ("\u{feff}\u{feff}{\"deploymentState\": \"success\",}", E, E),
            (
                "\u{feff}{deploymentState: 'success'}",
                "{deploymentState: 'success'}",
                E,
            ),
            // As Python prints it, and with what old systems write at the end.
            (
                "{'deploymentState': 'success'}",
                "{'deploymentState': 'success'}",
                E,
            ),
            (
                "{\"deploymentState\": \"success\"}\u{1a}",
                "{\"deploymentState\": \"success\"}\u{1a}",
                E,
            ),
            (
                "{\"deploymentState\": \"success\"}\0\0\0",
                "{\"deploymentState\": \"success\"}\0\0\0",
                E,
            ),
            // Certain and not, at once.
            (
                "{\"deploymentState\": \"success\", // done\n}",
                "{\"deploymentState\": \"success\", // done\n}",
                "{\"deploymentState\": \"success\"\n}",
            ),
            // What comes to light is mended next.
            (r#"{"DeploymentState": "success",}"#, E, E),
            // One fault too many.
            (
                r#"{"targetedAppCount": 03,}"#,
                r#"{"targetedAppCount": 03,}"#,
                "",
            ),
            (
                r#"{"deploymentState": "success,}"#,
                r#"{"deploymentState": "success,}"#,
                "",
            ),
            ("{'deploymentState': NaN,}", "{'deploymentState': NaN,}", ""),
        ] {
            let not_safe = if not_safe.is_empty() { safe } else { not_safe };
            hold(&Options::default(), &[(text, safe, not_safe)]);
        }
    }

    #[test]
    fn a_repair_says_all_that_it_does() {
        use Applicability::{Safe, Unsafe};
        let order = |text: &str| {
            let fix = fix(text, &mut Tape::new()).expect("a repair");
            (fix.message.to_string(), fix.applicability)
        };
        for (text, expected, applicability) in [
            ("[1,]", "remove the trailing comma", Safe),
            ("[[1,],]", "remove the trailing commas", Safe),
            (
                "['a',]",
                "remove the trailing comma and write strings in double quotes",
                Unsafe,
            ),
            (
                "[{a: 'a'},] // b",
                "remove the trailing comma, remove the comment, write strings in double quotes and \
                 put names in double quotes",
                Unsafe,
            ),
        ] {
            assert_eq!(order(text), (expected.to_owned(), applicability), "{text}");
        }
    }

    #[test]
    fn a_number_of_the_payload_is_withheld_under_redaction() {
        let fix = fix("[0x1F,]", &mut Tape::new()).expect("a repair");
        let mut found = Diagnostic::of_text(&RULE.rule, Span::new(0, 1), "x");
        found.fix = Some(Box::new(fix));
        let model = crate::model::table::autopilot_event();
        let redacted = found.redacted(&Vocabulary::new(Arc::new(model)));
        assert!(redacted.fix.expect("a repair").edits.is_empty());
    }
}

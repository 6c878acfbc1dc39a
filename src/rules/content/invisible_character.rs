//! Characters that nobody sees.

use crate::diagnostic::{Applicability, Category, Example, Fix, Rule, Severity};
use crate::json::{self, Node};
use crate::model::Role;
use crate::rules::{Check, Declaration};
use crate::text::invisible::{self, Hidden};
use crate::text::misread;
use crate::text::words::{MAX_QUOTED, Words, ours, quoted, words};
use crate::view::{Findings, TextLiteral, edits};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "invisible-character",
        category: Category::Content,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "bidirectional, zero-width or control characters, or leading or trailing blanks",
        why: "Two texts that look the same differ, and lookups by them fail without a trace. \
            Bidirectional controls can also make one name read as another. Joiners and selectors \
            inside emoji, Indic and Arabic words belong to the spelling and are not reported. \
            Where the character also makes a name, a date or an enumeration member wrong, the rule \
            for that reports it instead.",
        source: "Unicode Technical Report 36; Unicode Standard Annex 31 section 2.3",
        bad: &[
            Example::new(
                r#"{"managedDeviceName": ⟦"LAPTOP-\u200b42"⟧, "deploymentState": "success"}"#,
            )
            .fixed(r#"{"managedDeviceName": "LAPTOP-42", "deploymentState": "success"}"#),
            Example::new(r#"{"managedDeviceName": ⟦"LAPTOP-42 "⟧, "deploymentState": "success"}"#)
                .fixed(r#"{"managedDeviceName": "LAPTOP-42", "deploymentState": "success"}"#),
            Example::new(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": ⟦"Laptops "⟧, "deploymentState": "success"}"#,
            )
            .fixed_unsafely(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": "Laptops", "deploymentState": "success"}"#,
            ),
            Example::new(
                "{\"deviceSerialNumber\": ⟦\"PC6T\u{202e}LVBTR\"⟧, \"deploymentState\": \"success\"}",
            )
            .fixed_unsafely(r#"{"deviceSerialNumber": "PC6TLVBTR", "deploymentState": "success"}"#),
            Example::new(
                r#"{"osVersion": ⟦"10.0.26200.8893\u0000"⟧, "deploymentState": "success"}"#,
            )
            .fixed(r#"{"osVersion": "10.0.26200.8893", "deploymentState": "success"}"#),
            Example::new(r#"{⟦"@vendor.note\u200b"⟧: "x", "deploymentState": "success"}"#),
        ],
        good: &[
            Example::new(
                r#"{"managedDeviceName": "BÜRO-7", "windowsAutopilotDeploymentProfileDisplayName": "Équipe 👩‍💻 ❤️", "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": "نامه\u200cای", "windows10EnrollmentCompletionPageConfigurationDisplayName": "क्\u200dष", "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"enrollmentFailureDetails": "Error 0x80180014\r\n\tat step 2", "deploymentState": "failure"}"#,
            ),
        ],
    },
    checks: &[
        Check::Text(invisible::PLAIN, text),
        Check::Undeclared(undeclared),
    ],
};

fn text(literal: &TextLiteral<'_>, findings: &mut Findings<'_>) {
    // A GUID with such a character in it is none, which another rule says.
    if literal.member.role == Some(Role::Guid) {
        return;
    }
    let lines = literal.member.role == Some(Role::FreeText);
    let identifies = matches!(
        literal.member.role,
        Some(Role::UserPrincipalName | Role::SerialNumber | Role::OsVersion | Role::DeviceName)
    );
    let subject = Subject {
        name: &literal.member.name,
        lines,
        identifies,
    };
    report(literal.node, subject, literal.text, findings);
}

fn undeclared(node: Node<'_>, findings: &mut Findings<'_>) {
    let subject = Subject {
        name: "the text",
        lines: true,
        identifies: false,
    };
    report(node, subject, &node.text(), findings);
}

/// What a text is.
#[derive(Clone, Copy)]
struct Subject<'a> {
    name: &'a str,
    /// It may have several lines.
    lines: bool,
    /// It tells one thing from others by letters, digits and signs, as no text that people give
    /// names in does.
    identifies: bool,
}

impl Subject<'_> {
    /// How sure it is that a text says the same without what was found in it; `None` where something
    /// visible may belong there.
    fn sure(self, text: &str, found: &[Hidden]) -> Option<Applicability> {
        let hidden = |at: usize| found.binary_search_by_key(&at, |hidden| hidden.at).is_ok();
        let mut visible = text.char_indices().filter(|(at, _)| !hidden(*at));
        let first = visible.next().map_or(0, |(at, _)| at);
        let last = visible.next_back().map_or(first, |(at, _)| at);
        let mut sure = Applicability::Safe;
        for Hidden { at, c } in found {
            let inside = (first..last).contains(at);
            match c {
                // A blank stood there, or a character that was lost.
                c if inside && c.is_control() => return None,
                '\u{2028}' | '\u{2029}' if inside => return None,
                // The text is read in another order than it is shown.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => sure = Applicability::Unsafe,
                _ => {}
            }
        }
        // In other texts the service may have it too.
        Some(if self.identifies {
            sure
        } else {
            Applicability::Unsafe
        })
    }
}

fn report(node: Node<'_>, subject: Subject<'_>, text: &str, findings: &mut Findings<'_>) {
    let found = invisible::find(text, subject.lines);
    let Some(first) = found.first() else { return };
    // Soft hyphens and control characters that UTF-8 was read as, which another rule says.
    if misread::undo(text).is_some() {
        return;
    }
    let position = text[..first.at].chars().count() + 1;
    let others = match found.len() - 1 {
        0 => Words::default(),
        others => words!(" and {} more", others),
    };
    let what = invisible::describe(first.c);
    let cleaned = invisible::without(text, subject.lines).map(|(_, cleaned)| cleaned);
    let cleaned = cleaned.unwrap_or_default();
    let help = if !cleaned.is_empty() && cleaned.len() <= MAX_QUOTED {
        words!("write {}", quoted(&cleaned))
    } else {
        "take it out".into()
    };
    // Another name may be one that the object has already.
    let sure = subject.sure(text, &found).filter(|_| !node.is_name());
    let fix = sure.map(|sure| {
        let edits = edits(node, &json::string_token(&cleaned), false);
        Fix::new(sure, words!("write {}", quoted(&cleaned)), edits)
    });
    findings
        .report(
            node,
            words!(
                "{} holds {} at character {}{}",
                ours(subject.name),
                ours(&what),
                position,
                others
            ),
        )
        .maybe_fix(fix)
        .help(help);
}

//! Characters that nobody sees.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::model::Role;
use crate::rules::{Check, Declaration};
use crate::text::invisible::{self, Hidden};
use crate::text::misread;
use crate::text::words::{MAX_QUOTED, Words, ours, quoted, words};
use crate::view::{Findings, TextLiteral};

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
            ),
            Example::new(r#"{"managedDeviceName": ⟦"LAPTOP-42 "⟧, "deploymentState": "success"}"#),
            Example::new(
                "{\"deviceSerialNumber\": ⟦\"PC6T\u{202e}LVBTR\"⟧, \"deploymentState\": \"success\"}",
            ),
            Example::new(
                r#"{"osVersion": ⟦"10.0.26200.8893\u0000"⟧, "deploymentState": "success"}"#,
            ),
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
    let found = invisible::find(literal.text, lines);
    report(
        literal.node,
        &literal.member.name,
        &found,
        literal.text,
        findings,
    );
}

fn undeclared(node: Node<'_>, findings: &mut Findings<'_>) {
    let text = node.text();
    let found = invisible::find(&text, true);
    report(node, "the text", &found, &text, findings);
}

fn report(
    node: Node<'_>,
    subject: &str,
    found: &[Hidden],
    text: &str,
    findings: &mut Findings<'_>,
) {
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
    let help = match invisible::without(text) {
        Some((_, cleaned)) if !cleaned.is_empty() && cleaned.len() <= MAX_QUOTED => {
            words!("write {}", quoted(&cleaned))
        }
        _ => "take it out".into(),
    };
    findings
        .report(
            node,
            words!(
                "{} holds {} at character {}{}",
                ours(subject),
                ours(&what),
                position,
                others
            ),
        )
        .help(help);
}

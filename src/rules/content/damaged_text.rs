//! Text that was read in the wrong encoding.

use crate::diagnostic::{Category, Example, Fix, Rule, Severity};
use crate::json::{self, Node};
use crate::model::Role;
use crate::rules::{Check, Declaration};
use crate::text::invisible;
use crate::text::misread::{self, Misread};
use crate::text::words::{MAX_QUOTED, Words, ours, quoted, words};
use crate::view::{Findings, TextLiteral, edits};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "damaged-text",
        category: Category::Content,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "U+FFFD, or UTF-8 that was read in another encoding",
        why: "A program read the text in the wrong encoding and saved the result. Windows \
            PowerShell does so with a file without a byte order mark, a console with the output of \
            another program. Lookups by the text fail without a trace. A text counts as misread \
            only if all of it goes back to UTF-8, so `SÃO PAULO` and `CAFÉ™` are not reported. \
            U+FFFD stands where a reader gave up: what was there is lost.",
        source: "Unicode Standard, section 23.8; WHATWG Encoding, windows-1252",
        bad: &[
            Example::new(r#"{"managedDeviceName": ⟦"BÃ¼ro-7"⟧, "deploymentState": "success"}"#)
                .fixed_unsafely(r#"{"managedDeviceName": "Büro-7", "deploymentState": "success"}"#),
            Example::new(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": ⟦"Contosoâ€™s laptops"⟧, "deploymentState": "success"}"#,
            )
            .fixed_unsafely(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": "Contoso’s laptops", "deploymentState": "success"}"#,
            ),
            Example::new(r#"{"managedDeviceName": ⟦"BÃƒÂ¼ro-7"⟧, "deploymentState": "success"}"#)
                .fixed_unsafely(r#"{"managedDeviceName": "Büro-7", "deploymentState": "success"}"#),
            Example::new(
                "{\"managedDeviceName\": ⟦\"B\u{fffd}ro-7\"⟧, \"deploymentState\": \"success\"}",
            ),
            Example::new(r#"{⟦"@vendor.bÃ¼ro"⟧: "x", "deploymentState": "success"}"#),
        ],
        good: &[
            Example::new(
                r#"{"managedDeviceName": "BÜRO-7", "windowsAutopilotDeploymentProfileDisplayName": "SÃO PAULO « Été »", "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": "Nguyễn Thị Hường, CAFÉ™", "deploymentState": "success"}"#,
            ),
        ],
    },
    checks: &[
        Check::Text(invisible::PLAIN, text),
        Check::Undeclared(undeclared),
    ],
};

/// The mark of what a reader could not decode.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// What helps where characters are lost.
const TAKE_AGAIN: &str = "take the text from its source again, in the encoding it was written in";

fn text(literal: &TextLiteral<'_>, findings: &mut Findings<'_>) {
    // A GUID with such a character in it is none, which another rule says.
    if literal.member.role != Some(Role::Guid) {
        let name = &literal.member.name;
        let lines = literal.member.role == Some(Role::FreeText);
        report(literal.node, name, literal.text, lines, findings);
    }
}

fn undeclared(node: Node<'_>, findings: &mut Findings<'_>) {
    report(node, "the text", &node.text(), true, findings);
}

fn report(node: Node<'_>, subject: &str, text: &str, lines: bool, findings: &mut Findings<'_>) {
    if text.is_ascii() {
        return;
    }
    if let Some((message, help)) = lost(node, subject, text) {
        findings.report(node, message).help(help);
        return;
    }
    let Some(misread) = misread::undo(text) else {
        return;
    };
    let message = how(subject, &misread);
    let mended = match invisible::without(&misread.mended, lines) {
        Some((_, cleaned)) => cleaned,
        None => misread.mended,
    };
    let is_whole = !mended.is_empty() && !mended.contains(REPLACEMENT);
    // Another name may be one that the object has already.
    let fix = (is_whole && !node.is_name() && !findings.are_only_counted()).then(|| {
        let edits = edits(node, &json::string_token(&mended), false);
        Fix::not_safe(words!("write {}", quoted(&mended)), edits)
    });
    findings
        .report(node, message)
        .maybe_fix(fix)
        .help(help(&mended));
}

/// Whether a token itself holds the mark: half a surrogate pair is read as one, which another rule
/// says.
fn is_marked(node: Node<'_>) -> bool {
    let raw = node.raw();
    let escaped = || raw.to_ascii_lowercase().contains("\\ufffd");
    !node.has_lone_surrogate() && (raw.contains(REPLACEMENT) || escaped())
}

/// That characters are lost, and what to do about it.
fn lost(node: Node<'_>, subject: &str, text: &str) -> Option<(Words, Words)> {
    let at = text.find(REPLACEMENT).filter(|_| is_marked(node))?;
    let position = text[..at].chars().count() + 1;
    let others = match text.matches(REPLACEMENT).count() - 1 {
        0 => Words::default(),
        others => words!(" and {} more", others),
    };
    let message = words!(
        "{} holds U+FFFD, the mark of a lost character, at character {}{}",
        ours(subject),
        position,
        others
    );
    Some((message, TAKE_AGAIN.into()))
}

/// How a text was misread.
fn how(subject: &str, misread: &Misread) -> Words {
    let times = match misread.times {
        1 => Words::default(),
        2 => " twice".into(),
        times => words!(" {} times", times),
    };
    words!(
        "{} is UTF-8 that was read as {}{}",
        ours(subject),
        misread.page,
        times
    )
}

/// What to do about a text that was this before it was misread.
fn help(mended: &str) -> Words {
    if mended.contains(REPLACEMENT) {
        TAKE_AGAIN.into()
    } else if mended.is_empty() || mended.chars().count() > MAX_QUOTED {
        "read its source as UTF-8".into()
    } else {
        words!("write {}", quoted(mended))
    }
}

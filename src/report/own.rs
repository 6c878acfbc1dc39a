//! Texts that this program writes, told by how they begin.
//!
//! Owns the beginnings. Whoever passes such a text over must see for himself that it is one: anybody
//! can write a beginning.

use crate::rules;
use crate::source::BYTE_ORDER_MARK;

/// How a text of this program is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnForm {
    /// One JSON document.
    Document,
    /// A JSON document a line.
    Lines,
}

/// What the documents hold near their beginning, blanks left out.
const DOCUMENTS: [&str; 3] = [
    // `json`, `sarif`.
    r#""tool":{"name":"autopilot-lint""#,
    r#""tool":{"driver":{"name":"autopilot-lint""#,
    // Printed by `schema` and `derive`.
    r#""$id":"urn:autopilot-lint:schema:"#,
];

/// The form of a text that begins with `head` and may be one of ours.
#[must_use]
pub fn own_form(head: &[u8]) -> Option<OwnForm> {
    let head = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    let head: Vec<u8> = head
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let holds = |text: &str| memchr::memmem::find(&head, text.as_bytes()).is_some();
    let begins_with_rule = |before: &str, after: &str| {
        let rest = head.strip_prefix(before.as_bytes())?;
        let named = |rule: &&&crate::diagnostic::Rule| {
            let rest = rest.strip_prefix(rule.name.as_bytes());
            rest.is_some_and(|rest| rest.starts_with(after.as_bytes()))
        };
        rules::ALL.iter().find(named)
    };
    if head.starts_with(b"{") && DOCUMENTS.iter().any(|text| holds(text)) {
        return Some(OwnForm::Document);
    }
    if begins_with_rule(r#"{"rule":""#, r#"","category":""#).is_some() {
        return Some(OwnForm::Lines);
    }
    // `gitlab`.
    let is_document = begins_with_rule(r#"[{"description":""#, ":").is_some()
        || begins_with_rule(r#"[{"name":""#, r#"","category":""#).is_some()
        || is_baseline(&head);
    is_document.then_some(OwnForm::Document)
}

fn is_baseline(head: &[u8]) -> bool {
    let after_version = head.strip_prefix(br#"{"version":"#).map(|rest| {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        &rest[digits..]
    });
    let findings = after_version.and_then(|rest| rest.strip_prefix(br#","findings":["#));
    findings.is_some_and(|rest| {
        [&br#"{"file":""#[..], b"]}"]
            .iter()
            .any(|begin| rest.starts_with(begin))
    })
}

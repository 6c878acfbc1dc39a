//! From bytes to a document: encoding, byte order mark, JSON, duplicate names.
//!
//! Owns what is reported before anything is known of the resource. The words of these rules are in
//! `rules::syntax`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{self, Document, Kind, Node, SyntaxErrorKind, Tape, duplicates};
use crate::rules::syntax;
use crate::source::BYTE_ORDER_MARK;

use crate::view::{Enclosure, Findings, Payload};

/// How long the byte order mark is that a document begins with.
#[must_use]
pub fn mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// Reads `bytes`, which begin after any byte order mark, into `tape`; `None` where they are no JSON
/// text, which is then reported.
pub(super) fn open<'a>(
    bytes: &'a [u8],
    tape: &'a mut Tape,
    diagnostics: &mut Diagnostics,
) -> Option<Document<'a>> {
    let text = match syntax::invalid_encoding::decode(bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return None;
        }
    };
    if let Err(error) = json::parse(text, tape) {
        diagnostics.push(match error.kind {
            SyntaxErrorKind::NestingTooDeep => syntax::nesting_too_deep::diagnostic(&error),
            _ => syntax::json_syntax::diagnostic(&error),
        });
        return None;
    }
    diagnostics.extend(lone_surrogates(text, tape));
    Some(Document::new(text, tape))
}

/// Reports the halves of surrogate pairs.
pub(super) fn lone_surrogates(text: &str, tape: &Tape) -> Vec<Diagnostic> {
    let escapes = tape.lone_surrogates().iter();
    let found = escapes.map(|escape| syntax::lone_surrogate::diagnostic(text, *escape));
    found.collect()
}

/// Reports the duplicate names of the objects around payloads. A document without an envelope or
/// a payload is not looked into: that it holds no event is the one thing to say of it.
pub(super) fn duplicates_around(enclosure: &Enclosure<'_>, diagnostics: &mut Diagnostics) {
    let Some(envelope) = enclosure.envelope else {
        return;
    };
    duplicates_of(envelope, None, diagnostics);
    for member in envelope
        .members()
        .filter(|member| !member.is_named("value"))
    {
        duplicates_within(member.value, None, diagnostics);
    }
}

/// Reports the duplicate names of one object.
pub(super) fn duplicates_of(
    object: Node<'_>,
    payload: Option<&Payload<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let rule = &syntax::duplicate_member::RULE.rule;
    for duplicate in duplicates::of_object(object) {
        let mut findings = Findings::new(rule, payload, diagnostics);
        syntax::duplicate_member::report(&duplicate, &mut findings);
    }
}

/// Reports the duplicate names of all objects in a value of no declared type.
pub(super) fn duplicates_within(
    value: Node<'_>,
    payload: Option<&Payload<'_>>,
    diagnostics: &mut Diagnostics,
) {
    // Nesting is bounded by the parser.
    match value.kind() {
        Kind::Object => {
            duplicates_of(value, payload, diagnostics);
            for member in value.members() {
                duplicates_within(member.value, payload, diagnostics);
            }
        }
        Kind::Array => {
            for element in value.elements() {
                duplicates_within(element, payload, diagnostics);
            }
        }
        _ => {}
    }
}

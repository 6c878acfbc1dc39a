//! From bytes to a document: encoding, byte order mark, JSON, duplicate names.
//!
//! Owns what is reported before anything is known of the resource. The words of these rules are in
//! `rules::syntax`.

use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Identity};
use crate::foreign;
use crate::json::{self, Document, Kind, Limit, Node, SyntaxErrorKind, Tape, duplicates};
use crate::redact::Vocabulary;
use crate::rules::syntax;
use crate::source::BYTE_ORDER_MARK;
use crate::text::wide;
use crate::view::{Enclosure, Findings, Payload, Spelling};

/// How long the byte order mark is that a document begins with.
#[must_use]
pub fn mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// Why there is no document.
pub(super) enum Unreadable {
    /// It is no JSON text, which is reported.
    Faulty,
    /// Nothing is known of it, and nothing reported: it is beyond a limit.
    OverLimit(Limit),
}

/// Reads `bytes`, which begin after any byte order mark, into `tape`.
pub(super) fn open<'a>(
    bytes: &'a [u8],
    tape: &'a mut Tape,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) -> Result<Document<'a>, Unreadable> {
    let mut unreadable =
        |found: Diagnostic, construct: &str, fix: &mut dyn FnMut() -> Option<Fix>| {
            let mut identity = Identity::default();
            identity.add(construct);
            match wide::encoding(bytes) {
                Some(wide) => identity.add_unreadable(wide.read(bytes).as_bytes(), vocabulary),
                None => identity.add_unreadable(bytes, vocabulary),
            }
            // Of findings that are only counted nobody asks what mends them.
            let asked = !diagnostics.is_full_of(found.rule);
            diagnostics.push(Diagnostic {
                identity: identity.0,
                fix: asked.then(fix).flatten().map(Box::new),
                ..found
            });
        };
    let text = match syntax::invalid_encoding::decode(bytes) {
        Ok(text) => text,
        Err(found) => {
            let mut fix = || syntax::invalid_encoding::fix(bytes, tape);
            match foreign::in_bytes(bytes) {
                Some(it) => {
                    let found = syntax::invalid_encoding::foreign(it);
                    unreadable(*found, it.what.name, &mut fix);
                }
                None => unreadable(*found, "", &mut fix),
            }
            return Err(Unreadable::Faulty);
        }
    };
    if let Err(error) = json::parse(text, tape) {
        if let Some(limit) = json::exceeded(&error, text.len()) {
            return Err(Unreadable::OverLimit(limit));
        }
        let mut fix = || syntax::json_syntax::fix(text, tape);
        if let Some(it) = foreign::in_text(text, &error) {
            let found = syntax::json_syntax::foreign(it);
            unreadable(found, it.what.name, &mut fix);
            return Err(Unreadable::Faulty);
        }
        // Without the character that some have: it may be one of a name.
        let construct = format!("{:?}", error.kind);
        let construct = construct.split('(').next().unwrap_or_default();
        if error.kind == SyntaxErrorKind::NestingTooDeep {
            let found = syntax::nesting_too_deep::diagnostic(&error);
            unreadable(found, construct, &mut || None);
        } else {
            let found = syntax::json_syntax::diagnostic(&error);
            unreadable(found, construct, &mut fix);
        }
        return Err(Unreadable::Faulty);
    }
    let document = Document::new(text, tape);
    diagnostics.extend(lone_surrogates(document, tape, vocabulary));
    Ok(document)
}

/// Reports the halves of surrogate pairs.
pub(super) fn lone_surrogates(
    document: Document<'_>,
    tape: &Tape,
    vocabulary: &Vocabulary,
) -> Vec<Diagnostic> {
    // Once for each string, however many there are in it.
    let mut holder = None;
    let found = tape.lone_surrogates().iter().map(|escape| {
        let node = document.node_at(escape.start);
        let mut identity = match holder {
            Some((index, identity)) if index == node.index() => identity,
            _ => Identity::of_string(node, vocabulary),
        };
        holder = Some((node.index(), identity));
        identity.add(&document.text()[escape.start..escape.end]);
        Diagnostic {
            identity: identity.0,
            ..syntax::lone_surrogate::diagnostic(document.text(), *escape)
        }
    });
    found.collect()
}

/// Reports the duplicate names of the objects around payloads. A document without an envelope or
/// a payload is not looked into: that it holds no event is the one thing to say of it.
pub(super) fn duplicates_around(
    enclosure: &Enclosure<'_>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) {
    let Some(envelope) = enclosure.envelope else {
        return;
    };
    duplicates_of(envelope, None, vocabulary, diagnostics);
    for member in envelope
        .members()
        .filter(|member| Spelling::of(&member.name_text()).is_none())
    {
        duplicates_within(member.value, None, vocabulary, diagnostics);
    }
}

/// Reports the duplicate names of one object.
pub(super) fn duplicates_of(
    object: Node<'_>,
    payload: Option<&Payload<'_>>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) {
    let duplicates = duplicates::of_object(object);
    if !duplicates.is_empty() {
        let rule = &syntax::duplicate_member::RULE.rule;
        let mut findings = Findings::new(rule, payload, vocabulary, diagnostics);
        syntax::duplicate_member::report(&duplicates, &mut findings);
    }
}

/// Reports the duplicate names of all objects in a value of no declared type.
pub(super) fn duplicates_within(
    value: Node<'_>,
    payload: Option<&Payload<'_>>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) {
    // Nesting is bounded by the parser.
    match value.kind() {
        Kind::Object => {
            duplicates_of(value, payload, vocabulary, diagnostics);
            for member in value.members() {
                duplicates_within(member.value, payload, vocabulary, diagnostics);
            }
        }
        Kind::Array => {
            for element in value.elements() {
                duplicates_within(element, payload, vocabulary, diagnostics);
            }
        }
        _ => {}
    }
}

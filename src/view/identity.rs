//! The identifiers of events, and which of them were there before.
//!
//! Owns what makes two identifiers the same. The memory of a run is the runner's.

use foldhash::{HashMap, HashMapExt};
use xxhash_rust::xxh3::xxh3_128;

use crate::edm::guid::{self, GuidRemark};
use crate::json::{Kind, Member, Node, Span};
use crate::meant::meant;

use super::payload::{Payload, PayloadPlace};

/// The identifier of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventId {
    pub(crate) key: Key,
    /// The token.
    pub(crate) span: Span,
    /// Line of the token, from 1.
    pub(crate) line: usize,
    /// Where the event stands in its document.
    pub(crate) place: PayloadPlace,
}

/// A hash of the text. Of 128 bits, because two texts of one hash would be a false error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) high: u64,
    pub(crate) low: u64,
}

impl EventId {
    /// Places the identifier in the file that its document is a part of: that many lines and bytes
    /// stand before it.
    pub fn shift(&mut self, lines: usize, bytes: usize) {
        self.line += lines;
        self.span = self.span.shifted(bytes);
    }
}

/// An identifier that an earlier payload of the same document has.
#[derive(Debug, Clone, Copy)]
pub struct Repeated<'a> {
    /// The later one.
    pub again: Node<'a>,
    /// The first one.
    pub first: Node<'a>,
}

/// The identifiers of a document's payloads, each once, and those that come again; `skipped` bytes
/// stand before the document's text.
pub(crate) fn identify<'a>(
    payloads: &[Payload<'a>],
    skipped: usize,
) -> (Vec<EventId>, Vec<Repeated<'a>>) {
    let (mut ids, mut repeated) = (Vec::new(), Vec::new());
    let mut first = (payloads.len() > 1).then(HashMap::new);
    let (mut line, mut counted) = (1, 0);
    for payload in payloads {
        let Some((node, key)) = id(payload) else {
            continue;
        };
        if let Some(first) = &mut first {
            let first = *first.entry(key).or_insert(node);
            if first.index() != node.index() {
                let again = node;
                repeated.push(Repeated { again, first });
                continue;
            }
        }
        let span = node.span();
        let before = &node.document().text().as_bytes()[counted..span.start];
        line += line_ends(before);
        counted = span.start;
        ids.push(EventId {
            key,
            span: span.shifted(skipped),
            line,
            place: payload.place,
        });
    }
    (ids, repeated)
}

/// The identifier of the only payload of a document.
pub(crate) fn of(payload: &Payload<'_>) -> Option<EventId> {
    let (node, _) = id(payload)?;
    let before = &node.document().text().as_bytes()[..node.span().start];
    at_line(node, line_ends(before) + 1)
}

/// How many lines end in a text.
#[expect(
    clippy::naive_bytecount,
    reason = "a crate for it asks what the processor can do: 2 % of a run over one file"
)]
pub(crate) fn line_ends(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// The identifier `node` of the only payload of a document, on a line of it from 1.
pub(crate) fn at_line(node: Node<'_>, line: usize) -> Option<EventId> {
    Some(EventId {
        key: key_of(node)?,
        span: node.span(),
        line,
        place: PayloadPlace::Root,
    })
}

/// The identifier of a payload; `None` where it identifies nothing.
fn id<'a>(payload: &Payload<'a>) -> Option<(Node<'a>, Key)> {
    let (_, member) = member(payload.node)?;
    Some((member.value, key_of(member.value)?))
}

/// The name of the identifier.
const ID: &str = "id";

/// Which member of an event its identifier is, and this: of that name, or of the only other name that
/// stands for it.
pub(crate) fn member(event: Node<'_>) -> Option<(usize, Member<'_>)> {
    let mut members = event.members().enumerate();
    members
        .find(|(_, member)| member.is_named(ID))
        .or_else(|| member_of_other_name(event))
}

fn member_of_other_name(event: Node<'_>) -> Option<(usize, Member<'_>)> {
    // Nearly all names are longer than any spelling of this one.
    const LONGEST: usize = 12;
    let stands_for = |(_, member): &(usize, Member<'_>)| {
        let token = member.name.span();
        token.end - token.start <= LONGEST + 2
            && !member.name.has_lone_surrogate()
            && meant(&member.name_text(), &[ID]).is_some_and(|meant| meant.certain)
    };
    let mut found = event.members().enumerate().filter(stands_for);
    let first = found.next()?;
    let name = first.1.name_text();
    found
        .all(|(_, other)| other.is_named(&name))
        .then_some(first)
}

/// What an identifier is known by; `None` where it identifies nothing.
fn key_of(node: Node<'_>) -> Option<Key> {
    if node.kind() != Kind::String {
        return None;
    }
    let text = node.text();
    match guid::parse(&text) {
        Ok(GuidRemark::Nil) => None,
        Err(_) if text.is_empty() => None,
        // Hexadecimal digits mean the same in either case.
        Ok(_) if has_upper_case(text.as_bytes()) => Some(key(&text.to_ascii_lowercase())),
        _ => Some(key(&text)),
    }
}

/// Whether an upper-case letter is among ASCII bytes that are digits, letters and hyphens.
fn has_upper_case(guid: &[u8]) -> bool {
    // Without a branch for each byte, so that many are looked at at once: of these characters only
    // upper-case letters have bit 6 and not bit 5.
    let upper = |found, byte: &u8| found | (byte & !(byte << 1) & 0x40);
    guid.iter().fold(0, upper) != 0
}

fn key(text: &str) -> Key {
    let hash = xxh3_128(text.as_bytes());
    #[allow(clippy::cast_possible_truncation, reason = "the two halves")]
    let (high, low) = ((hash >> 64) as u64, hash as u64);
    Key { high, low }
}

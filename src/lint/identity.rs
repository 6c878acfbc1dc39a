//! The identifiers of events, and which of them were there before.
//!
//! Owns what makes two identifiers the same, and the memory of those that earlier documents of a
//! run had. The words are in `rules::collection::duplicate_event_id`.

use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt};
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::Diagnostic;
use crate::edm::guid::{self, GuidRemark};
use crate::json::{Kind, Node, Span};
use crate::rules::collection::duplicate_event_id;

use super::payload::{Enclosure, Payload, PayloadPlace};

/// The identifier of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventId {
    key: Key,
    /// The token.
    pub(crate) span: Span,
    /// Line of the token, from 1.
    line: usize,
    /// Where the event stands in its document.
    pub(crate) place: PayloadPlace,
}

/// A hash of the text. Of 128 bits, because two texts of one hash would be a false error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    high: u64,
    low: u64,
}

impl EventId {
    /// Places the identifier in the file that its document is a part of: that many lines and bytes
    /// stand before it.
    pub fn shift(&mut self, lines: usize, bytes: usize) {
        self.line += lines;
        self.span = self.span.shifted(bytes);
    }

    /// What the same identifier has everywhere.
    pub(crate) const fn identity(&self) -> u64 {
        self.key.high
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

/// Collects the identifiers of a document's payloads; `skipped` bytes stand before its text. Gives
/// those that come again.
pub(super) fn identify<'a>(enclosure: &mut Enclosure<'a>, skipped: usize) -> Vec<Repeated<'a>> {
    let mut repeated = Vec::new();
    let mut first = (enclosure.payloads.len() > 1).then(HashMap::new);
    let (mut line, mut counted) = (1, 0);
    for payload in &enclosure.payloads {
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
        enclosure.ids.push(EventId {
            key,
            span: span.shifted(skipped),
            line,
            place: payload.place,
        });
    }
    repeated
}

/// The identifier of the only payload of a document.
pub(super) fn of(payload: &Payload<'_>) -> Option<EventId> {
    let (node, _) = id(payload)?;
    let before = &node.document().text().as_bytes()[..node.span().start];
    at_line(node, line_ends(before) + 1)
}

/// How many lines end in a text.
#[expect(
    clippy::naive_bytecount,
    reason = "a crate for it asks what the processor can do: 2 % of a run over one file"
)]
pub(super) fn line_ends(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// The identifier `node` of the only payload of a document, on a line of it from 1.
pub(super) fn at_line(node: Node<'_>, line: usize) -> Option<EventId> {
    Some(EventId {
        key: key_of(node)?,
        span: node.span(),
        line,
        place: PayloadPlace::Root,
    })
}

/// The identifier of a payload; `None` where it identifies nothing.
fn id<'a>(payload: &Payload<'a>) -> Option<(Node<'a>, Key)> {
    let mut members = payload.node.members();
    let node = members.find(|member| member.is_named("id"))?.value;
    Some((node, key_of(node)?))
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

/// Where an identifier was first met.
#[derive(Debug, Clone, Copy)]
struct First {
    /// Index into [`Duplicates::sources`].
    source: u32,
    line: u32,
}

/// The identifiers that a run has met, in the order in which it is told of them.
///
/// Documents may be checked on any number of threads; [`Duplicates::admit`] is then called for
/// one after the other, in the order of the report, so that which event is the first does not
/// depend on the threads.
///
/// It remembers at least the last 229,376 identifiers and never more than twice that many, in at
/// most 14 MiB: a stream has no end, and what is there twice stands close together, on pages that
/// overlap.
#[derive(Debug, Default)]
pub struct Duplicates {
    sources: Vec<String>,
    recent: HashMap<Key, First>,
    older: HashMap<Key, First>,
}

impl Duplicates {
    /// Identifiers in one of the two generations: what a table of 2^18 places holds.
    pub(super) const GENERATION: usize = 229_376;

    /// One that has met none.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports those of `ids` that were met before, and takes them out. `source` is the name of
    /// the file, as messages give it.
    pub fn admit(&mut self, source: &str, ids: &mut Vec<EventId>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if ids.is_empty() {
            return diagnostics;
        }
        let this = self.source(source);
        ids.retain(|id| {
            let met = self.meet(id, this);
            if let Some(first) = met {
                let first = self.describe(first, source);
                diagnostics.push(duplicate_event_id::diagnostic(id, &first));
            }
            met.is_none()
        });
        diagnostics
    }

    /// Index of a source, which is the last one or new.
    fn source(&mut self, source: &str) -> u32 {
        if self.sources.last().is_none_or(|last| last != source) {
            self.sources.push(source.to_owned());
        }
        u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX)
    }

    /// Where an identifier was first met; remembers one that was not.
    fn meet(&mut self, id: &EventId, source: u32) -> Option<First> {
        if self.recent.len() == Self::GENERATION {
            std::mem::swap(&mut self.older, &mut self.recent);
            self.recent.clear();
        }
        match self.recent.entry(id.key) {
            Entry::Occupied(met) => Some(*met.get()),
            Entry::Vacant(place) => {
                let older = &self.older;
                let met = (!older.is_empty()).then(|| older.get(&id.key)).flatten();
                if met.is_none() {
                    let line = u32::try_from(id.line).unwrap_or(u32::MAX);
                    place.insert(First { source, line });
                }
                met.copied()
            }
        }
    }

    /// Where the first one is, as seen from `source`.
    fn describe(&self, first: First, source: &str) -> String {
        let line = first.line;
        match self.sources.get(first.source as usize) {
            Some(file) if file != source => format!("in {file}, line {line}"),
            _ => format!("on line {line}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Linter, Options, Scratch};

    fn ids(text: &str) -> Vec<EventId> {
        let linter = Linter::new(&Options::default()).expect("any revision");
        linter.check(text.as_bytes(), &mut Scratch::default()).ids
    }

    fn event(id: &str) -> String {
        format!(r#"{{"deploymentState": "success", "id": "{id}"}}"#)
    }

    #[test]
    fn an_identifier_is_reported_wherever_it_was_first() {
        let mut duplicates = Duplicates::new();
        let mut found = Vec::new();
        for (source, text) in [
            ("a.json", format!("[\n{},\n{}]", event("x"), event("y"))),
            ("b.json", event("z")),
            ("b.json", event("Z")),
            ("c.json", format!("\u{feff}\n{}", event("y"))),
            ("c.json", event("z")),
            ("c.json", event("00000000-0000-0000-0000-000000000000")),
            ("c.json", event("00000000-0000-0000-0000-000000000000")),
        ] {
            let diagnostics = duplicates.admit(source, &mut ids(&text));
            for diagnostic in diagnostics {
                let span = diagnostic.span;
                assert_eq!(&text[span.start..=span.start], "\"");
                found.push((source, diagnostic.pointer.to_string(), diagnostic.message));
            }
        }
        let message = |first: &str| format!("another event has the same id already: {first}");
        assert_eq!(
            found,
            [
                ("c.json", "/id".to_owned(), message("in a.json, line 3")),
                ("c.json", "/id".to_owned(), message("in b.json, line 1")),
            ]
        );
    }

    #[test]
    fn what_a_document_repeats_is_given_once() {
        let text = format!("[{},{},{}]", event("x"), event("y"), event("x"));
        assert_eq!(ids(&text).len(), 2);
    }

    #[test]
    fn an_identifier_is_placed_in_its_file() {
        let mut id = ids(&event("x"))[0];
        id.shift(4, 100);
        let mut duplicates = Duplicates::new();
        assert!(duplicates.admit("a", &mut vec![id]).is_empty());
        let found = &duplicates.admit("a", &mut vec![id])[0];
        assert_eq!(found.span.start, 100 + 37);
        assert!(found.message.ends_with("on line 5"), "{}", found.message);
    }

    #[test]
    fn memory_is_bounded_and_the_last_ones_are_remembered() {
        let id = |number: u64| EventId {
            key: Key {
                high: number,
                low: 0,
            },
            span: Span::new(0, 1),
            line: 1,
            place: PayloadPlace::Root,
        };
        let generation = Duplicates::GENERATION as u64;
        let mut duplicates = Duplicates::new();
        for number in 0..generation * 3 {
            let found = duplicates.admit("a", &mut vec![id(number)]);
            assert!(found.is_empty());
        }
        let known = duplicates.recent.len() + duplicates.older.len();
        assert!(known <= 2 * Duplicates::GENERATION);
        let mut again = vec![
            id(0),
            id(generation * 3 - generation),
            id(generation * 3 - 1),
        ];
        assert_eq!(duplicates.admit("a", &mut again).len(), 2);
    }
}

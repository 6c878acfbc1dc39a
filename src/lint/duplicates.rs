//! The identifiers that a run has met, and which of them come again.
//!
//! Owns the memory of those that earlier documents had. What makes two identifiers the same, the
//! view says; the words are in `rules::collection::duplicate_event_id`.

use std::collections::hash_map::Entry;

use foldhash::HashMap;

use crate::diagnostic::Diagnostic;
use crate::rules::collection::duplicate_event_id;
use crate::view::EventId;
use crate::view::identity::Key;

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
    pub(crate) const GENERATION: usize = 229_376;

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
    use crate::json::Span;
    use crate::lint::{Linter, Options, Scratch};
    use crate::view::PayloadPlace;

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
                found.push((
                    source,
                    diagnostic.pointer.to_string(),
                    diagnostic.message.to_string(),
                ));
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

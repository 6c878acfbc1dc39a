//! The span tape: one flat list of entries, in the order of the text.
//!
//! Owns how entries are stored. Knows neither how a text is read into them nor how they are looked
//! at.

use super::milestones::Milestones;
use super::span::Span;
use super::syntax::Bracket;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number, known by its text only.
    Number,
    /// A string, as a value or as a member name.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// One entry of the tape (16 bytes). Values stand in document order; an object's children are its
/// members, name then value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Index of the entry after this value and all it holds.
    pub(super) next: u32,
    /// Bits 0 to 2: the kind. Bit 3: the string has an escape. Bits 4 to 31: elements of an array
    /// or members of an object.
    pub(super) tag: u32,
}

impl Entry {
    /// Most entries that a tape may hold: what `tag` has room to count.
    pub(super) const MOST: usize = u32::MAX as usize >> Self::LEN_SHIFT;
    const KIND_MASK: u32 = 0b111;
    pub(super) const ESCAPED: u32 = 0b1000;
    const LEN_SHIFT: u32 = 4;

    #[inline]
    pub(super) const fn new(kind: Kind, start: u32, end: u32, next: u32) -> Self {
        let tag = kind as u32;
        Self {
            start,
            end,
            next,
            tag,
        }
    }

    #[inline]
    pub(super) fn close(&mut self, end: u32, next: u32, len: u32) {
        self.end = end;
        self.next = next;
        self.tag |= len << Self::LEN_SHIFT;
    }

    pub(super) fn set_escaped(&mut self) {
        self.tag |= Self::ESCAPED;
    }

    #[inline]
    pub(super) const fn kind(self) -> Kind {
        match self.tag & Self::KIND_MASK {
            0 => Kind::Null,
            1 => Kind::False,
            2 => Kind::True,
            3 => Kind::Number,
            4 => Kind::String,
            5 => Kind::Array,
            _ => Kind::Object,
        }
    }

    #[inline]
    pub(super) const fn is_escaped(self) -> bool {
        self.tag & Self::ESCAPED != 0
    }

    #[inline]
    pub(super) const fn len(self) -> usize {
        (self.tag >> Self::LEN_SHIFT) as usize
    }

    #[inline]
    pub(super) const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Puts it from `start` to `end`, both counted from `at`.
    #[inline]
    pub(crate) fn place(&mut self, (start, end): (u32, u32), at: usize) {
        self.start = narrow(at) + start;
        self.end = narrow(at) + end;
    }
}

/// The parsed form of one JSON text. Buffers are kept from parse to parse.
#[derive(Debug, Default)]
pub struct Tape {
    pub(super) entries: Vec<Entry>,
    /// What is open around the innermost array or object, while parsing.
    pub(super) open: Vec<Open>,
    /// Escapes that are half a surrogate pair, in document order.
    pub(super) lone_surrogates: Vec<Span>,
    pub(super) lone_surrogate_count: usize,
    pub(super) milestones: Milestones,
}

impl Tape {
    /// An empty tape.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Most places of lone surrogates that are kept; further ones are only counted.
    pub(crate) const KEPT_SURROGATES: usize = 1 << 16;

    /// Spans of `\u` escapes that are half a surrogate pair (UTF-16, RFC 8259 section 8.2), six
    /// bytes each, in document order: the first 65,536 of them.
    #[must_use]
    pub fn lone_surrogates(&self) -> &[Span] {
        &self.lone_surrogates
    }

    /// How many there are in all.
    #[must_use]
    pub const fn lone_surrogate_count(&self) -> usize {
        self.lone_surrogate_count
    }

    /// The entry of the root and those of all that it holds, to be written over for another text in
    /// which the same kinds stand in the same order.
    #[inline]
    pub(crate) fn split_root_mut(&mut self) -> Option<(&mut Entry, &mut [Entry])> {
        self.entries.split_first_mut()
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.open.clear();
        self.lone_surrogates.clear();
        self.lone_surrogate_count = 0;
        self.milestones.clear();
    }
}

/// An array or object that is open, or the document itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) bracket: Option<Bracket>,
    pub(super) entry: u32,
    /// Commas read so far.
    pub(super) commas: u32,
}

impl Open {
    pub(super) const DOCUMENT: Self = Self {
        bracket: None,
        entry: 0,
        commas: 0,
    };
}

/// Narrows an offset into a text, or an index that is below its length.
#[expect(
    clippy::cast_possible_truncation,
    reason = "parser and layouts refuse texts of more than u32::MAX bytes"
)]
pub(crate) const fn narrow(offset: usize) -> u32 {
    offset as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_small() {
        assert_eq!(size_of::<Entry>(), 16);
    }
}

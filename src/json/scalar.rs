//! One value that holds no other, read from its place in a text.
//!
//! Knows the grammar of scalars; arrays, objects and the tape are for others.

use std::num::NonZeroU32;

use super::scan::number_end;
use super::string::{self, Escape};
use super::tape::{Entry, Kind, narrow};
use crate::text::bytes::find_quote_backslash_or_control;

/// A value that holds no other: what it is and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// One past its last byte.
    end: NonZeroU32,
    /// As in [`Entry`].
    tag: u32,
}

impl Scalar {
    /// One that has no escape, and its end, from 1.
    #[must_use]
    #[inline]
    pub(crate) const fn plain(kind: Kind, end: usize) -> Self {
        let end = match NonZeroU32::new(narrow(end)) {
            Some(end) => end,
            None => NonZeroU32::MIN,
        };
        Self {
            end,
            tag: kind as u32,
        }
    }

    /// One past its last byte.
    #[must_use]
    pub(crate) const fn end(self) -> usize {
        self.end.get() as usize
    }

    /// The same, `by` bytes further on.
    #[must_use]
    pub(crate) const fn shifted(self, by: usize) -> Self {
        Self {
            end: self.end.saturating_add(narrow(by)),
            ..self
        }
    }

    /// Makes `entry` that of this scalar, which begins at `start`.
    #[inline]
    pub(crate) fn write(self, start: usize, entry: &mut Entry) {
        entry.start = narrow(start);
        entry.end = self.end.get();
        entry.tag = self.tag;
    }

    /// Reads the scalar at `start`; `None` where there is none, and also for a string with half a
    /// surrogate pair in it.
    #[must_use]
    pub(crate) fn read(bytes: &[u8], start: usize) -> Option<Self> {
        let literal = |kind, spelling: &str| {
            let found = bytes[start..].starts_with(spelling.as_bytes());
            found.then(|| Self::plain(kind, start + spelling.len()))
        };
        match bytes.get(start)? {
            b'"' => Self::string(bytes, start + 1),
            b'-' | b'0'..=b'9' => Some(Self::plain(Kind::Number, number_end(bytes, start)?)),
            b'n' => literal(Kind::Null, "null"),
            b't' => literal(Kind::True, "true"),
            b'f' => literal(Kind::False, "false"),
            _ => None,
        }
    }

    /// Reads a string from behind its first quote.
    #[inline]
    fn string(bytes: &[u8], inner: usize) -> Option<Self> {
        let end = find_quote_backslash_or_control(bytes, inner);
        match bytes.get(end)? {
            b'"' => Some(Self::plain(Kind::String, end + 1)),
            b'\\' => {
                let mut scalar = Self::plain(Kind::String, escaped_end(bytes, end)?);
                scalar.tag |= Entry::ESCAPED;
                Some(scalar)
            }
            _ => None,
        }
    }
}

/// One past the end of a string, read from its first escape on.
#[inline(never)]
fn escaped_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while bytes.get(at)? == &b'\\' {
        let Some(Escape::Char(_, length)) = string::escape(&bytes[at..]) else {
            return None;
        };
        at = find_quote_backslash_or_control(bytes, at + length);
    }
    (bytes.get(at)? == &b'"').then_some(at + 1)
}

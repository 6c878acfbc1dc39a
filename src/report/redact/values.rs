//! A set of texts, and where they stand in others.
//!
//! Owns the search: letter case aside, escapes resolved. A file has as many values as events times
//! five, so the search hangs on their lengths and not on their number.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::scan::decoded;
use crate::json::Span;
use crate::text::quote::{MAX_QUOTED, quote};

/// Bytes that a value begins with; shorter ones are looked for only where a message quotes them.
const START: usize = 4;

/// The set.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// In lower case.
    all: HashSet<String>,
    starts: HashSet<[u8; START]>,
    /// Their lengths, in bytes.
    lengths: BTreeSet<usize>,
    short: BTreeSet<String>,
    /// One of them has a backtick in it.
    pub(super) ticked: bool,
}

impl Values {
    /// The values of a text that stand at these places.
    pub(super) fn of(text: &[u8], spans: &[Span]) -> Self {
        let mut values = Self::default();
        for span in spans {
            let raw = &text[span.start..span.end];
            let value = decoded(raw);
            // As much as a message quotes: the time that a search takes must not hang on more.
            let end = value.char_indices().nth(MAX_QUOTED);
            let value = &value[..end.map_or(value.len(), |(end, _)| end)];
            values.add(value);
            let quoted = span.start > 0 && matches!(text[span.start - 1], b'"' | b'\'');
            if !quoted || raw.contains(&b'\n') {
                // Words may follow it, or it was never closed and goes on to the next string.
                let first = value.split(['\n', '\r', ' ', ',']).next();
                values.add(first.unwrap_or_default());
            }
        }
        values
    }

    fn add(&mut self, value: &str) {
        let value = value.trim();
        self.ticked |= value.contains('`');
        match value.as_bytes().first_chunk::<START>() {
            None if value.is_empty() => {}
            None => {
                self.short.insert(value.to_owned());
            }
            Some(_) => {
                let value = value.to_ascii_lowercase();
                self.starts.extend(value.as_bytes().first_chunk());
                self.lengths.insert(value.len());
                self.all.insert(value);
            }
        }
    }

    /// Where values stand in a text that need not be JSON nor UTF-8.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.all.is_empty() {
            return found;
        }
        let plain = Plain::of(text);
        let mut at = 0;
        while at < plain.text.len() {
            match self.longest_at(&plain.text, at) {
                Some(length) => {
                    found.push(plain.places[at]..plain.places[at + length]);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest_at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        if !self.starts.contains(rest.as_bytes().first_chunk()?) {
            return None;
        }
        let lengths = self.lengths.range(..=rest.len()).rev().copied();
        let mut fitting = lengths.filter(|length| {
            let value = rest.get(..*length);
            value.is_some_and(|value| self.all.contains(value) && !within_a_word(text, at, value))
        });
        fitting.next()
    }

    /// The text with `word` for each value.
    pub(super) fn replaced(&self, text: &str, word: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut end = 0;
        for range in self.find(text.as_bytes()) {
            replaced.push_str(&text[end..range.start]);
            replaced.push_str(word);
            end = range.end;
        }
        replaced.push_str(&text[end..]);
        for value in &self.short {
            replaced = replaced.replace(&quote(value), &quote(word));
        }
        replaced
    }
}

/// Whether a value that is a word is but a part of another one there, as of a member's name.
fn within_a_word(text: &str, at: usize, value: &str) -> bool {
    let part = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    value.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (part(text[..at].chars().next_back()) || part(text[at + value.len()..].chars().next()))
}

/// A text in lower case with the escapes of JSON strings resolved, wherever they stand.
struct Plain {
    text: String,
    /// For each byte of `text` and its end, where it comes from.
    places: Vec<usize>,
}

impl Plain {
    fn of(raw: &[u8]) -> Self {
        let mut plain = Self {
            text: String::with_capacity(raw.len()),
            places: Vec::with_capacity(raw.len() + 1),
        };
        let mut base = 0;
        for chunk in raw.utf8_chunks() {
            plain.push(chunk.valid(), base);
            base += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                plain.push_char('\u{FFFD}', base);
                base += chunk.invalid().len();
            }
        }
        plain.places.push(raw.len());
        plain
    }

    fn push(&mut self, text: &str, base: usize) {
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let (c, length) = escape(&text[at..]).unwrap_or((c, c.len_utf8()));
            self.push_char(c, base + at);
            at += length;
        }
    }

    fn push_char(&mut self, c: char, place: usize) {
        self.text.push(c.to_ascii_lowercase());
        self.places.resize(self.text.len(), place);
    }
}

/// The character that the escape stands for which `text` begins with, and the escape's length.
fn escape(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('\\')?;
    let c = match rest.chars().next()? {
        c @ ('"' | '\\' | '/') => c,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode_escape(text),
        _ => return None,
    };
    Some((c, 2))
}

fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| -> Option<u16> {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = unit(text)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, 6));
    }
    let pair = [first, text.get(6..).and_then(unit).unwrap_or(0)];
    match char::decode_utf16(pair).next() {
        Some(Ok(c)) => Some((c, 12)),
        _ => Some(('\u{FFFD}', 6)),
    }
}

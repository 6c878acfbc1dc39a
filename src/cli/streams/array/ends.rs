//! The ends of a file whose middle is the elements of an array.
//!
//! Owns how the array's brackets are found without reading what is between them.

use std::fs::File;
use std::io;

use autopilot_lint::json::{self, Tape, skip_blanks};
use autopilot_lint::lint;

use super::window::valid_text;
use crate::cli::inputs::Buffer;

/// Brackets from the end on, of which one may close the array.
const CLOSINGS: usize = 16;
/// Longest name of an element's first member, with what is before it, in bytes.
pub(super) const LONGEST_NAME: usize = 256;

/// A document without the elements of its array.
pub(super) struct ArrayEnds {
    pub(super) text: Vec<u8>,
    /// Byte of the file with the opening bracket.
    pub(super) open: usize,
    /// Byte of the file with the closing bracket.
    pub(super) close: usize,
    /// Byte of the file that the first element begins with.
    pub(super) first: usize,
    /// How that element begins, up to the end of its first name.
    pub(super) name: Vec<u8>,
}

impl ArrayEnds {
    /// Reads up to `around` bytes at both ends of a file of `length` bytes; `None` where they show
    /// no array of objects, or `look` is not content with the first of them.
    pub(super) fn read(
        file: &File,
        length: usize,
        around: usize,
        look: impl FnOnce(&[u8]) -> bool,
    ) -> io::Result<Option<Self>> {
        let (mut head, mut tail) = (Buffer::default(), Buffer::default());
        head.fill_from(file, 0, around)?;
        if !look(head.bytes()) {
            return Ok(None);
        }
        let tail_start = length.saturating_sub(around);
        tail.fill_from(file, tail_start, around)?;
        Ok(Self::find(head.bytes(), tail.bytes(), tail_start))
    }

    fn find(head: &[u8], tail: &[u8], tail_start: usize) -> Option<Self> {
        let open = array_start(head)?;
        let first = skip_blanks(head, open + 1);
        let name = first_name(&head[first..])?.to_vec();
        let closings = memchr::memrchr_iter(b']', tail).take(CLOSINGS);
        closings
            .filter(|close| tail_start + close > first)
            .find_map(|close| {
                let text = [&head[..=open], &tail[close..]].concat();
                is_json(&text).then(|| Self {
                    text,
                    open,
                    close: tail_start + close,
                    first,
                    name: name.clone(),
                })
            })
    }
}

fn is_json(bytes: &[u8]) -> bool {
    let text = &bytes[lint::mark(bytes)..];
    std::str::from_utf8(text).is_ok_and(|text| json::parse(text, &mut Tape::new()).is_ok())
}

/// Where the array opens that a document is, or that its member `value` is.
fn array_start(head: &[u8]) -> Option<usize> {
    let begin = lint::mark(head);
    let text = valid_text(head, begin);
    let bytes = text.as_bytes();
    let mut at = skip_blanks(bytes, 0);
    if bytes.get(at) == Some(&b'[') {
        return Some(begin + at);
    }
    let mut tape = Tape::new();
    let mut before = b'{';
    while bytes.get(at) == Some(&before) {
        let name = skip_blanks(bytes, at + 1);
        let colon = skip_blanks(
            bytes,
            name + json::parse_prefix(text.get(name..)?, 1, &mut tape)?,
        );
        let value = skip_blanks(bytes, colon + 1);
        if &text[name..colon] == "\"value\"" && bytes.get(value) == Some(&b'[') {
            return Some(begin + value);
        }
        at = skip_blanks(
            bytes,
            value + json::parse_prefix(text.get(value..)?, 1, &mut tape)?,
        );
        before = b',';
    }
    None
}

/// An object's text up to the end of its first name.
fn first_name(text: &[u8]) -> Option<&[u8]> {
    let quote = skip_blanks(text, 1);
    if text.first() != Some(&b'{') || text.get(quote) != Some(&b'"') {
        return None;
    }
    let end = memchr::memchr2(b'"', b'\\', &text[quote + 1..])? + quote + 1;
    (text[end] == b'"' && end < LONGEST_NAME).then(|| &text[..=end])
}

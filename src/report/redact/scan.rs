//! The values of given members in a text that need not be JSON.
//!
//! Owns what counts as `name: value`. A text with a fault is the one that is reported, so nothing
//! here hangs on where a string begins: each quotation mark is looked at as the end of a name.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2_iter;

use super::names::{Identifying, Judge};
use crate::json::Span;

/// Longest name with its escapes, in bytes.
const MAX_NAME: usize = 512;
/// Longest name without quotation marks, in bytes.
const MAX_BARE: usize = 64;

/// The values, in order and apart: contents of strings, other scalars, and those within an object
/// or array that stands for one.
pub(super) fn values(text: &[u8], names: &Identifying) -> Vec<Span> {
    let mut judge = names.judge();
    let mut found = Vec::new();
    for starts in [quoted_names(text, &mut judge), bare_names(text, &mut judge)] {
        let mut covered = 0;
        for start in starts {
            // What stands within a value is masked with it.
            if start >= covered {
                covered = collect(text, start, &mut found);
            }
        }
    }
    found.sort();
    merge(found)
}

/// Makes spans that overlap one.
fn merge(found: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::with_capacity(found.len());
    for span in found {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// Where the values of `"name": value` begin; the colon may be missing.
fn quoted_names(text: &[u8], judge: &mut Judge<'_>) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut opened: [Option<usize>; 2] = [None; 2];
    for at in memchr2_iter(b'"', b'\'', text) {
        let kind = usize::from(text[at] == b'\'');
        if let Some(open) = opened[kind].replace(at)
            && let Some(value) = after_name(text, at + 1)
            && at - open <= MAX_NAME
            && judge.identifies(&name(&text[open + 1..at]))
        {
            starts.push(value);
        }
    }
    starts
}

/// Where the value begins whose name ends at `at`, if one does.
fn after_name(text: &[u8], at: usize) -> Option<usize> {
    let sign = at + blank(&text[at..]);
    match text.get(sign)? {
        b':' | b'=' => Some(sign + 1 + blank(&text[sign + 1..])),
        b'"' | b'\'' => Some(sign),
        _ => None,
    }
}

/// Where the values of `name: value` and `name = value` begin, without quotation marks.
fn bare_names(text: &[u8], judge: &mut Judge<'_>) -> Vec<usize> {
    let mut starts = Vec::new();
    for at in memchr2_iter(b':', b'=', text) {
        let floor = at.saturating_sub(MAX_BARE);
        let before = text[floor..at].trim_ascii_end();
        let length = before.iter().rev().take_while(|byte| in_name(**byte));
        let bare = &before[before.len() - length.count()..];
        if bare.first().is_some_and(u8::is_ascii_alphabetic) && judge.identifies(&name(bare)) {
            starts.push(at + 1 + blank(&text[at + 1..]));
        }
    }
    starts
}

const fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// A name, escapes resolved; the backslashes at its end are those of JSON within a string.
fn name(raw: &[u8]) -> Cow<'_, str> {
    let end = raw.iter().rposition(|byte| *byte != b'\\');
    decoded(&raw[..end.map_or(0, |end| end + 1)])
}

/// What stands between quotation marks, escapes resolved where it is a JSON string.
pub(super) fn decoded(raw: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(raw);
    if !text.contains('\\') {
        return text;
    }
    serde_json::from_str(&format!("\"{text}\"")).map_or(text, Cow::Owned)
}

fn blank(text: &[u8]) -> usize {
    text.len() - text.trim_ascii_start().len()
}

/// Adds the value that begins at `start`, and gives where it ends.
fn collect(text: &[u8], start: usize, found: &mut Vec<Span>) -> usize {
    let opens = |byte: u8| matches!(byte, b'{' | b'[');
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            byte if opens(*byte) => (at, depth) = (at + 1, depth + 1),
            b'}' | b']' => (at, depth) = (at + 1, depth.saturating_sub(1)),
            b',' | b':' if depth > 0 => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let (content, end) = token(text, at);
                add(text, content, found);
                at = end.max(at + 1);
            }
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn add(text: &[u8], content: Range<usize>, found: &mut Vec<Span>) {
    let literal: &[&[u8]] = &[b"", b"null", b"true", b"false"];
    if !literal.contains(&&text[content.clone()]) {
        found.push(Span::new(content.start, content.end));
    }
}

/// The content and the end of the scalar that begins at `start`. One without quotation marks goes
/// to the next sign of JSON or the end of its line.
fn token(text: &[u8], start: usize) -> (Range<usize>, usize) {
    let escapes = text[start..].iter().take_while(|byte| **byte == b'\\');
    let open = start + escapes.count();
    if let Some(mark @ (b'"' | b'\'')) = text.get(open) {
        let content = open + 1;
        let end = content + closing(&text[content..], *mark, open > start);
        return (content..end, (end + 1).min(text.len()));
    }
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b'"' | b'\n' | b'\r');
    let length = text[start..].iter().position(ends);
    let end = length.map_or(text.len(), |length| start + length);
    let content = text[start..end].trim_ascii_end().len();
    (start..start + content, end)
}

/// Where a string ends that `mark` opened: at the next one that is not escaped, or at the next one
/// at all where the opening one was.
fn closing(text: &[u8], mark: u8, escaped: bool) -> usize {
    for at in memchr::memchr_iter(mark, text) {
        let backslashes = at - memrchr_not(b'\\', &text[..at]);
        if escaped {
            return at - backslashes;
        }
        if backslashes.is_multiple_of(2) {
            return at;
        }
    }
    text.len()
}

/// One past the last byte that is not `byte`.
fn memrchr_not(byte: u8, text: &[u8]) -> usize {
    let last = text.iter().rposition(|other| *other != byte);
    last.map_or(0, |at| at + 1)
}

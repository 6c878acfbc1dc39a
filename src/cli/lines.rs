//! JSON Lines: windows of whole lines, checked side by side, reported in order.
//!
//! Owns the cutting of the stream and the memory bound: one window and what is found in it, and the
//! identifiers of the last events, for those that come again.

use std::io::Read;

use autopilot_lint::diagnostic::Diagnostic;
use autopilot_lint::json;
use autopilot_lint::lint::{self, Duplicates, EventId, Linter, Scratch};
use rayon::prelude::*;

use super::input::describe;
use super::run::{Base, Collected};

/// Bytes that one thread checks at a time: fits the second-level cache.
const PIECE: usize = 1 << 20;
/// Longest line that is read, in bytes.
const MAX_LINE: usize = 16 << 20;

/// A run of whole lines.
struct Piece<'a> {
    text: &'a [u8],
    /// Line number and file offset of its first byte.
    line: usize,
    offset: usize,
}

/// Checks a stream of lines, of which `window` are already read. `name` is what messages call it;
/// `met` has the identifiers that were met before.
///
/// # Errors
/// A sentence that says why it could not be read to its end; what was found until then is kept.
pub(crate) fn check(
    linter: &Linter,
    mut source: impl Read,
    mut window: Vec<u8>,
    collected: &mut Collected<'_>,
    (name, met): (&str, &mut Duplicates),
) -> Result<(), String> {
    let room = PIECE * rayon::current_num_threads();
    let (mut line, mut offset) = (1, 0);
    loop {
        let ended = fill(&mut source, &mut window, room)?;
        let too_long = too_long(&window);
        let whole = match too_long {
            Some(start) => start,
            None if ended => window.len(),
            None => memchr::memrchr(b'\n', &window).map_or(0, |end| end + 1),
        };
        for mut piece in checked(linter, pieces(&window[..whole], line, offset)) {
            let again = met.admit(name, &mut piece.ids);
            if !again.is_empty() {
                piece.diagnostics.extend(again);
                lint::sort(&mut piece.diagnostics);
            }
            collected.add(piece.base, piece.diagnostics, piece.payloads);
        }
        collected.run.shared.advance(whole);
        line += memchr::memchr_iter(b'\n', &window[..whole]).count();
        if too_long.is_some() {
            return Err(format!(
                "line {line} is longer than {MAX_LINE} bytes, the limit for JSON Lines"
            ));
        }
        if ended {
            return Ok(());
        }
        offset += whole;
        window.drain(..whole);
    }
}

/// Reads on until the window holds `room` bytes more than what no line end was found in.
fn fill(source: &mut impl Read, window: &mut Vec<u8>, room: usize) -> Result<bool, String> {
    let wanted = window.len() + room;
    let limit = (wanted - window.len()) as u64;
    let read = source
        .by_ref()
        .take(limit)
        .read_to_end(window)
        .map_err(|error| describe(&error))?;
    Ok((read as u64) < limit)
}

/// Where the first line begins that is longer than [`MAX_LINE`], ended or not: which lines are
/// refused must not depend on how much of them one read happens to bring.
fn too_long(window: &[u8]) -> Option<usize> {
    let mut start = 0;
    if window.len() <= MAX_LINE {
        return None;
    }
    for end in memchr::memchr_iter(b'\n', window).chain([window.len()]) {
        if end - start > MAX_LINE {
            return Some(start);
        }
        start = end + 1;
    }
    None
}

/// Cuts whole lines into pieces of about [`PIECE`] bytes.
fn pieces(mut text: &[u8], mut line: usize, mut offset: usize) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let from = PIECE.min(text.len()) - 1;
        let end = memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |end| from + end + 1);
        let (piece, rest) = text.split_at(end);
        pieces.push(Piece {
            text: piece,
            line,
            offset,
        });
        line += memchr::memchr_iter(b'\n', piece).count();
        offset += end;
        text = rest;
    }
    pieces
}

/// What was found in a piece; spans count from its first byte.
struct Checked<'a> {
    base: Base<'a>,
    diagnostics: Vec<Diagnostic>,
    payloads: usize,
    ids: Vec<EventId>,
}

fn checked<'a>(linter: &Linter, pieces: Vec<Piece<'a>>) -> Vec<Checked<'a>> {
    let check = |scratch: &mut Scratch, piece: Piece<'a>| check_piece(linter, &piece, scratch);
    match pieces.len() {
        0..=1 => {
            let mut scratch = Scratch::default();
            pieces
                .into_iter()
                .map(|piece| check(&mut scratch, piece))
                .collect()
        }
        _ => pieces
            .into_par_iter()
            .map_init(Scratch::default, check)
            .collect(),
    }
}

fn check_piece<'a>(linter: &Linter, piece: &Piece<'a>, scratch: &mut Scratch) -> Checked<'a> {
    let mut checked = Checked {
        base: Base {
            text: piece.text,
            line: piece.line,
            offset: piece.offset,
        },
        diagnostics: Vec::new(),
        payloads: 0,
        ids: Vec::new(),
    };
    let (mut start, mut lines) = (0, piece.line - 1);
    for end in memchr::memchr_iter(b'\n', piece.text).chain([piece.text.len()]) {
        let line = &piece.text[start..end];
        if !line.iter().all(u8::is_ascii_whitespace) {
            let mut outcome = linter.check(line, scratch);
            outcome
                .diagnostics
                .iter_mut()
                .for_each(|found| found.shift(start));
            outcome.ids.iter_mut().for_each(|id| id.shift(lines, start));
            checked.diagnostics.append(&mut outcome.diagnostics);
            checked.ids.append(&mut outcome.ids);
            checked.payloads += outcome.payloads;
        }
        start = end + 1;
        lines += 1;
    }
    checked
}

/// Whether a text whose kind is not known is JSON Lines: its first line that is not blank is a
/// JSON value, and something follows.
pub(crate) fn looks_like_lines(text: &[u8]) -> bool {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let text = text.trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', text) else {
        return false;
    };
    let (first, rest) = text.split_at(end);
    let value = |line: &str| json::parse(line, &mut json::Tape::new()).is_ok();
    !rest.trim_ascii().is_empty() && std::str::from_utf8(first).is_ok_and(value)
}

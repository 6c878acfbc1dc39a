//! JSON Lines: windows of whole lines, checked side by side, reported in order.
//!
//! Owns the cutting of the stream and the memory bound: one window and what is found in it.

use std::io::Read;

use autopilot_lint::diagnostic::Diagnostic;
use autopilot_lint::json;
use autopilot_lint::lint::{Linter, Scratch};
use rayon::prelude::*;

use super::input::describe;
use super::run::Collected;

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

/// Checks a stream of lines, of which `window` are already read.
///
/// # Errors
/// A sentence that says why it could not be read to its end; what was found until then is kept.
pub(crate) fn check(
    linter: &Linter,
    mut source: impl Read,
    mut window: Vec<u8>,
    collected: &mut Collected<'_>,
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
        for piece in checked(linter, pieces(&window[..whole], line, offset)) {
            collected.add(piece.0, piece.1, piece.2);
        }
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

type Checked<'a> = (super::run::Base<'a>, Vec<Diagnostic>, usize);

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
    let mut diagnostics = Vec::new();
    let mut payloads = 0;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', piece.text).chain([piece.text.len()]) {
        let line = &piece.text[start..end];
        if !line.iter().all(u8::is_ascii_whitespace) {
            let mut outcome = linter.check(line, scratch);
            outcome
                .diagnostics
                .iter_mut()
                .for_each(|found| found.shift(start));
            diagnostics.append(&mut outcome.diagnostics);
            payloads += outcome.payloads;
        }
        start = end + 1;
    }
    let base = super::run::Base {
        text: piece.text,
        line: piece.line,
        offset: piece.offset,
    };
    (base, diagnostics, payloads)
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

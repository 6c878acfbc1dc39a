//! Tells JSON Lines from one document where no name does.

use std::io::{self, Read};

use autopilot_lint::lint;
use memchr::memchr;

use crate::cli::inputs::Buffer;

/// Bytes that are read at a time.
const STEP: usize = 64 << 10;
/// Bytes after which a text without a first line is taken for a document.
const ENOUGH: usize = 16 << 20;

/// Reads from `source` until it is clear whether it is JSON Lines.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn begins_with_lines(source: &mut impl Read, buffer: &mut Buffer) -> io::Result<bool> {
    loop {
        let wanted = buffer.bytes().len() + STEP;
        let ended = buffer.fill(wanted, |bytes| source.read(bytes))?;
        let text = buffer.bytes();
        if lint::looks_like_lines(text) {
            return Ok(true);
        }
        let first_line_ended = memchr(b'\n', text.trim_ascii_start()).is_some();
        let more = !ended && text.len() < ENOUGH;
        let follows = || {
            let text = text.trim_ascii_start();
            let end = memchr(b'\n', text).unwrap_or(text.len());
            !text[end..].trim_ascii().is_empty()
        };
        if !more || first_line_ended && follows() {
            return Ok(false);
        }
    }
}

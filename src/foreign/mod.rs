//! What bytes are that should be a JSON text and are something else: an archive, a page, a table.
//!
//! Owns the tables of such things, each with what tells it and what to do about it. Is asked only
//! about what was refused as JSON; it then looks at the first few kilobytes and at the place of the
//! fault, and takes no memory for the rest. Must not know what a JSON text means.

mod binary;
mod look;
mod text;
mod what;

pub use what::{Recognised, What};

use self::look::{HEAD, Look};
use crate::json::{Span, SyntaxError, SyntaxErrorKind};
use crate::text::wide;

/// What `bytes` as a whole are, by how they begin.
#[must_use]
pub fn in_bytes(bytes: &[u8]) -> Option<Recognised> {
    if let Some(found) = binary::find(bytes) {
        return Some(found);
    }
    if let Some(wide) = wide::encoding(bytes) {
        let text = wide.read(&bytes[..bytes.len().min(HEAD)]);
        let found = text::find(&Look::at_begin(&text))?;
        let span = Span::new(0, wide.sign);
        return Some(Recognised { span, ..found });
    }
    // A few more bytes: the last character may be cut.
    let head = &bytes[..bytes.len().min(2 * HEAD)];
    let valid = head.utf8_chunks().next()?.valid();
    text::find(&Look::at_begin(valid))
}

/// What a text is that the parser refused, or what stands where it stopped.
#[must_use]
pub fn in_text(text: &str, error: &SyntaxError) -> Option<Recognised> {
    if matches!(
        error.kind,
        SyntaxErrorKind::NestingTooDeep
            | SyntaxErrorKind::TooManyValues
            | SyntaxErrorKind::TextTooLong
    ) {
        return None;
    }
    binary::find(text.as_bytes()).or_else(|| text::find(&Look::at_fault(text, error.span.start)))
}

#[cfg(test)]
mod tests;

//! White space and numbers: where they end.
//!
//! Knows bytes only; strings are [`super::string`]'s.

use crate::text::bytes::skip_most_spaces;

/// The byte at `at`; 0, which is never legal outside a string, past the end.
#[inline]
pub(super) fn peek(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Where the first byte from `at` on stands that is not white space (RFC 8259 section 2), or the end.
#[inline]
#[must_use]
pub fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let first = peek(bytes, at);
    if first > b' ' {
        return at;
    }
    let at = at + 1;
    match first {
        b'\n' => {
            let at = skip_most_spaces(bytes, at);
            if peek(bytes, at) > b' ' {
                return at;
            }
            blanks_end(bytes, at)
        }
        b' ' if peek(bytes, at) > b' ' => at,
        _ => blanks_end(bytes, at - 1),
    }
}

#[inline(never)]
fn blanks_end(bytes: &[u8], mut at: usize) -> usize {
    while matches!(peek(bytes, at), b' ' | b'\n' | b'\r' | b'\t') {
        at = skip_most_spaces(bytes, at + 1);
    }
    at
}

/// Characters that hold together what may have been meant as a number, a literal or a name.
pub(super) fn in_run(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | '+' | '-')
}

/// One past a number (RFC 8259 section 6) that starts at `start`; `None` where it is malformed.
#[inline]
pub(super) fn number_end(bytes: &[u8], start: usize) -> Option<usize> {
    let integer = start + usize::from(peek(bytes, start) == b'-');
    let mut at = if peek(bytes, integer) == b'0' {
        integer + 1
    } else {
        digits_end(bytes, integer)?
    };
    if peek(bytes, at) == b'.' {
        at = digits_end(bytes, at + 1)?;
    }
    if matches!(peek(bytes, at), b'e' | b'E') {
        let sign = usize::from(matches!(peek(bytes, at + 1), b'+' | b'-'));
        at = digits_end(bytes, at + 1 + sign)?;
    }
    Some(at)
}

/// One past the digits at `start`; `None` where there is none.
#[inline]
fn digits_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while peek(bytes, at).is_ascii_digit() {
        at += 1;
    }
    (at > start).then_some(at)
}

//! JSON strings (RFC 8259 section 7): where they end, and what their escapes mean.
//!
//! Knows bytes and escapes only; what a fault in a string is called is decided in
//! [`super::fault`].

const ONES: u64 = u64::MAX / 0xff;
const HIGH: u64 = ONES << 7;

/// Marks with their high bits the bytes of `word` that end a run of plain characters: the quote,
/// the backslash and everything below U+0020. Exact up to and including the lowest mark; a borrow
/// may set marks above it.
const fn specials(word: u64) -> u64 {
    // Flipping bit 1 takes the quote (0x22) to 0x20 and space to 0x22, so that one subtraction
    // catches quote and control characters.
    let quote_or_control = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
    (quote_or_control | backslash) & !word & HIGH
}

/// The eight bytes from `at`, lowest first; `None` where fewer are left.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let chunk = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*chunk))
}

/// The first byte from `at` on that is a quote, a backslash or below U+0020; the length of
/// `bytes` where there is none.
#[inline(never)]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    let Some(rest) = bytes.get(at..) else {
        return at;
    };
    let (words, tail) = rest.as_chunks();
    for word in words {
        let marks = specials(u64::from_le_bytes(*word));
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + plain_prefix(tail)
}

/// How many bytes stand before the first quote, backslash or control character.
#[inline]
pub(crate) fn plain_length(bytes: &[u8]) -> usize {
    plain_end(bytes, 0)
}

/// Bytes before the first special one, or all of them: what [`plain_end`] does, byte by byte.
#[inline(never)]
fn plain_prefix(bytes: &[u8]) -> usize {
    let special = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
    bytes.iter().position(special).unwrap_or(bytes.len())
}

/// One escape sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// A character: two bytes, or six, or twelve for a surrogate pair.
    Char(char, usize),
    /// `\u` and half a surrogate pair: six bytes.
    LoneSurrogate,
}

/// Reads the escape whose backslash stands at the start of `bytes`; `None` where it is not one.
pub(super) fn escape(bytes: &[u8]) -> Option<Escape> {
    let c = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(bytes),
        _ => return None,
    };
    Some(Escape::Char(c, 2))
}

fn unicode_escape(bytes: &[u8]) -> Option<Escape> {
    let first = code_unit(bytes)?;
    if let Some(c) = char::from_u32(first) {
        return Some(Escape::Char(c, 6));
    }
    let second = bytes.get(6..).and_then(code_unit);
    Some(match second {
        Some(second @ 0xdc00..0xe000) if first < 0xdc00 => {
            let c = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            Escape::Char(char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => Escape::LoneSurrogate,
    })
}

/// The UTF-16 code unit of a `\uXXXX` at the start of `bytes`.
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let [b'\\', b'u', digits @ ..] = bytes.first_chunk::<6>()? else {
        return None;
    };
    digits.iter().try_fold(0, |unit, digit| {
        Some(unit << 4 | char::from(*digit).to_digit(16)?)
    })
}

/// The value of the text between a string's quotes; a lone surrogate becomes U+FFFD.
pub(super) fn unescape(inner: &str) -> String {
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((plain, _)) = rest.split_once('\\') {
        let (c, length) = match escape(&rest.as_bytes()[plain.len()..]) {
            Some(Escape::Char(c, length)) => (c, length),
            Some(Escape::LoneSurrogate) => (char::REPLACEMENT_CHARACTER, 6),
            // The parser lets no other backslash through.
            None => ('\\', 1),
        };
        value.push_str(plain);
        value.push(c);
        rest = &rest[plain.len() + length..];
    }
    value.push_str(rest);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_runs_end_at_quote_backslash_and_control() {
        for special in 0..=0x7f_u8 {
            let ends = special < 0x20 || special == b'"' || special == b'\\';
            for before in 0..20 {
                for after in [0, 3, 12] {
                    let mut bytes = "é".repeat(before).into_bytes();
                    bytes.push(special);
                    bytes.extend([b'z'; 12].iter().take(after));
                    let expected = if ends { 2 * before } else { bytes.len() };
                    assert_eq!(
                        plain_end(&bytes, 0),
                        expected,
                        "{special:#x} after {before}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_single_byte_is_marked_rightly() {
        for byte in 0..=0xff_u8 {
            let expected = byte < 0x20 || byte == b'"' || byte == b'\\';
            for place in 0..8 {
                let mut bytes = [b'x'; 8];
                bytes[place] = byte;
                let marks = specials(u64::from_le_bytes(bytes));
                assert_eq!(marks != 0, expected, "{byte:#x}");
                if expected {
                    assert_eq!(marks.trailing_zeros() as usize / 8, place);
                }
            }
        }
    }

    #[test]
    fn escapes_resolve() {
        let cases = [
            (r"plain", "plain"),
            (r#"\" \\ \/ \b\f\n\r\t"#, "\" \\ / \u{8}\u{c}\n\r\t"),
            (r"\u0041\u00e9\u20AC", "Aé€"),
            (r"\ud834\udd1e", "\u{1d11e}"),
            (r"\uDBFF\uDFFF", "\u{10ffff}"),
            (r"\ud834", "\u{fffd}"),
            (r"\udd1e\ud834", "\u{fffd}\u{fffd}"),
            (r"\ud834\ud834\udd1e", "\u{fffd}\u{1d11e}"),
            (r"\ud834\n", "\u{fffd}\n"),
            (r"\ud834\u0041", "\u{fffd}A"),
            (r"\\u0041", r"\u0041"),
            (r"é\té", "é\té"),
        ];
        for (inner, expected) in cases {
            assert_eq!(unescape(inner), expected, "{inner}");
        }
    }

    #[test]
    fn what_is_no_escape_is_refused() {
        for text in [
            r"\", r"\q", r"\'", r"\u", r"\u12", r"\u12g4", r"\u+123", r"\U0041", "\\\n",
        ] {
            assert_eq!(escape(text.as_bytes()), None, "{text}");
        }
    }
}

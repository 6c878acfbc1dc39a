//! JSON strings (RFC 8259 section 7): what their escapes mean.
//!
//! Knows bytes and escapes only; what a fault in a string is called is decided in
//! [`super::fault`].

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

/// The token of a string: in quotes, with no more escapes than JSON asks for.
#[must_use]
pub(crate) fn string_token(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

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

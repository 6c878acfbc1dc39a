//! Bytes that are not UTF-8.

use crate::diagnostic::{Category, Diagnostic, Example, Rule, Severity};
use crate::json::Span;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "invalid-encoding",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "text that is not UTF-8",
        why: "JSON is exchanged as UTF-8. Redirecting output in Windows PowerShell writes UTF-16, \
            and older editors save in a legacy code page; no Graph client can read either.",
        source: "RFC 8259 section 8.1",
        bad: &[
            Example::bytes(b"{\"managedDeviceName\": \"B\xe2\x9f\xa6\xfc\xe2\x9f\xa7RO-7\"}"),
            Example::bytes(b"\xe2\x9f\xa6\xff\xfe\xe2\x9f\xa7{\0}\0"),
        ],
        good: &[Example::new(r#"{"managedDeviceName": "BÜRO-7"}"#)],
    },
    checks: &[Check::Reader],
};

/// `bytes` as text.
///
/// # Errors
/// The finding, at the first byte that is not UTF-8; for UTF-16 and UTF-32 at their byte order
/// mark, or at the first character where they have none.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if let Some((name, span)) = wide_encoding(bytes) {
        let mut diagnostic =
            Diagnostic::of_text(&RULE.rule, span, words!("the text is {}, not UTF-8", name));
        diagnostic.help = Some(
            "save it as UTF-8; in Windows PowerShell, write it with `Out-File -Encoding utf8`"
                .into(),
        );
        return Err(Box::new(diagnostic));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = error
            .error_len()
            .map_or(bytes.len(), |length| start + length);
        let sequence = &bytes[start..end];
        let bytes = format!("{sequence:02X?}");
        let message = words!("not UTF-8: the bytes {} are no character", ours(&bytes));
        let mut diagnostic = Diagnostic::of_text(&RULE.rule, Span::new(start, end), message);
        diagnostic.help = Some("save the file as UTF-8".into());
        Box::new(diagnostic)
    })
}

/// What a text in UTF-16 or UTF-32 says, U+FFFD where it says nothing; `None` for others.
pub(crate) fn transcoded(bytes: &[u8]) -> Option<String> {
    let (name, _) = wide_encoding(bytes)?;
    let big = name.ends_with("BE");
    if name.starts_with("UTF-32") {
        let units = bytes.as_chunks::<4>().0.iter();
        let units = units.map(|unit| {
            if big {
                u32::from_be_bytes(*unit)
            } else {
                u32::from_le_bytes(*unit)
            }
        });
        return Some(
            units
                .map(|unit| char::from_u32(unit).unwrap_or('\u{fffd}'))
                .collect(),
        );
    }
    let units = bytes.as_chunks::<2>().0.iter();
    let units = units.map(|unit| {
        if big {
            u16::from_be_bytes(*unit)
        } else {
            u16::from_le_bytes(*unit)
        }
    });
    let chars = char::decode_utf16(units);
    Some(chars.map(|c| c.unwrap_or('\u{fffd}')).collect())
}

/// UTF-16 and UTF-32 by their byte order marks, or by where the NULs of their ASCII characters are.
fn wide_encoding(bytes: &[u8]) -> Option<(&'static str, Span)> {
    match *bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some(("UTF-32LE", Span::new(0, 4))),
        [0, 0, 0xfe, 0xff, ..] => return Some(("UTF-32BE", Span::new(0, 4))),
        [0xff, 0xfe, ..] => return Some(("UTF-16LE", Span::new(0, 2))),
        [0xfe, 0xff, ..] => return Some(("UTF-16BE", Span::new(0, 2))),
        _ => {}
    }
    let first = bytes.first_chunk::<4>().filter(|first| first.is_ascii())?;
    match first.map(|byte| byte == 0) {
        [false, true, true, true] => Some(("UTF-32LE", Span::new(0, 4))),
        [true, true, true, false] => Some(("UTF-32BE", Span::new(0, 4))),
        [false, true, false, true] => Some(("UTF-16LE", Span::new(0, 2))),
        [true, false, true, false] => Some(("UTF-16BE", Span::new(0, 2))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_texts_are_read_for_what_they_say() {
        for bytes in [
            &b"\xff\xfe{\0\x16\x04\x3d\xd8\0\xde\x3d\xd8"[..],
            b"\xfe\xff\0{\x04\x16\xd8\x3d\xde\0\xd8\x3d",
            b"\xff\xfe\0\0{\0\0\0\x16\x04\0\0\0\xf6\x01\0\x3d\xd8\0\0",
        ] {
            let text = transcoded(bytes).expect("wide");
            assert_eq!(text, "\u{feff}{Ж\u{1f600}\u{fffd}");
        }
        assert_eq!(transcoded(b"{\xe9}"), None);
    }

    #[test]
    fn only_ascii_characters_tell_a_wide_encoding() {
        for (bytes, wide) in [
            (&b"\0\0\0{"[..], true),
            (b"{\0\0\0", true),
            (b"{\0\"\0", true),
            (b"\0{\0\"", true),
            // Of these, three bytes are one character of UTF-8.
            (b"\0\0\0\xe2\x80\xae", false),
            (b"\0\0\0", false),
            (b"{}", false),
        ] {
            assert_eq!(decode(bytes).is_err(), wide, "{bytes:?}");
        }
    }
}

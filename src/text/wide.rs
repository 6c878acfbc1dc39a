//! UTF-16 and UTF-32: told from UTF-8, and read.
//!
//! Must not know what the text says.

/// An encoding of JSON text in units of more than a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wide {
    /// Its name, as IANA has it.
    pub(crate) name: &'static str,
    /// Bytes of the byte order mark, or of the first characters that tell the encoding.
    pub(crate) sign: usize,
    /// Bytes of a unit.
    unit: usize,
    big_endian: bool,
}

/// The encoding of `bytes`, by their byte order mark or by where the NULs of their ASCII characters
/// are; `None` where it is neither.
pub(crate) fn encoding(bytes: &[u8]) -> Option<Wide> {
    let marked = |unit, big_endian, mark| Some(Wide::new(unit, big_endian, mark));
    match *bytes {
        [0xff, 0xfe, 0, 0, ..] => return marked(4, false, 4),
        [0, 0, 0xfe, 0xff, ..] => return marked(4, true, 4),
        [0xff, 0xfe, ..] => return marked(2, false, 2),
        [0xfe, 0xff, ..] => return marked(2, true, 2),
        _ => {}
    }
    let first = bytes.first_chunk::<4>().filter(|first| first.is_ascii())?;
    match first.map(|byte| byte == 0) {
        [false, true, true, true] => marked(4, false, 4),
        [true, true, true, false] => marked(4, true, 4),
        [false, true, false, true] => marked(2, false, 2),
        [true, false, true, false] => marked(2, true, 2),
        _ => None,
    }
}

impl Wide {
    const fn new(unit: usize, big_endian: bool, sign: usize) -> Self {
        let name = match (unit, big_endian) {
            (4, true) => "UTF-32BE",
            (4, false) => "UTF-32LE",
            (_, true) => "UTF-16BE",
            (_, false) => "UTF-16LE",
        };
        Self {
            name,
            sign,
            unit,
            big_endian,
        }
    }

    /// What `bytes` say, U+FFFD where they say nothing.
    pub(crate) fn read(self, bytes: &[u8]) -> String {
        let chars = self.chars(bytes);
        chars.map(|c| c.unwrap_or('\u{fffd}')).collect()
    }

    /// What `bytes` say; `None` where some of them say nothing.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<String> {
        let whole = bytes.len().is_multiple_of(self.unit);
        whole.then(|| self.chars(bytes).collect())?
    }

    /// Each character, `None` where there is none.
    fn chars(self, bytes: &[u8]) -> Box<dyn Iterator<Item = Option<char>> + '_> {
        let value = move |unit: &[u8]| {
            let digits = unit
                .iter()
                .fold(0, |value, byte| value << 8 | u32::from(*byte));
            if self.big_endian {
                digits
            } else {
                digits.swap_bytes() >> (32 - 8 * self.unit)
            }
        };
        let units = bytes.chunks_exact(self.unit).map(value);
        if self.unit == 4 {
            return Box::new(units.map(char::from_u32));
        }
        let units = units.map(|unit| u16::try_from(unit).unwrap_or_default());
        Box::new(char::decode_utf16(units).map(Result::ok))
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
            b"\0\0\xfe\xff\0\0\0{\0\0\x04\x16\0\x01\xf6\0\0\0\xd8\x3d",
        ] {
            let text = encoding(bytes).expect("wide").read(bytes);
            assert_eq!(text, "\u{feff}{Ж\u{1f600}\u{fffd}");
        }
        assert_eq!(encoding(b"{\xe9}"), None);
    }

    #[test]
    fn only_what_is_all_characters_is_decoded() {
        for (bytes, expected) in [
            (
                &b"\xff\xfe{\0\x3d\xd8\0\xde"[..],
                Some("\u{feff}{\u{1f600}"),
            ),
            (b"\xff\xfe{\0\x3d\xd8", None),
            (b"\xff\xfe{\0}", None),
            (b"\0\0\xfe\xff\0\x01\xf6\0", Some("\u{feff}\u{1f600}")),
            (b"\0\0\xfe\xff\0\0\xd8\x3d", None),
        ] {
            let decoded = encoding(bytes).expect("wide").decode(bytes);
            assert_eq!(decoded.as_deref(), expected, "{bytes:?}");
        }
    }

    #[test]
    fn only_ascii_characters_tell_a_wide_encoding() {
        for (bytes, name) in [
            (&b"\0\0\0{"[..], Some("UTF-32BE")),
            (b"{\0\0\0", Some("UTF-32LE")),
            (b"{\0\"\0", Some("UTF-16LE")),
            (b"\0{\0\"", Some("UTF-16BE")),
            // Of these, three bytes are one character of UTF-8.
            (b"\0\0\0\xe2\x80\xae", None),
            (b"\0\0\0", None),
            (b"{}", None),
        ] {
            let found = encoding(bytes).map(|wide| wide.name);
            assert_eq!(found, name, "{bytes:?}");
        }
    }
}

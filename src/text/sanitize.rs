//! Untrusted text made safe: the one place that decides which characters may reach a sink.
//!
//! Owns the escapes of every text sink (terminal, log, annotation, XML, HTML text) and of JSON
//! documents. A terminal obeys control characters, a reader is misled by characters that are not
//! seen, and the agents of hosted build systems obey `::command::`, `##[command]` and
//! `##vso[command]` in whatever a program prints. Knows nothing of formats or findings.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{MAIN_SEPARATOR, Path};

use serde_json::ser::{Formatter, Serializer};

use crate::text::invisible::Invisible;
use crate::text::plain_path::plain;

/// Whether a character may be shown as it is: it is seen, and does nothing else.
#[must_use]
pub fn is_visible(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    Invisible::of(c).is_none()
}

/// Decides character by character, because `##` and `::` are told by what stands before.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sanitizer {
    previous: Option<char>,
}

impl Sanitizer {
    /// What to print for the next character: itself, or its code point as `\u{..}`.
    pub fn next(&mut self, c: char) -> Piece {
        let doubled = matches!(c, '#' | ':') && self.previous == Some(c);
        // An escaped character ends with `}`: three in a row need but one escape.
        self.previous = (!doubled).then_some(c);
        if doubled || !is_visible(c) {
            Piece::Escaped(c)
        } else {
            Piece::Plain(c)
        }
    }
}

/// A character as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Plain(char),
    /// As `\u{..}`.
    Escaped(char),
}

impl Piece {
    /// Appends what is printed.
    pub fn push_to(self, out: &mut String) {
        match self {
            Self::Plain(c) => out.push(c),
            Self::Escaped(c) => out.extend(c.escape_unicode()),
        }
    }
}

/// Makes a text safe to print anywhere in a line: what is not seen becomes `\u{..}`, and so does
/// the second character of any `##` and `::`.
#[must_use]
pub fn text(raw: &str) -> Cow<'_, str> {
    let mut sanitizer = Sanitizer::default();
    let harmless = |c| matches!(sanitizer.next(c), Piece::Plain(_));
    if raw.chars().all(harmless) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(text_with(raw, |_| None))
}

/// As [`text`], but the characters for which `special` has a spelling are written so.
#[must_use]
pub fn text_with(raw: &str, special: impl Fn(char) -> Option<&'static str>) -> String {
    let mut safe = String::with_capacity(raw.len() + 16);
    let mut sanitizer = Sanitizer::default();
    for c in raw.chars() {
        match special(c) {
            Some(spelling) => safe.push_str(spelling),
            None => sanitizer.next(c).push_to(&mut safe),
        }
    }
    safe
}

/// Makes a file name that [`display_path`] gave safe to print at the start of a line. Leading
/// `::` keeps its meaning as a name: it gets `./`.
#[must_use]
pub fn path(raw: &str) -> Cow<'_, str> {
    if raw.trim_start().starts_with("::") {
        Cow::Owned(text(&format!("./{raw}")).into_owned())
    } else {
        text(raw)
    }
}

/// A file name as text: `/` between its parts whatever the system, bytes that are not UTF-8 as
/// `\x..`, and none of the prefixes that only Windows itself writes. Not yet safe to print.
#[must_use]
pub fn display_path(path: &Path) -> String {
    match path.to_str() {
        Some(text) if MAIN_SEPARATOR == '/' => text.to_owned(),
        _ => path_text(
            path.as_os_str().as_encoded_bytes(),
            MAIN_SEPARATOR,
            |text| text.into(),
        ),
    }
}

/// The same with `\` doubled, so that no two files share a name. Not for people to read.
#[must_use]
pub fn path_key(path: &Path) -> String {
    path_text(
        path.as_os_str().as_encoded_bytes(),
        MAIN_SEPARATOR,
        |text| text.replace('\\', "\\\\").into(),
    )
}

/// A path of a system with this separator, as text.
fn path_text(path: &[u8], separator: char, valid: impl Fn(&str) -> Cow<'_, str>) -> String {
    use std::fmt::Write as _;
    let path = match separator {
        '/' => Cow::Borrowed(path),
        _ => plain(path),
    };
    let mut text = String::new();
    for chunk in path.utf8_chunks() {
        match separator {
            '/' => text.push_str(&valid(chunk.valid())),
            separator => text.push_str(&valid(&chunk.valid().replace(separator, "/"))),
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// A serializer of JSON to `out` in the layout of `F` that escapes as [`SafeJson`] does.
pub fn json<W: Write, F: Formatter>(out: W, layout: F) -> Serializer<W, SafeJson<F>> {
    Serializer::with_formatter(out, SafeJson(layout))
}

/// Writes JSON whose strings hold none of the characters that [`text`] escapes, as the lossless
/// `\uXXXX`, in the layout of `F`.
#[derive(Debug, Clone, Default)]
pub struct SafeJson<F>(pub F);

impl<F: Formatter> Formatter for SafeJson<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut sanitizer = Sanitizer::default();
        let mut written = 0;
        for (at, c) in fragment.char_indices() {
            // `::` needs no escape: a line of a JSON document never starts within a string.
            if c != ':' && matches!(sanitizer.next(c), Piece::Escaped(_)) {
                writer.write_all(&fragment.as_bytes()[written..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                written = at + c.len_utf8();
            }
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::ser::CompactFormatter;

    use super::*;

    #[test]
    fn texts() {
        let table = [
            ("plain é 日本 \u{1F600}", "plain é 日本 \u{1F600}"),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            (
                "\0\u{7}\r\n\t\u{7f}",
                "\\u{0}\\u{7}\\u{d}\\u{a}\\u{9}\\u{7f}",
            ),
            ("\u{85}\u{9b}", "\\u{85}\\u{9b}"),
            (
                "\u{202e}\u{2066}\u{200f}\u{61c}",
                "\\u{202e}\\u{2066}\\u{200f}\\u{61c}",
            ),
            (
                "\u{200b}\u{2060}\u{feff}\u{ad}",
                "\\u{200b}\\u{2060}\\u{feff}\\u{ad}",
            ),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            ("\u{e000}\u{ffff}\u{378}", "\\u{e000}\\u{ffff}\\u{378}"),
            ("\u{e0041}\u{fe0f}\u{3164}", "\\u{e0041}\\u{fe0f}\\u{3164}"),
            ("##[error]", "#\\u{23}[error]"),
            ("##vso[x]", "#\\u{23}vso[x]"),
            ("###[error]", "#\\u{23}#[error]"),
            ("####", "#\\u{23}#\\u{23}"),
            ("::error::x", ":\\u{3a}error:\\u{3a}x"),
            (":::", ":\\u{3a}:"),
            ("a:b #1", "a:b #1"),
        ];
        for (raw, expected) in table {
            assert_eq!(text(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn nothing_that_is_not_seen_passes() {
        let ranges = [
            '\0'..='\x1f',
            '\x7f'..='\u{9f}',
            '\u{200b}'..='\u{200f}',
            '\u{2028}'..='\u{202e}',
            '\u{2060}'..='\u{206f}',
            '\u{e000}'..='\u{f8ff}',
            '\u{fdd0}'..='\u{fdef}',
            '\u{fff0}'..='\u{fffb}',
            '\u{e0000}'..='\u{10ffff}',
        ];
        for c in ranges.into_iter().flatten() {
            assert!(!is_visible(c), "{c:?}");
        }
        assert!(is_visible('\u{FFFD}'));
    }

    #[test]
    fn paths() {
        let table = [
            ("a/b.json", "a/b.json"),
            ("::error::a", "./:\\u{3a}error:\\u{3a}a"),
            (" ::a", "./ :\\u{3a}a"),
            ("a\n::error::b", "a\\u{a}:\\u{3a}error:\\u{3a}b"),
        ];
        for (raw, expected) in table {
            assert_eq!(path(raw), expected);
        }
    }

    #[test]
    fn names_on_windows_have_slashes_and_no_prefix() {
        for (path, expected) in [
            (&br"sub\a.json"[..], "sub/a.json"),
            (br"\\?\C:\sub\a.json", "C:/sub/a.json"),
            (br"\\?\UNC\server\share\a.json", "//server/share/a.json"),
            (b"sub\\\xed\xa0\x80.json", "sub/\\xed\\xa0\\x80.json"),
        ] {
            assert_eq!(path_text(path, '\\', |text| text.into()), expected);
        }
        let on_unix = path_text(br"\\?\C:\a", '/', |text| text.into());
        assert_eq!(on_unix, r"\\?\C:\a", "a name like any other");
    }

    #[cfg(unix)]
    #[test]
    fn file_names_that_are_not_utf_8() {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"a\xff\xfeb/\xc3\xa9.json");
        assert_eq!(display_path(Path::new(name)), "a\\xff\\xfeb/é.json");
        assert_eq!(path_key(Path::new(name)), "a\\xff\\xfeb/é.json");
        let same_text = Path::new("a\\xff\\xfeb/é.json");
        assert_eq!(display_path(same_text), "a\\xff\\xfeb/é.json");
        assert_eq!(path_key(same_text), "a\\\\xff\\\\xfeb/é.json");
    }

    #[test]
    fn json_is_escaped_without_loss() {
        let raw = "a\u{1b}\u{7f}\u{85}\u{9b}\u{202e}\u{2028}##vso[\u{e0041}\u{feff}é::\"\\";
        let mut out = Vec::new();
        serde::Serialize::serialize(raw, &mut json(&mut out, CompactFormatter)).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(
            written,
            "\"a\\u001b\\u007f\\u0085\\u009b\\u202e\\u2028#\\u0023vso[\\udb40\\udc41\\ufeffé::\\\"\\\\\""
        );
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), raw);
    }
}

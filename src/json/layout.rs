//! Objects written as one before: the text between two values, compared instead of parsed.
//!
//! Owns the learned layouts and the reading by them, which writes the very tape that
//! [`parse()`](super::parse()) would, or gives up. Knows nothing of what names and values mean.

use super::parse::{number_end, skip_blanks};
use super::string::{self, Escape};
use super::{Document, Entry, Kind, Node, Tape};

/// How a flat object was written: all of its text but the values.
///
/// Equal bytes between two values prove the same names, the same structure and the same white
/// space, so that none of it need be parsed again.
#[derive(Debug)]
pub struct Layout {
    /// What stands before, between and after the values, one after the other.
    text: Box<[u8]>,
    members: Box<[MemberLayout]>,
}

/// What stands before one value: `{` or a comma, the name and the colon, with blanks anywhere.
#[derive(Debug)]
struct MemberLayout {
    /// Where it ends in [`Layout::text`]; it begins where the one before ends.
    end: usize,
    /// Where the name stands in it, quotes included.
    name_start: u32,
    name_end: u32,
    name_escaped: bool,
}

impl Layout {
    /// Longest text that is remembered, in bytes: what differs in an object that is longer is
    /// cheaper to parse than to compare.
    const LONGEST: usize = 16 << 10;

    /// Learns how `object` is written; `None` for what is no object of scalars, or too long.
    #[must_use]
    pub fn learn(object: Node<'_>) -> Option<Self> {
        if object.kind() != Kind::Object {
            return None;
        }
        let whole = object.document().text().as_bytes();
        let mut text = Vec::new();
        let mut members = Vec::with_capacity(object.len());
        let mut from = object.span().start;
        for member in object.members() {
            let (name, value) = (member.name.span(), member.value.span());
            if matches!(member.value.kind(), Kind::Object | Kind::Array) {
                return None;
            }
            text.extend_from_slice(&whole[from..value.start]);
            members.push(MemberLayout {
                end: text.len(),
                name_start: u32::try_from(name.start - from).ok()?,
                name_end: u32::try_from(name.end - from).ok()?,
                name_escaped: member.name.plain_str().is_none(),
            });
            from = value.end;
        }
        text.extend_from_slice(&whole[from..object.span().end]);
        (text.len() <= Self::LONGEST && !members.is_empty()).then(|| Self {
            text: text.into(),
            members: members.into(),
        })
    }

    /// Reads a text that is one object of this layout, with or without blanks around it. `value` is
    /// called with the index and the place of each value and reads it, most simply as
    /// [`Scalar::read`] does. Gives the document with the tape that [`parse()`](super::parse())
    /// would have written; `None` where the text is anything else, JSON or not.
    #[must_use]
    #[inline]
    pub fn read<'a>(
        &self,
        text: &'a str,
        tape: &'a mut Tape,
        value: impl FnMut(usize, usize) -> Option<Scalar>,
    ) -> Option<Document<'a>> {
        tape.clear();
        u32::try_from(text.len()).ok()?;
        let bytes = text.as_bytes();
        let end = self.object(bytes, skip_blanks(bytes, 0), tape, value)?;
        (skip_blanks(bytes, end) == bytes.len()).then(|| Document::new(text, tape))
    }

    /// Reads one object, which may have anything behind it; gives its end.
    #[inline]
    fn object(
        &self,
        bytes: &[u8],
        start: usize,
        tape: &mut Tape,
        mut value: impl FnMut(usize, usize) -> Option<Scalar>,
    ) -> Option<usize> {
        let entries = &mut tape.entries;
        let root = entries.len();
        entries.reserve(2 * self.members.len() + 1);
        entries.push(Entry::new(Kind::Object, narrow(start), 0, 0));
        let (mut at, mut from) = (start, 0);
        for (index, member) in self.members.iter().enumerate() {
            let before = &self.text[from..member.end];
            if !bytes.get(at..)?.starts_with(before) {
                return None;
            }
            let place = at + before.len();
            let scalar = value(index, place)?;
            entries.extend([
                member.name_at(at, entries.len()),
                scalar.entry(place, entries.len() + 1),
            ]);
            at = scalar.end;
            from = member.end;
        }
        let after = &self.text[from..];
        if !bytes.get(at..)?.starts_with(after) {
            return None;
        }
        let (end, next) = (at + after.len(), entries.len());
        entries[root].close(narrow(end), narrow(next), narrow(self.members.len()));
        Some(end)
    }
}

impl MemberLayout {
    /// The entry of the name, where this stands at `at`.
    #[inline]
    fn name_at(&self, at: usize, index: usize) -> Entry {
        let start = narrow(at) + self.name_start;
        let end = narrow(at) + self.name_end;
        entry(Kind::String, (start, end), index, self.name_escaped)
    }
}

/// A value that holds no other: what it is and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scalar {
    /// One past its last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// It is a string with an escape in it.
    pub escaped: bool,
}

impl Scalar {
    /// One that has no escape.
    #[must_use]
    pub const fn plain(kind: Kind, end: usize) -> Self {
        let escaped = false;
        Self { end, kind, escaped }
    }

    /// Reads the scalar at `start`; `None` where there is none, and also for a string with half a
    /// surrogate pair in it.
    #[must_use]
    pub fn read(bytes: &[u8], start: usize) -> Option<Self> {
        let literal = |kind, spelling: &str| {
            let found = bytes[start..].starts_with(spelling.as_bytes());
            found.then(|| Self::plain(kind, start + spelling.len()))
        };
        match bytes.get(start)? {
            b'"' => Self::string(bytes, start + 1),
            b'-' | b'0'..=b'9' => Some(Self::plain(Kind::Number, number_end(bytes, start)?)),
            b'n' => literal(Kind::Null, "null"),
            b't' => literal(Kind::True, "true"),
            b'f' => literal(Kind::False, "false"),
            _ => None,
        }
    }

    /// Reads a string from behind its first quote.
    #[inline]
    fn string(bytes: &[u8], inner: usize) -> Option<Self> {
        let end = string::plain_end(bytes, inner);
        match bytes.get(end)? {
            b'"' => Some(Self::plain(Kind::String, end + 1)),
            b'\\' => Some(Self {
                end: escaped_end(bytes, end)?,
                kind: Kind::String,
                escaped: true,
            }),
            _ => None,
        }
    }

    #[inline]
    fn entry(self, start: usize, index: usize) -> Entry {
        let place = (narrow(start), narrow(self.end));
        entry(self.kind, place, index, self.escaped)
    }
}

/// Narrows an offset or a tape index; [`Layout::read`] sees to it that texts have 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "see above")]
const fn narrow(offset: usize) -> u32 {
    offset as u32
}

/// The entry of what holds no other, at its tape index.
#[inline]
fn entry(kind: Kind, (start, end): (u32, u32), index: usize, escaped: bool) -> Entry {
    let mut entry = Entry::new(kind, start, end, narrow(index + 1));
    if escaped {
        entry.set_escaped();
    }
    entry
}

/// One past the end of a string, read from its first escape on.
#[inline(never)]
fn escaped_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while bytes.get(at)? == &b'\\' {
        let Some(Escape::Char(_, length)) = string::escape(&bytes[at..]) else {
            return None;
        };
        at = string::plain_end(bytes, at + length);
    }
    (bytes.get(at)? == &b'"').then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn layout(text: &str) -> Option<Layout> {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect(text);
        Layout::learn(Document::new(text, &tape).root())
    }

    fn by_layout<'a>(layout: &Layout, text: &'a str, tape: &'a mut Tape) -> Option<Document<'a>> {
        let value = |_, at| Scalar::read(text.as_bytes(), at);
        layout.read(text, tape, value)
    }

    /// Everything that a tape holds.
    fn written(tape: &Tape) -> String {
        format!("{:?} {:?}", tape.entries, tape.lone_surrogates)
    }

    #[test]
    fn what_is_read_by_a_layout_has_the_tape_of_the_parser() {
        let learned = [
            r#"{"a":1}"#,
            r#"{"a":"x","b":null}"#,
            "{ \"a\" : true ,\r\n\t\"b\\n\": \"\\u00e9\" }",
            r#"{"é":-1.5e+3,"a":"","a":false}"#,
        ];
        let values = [
            "0",
            "-0.5E-7",
            "01",
            "-",
            "1e",
            "\"\"",
            "\"é\\\\\"",
            "\"\\\"",
            "\"\\ud834\\udd1e\"",
            "\"\\ud834\"",
            "\"\n\"",
            "\"",
            "null",
            "nul",
            "true",
            "false",
            "falsey",
            "[]",
            "{}",
            "",
            "x",
        ];
        let (mut parsed, mut read) = (Tape::new(), Tape::new());
        let (mut same, mut not) = (0, 0);
        for one in learned {
            let layout = layout(one).expect(one);
            for other in learned {
                for value in values {
                    for part in ["1", "\"x\"", "null", "true", "-1.5e+3", "\"\"", "false"] {
                        let text = format!(" {}\n", other.replacen(part, value, 1));
                        if by_layout(&layout, &text, &mut read).is_none() {
                            not += 1;
                            continue;
                        }
                        same += 1;
                        parse(&text, &mut parsed).expect(&text);
                        assert_eq!(written(&read), written(&parsed), "{text}");
                    }
                }
            }
        }
        assert!(same > 150 && not > 1000, "{same} {not}");
    }

    #[test]
    fn another_text_between_the_values_is_another_layout() {
        let layout = layout(r#"{"a":1,"b":2}"#).expect("flat");
        let mut tape = Tape::new();
        for (text, same) in [
            (r#"{"a":1,"b":2}"#, true),
            (r#" {"a":"x","b":null} "#, true),
            (r#"{"a":1,"b":2},"#, false),
            (r#"{"a":1,"b":2}{}"#, false),
            (r#"{"a":1,"b":2"#, false),
            (r#"{"a":1,"b":"#, false),
            (r#"{"a":1,"c":2}"#, false),
            (r#"{"a":1, "b":2}"#, false),
            (r#"{"a":1}"#, false),
            (r#"{"a":[],"b":2}"#, false),
            ("", false),
        ] {
            assert_eq!(
                by_layout(&layout, text, &mut tape).is_some(),
                same,
                "{text}"
            );
        }
    }

    #[test]
    fn only_objects_of_scalars_are_learned() {
        for text in ["[]", "1", "{}", r#"{"a":[]}"#, r#"{"a":1,"b":{}}"#] {
            assert!(layout(text).is_none(), "{text}");
        }
        let long = format!("{{\"{}\":1}}", "a".repeat(Layout::LONGEST));
        assert!(layout(&long).is_none());
    }
}

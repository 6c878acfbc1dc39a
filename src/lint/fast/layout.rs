//! Objects written as one before: the text between two values, compared instead of parsed.
//!
//! Owns the learned layouts and the reading by them, which writes the very tape that
//! [`crate::json::parse`] would, or gives up. Knows nothing of what names and values mean.

use crate::json::{Document, Entry, Kind, Member, Node, Scalar, Span, Tape, narrow, skip_blanks};
use crate::text::bytes::Expected;

/// How a flat object was written: all of its text but the values, or but those that differ.
///
/// Equal bytes between two values prove the same names, the same structure and the same white
/// space, so that none of it need be parsed again.
#[derive(Debug)]
pub(super) struct Layout {
    /// What stands before each value that is read.
    gaps: Box<[Gap]>,
    /// What stands behind the last one, the closing brace included.
    after: Gap,
    /// That of the object which was read last; written over for the next.
    tape: Tape,
}

/// What stands between two values that are read: the brace or a comma, a name and a colon, with
/// blanks anywhere, and whole members before them.
#[derive(Debug)]
struct Gap {
    text: Expected,
    /// Where names and values of whole members are in it.
    members: Box<[Place]>,
    /// Where the name of the value behind it is, if there is one.
    name: Place,
}

/// Start and end of a token, counted from another place.
type Place = (u32, u32);

impl Gap {
    fn new(whole: &[u8], span: Span, name: Option<Span>, members: &mut Vec<Span>) -> Self {
        let from = |at| narrow(at - span.start);
        let place = |token: Span| (from(token.start), from(token.end));
        Self {
            text: Expected::new(&whole[span.start..span.end]),
            members: members.drain(..).map(place).collect(),
            name: name.map_or((0, 0), place),
        }
    }

    /// Whether it stands at `at`; if so, puts the entries of its whole members and gives those
    /// behind them.
    #[expect(
        clippy::inline_always,
        reason = "a twelfth of the instructions of an event"
    )]
    #[inline(always)]
    fn pass<'e>(
        &self,
        bytes: &[u8],
        at: usize,
        entries: &'e mut [Entry],
    ) -> Option<&'e mut [Entry]> {
        if !self.text.stands_at(bytes, at) {
            return None;
        }
        if self.members.is_empty() {
            return Some(entries);
        }
        self.put_members(at, entries)
    }

    #[inline(never)]
    fn put_members<'e>(&self, at: usize, entries: &'e mut [Entry]) -> Option<&'e mut [Entry]> {
        let (tokens, behind) = entries.split_at_mut_checked(self.members.len())?;
        for (entry, token) in tokens.iter_mut().zip(&self.members) {
            entry.place(*token, at);
        }
        Some(behind)
    }
}

impl Layout {
    /// Longest text that is remembered, in bytes: what differs in an object that is longer is
    /// cheaper to parse than to compare.
    const LONGEST: usize = 16 << 10;

    /// Learns how `object` is written, with the values of the members, by their indices, that are
    /// `constant`; `None` for what is no object of scalars, or too long.
    #[must_use]
    pub(super) fn learn(object: Node<'_>, constant: impl Fn(usize) -> bool) -> Option<Self> {
        let holds = |member: Member<'_>| {
            let kind = member.value.kind();
            matches!(kind, Kind::Object | Kind::Array)
        };
        if object.kind() != Kind::Object || object.is_empty() || object.members().any(holds) {
            return None;
        }
        let whole = object.document().text().as_bytes();
        let mut gaps = Vec::with_capacity(object.len());
        let (mut members, mut from, mut length) = (Vec::new(), object.span().start, 0);
        for (index, member) in object.members().enumerate() {
            let (name, value) = (member.name.span(), member.value.span());
            if constant(index) {
                members.extend([name, value]);
                continue;
            }
            let span = Span::new(from, value.start);
            gaps.push(Gap::new(whole, span, Some(name), &mut members));
            length += value.start - from;
            from = value.end;
        }
        let end = object.span().end;
        let after = Gap::new(whole, Span::new(from, end), None, &mut members);
        length += end - from;
        (length <= Self::LONGEST).then(|| Self {
            gaps: gaps.into(),
            after,
            tape: object.own_tape(),
        })
    }

    /// Reads a text that is one object of this layout, with or without blanks around it. `value` is
    /// called with what `members` has for each member whose value is not constant and with the place
    /// of the value, and reads that, most simply as [`Scalar::read`] does. Gives the document with
    /// the tape that [`crate::json::parse`] would have written; `None` where the text is
    /// anything else, JSON or not, and where `members` ends before the members do.
    #[must_use]
    #[inline]
    pub(super) fn read<'a, T>(
        &'a mut self,
        text: &'a str,
        members: impl Iterator<Item = T>,
        value: impl FnMut(T, usize) -> Option<Scalar>,
    ) -> Option<Document<'a>> {
        let (document, end) = self.read_prefix(text, members, value)?;
        (skip_blanks(text.as_bytes(), end) == text.len()).then_some(document)
    }

    /// The same for a text that goes on with anything behind the object; gives its end, too.
    #[must_use]
    #[inline]
    pub(super) fn read_prefix<'a, T>(
        &'a mut self,
        text: &'a str,
        members: impl Iterator<Item = T>,
        value: impl FnMut(T, usize) -> Option<Scalar>,
    ) -> Option<(Document<'a>, usize)> {
        u32::try_from(text.len()).ok()?;
        let bytes = text.as_bytes();
        let end = self.object(bytes, skip_blanks(bytes, 0), members, value)?;
        Some((Document::new(text, &self.tape), end))
    }

    /// Reads one object, which may have anything behind it; gives its end.
    #[inline]
    fn object<T>(
        &mut self,
        bytes: &[u8],
        start: usize,
        mut members: impl Iterator<Item = T>,
        mut value: impl FnMut(T, usize) -> Option<Scalar>,
    ) -> Option<usize> {
        let (root, mut entries) = self.tape.split_root_mut()?;
        let mut at = start;
        for gap in &self.gaps {
            let behind = gap.pass(bytes, at, entries)?;
            let ([name, entry], behind) = behind.split_first_chunk_mut()?;
            name.place(gap.name, at);
            at += gap.text.len();
            let scalar = value(members.next()?, at)?;
            scalar.write(at, entry);
            at = scalar.end();
            entries = behind;
        }
        self.after.pass(bytes, at, entries)?;
        let end = at + self.after.text.len();
        root.place((0, narrow(end - start)), start);
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;
    use crate::json::parse;

    fn layout(text: &str) -> Option<Layout> {
        with_constants(text, 0)
    }

    /// The layout whose constant values are those with a bit in `constants`.
    fn with_constants(text: &str, constants: u32) -> Option<Layout> {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect(text);
        let root = Document::new(text, &tape).root();
        Layout::learn(root, |index| constants >> index & 1 == 1)
    }

    fn reads(layout: &mut Layout, text: &str) -> bool {
        let value = |(), at| Scalar::read(text.as_bytes(), at);
        layout.read(text, iter::repeat(()), value).is_some()
    }

    /// Everything that a tape holds.
    fn written(tape: &Tape) -> String {
        format!("{tape:?}")
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
        let mut parsed = Tape::new();
        let (mut same, mut not) = (0, 0);
        for one in learned {
            let mut layout = layout(one).expect(one);
            for other in learned {
                for value in values {
                    for part in ["1", "\"x\"", "null", "true", "-1.5e+3", "\"\"", "false"] {
                        let text = format!(" {}\n", other.replacen(part, value, 1));
                        if !reads(&mut layout, &text) {
                            not += 1;
                            continue;
                        }
                        same += 1;
                        parse(&text, &mut parsed).expect(&text);
                        assert_eq!(written(&layout.tape), written(&parsed), "{text}");
                    }
                }
            }
        }
        assert!(same > 150 && not > 1000, "{same} {not}");
    }

    #[test]
    fn another_text_between_the_values_is_another_layout() {
        let mut layout = layout(r#"{"a":1,"b":2}"#).expect("flat");
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
            assert_eq!(reads(&mut layout, text), same, "{text}");
        }
    }

    #[test]
    fn constant_values_are_compared_with_the_gaps_around_them() {
        let texts = [
            r#" {"a":1,"b\n":"x\u0041","c":null,"d":true}"#,
            r#" {"a":2,"b\n":"x\u0041","c":null,"d":true}"#,
            r#" {"a":1,"b\n":"","c":null,"d":true}"#,
            r#" {"a":1,"b\n":"x\u0041","c":"cc","d":true}"#,
            r#" {"a":1,"b\n":"x\u0041","c":null,"d":false}"#,
            r#" {"a":1,"b\n":"x\u0041","c":null,"d":true,"e":0}"#,
        ];
        // In which of the texts which of the values differ.
        let differ = [0, 0b1, 0b10, 0b100, 0b1000];
        let mut parsed = Tape::new();
        for constants in 0..1 << 4 {
            let mut layout = with_constants(texts[0], constants).expect("flat");
            for (at, text) in texts.iter().enumerate() {
                let same = differ.get(at).is_some_and(|differ| differ & constants == 0);
                assert_eq!(reads(&mut layout, text), same, "{constants:b} {text}");
                if same {
                    parse(text, &mut parsed).expect(text);
                    assert_eq!(
                        written(&layout.tape),
                        written(&parsed),
                        "{constants:b} {text}"
                    );
                }
            }
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

//! What goes with a member or an element that is taken out of a text: its comma, and the blanks that
//! made room for it.
//!
//! Decides from the text around it alone. Takes nothing out.

use super::document::{BLANKS, Member, Node};
use super::span::Span;

impl Member<'_> {
    /// What to delete to take the member out of its object, so that what is left is JSON in the
    /// layout that it had. Those of members side by side may overlap; each object is right after any
    /// that do not.
    #[must_use]
    pub fn removal(&self) -> Span {
        removal(self.name.document().text(), spanning(self, self))
    }
}

impl Node<'_> {
    /// The same for an element of an array.
    #[must_use]
    pub fn removal(&self) -> Span {
        removal(self.document().text(), self.span())
    }
}

/// What to delete to take several members of one object out at once, which come in the order of the
/// document: nothing of it overlaps.
#[must_use]
pub(crate) fn removals(members: &[Member<'_>]) -> Vec<Span> {
    let side_by_side = |one: &Member<'_>, next: &Member<'_>| one.value.next() == next.name.index();
    let runs = members.chunk_by(side_by_side);
    let spans = runs.filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let text = first.name.document().text();
        Some(removal(text, spanning(first, last)))
    });
    spans.collect()
}

/// From the name of one member to the end of the value of another.
fn spanning(first: &Member<'_>, last: &Member<'_>) -> Span {
    Span::new(first.name.span().start, last.value.span().end)
}

/// The item with what stands between it and the item before it or, where that is less, the one
/// after it; with all blanks where it is the only one.
fn removal(text: &str, item: Span) -> Span {
    let (before, after) = (&text[..item.start], &text[item.end..]);
    // Where the item before it ends, and the one after it begins.
    let end_before = before
        .trim_end_matches(BLANKS)
        .strip_suffix(',')
        .map(|rest| rest.trim_end_matches(BLANKS).len());
    let next = after
        .trim_start_matches(BLANKS)
        .strip_prefix(',')
        .map(|rest| text.len() - rest.trim_start_matches(BLANKS).len());
    match (end_before, next) {
        (Some(end), Some(next)) if room(&text[end..item.start]) > room(&text[item.end..next]) => {
            Span::new(item.start, next)
        }
        (Some(end), _) => Span::new(end, item.end),
        (None, Some(next)) => Span::new(item.start, next),
        (None, None) => Span::new(
            before.trim_end_matches(BLANKS).len(),
            text.len() - after.trim_start_matches(BLANKS).len(),
        ),
    }
}

/// How much what stands between two items sets them apart: a line end more than any blanks.
fn room(between: &str) -> (usize, usize) {
    (between.matches('\n').count(), between.len())
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Tape, parse};
    use super::*;

    /// `text` without the members of the root that are named in `names`.
    fn without(text: &str, names: &str) -> String {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect(text);
        let root = Document::new(text, &tape).root();
        let members = root.members();
        let members = members.filter(|member| names.contains(&*member.name_text()));
        let members: Vec<_> = members.collect();
        let spans = removals(&members);
        if let [only] = &*members {
            assert_eq!(spans, [only.removal()]);
        }
        cut(text, &spans)
    }

    fn cut(text: &str, spans: &[Span]) -> String {
        let (mut left, mut at) = (String::new(), 0);
        for span in spans {
            left.push_str(&text[at..span.start]);
            at = span.end;
        }
        left + &text[at..]
    }

    #[test]
    fn what_is_left_keeps_its_layout() {
        for (text, names, expected) in [
            (r#"{"a":1}"#, "a", "{}"),
            ("{\n  \"a\": 1\n}\n", "a", "{}\n"),
            (r#"{"a":1,"b":2,"c":3}"#, "a", r#"{"b":2,"c":3}"#),
            (r#"{"a":1,"b":2,"c":3}"#, "b", r#"{"a":1,"c":3}"#),
            (r#"{"a":1,"b":2,"c":3}"#, "c", r#"{"a":1,"b":2}"#),
            (r#"{"a":1,"b":2,"c":3}"#, "abc", "{}"),
            (r#"{"a":1,"b":2,"c":3}"#, "ac", r#"{"b":2}"#),
            (r#"{"a":1,"b":2,"c":3}"#, "ab", r#"{"c":3}"#),
            (r#"{"a":1,"b":2,"c":3}"#, "bc", r#"{"a":1}"#),
            (r#"{ "a": 1, "b": 2 }"#, "a", r#"{ "b": 2 }"#),
            (r#"{ "a": 1, "b": 2 }"#, "b", r#"{ "a": 1 }"#),
            (r#"{ "a" : 1 , "b" : 2 }"#, "b", r#"{ "a" : 1 }"#),
            // A line each.
            (
                "{\r\n\t\"a\": 1,\r\n\t\"b\": [\r\n],\r\n\t\"c\": 3\r\n}",
                "a",
                "{\r\n\t\"b\": [\r\n],\r\n\t\"c\": 3\r\n}",
            ),
            (
                "{\r\n\t\"a\": 1,\r\n\t\"b\": [\r\n],\r\n\t\"c\": 3\r\n}",
                "b",
                "{\r\n\t\"a\": 1,\r\n\t\"c\": 3\r\n}",
            ),
            (
                "{\r\n\t\"a\": 1,\r\n\t\"b\": [\r\n],\r\n\t\"c\": 3\r\n}",
                "c",
                "{\r\n\t\"a\": 1,\r\n\t\"b\": [\r\n]\r\n}",
            ),
            // The comma first.
            (
                "{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}",
                "a",
                "{ \"b\": 2\n, \"c\": 3\n}",
            ),
            (
                "{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}",
                "b",
                "{ \"a\": 1\n, \"c\": 3\n}",
            ),
            (
                "{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}",
                "c",
                "{ \"a\": 1\n, \"b\": 2\n}",
            ),
            // Some on a line, the others stay where they are.
            (
                "{\n\"a\": 1,\n\"b\": 2, \"c\": 3\n}",
                "b",
                "{\n\"a\": 1,\n\"c\": 3\n}",
            ),
            (
                "{\n\"a\": 1, \"b\": 2,\n\"c\": 3\n}",
                "b",
                "{\n\"a\": 1,\n\"c\": 3\n}",
            ),
            (
                "{\n\"a\": 1,\n\n\"b\": 2,\n\"c\": 3\n}",
                "b",
                "{\n\"a\": 1,\n\n\"c\": 3\n}",
            ),
            // What looks like a comma or a blank, and is the value's.
            (
                r#"{"a":",","b":" ","c":",\""}"#,
                "b",
                r#"{"a":",","c":",\""}"#,
            ),
        ] {
            assert_eq!(without(text, names), expected, "{text} {names}");
        }
    }

    #[test]
    fn elements_are_taken_out_likewise() {
        for (text, expected) in [
            ("[1]", vec!["[]"]),
            ("[1, 2, 3]", vec!["[2, 3]", "[1, 3]", "[1, 2]"]),
            ("[\n 1,\n 2\n]", vec!["[\n 2\n]", "[\n 1\n]"]),
        ] {
            let mut tape = Tape::new();
            parse(text, &mut tape).expect(text);
            let elements = Document::new(text, &tape).root().elements();
            let left = elements.map(|element| cut(text, &[element.removal()]));
            assert_eq!(left.collect::<Vec<_>>(), expected, "{text}");
        }
    }

    /// Any of the removals of single members that do not overlap leave JSON.
    #[test]
    fn removals_that_do_not_overlap_go_together() {
        let gaps = [",", ", ", ",\n ", "\n, ", ",\n\n "];
        for number in 0..gaps.len().pow(3) {
            let gap = |place: u32| gaps[number / gaps.len().pow(place) % gaps.len()];
            let text = format!(
                r#"{{ "a":1{}"b":2{}"c":3{}"d":4 }}"#,
                gap(0),
                gap(1),
                gap(2)
            );
            let mut tape = Tape::new();
            parse(&text, &mut tape).expect("JSON");
            let members: Vec<_> = Document::new(&text, &tape).root().members().collect();
            for chosen in 0..16_u32 {
                let mut spans: Vec<Span> = Vec::new();
                let mut kept = Vec::new();
                for (place, member) in members.iter().enumerate() {
                    let span = member.removal();
                    let fits = spans.last().is_none_or(|last| last.end <= span.start);
                    if chosen >> place & 1 == 1 && fits {
                        spans.push(span);
                    } else {
                        kept.push(member.name_text());
                    }
                }
                let left = cut(&text, &spans);
                let mut tape = Tape::new();
                parse(&left, &mut tape).unwrap_or_else(|error| panic!("{left}: {error:?}"));
                let names = Document::new(&left, &tape).root().members();
                let names: Vec<_> = names
                    .map(|member| member.name_text().into_owned())
                    .collect();
                assert_eq!(names, kept, "{text} {chosen:b}");
            }
        }
    }
}

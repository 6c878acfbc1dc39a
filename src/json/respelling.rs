//! What to change in the token of a value to make it another one, and nothing more: quotes, escapes
//! and characters that both have stay as they are.
//!
//! Decides from the two tokens alone. Changes nothing.

use super::document::Node;
use super::span::Span;
use super::string::{self, Escape};
use super::tape::Kind;

/// Bytes of a text, and what comes in their place: JSON text.
pub(crate) type Change = (Span, String);

/// Longest token of which parts are kept, in bytes: to tell them takes many times its memory.
const LONGEST: usize = 16 << 10;

impl Node<'_> {
    /// The changes that make the token of this value `to`, another token: in order of place, without
    /// overlaps. None where both say the same.
    #[must_use]
    pub(crate) fn respelling(&self, to: &str) -> Vec<Change> {
        let span = self.span();
        let whole = matches!(self.kind(), Kind::Array | Kind::Object) || to.starts_with(['[', '{']);
        if whole || self.raw().len() + to.len() > LONGEST {
            return vec![(span, to.to_owned())];
        }
        let mut changes = changes(self.raw(), to);
        for (place, _) in &mut changes {
            *place = place.shifted(span.start);
        }
        changes
    }
}

/// A part of a token that stays or goes as a whole, with the bytes that it takes.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// The character that it means; `None` for a quotation mark around a string.
    c: Option<char>,
    span: Span,
}

impl Piece {
    fn is_like(&self, other: &Self) -> bool {
        self.c == other.c
    }
}

fn changes(from: &str, to: &str) -> Vec<Change> {
    let other_kind = from.starts_with('"') != to.starts_with('"');
    if other_kind && from.contains('\\') {
        // Outside quotes there are no escapes.
        return vec![(Span::new(0, from.len()), to.to_owned())];
    }
    let (old, new) = (pieces(from), pieces(to));
    let same = std::iter::zip(&old, &new);
    let first = same.take_while(|(old, new)| old.is_like(new)).count();
    let (old_rest, new_rest) = (&old[first..], &new[first..]);
    let same = std::iter::zip(old_rest.iter().rev(), new_rest.iter().rev());
    let last = same.take_while(|(old, new)| old.is_like(new)).count();
    let (old_rest, new_rest) = (
        &old_rest[..old_rest.len() - last],
        &new_rest[..new_rest.len() - last],
    );
    let text = |pieces: &[Piece]| {
        let ends = pieces.first().zip(pieces.last());
        ends.map_or("", |(first, last)| &to[first.span.start..last.span.end])
            .to_owned()
    };
    if let Some(runs) = without(old_rest, new_rest) {
        return runs
            .into_iter()
            .map(|run| (run.span, String::new()))
            .collect();
    }
    let at = old.get(first).map_or(from.len(), |piece| piece.span.start);
    if let Some(runs) = without(new_rest, old_rest) {
        let put = |run: Run<'_>| {
            let before = run
                .before
                .checked_sub(1)
                .map(|last| old_rest[last].span.end);
            let at = before.unwrap_or(at);
            (Span::new(at, at), text(run.pieces))
        };
        return runs.into_iter().map(put).collect();
    }
    let end = old_rest.last().map_or(at, |piece| piece.span.end);
    vec![(Span::new(at, end), text(new_rest))]
}

/// Pieces side by side that only one of two tokens has.
struct Run<'p> {
    pieces: &'p [Piece],
    span: Span,
    /// How many pieces that both have stand before it.
    before: usize,
}

/// What to take out of `more` to leave `less`; `None` where that is not all that it takes.
fn without<'p>(more: &'p [Piece], less: &[Piece]) -> Option<Vec<Run<'p>>> {
    let mut runs: Vec<Run<'p>> = Vec::new();
    let (mut before, mut goes_on) = (0, false);
    for (at, piece) in more.iter().enumerate() {
        if less.get(before).is_some_and(|next| next.is_like(piece)) {
            before += 1;
            goes_on = false;
        } else if let Some(run) = runs.last_mut().filter(|_| goes_on) {
            run.span.end = piece.span.end;
            run.pieces = &more[at - run.pieces.len()..=at];
        } else {
            let pieces = &more[at..=at];
            let span = piece.span;
            runs.push(Run {
                pieces,
                span,
                before,
            });
            goes_on = true;
        }
    }
    (before == less.len()).then_some(runs)
}

/// The pieces of a token that holds no other.
fn pieces(token: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(token.len());
    let is_string = token.starts_with('"');
    let mut at = 0;
    while let Some(c) = token[at..].chars().next() {
        let quote = is_string && c == '"';
        let escape = string::escape(&token.as_bytes()[at..]).filter(|_| c == '\\');
        let (c, length) = match escape {
            Some(Escape::Char(meant, length)) => (meant, length),
            Some(Escape::LoneSurrogate) => (char::REPLACEMENT_CHARACTER, 6),
            None => (c, c.len_utf8()),
        };
        let span = Span::new(at, at + length);
        at = span.end;
        pieces.push(Piece {
            c: (!quote).then_some(c),
            span,
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_tokens_have_stays() {
        for (from, to, expected) in [
            (r#""PT5M""#, r#""PT5M""#, &[][..]),
            (r#"" PT5M\r\n""#, r#""PT5M""#, &[(1, 2, ""), (6, 10, "")]),
            (r#""7\u0000\u200b""#, r#""7""#, &[(2, 14, "")]),
            (r#""{3E-4}""#, r#""3E-4""#, &[(1, 2, ""), (6, 7, "")]),
            (r#""3E4C5""#, r#""3E-4C-5""#, &[(3, 3, "-"), (5, 5, "-")]),
            (r#""3E4C5""#, r#""-3E4C5-""#, &[(1, 1, "-"), (6, 6, "-")]),
            (r#""a b""#, r#""aTb""#, &[(2, 3, "T")]),
            (r#""a\u0020b\/""#, r#""aTb/""#, &[(2, 8, "T")]),
            (r#""00:05""#, r#""PT5M""#, &[(1, 6, "PT5M")]),
            (r#""éx""#, r#""éy""#, &[(3, 4, "y")]),
            (r#""a""#, r#""a\"b""#, &[(2, 2, r#"\"b"#)]),
            (r#""a""#, r#""\\""#, &[(1, 2, r"\\")]),
            (r#""""#, r#""a""#, &[(1, 1, "a")]),
            ("3.0", "3", &[(1, 3, "")]),
            ("1.5e1", "15", &[(1, 2, ""), (3, 5, "")]),
            ("1e2", "100", &[(1, 3, "00")]),
            (r#""3""#, "3", &[(0, 1, ""), (2, 3, "")]),
            (r#"" 3""#, "3", &[(0, 2, ""), (3, 4, "")]),
            ("3", r#""3""#, &[(0, 0, "\""), (1, 1, "\"")]),
            ("3", r#""PT3S""#, &[(0, 0, "\"PT"), (1, 1, "S\"")]),
            ("null", r#""PT0S""#, &[(0, 4, "\"PT0S\"")]),
            (r#""True""#, "true", &[(0, 6, "true")]),
            (r#""\u0033""#, "3", &[(0, 8, "3")]),
        ] {
            let changes = changes(from, to);
            let expected: Vec<Change> = expected
                .iter()
                .map(|(start, end, text)| (Span::new(*start, *end), (*text).to_owned()))
                .collect();
            assert_eq!(changes, expected, "{from} {to}");
            assert_eq!(string_of(&made(from, &changes)), string_of(to), "{from}");
        }
    }

    fn made(from: &str, changes: &[Change]) -> String {
        let (mut text, mut at) = (String::new(), 0);
        for (span, new) in changes {
            text.push_str(&from[at..span.start]);
            text.push_str(new);
            at = span.end;
        }
        text + &from[at..]
    }

    fn string_of(token: &str) -> serde_json::Value {
        serde_json::from_str(token).expect(token)
    }

    #[test]
    fn any_token_becomes_any_other() {
        let texts = [
            "",
            "a",
            "ab",
            "ba",
            "aba",
            "bab",
            "\u{1f600}a",
            "a\"\\\n",
            "\\u0061",
            "1",
            "11",
        ];
        let mut tokens: Vec<String> = texts
            .iter()
            .map(|text| string::string_token(text))
            .collect();
        tokens.extend(
            [
                r#""\u0061b\ud83d\ude00""#,
                r#""1\u0031""#,
                "1",
                "11",
                "1.0",
                "null",
            ]
            .map(str::to_owned),
        );
        for from in &tokens {
            for to in &tokens {
                let changes = changes(from, to);
                let in_order = changes
                    .array_windows()
                    .all(|[one, next]| one.0.end <= next.0.start);
                assert!(in_order, "{from} {to}: {changes:?}");
                assert_eq!(
                    string_of(&made(from, &changes)),
                    string_of(to),
                    "{from} {to}"
                );
            }
        }
    }
}

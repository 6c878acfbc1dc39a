//! One pass: the edits of several fixes, made in one text at once.
//!
//! Bytes outside the edits stay. Where fixes overlap, the first wins.

use std::collections::BTreeMap;

use crate::diagnostic::{Edit, Fix};
use crate::json::Span;

/// A text after one pass.
#[derive(Debug)]
pub struct Spliced {
    /// The text.
    pub text: Vec<u8>,
    /// What was changed, in order of place.
    pub moved: Vec<Moved>,
    /// Of each fix that was offered, whether it was made.
    pub made: Vec<bool>,
}

/// A change: what was there, and what came in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Bytes of the text before.
    pub from: Span,
    /// Bytes of the text after.
    pub to: Span,
}

/// Makes fixes in a text, each as a whole or not at all: one that overlaps an earlier one has to
/// wait for the next pass, as has one that is not for this text.
#[must_use]
pub fn splice<'f>(text: &[u8], fixes: impl IntoIterator<Item = &'f Fix>) -> Spliced {
    let fixes: Vec<&Fix> = fixes.into_iter().collect();
    let mut order: Vec<usize> = (0..fixes.len()).collect();
    order.sort_by_key(|at| fixes[*at].edits.first().map(|edit| edit.span.start));
    let mut accepted = Accepted::default();
    let mut made = vec![false; fixes.len()];
    for at in order {
        made[at] = accepted.add(&fixes[at].edits, text.len());
    }
    let mut spliced = Spliced {
        text: Vec::with_capacity(text.len()),
        moved: Vec::with_capacity(accepted.0.len()),
        made,
    };
    let mut rest = 0;
    for edit in accepted.0.values() {
        spliced.text.extend_from_slice(&text[rest..edit.span.start]);
        let start = spliced.text.len();
        spliced.text.extend_from_slice(edit.text.as_bytes());
        spliced.moved.push(Moved {
            from: edit.span,
            to: Span::new(start, spliced.text.len()),
        });
        rest = edit.span.end;
    }
    spliced.text.extend_from_slice(&text[rest..]);
    spliced
}

/// Edits without overlaps, by place: what is put in somewhere stands before what is replaced there.
#[derive(Default)]
struct Accepted<'f>(BTreeMap<(usize, usize), &'f Edit>);

impl<'f> Accepted<'f> {
    /// Adds the edits of a fix, and says whether there was room for all of them.
    fn add(&mut self, edits: &'f [Edit], length: usize) -> bool {
        let fits = |edit: &Edit| edit.span.end <= length && self.is_free(edit.span);
        let all = !edits.is_empty() && edits.iter().all(fits);
        if all {
            let edits = edits.iter();
            self.0
                .extend(edits.map(|edit| ((edit.span.start, edit.span.end), edit)));
        }
        all
    }

    fn is_free(&self, span: Span) -> bool {
        let overlaps = |other: Span| {
            if span == other {
                return true;
            }
            span.start < other.end && other.start < span.end
        };
        // The accepted ones do not overlap: the last that starts before the end of this one, and
        // the empty one that may stand at the same place, are all that can.
        let before = self.0.range(..(span.end, span.end)).next_back();
        let same = self.0.get(&(span.start, span.end));
        !same
            .into_iter()
            .chain(before.map(|(_, edit)| edit))
            .any(|edit| overlaps(edit.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits
            .iter()
            .map(|(start, end, text)| Edit::replace(Span::new(*start, *end), *text));
        Fix::safe("do it", edits)
    }

    #[test]
    fn the_first_of_those_that_overlap_is_made() {
        type Edits<'a> = &'a [(usize, usize, &'a str)];
        let text = b"0123456789";
        let table: &[(&[Edits<'_>], &str, &[bool])] = &[
            (&[], "0123456789", &[]),
            (&[&[(0, 0, "a")]], "a0123456789", &[true]),
            (&[&[(10, 10, "a")]], "0123456789a", &[true]),
            (&[&[(2, 4, "")], &[(4, 5, "x")]], "01x56789", &[true, true]),
            // In whatever order they are offered.
            (&[&[(4, 5, "x")], &[(2, 5, "")]], "0156789", &[false, true]),
            (&[&[(2, 6, "y")], &[(3, 4, "x")]], "01y6789", &[true, false]),
            (
                &[&[(2, 2, "y")], &[(2, 4, "x")]],
                "01yx456789",
                &[true, true],
            ),
            (
                &[&[(4, 4, "y")], &[(2, 4, "x")]],
                "01xy456789",
                &[true, true],
            ),
            (
                &[&[(3, 3, "y")], &[(2, 4, "x")]],
                "01x456789",
                &[false, true],
            ),
            (
                &[&[(3, 3, "y")], &[(3, 3, "x")]],
                "012y3456789",
                &[true, false],
            ),
            // As a whole or not at all.
            (
                &[
                    &[(1, 2, "a"), (8, 9, "b")],
                    &[(3, 4, "c"), (8, 9, "d")],
                    &[(5, 6, "e")],
                ],
                "0a234e67b9",
                &[true, false, true],
            ),
            // That of another text.
            (&[&[(8, 11, "a")]], "0123456789", &[false]),
        ];
        for (fixes, expected, made) in table {
            let fixes: Vec<Fix> = fixes.iter().map(|edits| fix(edits)).collect();
            let spliced = splice(text, &fixes);
            assert_eq!(
                String::from_utf8_lossy(&spliced.text),
                *expected,
                "{fixes:?}"
            );
            assert_eq!(spliced.made, *made, "{fixes:?}");
            for Moved { from, to } in spliced.moved {
                let edits = fixes.iter().flat_map(|fix| &fix.edits);
                let edit = edits
                    .clone()
                    .find(|edit| edit.span == from)
                    .expect("an edit");
                assert_eq!(&spliced.text[to.start..to.end], edit.text.as_bytes());
            }
        }
    }
}

//! What was found in the names of a shape, repeated in the next event of that shape.
//!
//! Owns how a repair moves with the values between the names: its edits reach from and to places
//! that are so many bytes behind a token. Knows no rule.

use crate::diagnostic::Diagnostic;
use crate::json::{Document, Node, Span};

/// A finding in a name, and where its repair stands.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Tape index of the name.
    name: u32,
    found: Diagnostic,
    /// First and last place of each edit of its repair.
    edits: Vec<(Place, Place)>,
}

/// A place in an object that is written as another one was.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Tape index of the token before it, or around it.
    token: u32,
    /// It is counted from where that ends.
    behind: bool,
    /// In bytes.
    offset: usize,
}

impl Named {
    /// A finding in the name with this tape index; `None` where its repair reaches into a value,
    /// which the next event may have otherwise.
    pub(super) fn new(document: Document<'_>, name: u32, found: &Diagnostic) -> Option<Self> {
        let fix = found.fix.iter();
        let edits = fix.flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| {
            let start = Place::new(document, edit.span.start)?;
            Some((start, Place::new(document, edit.span.end)?))
        });
        Some(Self {
            name,
            edits: edits.collect::<Option<_>>()?,
            found: found.clone(),
        })
    }

    /// The same finding in another event.
    pub(super) fn repeated(&self, document: Document<'_>) -> Diagnostic {
        let mut found = Diagnostic {
            span: document.node(self.name).span(),
            ..self.found.clone()
        };
        if let Some(fix) = &mut found.fix {
            for (edit, (start, end)) in fix.edits.iter_mut().zip(&self.edits) {
                edit.span = Span::new(start.of(document), end.of(document));
            }
        }
        found
    }

    /// Whether its repair may hang on what a value is: the one that takes out this value with others.
    pub(super) fn may_ask_for(&self, value: Node<'_>) -> bool {
        let Some(fix) = &self.found.fix else {
            return false;
        };
        let span = value.span();
        let before = fix
            .edits
            .partition_point(|edit| edit.span.start <= span.start);
        let edit = before.checked_sub(1).map(|last| fix.edits[last].span);
        fix.edits.len() > 1 && edit.is_some_and(|edit| span.end <= edit.end)
    }
}

impl Place {
    fn new(document: Document<'_>, at: usize) -> Option<Self> {
        let token = document.node_at(at);
        let span = token.span();
        let is_root = token.index() == document.root().index();
        let is_value = !is_root && token.index().is_multiple_of(2);
        let behind = !is_root && at >= span.end;
        if !behind && is_value && at > span.start {
            return None;
        }
        let from = if behind { span.end } else { span.start };
        Some(Self {
            token: token.index(),
            behind,
            offset: at.checked_sub(from)?,
        })
    }

    fn of(self, document: Document<'_>) -> usize {
        let span = document.node(self.token).span();
        let from = if self.behind { span.end } else { span.start };
        from + self.offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Edit, Fix};
    use crate::json::{Tape, parse};
    use crate::rules;

    /// Where the edit from `start` to `end` of `one` is in `other`.
    fn moved(one: &str, (start, end): (usize, usize), other: &str) -> Option<String> {
        let (mut tape, mut other_tape) = (Tape::new(), Tape::new());
        parse(one, &mut tape).expect("JSON");
        parse(other, &mut other_tape).expect("JSON");
        let rule = &rules::schema::unknown_member::RULE.rule;
        let mut found = Diagnostic::of_text(rule, Span::new(0, 0), "");
        let edit = Edit::delete(Span::new(start, end));
        found.fix = Some(Box::new(Fix::not_safe("remove it", [edit])));
        let named = Named::new(Document::new(one, &tape), 1, &found)?;
        let found = named.repeated(Document::new(other, &other_tape));
        let span = found.fix.expect("a fix").edits[0].span;
        Some(other[span.start..span.end].to_owned())
    }

    #[test]
    fn repairs_move_with_the_values() {
        const ONE: &str = r#" { "a":1, "b" : "x", "c":null }"#;
        const OTHER: &str = r#"{ "a":"long", "b" : 7, "c":true }"#;
        for (text, expected) in [
            (r#""b""#, Some(r#""b""#)),
            (r#", "b" : "x""#, Some(r#", "b" : 7"#)),
            (r#""b" : "x", "#, Some(r#""b" : 7, "#)),
            (r#", "c":null"#, Some(r#", "c":true"#)),
            (r#"{ "a":1, "#, Some(r#"{ "a":"long", "#)),
            (
                r#" "a":1, "b" : "x", "c":null "#,
                Some(r#" "a":"long", "b" : 7, "c":true "#),
            ),
            // Within a value.
            ("x", None),
            ("ull }", None),
        ] {
            let start = ONE.find(text).expect("part of it");
            let found = moved(ONE, (start, start + text.len()), OTHER);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}

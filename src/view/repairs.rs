//! Repairs of members: another name, or none of it.
//!
//! Owns their edits and what they are called. Must not know why one is made.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::json::{self, Member, Node, Span};
use crate::text::words::{Kind, Words, ours, quoted, words};

/// Most edits of one repair of names: more than any event needs, which every report would print.
const MOST_EDITS: usize = 1000;

/// Gives a member the name that it should have, and what annotates it with it; `None` where that is
/// too much.
pub(crate) fn renaming<'a>(
    applicability: Applicability,
    name: Node<'a>,
    right: &str,
    annotations: impl Iterator<Item = Node<'a>>,
) -> Option<Fix> {
    let message = words!("rename it to `{}`", ours(right));
    at_once(applicability, message, renames(name, right, annotations))
}

/// A repair of all these edits; `None` where there are too many.
pub(crate) fn at_once(
    applicability: Applicability,
    message: Words,
    edits: impl Iterator<Item = Edit>,
) -> Option<Fix> {
    let edits: Vec<Edit> = edits.take(MOST_EDITS + 1).collect();
    (edits.len() <= MOST_EDITS).then(|| Fix::new(applicability, message, edits))
}

/// The edits of [`renaming`].
pub(crate) fn renames<'a>(
    name: Node<'a>,
    right: &str,
    annotations: impl Iterator<Item = Node<'a>>,
) -> impl Iterator<Item = Edit> {
    let annotations = annotations.map(move |annotation| with_target(annotation, right));
    std::iter::once(rename(name, right)).chain(annotations)
}

/// The edit that writes a name of the model or the program.
fn rename(name: Node<'_>, right: &str) -> Edit {
    Edit::replace(name.span(), json::string_token(right))
}

/// The edit that makes an annotation one of another member.
pub(crate) fn with_target(annotation: Node<'_>, right: &str) -> Edit {
    let text = annotation.text();
    let (target, term) = text.split_once('@').unwrap_or((&text, ""));
    match parts(annotation, target) {
        Some((target, _)) => Edit::replace(target, escaped(right)),
        None => rewritten(annotation, right, term),
    }
}

/// The edit that gives an annotation another term.
pub(crate) fn with_term(annotation: Node<'_>, right: &str) -> Edit {
    let text = annotation.text();
    let (target, _) = text.split_once('@').unwrap_or((&text, ""));
    match parts(annotation, target) {
        Some((_, term)) => Edit::replace(term, escaped(right)),
        None => rewritten(annotation, target, right),
    }
}

fn rewritten(annotation: Node<'_>, target: &str, term: &str) -> Edit {
    let token = json::string_token(&format!("{target}@{term}"));
    Edit::rewrite(annotation.span(), token)
}

/// The text between the quotes of a string.
fn escaped(text: &str) -> String {
    let token = json::string_token(text);
    token[1..token.len() - 1].to_owned()
}

/// Where target and term of an annotation stand; `None` where they are written with escapes up to
/// the `@`.
fn parts(annotation: Node<'_>, target: &str) -> Option<(Span, Span)> {
    let Span { start, end } = annotation.span();
    let rest = annotation.raw().strip_prefix('"')?.strip_prefix(target)?;
    let at = start + 1 + target.len();
    let plain = rest.starts_with('@') && !target.contains('\\');
    plain.then(|| (Span::new(start + 1, at), Span::new(at + 1, end - 1)))
}

/// Takes a member out. `shown` says that its name identifies nobody.
pub(crate) fn removing(member: Member<'_>, shown: bool) -> Fix {
    let name = member.name_text();
    let name = quoted(&name).kind(Kind::Name).shown_if(shown);
    let edit = Edit::delete(member.removal());
    Fix::not_safe(words!("remove {}", name), [edit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Tape, parse};

    #[test]
    fn annotations_go_with_their_member() {
        for (token, expected) in [
            (r#""OsVersion@odata.type""#, r#""osVersion@odata.type""#),
            (r#""@odata.type""#, r#""osVersion@odata.type""#),
            (r#""OsVersion@v.n\u00e9""#, r#""osVersion@v.n\u00e9""#),
            (r#""\u004fsVersion@v.n\u00e9""#, r#""osVersion@v.né""#),
            (r#""OsVersion\u0040v.n""#, r#""osVersion@v.n""#),
        ] {
            let text = format!("{{{token}: 1}}");
            let mut tape = Tape::new();
            parse(&text, &mut tape).expect("JSON");
            let mut members = Document::new(&text, &tape).root().members();
            let name = members.next().expect("a member").name;
            let edit = with_target(name, "osVersion");
            let span = edit.span;
            let edited = format!("{}{}{}", &text[1..span.start], edit.text, &text[span.end..]);
            assert_eq!(edited.strip_suffix(": 1}"), Some(expected), "{token}");
        }
    }
}

//! Rules on single literals.

pub mod date_time_range;
pub mod date_time_syntax;
pub mod duration_range;
pub mod duration_syntax;
pub mod guid_syntax;
pub mod integer_form;
pub mod integer_range;
pub mod negative_count;
pub mod non_canonical_value;
pub mod precision_loss;
pub mod zero_guid;

use crate::diagnostic::{Applicability, Fix};
use crate::edm::Meant;
use crate::rules::Cure;
use crate::rules::content::placeholder_value;
use crate::text::invisible;
use crate::text::words::{Words, ours, words};
use crate::view::{Findings, Literal, no_value, says_nothing};

/// What a refused literal was meant to be, in a sentence that does not repeat `said`, what the
/// grammar says; `is_right` says whether a text is none that would be refused.
fn cure<R>(
    literal: &Literal<'_, R>,
    meant: impl FnOnce(&str) -> Option<Meant>,
    said: &str,
    is_right: impl Fn(&str) -> bool,
    findings: &Findings<'_>,
) -> Cure {
    if findings.are_only_counted() {
        return Cure::default();
    }
    let text = literal.text;
    let meant = meant(text);
    let is_certain = meant
        .as_ref()
        .is_some_and(|meant| meant.literal().is_some());
    if !is_certain
        && let Some((c, cleaned)) = invisible::without(text, false)
        && is_right(&cleaned)
    {
        let (what, right) = (invisible::describe(c), literal.quoted_as(&cleaned));
        let help = words!("it holds {}; write {}", ours(&what), right);
        // A literal has no place for any of them.
        return Cure::new(help, literal.fix(Applicability::Safe, &cleaned));
    }
    if let Some(meant) = meant {
        let fix = fix(literal, &meant);
        return Cure::new(meant.words(literal.kind(), literal.is_certain(), said), fix);
    }
    if let Some(placeholder) = placeholder_value::recognise(text, literal.context.model) {
        return Cure::help(placeholder.help());
    }
    if !says_nothing(text) {
        return Cure::default();
    }
    let none = no_value(literal.member, literal.context);
    let fix = none.fix(literal.node, literal.member, literal.context, findings);
    Cure::new(none.words(), fix)
}

/// What mends a refused literal: the one that it was meant to be, likelier than any other.
fn fix<R>(literal: &Literal<'_, R>, meant: &Meant) -> Option<Fix> {
    let certain = meant.literal().map(|text| (Applicability::Safe, text));
    let likely = || Some((Applicability::Unsafe, meant.likely()?));
    let (applicability, text) = certain.or_else(likely)?;
    Some(literal.fix(applicability, text))
}

/// That a literal is beyond its type; `fault` is the grammar's own words.
fn out_of_range<R>(literal: &Literal<'_, R>, fault: &str) -> Words {
    let (name, text) = (ours(&literal.member.name), literal.quoted());
    words!("{} {} is out of range: {}", name, text, ours(fault))
}

/// What a literal was meant to be, in a sentence that does not repeat `said`.
fn meant<R>(literal: &Literal<'_, R>, meant: Option<Meant>, said: &str) -> Option<Words> {
    let (kind, certain) = (literal.kind(), literal.is_certain());
    meant.map(|meant| meant.words(kind, certain, said))
}

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
use crate::edm::{Meant, Remedy};
use crate::rules::content::placeholder_value;
use crate::text::invisible;
use crate::text::words::{Words, ours, words};
use crate::view::{Literal, no_value, says_nothing};

/// What a refused literal was meant to be, in a sentence that does not repeat `said`, what the
/// grammar says; `is_right` says whether a text is none that would be refused.
fn help<R>(
    literal: &Literal<'_, R>,
    meant: Option<Meant>,
    said: &str,
    is_right: impl Fn(&str) -> bool,
) -> Option<Words> {
    let text = literal.text;
    let quotation = |text: &str| words!("{}", literal.quoted_as(text));
    self::meant(literal, meant, said)
        .or_else(|| invisible::help(text, is_right, quotation))
        .or_else(|| {
            let placeholder = placeholder_value::recognise(text, literal.context.model)?;
            Some(placeholder.help())
        })
        .or_else(|| says_nothing(text).then(|| no_value(literal.member, literal.context)))
}

/// What mends a refused literal: the one that it was meant to be, likelier than any other.
fn fix<R>(literal: &Literal<'_, R>, meant: Option<&Meant>) -> Option<Fix> {
    let meant = meant?;
    let right = meant.literals().next()?;
    let applicability = match meant.remedy {
        Remedy::Literal(_) => Applicability::Safe,
        _ => Applicability::Unsafe,
    };
    Some(literal.fix(applicability, right))
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

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

use crate::edm::Meant;
use crate::rules::content::placeholder_value;
use crate::text::invisible;
use crate::view::Literal;

/// What a refused literal was meant to be, in a sentence; `is_right` says whether a text is none
/// that would be refused.
fn help<R>(
    literal: &Literal<'_, R>,
    meant: Option<Meant>,
    is_right: impl Fn(&str) -> bool,
) -> Option<String> {
    let text = literal.text;
    meant
        .map(|meant| meant.to_string())
        .or_else(|| invisible::help(text, is_right))
        .or_else(|| {
            let placeholder = placeholder_value::recognise(text, literal.context.model)?;
            Some(placeholder.help())
        })
}

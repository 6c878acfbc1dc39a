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

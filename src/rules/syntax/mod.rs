//! Rules on the text as JSON.

pub mod byte_order_mark;
pub mod duplicate_member;
pub mod invalid_encoding;
pub mod json_syntax;
pub mod lone_surrogate;
pub mod nesting_too_deep;

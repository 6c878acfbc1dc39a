//! The types of JSON values, as JSON Schema tells them apart.

use crate::json::Kind;

/// A type of JSON values. An array is a matter of
/// [`Member::collection`](super::Member::collection), and null of
/// [`Member::nullable`](super::Member::nullable).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonType {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An object.
    Object,
}

impl JsonType {
    /// The name that JSON Schema has for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Object => "object",
        }
    }

    /// The indefinite article of the name.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Boolean | Self::Number | Self::String => "a",
            Self::Integer | Self::Object => "an",
        }
    }

    /// Whether a value of this kind is of the type, however a number is written.
    #[must_use]
    pub const fn takes(self, kind: Kind) -> bool {
        match self {
            Self::Boolean => matches!(kind, Kind::False | Kind::True),
            Self::Integer | Self::Number => matches!(kind, Kind::Number),
            Self::String => matches!(kind, Kind::String),
            Self::Object => matches!(kind, Kind::Object),
        }
    }
}

//! The grammars by name, so that a type can say which one its literals follow.

use std::ops::RangeInclusive;

/// What decides the literals of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grammar {
    /// Nothing: whatever value has the right JSON type.
    Any,
    /// [`binary`](super::binary)
    Binary,
    /// JSON itself.
    Boolean,
    /// [`date`](super::date)
    Date,
    /// [`date_time`](super::date_time)
    DateTime,
    /// [`number::parse_decimal`](super::number::parse_decimal)
    Decimal,
    /// [`number::parse_double`](super::number::parse_double)
    Double,
    /// [`duration`](super::duration)
    Duration,
    /// [`guid`](super::guid)
    Guid,
    /// [`integer`](super::integer), within these bounds.
    Integer(RangeInclusive<i64>),
    /// [`number::parse_single`](super::number::parse_single)
    Single,
    /// Any text.
    Text,
    /// [`time_of_day`](super::time_of_day)
    TimeOfDay,
}

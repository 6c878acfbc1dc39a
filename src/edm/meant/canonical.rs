//! The canonical spelling of what was recognised, where .NET can hold it.
//!
//! Knows no notation.

use crate::edm::date_time::{self, MAX_TICKS};
use crate::edm::duration;

/// The least instant of .NET, which its writers give where there is none.
pub(super) const UNSET: &str = "an unset date of .NET";

/// Days in a year and in a month, as .NET reads the years and months of a duration.
pub(super) const YEAR_DAYS: i128 = 365;
pub(super) const MONTH_DAYS: i128 = 30;

/// An instant with its offset, where our own grammar reads it back as the same.
pub(super) fn instant(ticks: i64, offset_minutes: i16) -> Option<String> {
    let literal = date_time::canonical(ticks, offset_minutes);
    let value = date_time::parse(&literal).ok()?;
    (value.ticks == ticks && (0..=MAX_TICKS).contains(&ticks)).then_some(literal)
}

/// A duration of so many ticks.
pub(super) fn elapsed(negative: bool, ticks: i128) -> Option<String> {
    let ticks = i64::try_from(if negative { -ticks } else { ticks }).ok()?;
    Some(duration::canonical(ticks))
}

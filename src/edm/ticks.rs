//! The unit of time that .NET and the service keep: a tick of 100 ns.
//!
//! Owns the unit and how a fraction of a second is spelt in it; knows no grammar.

/// Ticks of 100 ns in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks of 100 ns in a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks of 100 ns in an hour.
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// Ticks of 100 ns in a day.
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

/// Digits of a fraction of a second that a tick can hold.
pub(crate) const TICK_DIGITS: usize = 7;

/// Appends the fraction of a second in `ticks` (below [`TICKS_PER_SECOND`]) with its point and
/// without trailing zeros; nothing where it is zero.
pub(super) fn push_fraction(out: &mut String, ticks: u64) {
    if ticks != 0 {
        let digits = format!(".{ticks:0TICK_DIGITS$}");
        out.push_str(digits.trim_end_matches('0'));
    }
}

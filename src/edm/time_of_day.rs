//! Edm.TimeOfDay: `hh:mm[:ss[.f]]` (`OData` ABNF 4.01, `timeOfDayValue`).
//!
//! Owns the verdict; faults are those of [`date_time`](super::date_time).

use super::date_time_fault::{DateTimeFault, Range, Syntax};
use super::scan::Scan;
use super::ticks::TICKS_PER_DAY;

/// The value of an Edm.TimeOfDay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeOfDay {
    /// Units of 100 ns since midnight, below [`TICKS_PER_DAY`].
    pub ticks: i64,
    /// More than seven fraction digits: finer than a tick.
    pub excess_digits: bool,
}

/// Parses an Edm.TimeOfDay literal. Fraction digits beyond the seventh are rounded, but never to
/// the next day.
///
/// # Errors
/// As [`date_time::parse`](super::date_time::parse); second 60 is a [`Range`] fault.
pub fn parse(text: &str) -> Result<TimeOfDay, DateTimeFault> {
    let mut scan = Scan::new(text.as_bytes(), Syntax::NotATimeOfDay);
    let time = scan.time()?;
    scan.end()?;
    if time.leap_second {
        return Err(Range::LeapSecond.into());
    }
    let ticks = time.ticks.min(TICKS_PER_DAY - 1);
    Ok(TimeOfDay {
        ticks,
        excess_digits: time.remarks.excess_digits,
    })
}

#[cfg(test)]
mod tests {
    use super::super::ticks::TICKS_PER_HOUR;
    use super::*;

    #[test]
    fn times() {
        let syntax = |fault| Err(DateTimeFault::Syntax(fault));
        let rows = [
            ("00:00:00", Ok((0, false))),
            ("12:00", Ok((12 * TICKS_PER_HOUR, false))),
            ("23:59:59.9999999", Ok((TICKS_PER_DAY - 1, false))),
            ("23:59:59.999999999999", Ok((TICKS_PER_DAY - 1, true))),
            ("00:00:00.10", Ok((1_000_000, false))),
            ("23:59:60", Err(DateTimeFault::Range(Range::LeapSecond))),
            ("24:00:00", syntax(Syntax::Hour)),
            ("", syntax(Syntax::Empty)),
            ("12", syntax(Syntax::NotATimeOfDay)),
            ("1:00", syntax(Syntax::NotATimeOfDay)),
            ("12:00:00Z", syntax(Syntax::Trailing)),
            ("12:00:00.1234567890123", syntax(Syntax::FractionTooLong)),
            ("12:00:00,5", syntax(Syntax::FractionComma)),
        ];
        for (text, verdict) in rows {
            let found = parse(text).map(|time| (time.ticks, time.excess_digits));
            assert_eq!(found, verdict, "{text:?}");
        }
    }
}

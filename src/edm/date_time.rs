//! Edm.DateTimeOffset: `YYYY-MM-DDThh:mm[:ss[.f]](Z|±hh:mm)` (`OData` ABNF 4.01,
//! `dateTimeOffsetValue`), and what .NET and Graph can hold of it.
//!
//! Owns the verdict and the canonical spelling. Knows nothing of what a refused text was meant to
//! be.

use std::borrow::Cow;
use std::time::SystemTime;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

pub use super::date_time_fault::{DateTimeFault, Range, Syntax};
use super::digits;
use super::remarks::Remarks;
use super::scan::{self, CivilDate, ClockTime, Scan, Zone};
use super::ticks::{TICKS_PER_DAY, TICKS_PER_MINUTE, TICKS_PER_SECOND, push_fraction};

/// Ticks of 9999-12-31T23:59:59.9999999Z, the last instant of .NET's `DateTimeOffset`; the first
/// is tick 0.
pub const MAX_TICKS: i64 = 3_652_059 * TICKS_PER_DAY - 1;
/// Ticks of 1970-01-01T00:00:00Z.
pub const UNIX_EPOCH_TICKS: i64 = 719_162 * TICKS_PER_DAY;
/// The greatest offset of .NET's `DateTimeOffset`, either way.
const MAX_OFFSET_MINUTES: u16 = 14 * 60;
const FIRST_INSTANT: NaiveDateTime = NaiveDate::from_ymd_opt(1, 1, 1)
    .unwrap()
    .and_time(NaiveTime::MIN);

/// The value of an Edm.DateTimeOffset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The instant in units of 100 ns since 0001-01-01T00:00:00Z, proleptic Gregorian;
    /// 0 to [`MAX_TICKS`].
    pub ticks: i64,
    /// The offset as written, -840 to 840.
    pub offset_minutes: i16,
    /// The year as written is 1: .NET's default value, which stands for "no value".
    pub unset: bool,
    /// What is noteworthy.
    pub remarks: Remarks,
}

/// Parses an Edm.DateTimeOffset literal. Fraction digits beyond the seventh are rounded as .NET
/// does it (half to even); what would pass the last instant stays on it.
///
/// # Errors
/// [`DateTimeFault::Syntax`] where the grammar is not met, whatever the range;
/// [`DateTimeFault::Range`] where it is met and the value cannot be stored.
pub fn parse(text: &str) -> Result<DateTime, DateTimeFault> {
    let mut scan = Scan::new(text.as_bytes(), Syntax::NotADateTime);
    let (date, time) = scan.date_time()?;
    let zone = scan.zone()?;
    scan.end()?;
    Ok(value(date, time, zone)?)
}

/// The literal that `text` begins with and its length in bytes; `None` where there is none that can
/// be stored. Where nothing follows, it is what [`parse`] gives.
#[inline]
pub(crate) fn prefix(text: &[u8]) -> Option<(DateTime, usize)> {
    usual_prefix(text).or_else(|| {
        let mut scan = Scan::new(text, Syntax::NotADateTime);
        let (date, time) = scan.date_time().ok()?;
        let zone = scan.zone().ok()?;
        Some((value(date, time, zone).ok()?, scan.read()))
    })
}

/// The same where it is spelt as nearly every one is: `YYYY-MM-DDThh:mm:ss.fffffffZ`.
#[inline]
fn usual_prefix(text: &[u8]) -> Option<(DateTime, usize)> {
    const LENGTH: usize = "YYYY-MM-DDThh:mm:ss.fffffffZ".len();
    let (date, seconds, rest) = scan::usual_date_time(text)?;
    let (decimals, [b'Z', ..]) = rest.split_first_chunk()? else {
        return None;
    };
    let fraction = digits::seven_decimals(*decimals)?;
    let ticks =
        date.days().ok()? * TICKS_PER_DAY + seconds * TICKS_PER_SECOND + i64::from(fraction);
    let value = DateTime {
        ticks,
        offset_minutes: 0,
        unset: date.year == 1,
        remarks: Remarks {
            excess_digits: false,
            non_canonical: decimals.ends_with(b"0"),
        },
    };
    Some((value, LENGTH))
}

#[inline]
fn value(date: CivilDate, time: ClockTime, zone: Zone) -> Result<DateTime, Range> {
    let days = date.days()?;
    if time.leap_second {
        return Err(Range::LeapSecond);
    }
    if zone.offset_minutes.unsigned_abs() > MAX_OFFSET_MINUTES {
        return Err(Range::Offset);
    }
    let local = (days * TICKS_PER_DAY + time.ticks).min(MAX_TICKS);
    let ticks = local - i64::from(zone.offset_minutes) * TICKS_PER_MINUTE;
    if !(0..=MAX_TICKS).contains(&ticks) {
        return Err(Range::Instant);
    }
    Ok(DateTime {
        ticks,
        offset_minutes: zone.offset_minutes,
        unset: date.year == 1,
        remarks: Remarks {
            non_canonical: time.remarks.non_canonical || !zone.canonical,
            ..time.remarks
        },
    })
}

/// The spelling of .NET's `XmlConvert`, for example `2016-12-31T23:59:23.3984029-08:00`: seconds
/// always, the fraction without trailing zeros, `Z` for a zero offset. Ticks outside 0 to
/// [`MAX_TICKS`] are brought to the nearest; an offset beyond ±840, or one that leads out of the
/// years 1 to 9999, gives way to UTC. So the text is always a legal literal.
#[must_use]
pub fn canonical(ticks: i64, offset_minutes: i16) -> String {
    let instant = ticks.clamp(0, MAX_TICKS);
    let shifted = instant + i64::from(offset_minutes) * TICKS_PER_MINUTE;
    let writable = offset_minutes.unsigned_abs() <= MAX_OFFSET_MINUTES;
    let (local, offset) = if writable && (0..=MAX_TICKS).contains(&shifted) {
        (shifted, offset_minutes)
    } else {
        (instant, 0)
    };
    let seconds = TimeDelta::try_seconds(local / TICKS_PER_SECOND).unwrap_or_default();
    let civil = FIRST_INSTANT
        .checked_add_signed(seconds)
        .unwrap_or(FIRST_INSTANT);
    let mut text = civil.format("%Y-%m-%dT%H:%M:%S").to_string();
    push_fraction(&mut text, (local % TICKS_PER_SECOND).unsigned_abs());
    text.push_str(&zone_text(offset));
    text
}

fn zone_text(offset_minutes: i16) -> Cow<'static, str> {
    if offset_minutes == 0 {
        return "Z".into();
    }
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    let offset = offset_minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", offset / 60, offset % 60).into()
}

/// A point in time, to the second; one before 1970 counts as 1970.
#[must_use]
pub fn ticks_at(time: SystemTime) -> i64 {
    let elapsed = time.duration_since(SystemTime::UNIX_EPOCH);
    let seconds = elapsed.map_or(0, |elapsed| elapsed.as_secs());
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    UNIX_EPOCH_TICKS.saturating_add(seconds.saturating_mul(TICKS_PER_SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Result<Remarks, DateTimeFault> = Ok(remarks(false, false));
    const HAND_MADE: Result<Remarks, DateTimeFault> = Ok(remarks(false, true));
    const FINE: Result<Remarks, DateTimeFault> = Ok(remarks(true, true));

    const fn remarks(excess_digits: bool, non_canonical: bool) -> Remarks {
        Remarks {
            excess_digits,
            non_canonical,
        }
    }

    const fn syntax(fault: Syntax) -> Result<Remarks, DateTimeFault> {
        Err(DateTimeFault::Syntax(fault))
    }

    const fn range(fault: Range) -> Result<Remarks, DateTimeFault> {
        Err(DateTimeFault::Range(fault))
    }

    fn no_such_day(year: i32, month: u8) -> Result<Remarks, DateTimeFault> {
        range(Range::NoSuchDay { year, month })
    }

    #[track_caller]
    fn assert_verdicts(rows: &[(&str, Result<Remarks, DateTimeFault>)]) {
        for (text, verdict) in rows {
            assert_eq!(parse(text).map(|value| value.remarks), *verdict, "{text:?}");
        }
    }

    #[test]
    fn literals_are_accepted() {
        assert_verdicts(&[
            ("2016-12-31T23:59:23.3984029-08:00", CLEAN),
            ("2016-12-31T23:59:37.257201-08:00", CLEAN),
            ("2017-01-01T00:00:19.6280481-08:00", CLEAN),
            ("2017-01-01T00:00:46.5128291-08:00", CLEAN),
            ("2017-01-01T00:02:48.7185581-08:00", CLEAN),
            ("2017-01-01T00:00:17.7769392-08:00", CLEAN),
            ("2016-12-31T23:59:23Z", CLEAN),
            ("2016-12-31T23:59:23.1Z", CLEAN),
            ("2016-12-31T23:59:23.12Z", CLEAN),
            ("2016-12-31T23:59:23.123Z", CLEAN),
            ("2016-12-31T23:59:23.1234Z", CLEAN),
            ("2016-12-31T23:59:23.12345Z", CLEAN),
            ("2016-12-31T23:59:23.123456Z", CLEAN),
            ("2016-12-31T23:59:23.1234567Z", CLEAN),
            ("2016-12-31T23:59:23+05:30", CLEAN),
            ("2016-12-31T23:59:23+14:00", CLEAN),
            ("2016-12-31T23:59:23-14:00", CLEAN),
            ("2016-02-29T00:00:00Z", CLEAN),
            ("2000-02-29T00:00:00Z", CLEAN),
            ("0001-01-01T00:00:00Z", CLEAN),
            ("0001-01-01T00:00:00-08:00", CLEAN),
            ("9999-12-31T23:59:59.9999999Z", CLEAN),
            ("2016-12-31T23:59Z", HAND_MADE),
            ("2016-12-31T23:59-08:00", HAND_MADE),
            ("2016-12-31T23:59:23-00:00", HAND_MADE),
            ("2016-12-31T23:59:23+00:00", HAND_MADE),
            ("2016-12-31T23:59:23.0Z", HAND_MADE),
            ("2016-12-31T23:59:23.50Z", HAND_MADE),
            ("0001-01-01T00:00:00.0000000Z", HAND_MADE),
            ("2016-12-31T23:59:23.12345678Z", FINE),
            ("2016-12-31T23:59:23.123456789Z", FINE),
            ("2016-12-31T23:59:23.1234567890Z", FINE),
            ("2016-12-31T23:59:23.12345678901Z", FINE),
            ("2016-12-31T23:59:23.123456789012Z", FINE),
        ]);
    }

    #[test]
    fn departures_from_the_grammar_are_named() {
        assert_verdicts(&[
            ("", syntax(Syntax::Empty)),
            (
                "2016-12-31T23:59:23.1234567890123Z",
                syntax(Syntax::FractionTooLong),
            ),
            (
                "2016-12-31T23:59:23.12345678901234567890Z",
                syntax(Syntax::FractionTooLong),
            ),
            ("2016-12-31t23:59:23Z", syntax(Syntax::LowerCase)),
            ("2016-12-31T23:59:23z", syntax(Syntax::LowerCase)),
            ("2016-12-31 23:59:23Z", syntax(Syntax::SpaceSeparator)),
            ("2016-12-31_23:59:23Z", syntax(Syntax::NotADateTime)),
            (
                "2016-12-31T23:59:23\u{2212}08:00",
                syntax(Syntax::UnicodeMinus),
            ),
            ("2016\u{2212}12-31T23:59:23Z", syntax(Syntax::UnicodeMinus)),
            ("2016-12-31T23:59:61Z", syntax(Syntax::Second)),
            ("2016-12-31T23:59:99Z", syntax(Syntax::Second)),
            ("2016-12-31T23:60:00Z", syntax(Syntax::Minute)),
            ("2016-12-31T24:00:00Z", syntax(Syntax::Hour)),
            ("2016-12-31T25:00:00Z", syntax(Syntax::Hour)),
            ("2016-12-31T23:59:23+24:00", syntax(Syntax::Offset)),
            ("2016-12-31T23:59:23-24:00", syntax(Syntax::Offset)),
            ("2016-12-31T23:59:23+08:60", syntax(Syntax::Offset)),
            ("2016-12-31T23:59:23+0800", syntax(Syntax::OffsetColon)),
            ("2016-12-31T23:59:23+08", syntax(Syntax::OffsetMinutes)),
            ("2016-12-31T23:59:23+8:00", syntax(Syntax::NotADateTime)),
            ("2016-12-31T23:59:23+08:", syntax(Syntax::NotADateTime)),
            ("2016-12-31T23:59:23", syntax(Syntax::NoZone)),
            ("2016-12-31T23:59", syntax(Syntax::NoZone)),
            ("2016-12-31T23:59:23.5", syntax(Syntax::NoZone)),
            ("2016-12-31T23:59:23 ", syntax(Syntax::NoZone)),
            ("2016-00-31T23:59:23Z", syntax(Syntax::Month)),
            ("2016-13-31T23:59:23Z", syntax(Syntax::Month)),
            ("2016-12-00T23:59:23Z", syntax(Syntax::Day)),
            ("2016-12-32T23:59:23Z", syntax(Syntax::Day)),
            ("2016-12-31T23:59:23.Z", syntax(Syntax::FractionEmpty)),
            ("2016-12-31T23:59:23.", syntax(Syntax::FractionEmpty)),
            ("2016-12-31T23:59:23,5Z", syntax(Syntax::FractionComma)),
            ("2016-12-31T23:59:23Z ", syntax(Syntax::Blank)),
            ("2016-12-31T23:59:23Z\n", syntax(Syntax::Blank)),
            ("2016-12-31T23:59:23Z\0", syntax(Syntax::Blank)),
            (" 2016-12-31T23:59:23Z", syntax(Syntax::Blank)),
            ("\n2016-12-31T23:59:23Z", syntax(Syntax::Blank)),
            ("\x002016-12-31T23:59:23Z", syntax(Syntax::Blank)),
            ("2016-12-31T23:59:23 Z", syntax(Syntax::Blank)),
            ("2016-12-31T23:59:23Z\u{a0}", syntax(Syntax::NotAscii)),
            ("201\u{ff16}-12-31T23:59:23Z", syntax(Syntax::NotAscii)),
            ("2016-12-31T23:59:2\u{ff13}Z", syntax(Syntax::NotAscii)),
            (
                "2016-12-31T23:59:23.\u{664}Z",
                syntax(Syntax::FractionEmpty),
            ),
            ("2016-12-31", syntax(Syntax::NoTime)),
            ("2016-12-31Z", syntax(Syntax::NoTime)),
            ("2016-12-31-08:00", syntax(Syntax::NoTime)),
            ("2016-12-31T", syntax(Syntax::NotADateTime)),
            ("2016-12-31T23Z", syntax(Syntax::NotADateTime)),
            ("2016-12-31T23:5Z", syntax(Syntax::NotADateTime)),
            ("2016-12-31T23:59.5Z", syntax(Syntax::NotADateTime)),
            ("2016-12-31T23:59:23ZZ", syntax(Syntax::Trailing)),
            ("2016-12-31T23:59:23Z2", syntax(Syntax::Trailing)),
            ("2016-12-31T23:59:23+08:001", syntax(Syntax::Trailing)),
            ("2016-1-1T23:59:23Z", syntax(Syntax::NotADateTime)),
            ("16-01-01T23:59:23Z", syntax(Syntax::NotADateTime)),
            ("216-01-01T23:59:23Z", syntax(Syntax::NotADateTime)),
            ("02016-01-01T23:59:23Z", syntax(Syntax::NotADateTime)),
            ("+2016-01-01T23:59:23Z", syntax(Syntax::NotADateTime)),
            ("20161231T235923Z", syntax(Syntax::NotADateTime)),
            ("/Date(1483257563398)/", syntax(Syntax::NotADateTime)),
            ("String (timestamp)", syntax(Syntax::NotADateTime)),
            ("INF", syntax(Syntax::NotADateTime)),
            ("2015-02-30T23:59:23", syntax(Syntax::NoZone)),
            ("12016-01-01T23:59:60z", syntax(Syntax::LowerCase)),
        ]);
        let long = format!("2016-12-31T23:59:23.{}Z", "1".repeat(1_000_000));
        assert_verdicts(&[(&long, syntax(Syntax::FractionTooLong))]);
    }

    #[test]
    fn literals_that_cannot_be_stored_are_named() {
        assert_verdicts(&[
            ("2016-02-30T00:00:00Z", no_such_day(2016, 2)),
            ("2015-02-29T00:00:00Z", no_such_day(2015, 2)),
            ("1900-02-29T00:00:00Z", no_such_day(1900, 2)),
            ("2015-04-31T00:00:00Z", no_such_day(2015, 4)),
            ("2016-12-31T23:59:60Z", range(Range::LeapSecond)),
            ("2016-12-31T12:00:60Z", range(Range::LeapSecond)),
            ("2016-12-31T23:59:60.5-08:00", range(Range::LeapSecond)),
            ("2016-12-31T23:59:23+14:01", range(Range::Offset)),
            ("2016-12-31T23:59:23-14:01", range(Range::Offset)),
            ("2016-12-31T23:59:23+23:59", range(Range::Offset)),
            ("0000-01-01T00:00:00Z", range(Range::YearZero)),
            ("-0000-01-01T00:00:00Z", range(Range::YearZero)),
            ("-0001-01-01T00:00:00Z", range(Range::YearNegative)),
            ("-12016-01-01T00:00:00Z", range(Range::YearNegative)),
            ("12016-01-01T00:00:00Z", range(Range::YearBeyond9999)),
            ("10000-01-01T00:00:00Z", range(Range::YearBeyond9999)),
            ("0001-01-01T00:00:00+01:00", range(Range::Instant)),
            ("9999-12-31T23:59:59.9999999-00:01", range(Range::Instant)),
        ]);
        let long = format!("{}-01-01T00:00:00Z", "1".repeat(1_000_000));
        assert_verdicts(&[(&long, range(Range::YearBeyond9999))]);
    }

    #[test]
    fn instants_are_exact() {
        let rows = [
            ("0001-01-01T00:00:00Z", 0),
            ("0001-01-01T00:00:00-08:00", 8 * 36_000_000_000),
            ("1970-01-01T00:00:00Z", UNIX_EPOCH_TICKS),
            ("1970-01-01T00:00Z", UNIX_EPOCH_TICKS),
            ("9999-12-31T23:59:59.9999999Z", MAX_TICKS),
            ("2016-12-31T23:59:23.3984029-08:00", 636_188_543_633_984_029),
            ("2017-01-01T07:59:23.3984029Z", 636_188_543_633_984_029),
            // The eighth digit and those after it round half to even.
            ("1970-01-01T00:00:00.00000005Z", UNIX_EPOCH_TICKS),
            ("1970-01-01T00:00:00.00000015Z", UNIX_EPOCH_TICKS + 2),
            ("1970-01-01T00:00:00.000000050001Z", UNIX_EPOCH_TICKS + 1),
            ("1970-01-01T00:00:00.000000049999Z", UNIX_EPOCH_TICKS),
            ("1969-12-31T23:59:59.99999999Z", UNIX_EPOCH_TICKS),
            ("9999-12-31T23:59:59.99999999Z", MAX_TICKS),
        ];
        for (text, ticks) in rows {
            assert_eq!(parse(text).map(|value| value.ticks), Ok(ticks), "{text}");
        }
    }

    #[test]
    fn year_one_as_written_means_unset() {
        let rows = [
            ("0001-01-01T00:00:00Z", true),
            ("0001-01-01T00:00:00.0000000+00:00", true),
            ("0001-12-31T23:59:59-14:00", true),
            ("0002-01-01T00:00:00+14:00", false),
            ("2017-01-01T00:00:00Z", false),
        ];
        for (text, unset) in rows {
            assert_eq!(parse(text).map(|value| value.unset), Ok(unset), "{text}");
        }
    }

    #[test]
    fn canonical_spelling_is_that_of_dot_net() {
        let rows = [
            (0, 0, "0001-01-01T00:00:00Z"),
            (MAX_TICKS, 0, "9999-12-31T23:59:59.9999999Z"),
            (
                636_188_543_633_984_029,
                -480,
                "2016-12-31T23:59:23.3984029-08:00",
            ),
            (
                636_188_543_633_984_000,
                330,
                "2017-01-01T13:29:23.3984+05:30",
            ),
            // Beyond what can be written.
            (-1, 0, "0001-01-01T00:00:00Z"),
            (i64::MAX, i16::MAX, "9999-12-31T23:59:59.9999999Z"),
            (0, -1, "0001-01-01T00:00:00Z"),
            (UNIX_EPOCH_TICKS, 841, "1970-01-01T00:00:00Z"),
        ];
        for (ticks, offset, text) in rows {
            assert_eq!(canonical(ticks, offset), text);
        }
    }

    #[test]
    fn faults_read_as_clauses() {
        let rows = [
            ("2015-02-29T00:00:00Z", "February 2015 has 28 days"),
            ("0999-04-31T00:00:00Z", "April 0999 has 30 days"),
            (
                "2016-12-31T23:59:60Z",
                "second 60, a leap second, cannot be stored",
            ),
            (
                "2016-12-31T23:59:23",
                "the zone is missing: `Z` or an offset such as `-08:00`",
            ),
        ];
        for (text, message) in rows {
            assert_eq!(parse(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn time_is_told_in_ticks() {
        assert_eq!(ticks_at(SystemTime::UNIX_EPOCH), UNIX_EPOCH_TICKS);
        let later = SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(1500);
        assert_eq!(ticks_at(later), UNIX_EPOCH_TICKS + TICKS_PER_SECOND);
    }
}

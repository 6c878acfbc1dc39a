//! What a refused Edm.DateTimeOffset was meant to be.
//!
//! Guesses only: whatever it proposes has been through
//! [`date_time::parse`]. The `iso8601` crate recognises the forms of the
//! date, `chrono` the calendar and the notations of other writers; neither decides validity.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime};
use iso8601::Date;

use crate::edm::date_time::{self, DateTimeFault, Range, UNIX_EPOCH_TICKS};
use crate::edm::duration;
use crate::edm::notation::{Meant, Reading, trimmed};
use crate::edm::ticks::{TICKS_PER_MINUTE, TICKS_PER_SECOND};

use super::canonical::{self, UNSET};
use super::count;

const ISO: &str = "an ISO 8601 date-time";
const DATE: &str = "a date";
const LOCAL: &str = "a local time";
const ADD_TIME: &str = "add the time and `Z` or an offset";
const ADD_OFFSET: &str = "write its offset, such as `-08:00`";

/// What a refused text was meant to be, with the legal literal where it follows from the text;
/// `None` for legal literals and texts that resemble nothing.
#[must_use]
pub fn date_time(text: &str) -> Option<Meant> {
    match date_time::parse(text) {
        Err(DateTimeFault::Range(Range::LeapSecond)) => {
            let advice = "give second 59, or second 00 of the next minute";
            return Some(Meant::advice("a leap second", advice));
        }
        Ok(_) | Err(DateTimeFault::Range(_)) => return None,
        Err(DateTimeFault::Syntax(_)) => {}
    }
    if duration::parse(text).is_ok() {
        return Some(Meant::advice("a duration", "give the instant"));
    }
    // Browsers and .NET put direction marks and other blanks into dates.
    let text = trimmed(text)?
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace(['\u{200e}', '\u{200f}'], "");
    if date_time::parse(&text).is_ok() {
        return Some(Meant::literal_of(ISO, text));
    }
    microsoft_json(&text)
        .or_else(|| count::instant(&text))
        .or_else(|| iso(&text))
        .or_else(|| named(&text))
        .or_else(|| regional(&text))
}

/// `/Date(ms)/` and `/Date(ms±hhmm)/`, as .NET's older JSON writers have it, slashes escaped or
/// not. The offset is for display: the milliseconds count from 1970 in UTC.
fn microsoft_json(text: &str) -> Option<Meant> {
    let text = text.replace("\\/", "/");
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let zone = inner
        .rfind(['+', '-'])
        .filter(|&at| at > 0)
        .unwrap_or(inner.len());
    let (milliseconds, zone) = inner.split_at(zone);
    let offset_minutes = if zone.is_empty() { 0 } else { offset(zone)? };
    let milliseconds: i64 = milliseconds.parse().ok()?;
    let ticks = milliseconds
        .checked_mul(10_000)?
        .checked_add(UNIX_EPOCH_TICKS)?;
    let literal = canonical::instant(ticks, offset_minutes)?;
    Some(Meant::literal_of("a date of ASP.NET's JSON", literal))
}

/// ISO 8601 with another separator, letter case, minus or decimal sign, in basic format, with a
/// week or ordinal date, hour 24, or an offset spelled otherwise or missing.
fn iso(text: &str) -> Option<Meant> {
    let (day, time) = match text.find(['T', 't', ' ', '_']) {
        Some(at) => (&text[..at], text[at + 1..].trim_start()),
        None if matches!(text.len(), 12 | 14) => text.split_at_checked(8)?,
        None => (text, ""),
    };
    let day = calendar_day(day)?;
    let unset = day == NaiveDate::from_ymd_opt(1, 1, 1)?;
    if time.is_empty() {
        return if unset {
            unset_date()
        } else {
            Some(Meant::advice(DATE, ADD_TIME))
        };
    }
    let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let (clock, zone) = time.split_at(time.find(|c| !is_clock(c)).unwrap_or(time.len()));
    let (clock, next_day) = clock_text(clock)?;
    let day = if next_day { day.succ_opt()? } else { day };
    let value = date_time::parse(&format!("{day}T{clock}Z")).ok()?;
    if zone.is_empty() && value.ticks == 0 {
        return unset_date();
    }
    if zone.is_empty() {
        return Some(Meant::in_utc(LOCAL, canonical::instant(value.ticks, 0)?));
    }
    let Some(offset_minutes) = zone_minutes(zone) else {
        let named = zone.trim_start().starts_with(|c: char| c.is_alphabetic());
        return named.then(|| Meant::advice("a date-time with the name of a zone", ADD_OFFSET));
    };
    let ticks = value
        .ticks
        .checked_sub(i64::from(offset_minutes) * TICKS_PER_MINUTE)?;
    Some(Meant::literal_of(
        ISO,
        canonical::instant(ticks, offset_minutes)?,
    ))
}

/// Minutes of what follows the time of day: an offset, a name of UTC, or an offset with the name
/// of the zone after it, in brackets as in RFC 9557 or without, as Go writes it.
fn zone_minutes(zone: &str) -> Option<i16> {
    let minutes = |zone: &str| match zone.trim().to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" => Some(0),
        zone => offset(zone),
    };
    let unnamed = zone.split_once('[').map_or(zone, |(zone, _)| zone);
    minutes(unnamed).or_else(|| {
        let (offset, name) = zone.trim_start().split_once(' ')?;
        let of_name = |c: char| c.is_ascii_alphanumeric() || " +-=._/".contains(c);
        let named =
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(of_name);
        minutes(offset).filter(|_| named)
    })
}

fn unset_date() -> Option<Meant> {
    Some(Meant::literal_of(UNSET, canonical::instant(0, 0)?))
}

/// A calendar, week or ordinal date, with hyphens, slashes or nothing between.
pub(super) fn calendar_day(text: &str) -> Option<NaiveDate> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = text.replace(['/', '\u{2212}'], "-").to_ascii_uppercase();
    match iso8601::parsers::parse_date(text.as_bytes()) {
        Ok((b"", Date::YMD { year, month, day })) => NaiveDate::from_ymd_opt(year, month, day),
        Ok((b"", Date::Week { year, ww, d })) => {
            let weekday = chrono::Weekday::try_from(u8::try_from(d.checked_sub(1)?).ok()?).ok()?;
            NaiveDate::from_isoywd_opt(year, ww, weekday)
        }
        Ok((b"", Date::Ordinal { year, ddd })) => NaiveDate::from_yo_opt(year, ddd),
        _ => None,
    }
}

/// `hh:mm[:ss[.f]]` of a time that may lack colons and leading zeros; true where it is the
/// midnight that ends the day.
pub(super) fn clock_text(text: &str) -> Option<(String, bool)> {
    let text = text.replace(',', ".");
    let (clock, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let parts: Vec<&str> = if clock.contains(':') {
        clock.split(':').collect()
    } else if clock.len() == 4 || clock.len() == 6 {
        [clock.get(..2), clock.get(2..4), clock.get(4..)]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect()
    } else {
        return None;
    };
    // It was cut off.
    if parts.contains(&"") {
        return None;
    }
    let mut clock = parts
        .iter()
        .map(|part| format!("{part:0>2}"))
        .collect::<Vec<_>>()
        .join(":");
    let ends_day =
        matches!(clock.as_str(), "24:00" | "24:00:00") && fraction.bytes().all(|byte| byte == b'0');
    if ends_day {
        clock.replace_range(..2, "00");
    }
    if !fraction.is_empty() {
        clock = format!("{clock}.{}", fraction.get(..12).unwrap_or(fraction));
    }
    Some((clock, ends_day))
}

/// Minutes of `±hh:mm`, `±hhmm`, `±hh` or `±h:mm`, within ±14:00.
fn offset(text: &str) -> Option<i16> {
    let text = text.replace('\u{2212}', "-");
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits.trim_start()),
        ("-", digits) => (-1, digits.trim_start()),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let number = |text: &str| {
        let digits =
            (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i16>().ok().filter(|_| digits)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 14 * 60).then_some(sign * total)
}

/// Notations with names of days or months: RFC 1123, 850 and 5322, JavaScript's `Date.toString`,
/// C's `ctime` with or without an offset, .NET's long format, SQL Server and Oracle.
fn named(text: &str) -> Option<Meant> {
    const NOTATION: &str = "a date-time with names, as in RFC 1123";
    const ZONED: [&str; 4] = [
        "%a %b %d %Y %H:%M:%S GMT%z",
        "%a %b %d %H:%M:%S %z %Y",
        "%d-%b-%Y %H:%M:%S%.f %:z",
        "%a %b %d %H:%M:%S +0000 UTC %Y",
    ];
    const IN_UTC: [&str; 3] = [
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %d %H:%M:%S UTC %Y",
        "%a %b %d %H:%M:%S GMT %Y",
    ];
    const OF_NO_ZONE: [&str; 5] = [
        "%A, %B %d, %Y %I:%M:%S %p",
        "%a %b %d %H:%M:%S %Y",
        "%b %d %Y %I:%M%p",
        "%d %b %Y %H:%M:%S",
        "%d-%b-%Y %H:%M:%S%.f",
    ];
    let unnamed = text.split_once(" (").map_or(text, |(text, _)| text);
    let zoned = |format| DateTime::parse_from_str(unnamed, format).ok();
    let instant = DateTime::parse_from_rfc2822(text).ok();
    if let Some(instant) = instant.or_else(|| ZONED.into_iter().find_map(zoned)) {
        return Some(Meant::literal_of(NOTATION, spelled_instant(&instant)?));
    }
    let local = |format| NaiveDateTime::parse_from_str(text, format).ok();
    if let Some(time) = IN_UTC.into_iter().find_map(local) {
        return Some(Meant::literal_of(NOTATION, spelled_in_utc(time)?));
    }
    let time = OF_NO_ZONE.into_iter().find_map(local)?;
    Some(Meant::in_utc(NOTATION, spelled_in_utc(time)?))
}

/// Day, month and year in a regional order, with or without an offset.
fn regional(text: &str) -> Option<Meant> {
    const NOTATION: &str = "a regional date format";
    const YEAR_FIRST: &str = "write it as `YYYY-MM-DDThh:mm:ss` and add `Z` or an offset";
    /// With whether the month stands first.
    const DAYS: [(&str, bool); 4] = [
        ("%m/%d/%Y", true),
        ("%d/%m/%Y", false),
        ("%d.%m.%Y", false),
        ("%d-%m-%Y", false),
    ];
    const CLOCKS: [&str; 6] = [
        "%I:%M:%S %p",
        "%I:%M %p",
        "%H:%M:%S%.f",
        "%H:%M",
        "%H.%M.%S",
        "%I:%M:%S%p",
    ];
    let text = text.replace(", ", " ");
    let first = text.find(|c: char| !c.is_ascii_digit())?;
    if first > 2 || !text[first..].starts_with(['/', '.', '-']) {
        return None;
    }
    let mut readings = Vec::new();
    let mut local = false;
    for (day, month_first) in DAYS {
        if let Ok(date) = NaiveDate::parse_from_str(&text, day) {
            let unset = date == NaiveDate::from_ymd_opt(1, 1, 1)?;
            return if unset {
                unset_date()
            } else {
                Some(Meant::advice(NOTATION, YEAR_FIRST))
            };
        }
        for clock in CLOCKS {
            let format = format!("{day} {clock}");
            let zoned = DateTime::parse_from_str(&text, &format!("{format} %:z")).ok();
            let naive = NaiveDateTime::parse_from_str(&text, &format).ok();
            local |= naive.is_some();
            let of_clock = zoned.map(|instant| instant.naive_local()).or(naive);
            if of_clock.is_some_and(is_unset) {
                return unset_date();
            }
            let literal = zoned.and_then(|instant| spelled_instant(&instant));
            let literal = literal.or_else(|| spelled_in_utc(naive?));
            let when = match (month_first, naive.is_some()) {
                (true, false) => "the month comes first",
                (false, false) => "the day comes first",
                (true, true) => "the month comes first and it is UTC",
                (false, true) => "the day comes first and it is UTC",
            };
            readings.extend(literal.map(|literal| Reading { literal, when }));
        }
    }
    readings.dedup_by(|one, other| one.literal == other.literal);
    match readings.as_slice() {
        [one] if local => Some(Meant::in_utc(NOTATION, one.literal.clone())),
        [one] => Some(Meant::literal_of(NOTATION, one.literal.clone())),
        _ => Meant::readings(NOTATION, readings),
    }
}

/// Whether a local time is the least one of .NET, whatever its offset.
fn is_unset(time: NaiveDateTime) -> bool {
    NaiveDate::from_ymd_opt(1, 1, 1).is_some_and(|day| time == day.into())
}

/// The same where it is UTC; `None` for years of fewer than four digits.
fn spelled_in_utc(time: NaiveDateTime) -> Option<String> {
    spelled_instant(&time.and_utc().fixed_offset())
}

/// The canonical spelling; `None` for years of fewer than four digits, which chrono reads where
/// the century was left out.
fn spelled_instant(instant: &DateTime<FixedOffset>) -> Option<String> {
    if instant.year() < 1000 {
        return None;
    }
    let seconds = instant.timestamp().checked_mul(TICKS_PER_SECOND)?;
    let fraction = i64::from(instant.timestamp_subsec_nanos() / 100);
    let ticks = seconds
        .checked_add(fraction)?
        .checked_add(UNIX_EPOCH_TICKS)?;
    let offset_minutes = i16::try_from(instant.offset().local_minus_utc() / 60).ok()?;
    canonical::instant(ticks, offset_minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edm::notation::Remedy;

    #[test]
    fn other_notations_are_recognised() {
        let rows = [
            ("2016-12-31t23:59:23z", "2016-12-31T23:59:23Z"),
            ("2016-12-31 23:59:23Z", "2016-12-31T23:59:23Z"),
            ("2016-12-31 23:59:23 -08:00", "2016-12-31T23:59:23-08:00"),
            (
                "2016-12-31 23:59:23.3984029 +00:00",
                "2016-12-31T23:59:23.3984029Z",
            ),
            ("2016-12-31 23:59:23 UTC", "2016-12-31T23:59:23Z"),
            ("2016/12/31 23:59:23Z", "2016-12-31T23:59:23Z"),
            ("2016-12-31T23:59:23+0800", "2016-12-31T23:59:23+08:00"),
            ("2016-12-31T23:59:23+08", "2016-12-31T23:59:23+08:00"),
            ("2016-12-31T23:59:23+8:00", "2016-12-31T23:59:23+08:00"),
            (
                "2016-12-31T23:59:23\u{2212}08:00",
                "2016-12-31T23:59:23-08:00",
            ),
            ("2016-12-31T23:59:23,5Z", "2016-12-31T23:59:23.5Z"),
            (
                "2016-12-31T23:59:23.1234567890123Z",
                "2016-12-31T23:59:23.1234568Z",
            ),
            (" 2016-12-31T23:59:23Z\r\n", "2016-12-31T23:59:23Z"),
            (
                "\0\u{200e}2016-12-31T23:59:23.50+00:00\u{a0}",
                "2016-12-31T23:59:23.50+00:00",
            ),
            ("2016-12-31T24:00:00Z", "2017-01-01T00:00:00Z"),
            ("2016-12-31T24:00:00.000-08:00", "2017-01-01T00:00:00-08:00"),
            ("20161231T235923Z", "2016-12-31T23:59:23Z"),
            ("20161231T235923.5+0100", "2016-12-31T23:59:23.5+01:00"),
            ("2016-366T23:59:23Z", "2016-12-31T23:59:23Z"),
            (
                "2016-12-31T23:59:23+01:00[Europe/Berlin]",
                "2016-12-31T23:59:23+01:00",
            ),
            ("2016-W52-6T23:59:23Z", "2016-12-31T23:59:23Z"),
            ("/Date(1483257563398)/", "2017-01-01T07:59:23.398Z"),
            ("\\/Date(1483257563398)\\/", "2017-01-01T07:59:23.398Z"),
            ("/Date(1483257563398+0000)/", "2017-01-01T07:59:23.398Z"),
            (
                "/Date(1483257563398-0800)/",
                "2016-12-31T23:59:23.398-08:00",
            ),
            ("/Date(-62135596800000)/", "0001-01-01T00:00:00Z"),
            ("1483257563", "2017-01-01T07:59:23Z"),
            ("1483257563398", "2017-01-01T07:59:23.398Z"),
            ("1483257563398402", "2017-01-01T07:59:23.398402Z"),
            ("1483257563398402900", "2017-01-01T07:59:23.3984029Z"),
            ("636188543633984029", "2017-01-01T07:59:23.3984029Z"),
            ("131277311633984029", "2017-01-01T07:59:23.3984029Z"),
            ("Sun, 01 Jan 2017 07:59:23 GMT", "2017-01-01T07:59:23Z"),
            (
                "Sat, 31 Dec 2016 23:59:23 -0800",
                "2016-12-31T23:59:23-08:00",
            ),
            (
                "Sat Dec 31 2016 23:59:23 GMT-0800 (Pacific Standard Time)",
                "2016-12-31T23:59:23-08:00",
            ),
            ("12/31/2016 11:59:23 PM -08:00", "2016-12-31T23:59:23-08:00"),
            (
                "12/31/2016 11:59:23\u{202f}PM +00:00",
                "2016-12-31T23:59:23Z",
            ),
            ("31/12/2016 23:59:23 +00:00", "2016-12-31T23:59:23Z"),
            (
                "2016-12-31 23:59:23.398402+00",
                "2016-12-31T23:59:23.398402Z",
            ),
            ("2016-12-31 23:59:23 +0000 UTC", "2016-12-31T23:59:23Z"),
            (
                "2016-12-31 23:59:23.3984029 -0800 PST m=+0.000012",
                "2016-12-31T23:59:23.3984029-08:00",
            ),
            ("1483257563.398", "2017-01-01T07:59:23.398Z"),
            ("Sunday, 01-Jan-17 07:59:23 GMT", "2017-01-01T07:59:23Z"),
            ("Sun Jan 01 07:59:23 UTC 2017", "2017-01-01T07:59:23Z"),
            ("31.12.2016 23:59:23 +03:00", "2016-12-31T23:59:23+03:00"),
        ];
        for (text, literal) in rows {
            let meant = date_time(text);
            let found = meant.as_ref().and_then(|meant| meant.literal());
            assert_eq!(found, Some(literal), "{text:?}: {meant:?}");
        }
    }

    #[test]
    fn unset_dates_of_net_are_told() {
        for text in [
            "01.01.0001 00:00:00 +00:00",
            "01.01.0001 00:00:00",
            "01.01.0001",
            "1/1/0001 12:00:00 AM +00:00",
            "1/1/0001 12:00:00 AM",
            "01/01/0001 00:00:00",
            "01/01/0001 00:00:00 +01:00",
            "0001-01-01T00:00:00",
            "0001-01-01 00:00:00",
            "0001-01-01",
            "-62135596800",
            "-62135596800000",
        ] {
            let meant = date_time(text).expect(text);
            assert_eq!(meant.literal(), Some("0001-01-01T00:00:00Z"), "{text:?}");
            assert_eq!(meant.notation, UNSET, "{text:?}");
        }
    }

    #[test]
    fn what_the_text_does_not_say_is_left_to_the_author() {
        let rows = [
            ("2016-12-31T23:59:23", &["2016-12-31T23:59:23Z"][..]),
            (
                "2016-12-31 23:59:23.398402",
                &["2016-12-31T23:59:23.398402Z"],
            ),
            ("2016-12-31 23:59", &["2016-12-31T23:59:00Z"]),
            ("20161231235923", &["2016-12-31T23:59:23Z"]),
            ("12/31/2016 11:59:23 PM", &["2016-12-31T23:59:23Z"]),
            ("12/31/2016, 11:59:23 PM", &["2016-12-31T23:59:23Z"]),
            ("31.12.2016, 23:59:23", &["2016-12-31T23:59:23Z"]),
            ("31.12.2016 23.59.23", &["2016-12-31T23:59:23Z"]),
            (
                "\u{200e}12\u{200e}/31\u{200e}/2016 23:59",
                &["2016-12-31T23:59:00Z"],
            ),
            (
                "Saturday, December 31, 2016 11:59:23 PM",
                &["2016-12-31T23:59:23Z"],
            ),
            ("Sat Dec 31 23:59:23 2016", &["2016-12-31T23:59:23Z"]),
            ("Dec 31 2016 11:59PM", &["2016-12-31T23:59:00Z"]),
            ("31-DEC-2016 23:59:23", &["2016-12-31T23:59:23Z"]),
            (
                "01/02/2017 11:59:23 PM +00:00",
                &["2017-01-02T23:59:23Z", "2017-02-01T23:59:23Z"],
            ),
            (
                "05/02/2024 09:14:03",
                &["2024-05-02T09:14:03Z", "2024-02-05T09:14:03Z"],
            ),
            ("45414.3847569444", &["2024-05-02T09:14:03Z"]),
        ];
        for (text, literals) in rows {
            let meant = date_time(text).expect(text);
            let found: Vec<_> = meant.literals().collect();
            assert_eq!(found, literals, "{text:?}: {meant}");
            assert_eq!(meant.literal(), None, "{text:?}: {meant}");
        }
        assert_eq!(
            date_time("05/02/2024 09:14:03")
                .expect("readings")
                .to_string(),
            "it reads as a regional date format; write `2024-05-02T09:14:03Z` if the month comes \
             first and it is UTC, or `2024-02-05T09:14:03Z` if the day comes first and it is UTC"
        );
    }

    #[test]
    fn what_cannot_be_computed_is_said() {
        let rows = [
            ("2016-12-31", "a date"),
            ("PT3M21.5549443S", "a duration"),
            ("2016-12-31T23:59:60Z", "a leap second"),
            ("12/31/2016", "a regional date format"),
            (
                "2016-12-31T23:59:23 CEST",
                "a date-time with the name of a zone",
            ),
        ];
        for (text, notation) in rows {
            let meant = date_time(text).expect(text);
            assert_eq!(meant.notation, notation, "{text:?}");
            assert!(
                matches!(meant.remedy, Remedy::Advice(_)),
                "{text:?}: {meant}"
            );
        }
    }

    #[test]
    fn nothing_is_made_of_legal_or_unknown_text() {
        let texts = [
            "2016-12-31T23:59:23Z",
            "2016-02-30T23:59:23Z",
            "2016-02-30 23:59:23Z",
            "2016-12-31T23:59:61z",
            "2016-12-31T24:00:01Z",
            "2016-12-31T23:59:23+24:00",
            "0001-01-01 00:00:00+01:00",
            "String (timestamp)",
            "/Date(x)/",
            "2016-12-31T23:59:",
            "12/31/16 11:59:23 PM +00:00",
            "/Date(9999999999999999)/",
            "12",
            "",
        ];
        for text in texts {
            assert_eq!(date_time(text), None, "{text:?}");
        }
    }
}

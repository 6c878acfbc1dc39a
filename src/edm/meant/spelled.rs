//! Durations in words and letters: `1 day, 2:03:04`, `@ 1 hour 2 mins`, `45m30s`, `2730s`.
//!
//! Owns the names of units that writers have. Knows neither bare numbers nor ISO 8601.

use crate::edm::notation::Meant;
use crate::edm::ticks::{TICK_DIGITS, TICKS_PER_HOUR, TICKS_PER_MINUTE};

use super::canonical::{self, MONTH_DAYS, YEAR_DAYS};
use super::count::{decimal, whole};

/// Names of a unit, with nanoseconds in one.
const UNITS: [(&[&str], i128); 10] = [
    (&["y", "yr", "yrs", "year", "years"], YEAR_DAYS * DAY),
    (&["mon", "mons", "month", "months"], MONTH_DAYS * DAY),
    (&["w", "week", "weeks"], 7 * DAY),
    (&["d", "day", "days"], DAY),
    (&["h", "hr", "hrs", "hour", "hours"], 3_600 * SECOND),
    (&["m", "min", "mins", "minute", "minutes"], 60 * SECOND),
    (&["s", "sec", "secs", "second", "seconds"], SECOND),
    (
        &["ms", "msec", "msecs", "millisecond", "milliseconds"],
        1_000_000,
    ),
    (
        &[
            "us",
            "µs",
            "μs",
            "usec",
            "usecs",
            "microsecond",
            "microseconds",
        ],
        1_000,
    ),
    (&["ns", "nanosecond", "nanoseconds"], 1),
];

/// How many of them have no fixed length.
const OF_NO_FIXED_LENGTH: usize = 2;

/// Nanoseconds in a day, in a second, and in a tick.
const DAY: i128 = 86_400 * SECOND;
const SECOND: i128 = 1_000_000_000;
const TICK: i128 = 100;

const NOTATION: &str = "a duration in another spelling";

/// The duration of a text of numbers with units, and maybe a clock after them.
pub(super) fn spelled(text: &str) -> Option<Meant> {
    let text = text.to_lowercase().replace('\u{2212}', "-");
    let text = text.strip_prefix('@').unwrap_or(&text);
    let (text, ago) = match text.strip_suffix("ago") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let text = text
        .replace(", ", " ")
        .replace(',', ".")
        .replace(" and ", " ");
    let mut sum = Sum::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        rest = sum.component(rest)?.trim_start();
    }
    let seen = !sum.units.is_empty();
    let ticks = (seen && sum.nanoseconds % TICK == 0).then_some(sum.nanoseconds / TICK);
    let literal = ticks.and_then(|ticks| canonical::elapsed(ago, ticks));
    if sum.no_fixed_length {
        let advice = "years and months have no fixed length; give days";
        return Some(Meant::usually("years or months", advice, literal));
    }
    Some(Meant::literal_of(NOTATION, literal?))
}

/// What was read so far.
#[derive(Default)]
struct Sum {
    nanoseconds: i128,
    /// The units that were seen, by index.
    units: Vec<usize>,
    /// A sign at the front counts for all numbers without one, until a clock has its own.
    all_negative: bool,
    no_fixed_length: bool,
}

impl Sum {
    /// Reads a number with its unit, or a clock, which ends the text; gives what follows.
    fn component<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (sign, unsigned) = match text.split_at_checked(1)? {
            ("-", rest) => (Some(true), rest),
            ("+", rest) => (Some(false), rest),
            _ => (None, text),
        };
        if let Some(ticks) = clock(unsigned) {
            // Python's and pandas' clocks run forward from a negative day.
            let negative = sign == Some(true);
            self.units.first()?;
            self.add(negative, ticks * TICK);
            return Some("");
        }
        let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = unsigned.split_at(end);
        let tail = tail.trim_start();
        let end = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let (name, rest) = tail.split_at(end);
        let is_days = name.is_empty() && clock(rest.trim_start_matches(['+', '-'])).is_some();
        let name = if is_days { "day" } else { name };
        let unit = UNITS.iter().position(|(names, _)| names.contains(&name))?;
        if self.units.contains(&unit) {
            return None;
        }
        if self.units.is_empty() {
            // A clock has a sign of its own, and so has what follows Postgres' days.
            self.all_negative = sign == Some(true) && !rest.contains([':', '+', '-']);
        }
        self.units.push(unit);
        let amount = decimal(number)?;
        let digits = number
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        let length = UNITS[unit].1;
        self.no_fixed_length |= unit < OF_NO_FIXED_LENGTH && amount != 0;
        if digits > TICK_DIGITS && length > SECOND {
            return None;
        }
        let negative = sign.unwrap_or(self.all_negative);
        self.add(negative, amount.checked_mul(length)? / 10_000_000);
        Some(rest)
    }

    fn add(&mut self, negative: bool, nanoseconds: i128) {
        self.nanoseconds += if negative { -nanoseconds } else { nanoseconds };
    }
}

/// Ticks of `h:mm[:ss[.f]]`.
fn clock(text: &str) -> Option<i128> {
    let mut parts = text.split(':');
    let (hours, minutes) = (whole(parts.next()?)?, whole(parts.next()?)?);
    let seconds = parts.next().map_or(Some(0), decimal)?;
    let minute = i128::from(TICKS_PER_MINUTE);
    if parts.next().is_some() || minutes > 59 || seconds >= minute {
        return None;
    }
    Some(hours * i128::from(TICKS_PER_HOUR) + minutes * minute + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_of_all_kinds_are_read() {
        for (text, expected) in [
            // Python.
            ("1 day, 2:03:04.5", "P1DT2H3M4.5S"),
            ("2 days, 0:00:00", "P2D"),
            ("-1 day, 23:59:59", "-PT1S"),
            ("-1 day, 23:14:29.500000", "-PT45M30.5S"),
            // Postgres.
            ("1 day 02:03:04", "P1DT2H3M4S"),
            ("3 days -02:03:04", "P2DT21H56M56S"),
            ("-1 days +02:03:00", "-PT21H57M"),
            ("@ 1 hour", "PT1H"),
            ("@ 1 hour 2 mins 3.5 secs", "PT1H2M3.5S"),
            ("@ 1 hour 2 mins ago", "-PT1H2M"),
            ("1 hour -2 mins", "PT58M"),
            ("1 2:03:04", "P1DT2H3M4S"),
            ("0 years 0 mons 1 day", "P1D"),
            // pandas.
            ("0 days 00:45:30.500000", "PT45M30.5S"),
            ("-1 days +23:59:59", "-PT1S"),
            ("0 days", "PT0S"),
            // Go, protobuf, Rust, Kotlin.
            ("45m30s", "PT45M30S"),
            ("-1h0m5s", "-PT1H5S"),
            ("1h15m30.918273645s", "PT1H15M30.9182736S"),
            ("300ms", "PT0.3S"),
            ("1.5ms", "PT0.0015S"),
            ("250µs", "PT0.00025S"),
            ("2730s", "PT45M30S"),
            ("2730.500s", "PT45M30.5S"),
            ("45m 30s", "PT45M30S"),
            // People.
            ("45 minutes and 30 seconds", "PT45M30S"),
            ("45 min", "PT45M"),
            ("1,5 hours", "PT1H30M"),
            ("2 Hours, 5 Minutes", "PT2H5M"),
        ] {
            let meant = spelled(text);
            let found = meant.as_ref().and_then(Meant::literal);
            assert_eq!(found, Some(expected), "{text}: {meant:?}");
        }
    }

    #[test]
    fn what_has_no_fixed_length_is_said() {
        for text in ["1 mon 2 days", "@ 1 year", "1 year 2 mons 3 days 04:05:06"] {
            let meant = spelled(text).map(|meant| meant.notation);
            assert_eq!(meant, Some("years or months"), "{text}");
        }
    }

    #[test]
    fn nothing_is_made_of_other_text() {
        for text in [
            "",
            "@",
            "ago",
            "00:45:30",
            "45",
            "1 day 2 days",
            "1 fortnight",
            "five minutes",
            "1 day 99:99:99",
            "1 day 02:03:04 more",
            "1..5s",
            "s",
        ] {
            assert_eq!(spelled(text), None, "{text}");
        }
    }
}

//! Bare numbers: what they may count, told by how great they are.
//!
//! Owns the units that writers count time in and what is plausible in each.

use crate::edm::date_time::UNIX_EPOCH_TICKS;
use crate::edm::duration;
use crate::edm::notation::{Meant, Reading};
use crate::edm::scientific::Scientific;
use crate::edm::ticks::{TICK_DIGITS, TICKS_PER_DAY, TICKS_PER_SECOND};

use super::canonical::{self, UNSET};

/// A number, exact to seven places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Ten-millionths of one, without the sign.
    pub(super) ticks: i128,
    pub(super) negative: bool,
    /// It has no fraction.
    pub(super) whole: bool,
}

/// Ten-millionths in one.
const ONE: i128 = TICKS_PER_SECOND as i128;

impl Count {
    /// `[-]n`, `n.n`, `n.`, `.n` and JSON numbers with an exponent, places after the seventh cut
    /// off.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let ticks = decimal(unsigned).or_else(|| scientific(unsigned))?;
        Some(Self {
            ticks,
            negative,
            whole: ticks % ONE == 0,
        })
    }

    fn signed(self, ticks: i128) -> Option<i64> {
        i64::try_from(if self.negative { -ticks } else { ticks }).ok()
    }
}

/// A decimal number as so many ten-millionths.
pub(crate) fn decimal_ticks(text: &str) -> Option<i64> {
    let count = Count::read(text)?;
    count.signed(count.ticks)
}

fn scientific(unsigned: &str) -> Option<i128> {
    let mut number = Scientific::read(unsigned)?;
    number.exponent = number
        .exponent
        .saturating_add(i64::try_from(TICK_DIGITS).ok()?);
    if number.exponent >= 0 {
        return number.to_integer();
    }
    let cut = usize::try_from(-number.exponent).ok()?;
    let kept = number.digits.len().checked_sub(cut)?;
    number.digits[..kept].parse().ok()
}

/// `n`, of up to 19 digits.
pub(super) fn whole(text: &str) -> Option<i128> {
    let digits = text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// `n`, `n.n`, `n.` or `.n` times ten to the power of seven, the rest cut off.
pub(super) fn decimal(text: &str) -> Option<i128> {
    to_places(text, TICK_DIGITS)
}

/// The same to so many places.
fn to_places(text: &str, places: usize) -> Option<i128> {
    let (integer, fraction) = text.split_once('.').unwrap_or((text, ""));
    if integer.is_empty() && fraction.is_empty() {
        return None;
    }
    let integer = if integer.is_empty() {
        0
    } else {
        whole(integer)?
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction = fraction.chars().chain(std::iter::repeat('0'));
    let fraction: String = fraction.take(places).collect();
    let one = 10_i128.pow(u32::try_from(places).ok()?);
    Some(integer * one + fraction.parse::<i128>().ok()?)
}

/// Ticks of a number of days, to the nearest millisecond: writers keep days in binary fractions.
fn days(unsigned: &str) -> Option<i128> {
    const PLACES: usize = 15;
    const UNIT: i128 = 1_000_000_000_000_000;
    const MILLISECOND: i128 = ONE / 1_000;
    let milliseconds = to_places(unsigned, PLACES)?.checked_mul(86_400_000)?;
    Some((milliseconds + UNIT / 2) / UNIT * MILLISECOND)
}

/// What a number in the place of a duration may count.
pub(super) fn elapsed(text: &str) -> Option<Meant> {
    /// With how many make a second.
    const UNITS: [(&str, i128); 5] = [
        ("it counts seconds", 1),
        ("it counts milliseconds", 1_000),
        ("it counts ticks of 100 ns", 10_000_000),
        ("it counts microseconds", 1_000_000),
        ("it counts nanoseconds", 1_000_000_000),
    ];
    const NOTATION: &str = "a bare number";
    const UNKNOWN: &str = "its unit is not known; ninety seconds are `PT90S`";
    /// How long a deployment or a stage lasts, in seconds.
    const PLAUSIBLE: std::ops::RangeInclusive<i128> = 60..=86_400;
    let count = Count::read(text)?;
    let reading = |when, ticks| {
        let literal = duration::canonical(count.signed(ticks)?);
        Some(Reading { literal, when })
    };
    if count.ticks == 0 {
        return Some(Meant::literal_of(NOTATION, duration::canonical(0)));
    }
    let mut readings = Vec::new();
    if count.ticks < ONE {
        let of_day = days(text.trim_start_matches('-'));
        let when = "it is a fraction of a day, as in Excel";
        readings.extend(of_day.and_then(|ticks| reading(when, ticks)));
    }
    let small = count.ticks < PLAUSIBLE.start() * ONE;
    for (when, per_second) in UNITS {
        let plausible = PLAUSIBLE.contains(&(count.ticks / (ONE * per_second)));
        if plausible || small && per_second == 1 {
            readings.extend(reading(when, count.ticks / per_second));
        }
    }
    Meant::readings(NOTATION, readings).or_else(|| Some(Meant::advice(NOTATION, UNKNOWN)))
}

/// 2000-01-01 and 2100-01-01 in seconds since 1970: a count that falls between is taken for an
/// instant.
const PLAUSIBLE_UNIX_SECONDS: std::ops::Range<i128> = 946_684_800..4_102_444_800;
/// Seconds from 0001-01-01, the epoch of .NET, to 1970.
const NET_EPOCH_SECONDS: i128 = 62_135_596_800;
/// Seconds from 1601-01-01, the epoch of Windows' FILETIME, to 1970.
const FILETIME_EPOCH_SECONDS: i128 = 11_644_473_600;

/// What a number in the place of an instant counts, and from when.
pub(super) fn instant(text: &str) -> Option<Meant> {
    const UNITS: [(&str, i128, i128); 6] = [
        ("Unix time in seconds", 1, 0),
        ("Unix time in milliseconds", 1_000, 0),
        ("Unix time in microseconds", 1_000_000, 0),
        ("Unix time in nanoseconds", 1_000_000_000, 0),
        (".NET ticks", 10_000_000, NET_EPOCH_SECONDS),
        ("a Windows FILETIME", 10_000_000, FILETIME_EPOCH_SECONDS),
    ];
    let count = Count::read(text)?;
    if count.ticks == 0 {
        return nothing();
    }
    if count.negative {
        let unset = UNITS[..4]
            .iter()
            .any(|(_, per_second, _)| count.ticks == NET_EPOCH_SECONDS * ONE * per_second);
        return unset
            .then(|| Meant::literal_of(UNSET, canonical::instant(0, 0).unwrap_or_default()));
    }
    let units = UNITS.into_iter().find_map(|(notation, per_second, epoch)| {
        let since_1970 = count.ticks / per_second - epoch * ONE;
        if !PLAUSIBLE_UNIX_SECONDS.contains(&(since_1970 / ONE)) {
            return None;
        }
        let ticks = i64::try_from(since_1970).ok()? + UNIX_EPOCH_TICKS;
        Some(Meant::literal_of(notation, canonical::instant(ticks, 0)?))
    });
    units.or_else(|| excel(text))
}

/// Zero, which may be no instant at all.
fn nothing() -> Option<Meant> {
    let readings = [
        ("it stands for no date", 0),
        ("it is Unix time", UNIX_EPOCH_TICKS),
    ];
    let readings = readings.into_iter().filter_map(|(when, ticks)| {
        let literal = canonical::instant(ticks, 0)?;
        Some(Reading { literal, when })
    });
    Meant::readings("zero", readings.collect())
}

/// Days since the last but one of 1899.
fn excel(text: &str) -> Option<Meant> {
    /// 1899-12-30 in days since 0001-01-01.
    const EPOCH_DAYS: i128 = 693_593;
    /// 2009 to 2064.
    const PLAUSIBLE: std::ops::Range<i128> = 40_000..60_000;
    let day = i128::from(TICKS_PER_DAY);
    let ticks = days(text)?;
    if !PLAUSIBLE.contains(&(ticks / day)) {
        return None;
    }
    let ticks = i64::try_from(EPOCH_DAYS * day + ticks).ok()?;
    let literal = canonical::instant(ticks, 0)?;
    let when = "it is a serial date of Excel, in UTC";
    Meant::readings("a bare number", vec![Reading { literal, when }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(meant: Option<&Meant>) -> Vec<&str> {
        meant.into_iter().flat_map(Meant::literals).collect()
    }

    #[test]
    fn elapsed_time_is_told_by_magnitude() {
        for (text, expected) in [
            ("0", &["PT0S"][..]),
            ("0.0", &["PT0S"]),
            ("12", &["PT12S"]),
            ("2730", &["PT45M30S"]),
            ("-2730", &["-PT45M30S"]),
            ("2730.5", &["PT45M30.5S"]),
            ("2.7305e3", &["PT45M30.5S"]),
            ("2730500", &["PT45M30.5S"]),
            ("2730500.25", &["PT45M30.50025S"]),
            ("80000", &["PT22H13M20S", "PT1M20S"]),
            ("27305000000", &["PT45M30.5S", "PT7H35M5S"]),
            ("2730500000", &["PT4M33.05S", "PT45M30.5S"]),
            ("2730500000000", &["PT45M30.5S"]),
            ("0.03159722222", &["PT45M30S", "PT0.0315972S"]),
            ("99999999999999999", &[]),
        ] {
            let meant = elapsed(text);
            assert_eq!(literals(meant.as_ref()), expected, "{text}");
        }
        assert_eq!(
            elapsed("27305000000").expect("readings").to_string(),
            "it reads as a bare number; write `PT45M30.5S` if it counts ticks of 100 ns, or \
             `PT7H35M5S` if it counts microseconds"
        );
        assert_eq!(elapsed("x"), None);
    }

    #[test]
    fn instants_are_told_by_magnitude() {
        for (text, expected) in [
            ("1714641243", &["2024-05-02T09:14:03Z"][..]),
            ("1714641243.5", &["2024-05-02T09:14:03.5Z"]),
            ("1.7146412435E9", &["2024-05-02T09:14:03.5Z"]),
            ("1714641243500", &["2024-05-02T09:14:03.5Z"]),
            ("1714641243.123456789", &["2024-05-02T09:14:03.1234567Z"]),
            ("1714641243500000", &["2024-05-02T09:14:03.5Z"]),
            ("1714641243500000000", &["2024-05-02T09:14:03.5Z"]),
            ("638502380435000000", &["2024-05-02T09:14:03.5Z"]),
            ("133591148435000000", &["2024-05-02T09:14:03.5Z"]),
            ("45414.3847569444", &["2024-05-02T09:14:03Z"]),
            ("45414", &["2024-05-02T00:00:00Z"]),
            ("-62135596800", &["0001-01-01T00:00:00Z"]),
            ("-62135596800000", &["0001-01-01T00:00:00Z"]),
            ("0", &["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"]),
            ("12", &[]),
            ("-1714641243", &[]),
        ] {
            let meant = instant(text);
            assert_eq!(literals(meant.as_ref()), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_exact_to_seven_places() {
        for (text, ticks) in [
            ("1", 10_000_000),
            ("1.5", 15_000_000),
            (".5", 5_000_000),
            ("5.", 50_000_000),
            ("15e-1", 15_000_000),
            ("1e-9", 0),
            ("123456789e-9", 1_234_567),
        ] {
            let count = Count::read(text).map(|count| count.ticks);
            let expected = (text != "1e-9").then_some(ticks);
            assert_eq!(count, expected, "{text}");
        }
    }
}

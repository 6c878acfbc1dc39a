//! What a refused Edm.Duration was meant to be.
//!
//! Guesses only: whatever it proposes has been through [`duration::parse`]
//! or comes from exact ticks. The `iso8601` crate recognises ISO 8601 forms and is trusted only
//! where it has consumed the whole text (its `parsers` say so; its plain functions do not).

use crate::edm::date_time;
use crate::edm::duration::{self, DurationFault, is_interval};
use crate::edm::duration_fault::is_alternative_format;
use crate::edm::notation::{Meant, Reading, trimmed};
use crate::edm::ticks::{TICK_DIGITS, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE};

use super::canonical::{self, MONTH_DAYS, YEAR_DAYS};
use super::count::{self, decimal, whole};
use super::spelled::spelled;

const OTHER_SPELLING: &str = "a duration in another spelling";

/// What a refused text was meant to be, with the legal literal where it follows from the text;
/// `None` for legal literals, those out of range, and texts that resemble nothing.
#[must_use]
pub fn duration(text: &str) -> Option<Meant> {
    let Err(DurationFault::Syntax(_)) = duration::parse(text) else {
        return None;
    };
    let text = trimmed(text)?;
    if duration::parse(text).is_ok() {
        return Some(Meant::literal_of(OTHER_SPELLING, text.to_owned()));
    }
    if date_time::parse(text).is_ok() {
        return Some(Meant::advice("an instant", "give the time that elapsed"));
    }
    interval(text).or_else(|| spelled(text)).or_else(|| {
        let text = text
            .to_ascii_uppercase()
            .replace(',', ".")
            .replace('\u{2212}', "-");
        let text = text.strip_prefix('+').unwrap_or(&text);
        count::elapsed(text)
            .or_else(|| clock(text))
            .or_else(|| iso(text))
            .or_else(|| components(text, Lengths::Fixed))
    })
}

/// `start/end`; what is between two instants is known.
fn interval(text: &str) -> Option<Meant> {
    const NOTATION: &str = "an interval";
    let (start, end) = text.split_once('/').filter(|_| is_interval(text))?;
    let [start, end] = [start, end].map(|end| date_time::parse(end).ok());
    Some(match start.zip(end) {
        Some((start, end)) => {
            let literal = duration::canonical(end.ticks - start.ticks);
            Meant::literal_of(NOTATION, literal)
        }
        None => Meant::advice(NOTATION, "write the one duration that it stands for"),
    })
}

/// `[d.]hh:mm:ss[.f]` and `d:hh:mm:ss[.f]` of .NET, and two parts, which may be either two of its
/// three.
fn clock(text: &str) -> Option<Meant> {
    const NOTATION: &str = "clock notation, as of a .NET TimeSpan";
    let (negative, text) = sign(text);
    let mut parts: Vec<&str> = text.split(':').collect();
    if let [one, other] = parts.as_slice() {
        return pair(negative, one, other, NOTATION);
    }
    if let Some((days, hours)) = parts.first()?.split_once('.') {
        parts.splice(..1, [days, hours]);
    }
    let ticks = match parts.as_slice() {
        [hours, minutes, seconds] if whole(minutes)? <= 59 => {
            clock_ticks("0", [*hours, *minutes, *seconds])
        }
        [days, hours, minutes, seconds] if whole(hours)? <= 23 && whole(minutes)? <= 59 => {
            clock_ticks(days, [*hours, *minutes, *seconds])
        }
        _ => None,
    };
    Some(Meant::literal_of(
        NOTATION,
        canonical::elapsed(negative, ticks?)?,
    ))
}

/// `n:nn`; only a fraction tells what it is.
fn pair(negative: bool, one: &str, other: &str, notation: &'static str) -> Option<Meant> {
    let reading = |when, parts| {
        let literal = canonical::elapsed(negative, clock_ticks("0", parts)?)?;
        Some(Reading { literal, when })
    };
    let seconds = reading("it is minutes and seconds", ["0", one, other])?;
    if other.contains('.') {
        return Some(Meant::literal_of(notation, seconds.literal));
    }
    let minutes = reading("it is hours and minutes", [one, other, "0"])?;
    Meant::readings(notation, vec![seconds, minutes])
}

/// Ticks of days, hours, minutes and seconds.
fn clock_ticks(days: &str, [hours, minutes, seconds]: [&str; 3]) -> Option<i128> {
    let minute = i128::from(TICKS_PER_MINUTE);
    let (hours, minutes, seconds) = (whole(hours)?, whole(minutes)?, decimal(seconds)?);
    let ticks = whole(days)? * i128::from(TICKS_PER_DAY) + hours * i128::from(TICKS_PER_HOUR);
    (seconds < minute).then_some(ticks + minutes * minute + seconds)
}

/// Weeks, years and months, and the alternative format.
fn iso(text: &str) -> Option<Meant> {
    let (negative, unsigned) = sign(text);
    if is_alternative_format(unsigned.strip_prefix('P')?.as_bytes()) {
        let advice = "write the days, hours, minutes and seconds that it stands for";
        return Some(Meant::advice("the date-like format of ISO 8601", advice));
    }
    match iso8601::parsers::parse_duration(unsigned.as_bytes()) {
        Ok((b"", iso8601::Duration::Weeks(weeks))) => {
            let ticks = i128::from(weeks) * 7 * i128::from(TICKS_PER_DAY);
            Some(Meant::literal_of(
                "weeks",
                canonical::elapsed(negative, ticks)?,
            ))
        }
        Ok((b"", iso8601::Duration::YMDHMS { year, month, .. })) if year != 0 || month != 0 => {
            const ADVICE: &str = "they have no fixed length; write days, and minutes after a `T`";
            let notation = match (year, month) {
                (_, 0) => "years",
                (0, _) => "months",
                _ => "years and months",
            };
            let usual = components(text, Lengths::Usual);
            let literal = usual.and_then(|meant| meant.literal().map(str::to_owned));
            Some(Meant::usually(notation, ADVICE, literal))
        }
        _ => None,
    }
}

/// Components as other writers of ISO 8601 have them: each with a sign (Java), in any order, with
/// fractions, with zero years and months, with `T` in the wrong place.
fn components(text: &str, lengths: Lengths) -> Option<Meant> {
    let compact: String = text.split_whitespace().collect();
    let (negative, unsigned) = sign(&compact);
    let mut rest = unsigned.strip_prefix('P')?;
    let mut after_mark = false;
    if matches!(rest, "" | "T") {
        let literal = canonical::elapsed(false, 0);
        let advice = "write `PT0S` for zero";
        return Some(Meant::usually("an empty duration", advice, literal));
    }
    let mut total = None;
    let mut seen = Vec::new();
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix('T') {
            after_mark = true;
            rest = tail;
            continue;
        }
        let (minus, tail) = sign(rest);
        let Some((number, letter, tail)) = split_component(tail) else {
            let unitless = decimal(tail).is_some();
            let meant = Meant::advice("a number without unit", "give each number its unit");
            return unitless.then_some(meant);
        };
        after_mark |= matches!(letter, 'H' | 'S');
        let unit = (letter, after_mark);
        if seen.contains(&unit) {
            return None;
        }
        seen.push(unit);
        let ticks = component_ticks(number, letter, after_mark, lengths)?;
        total = Some(total.unwrap_or(0) + if minus { -ticks } else { ticks });
        rest = tail;
    }
    Some(Meant::literal_of(
        OTHER_SPELLING,
        canonical::elapsed(negative, total?)?,
    ))
}

/// Splits off a number and the letter after it.
fn split_component(text: &str) -> Option<(&str, char, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, tail) = text.split_at(end);
    let mut tail = tail.chars();
    let letter = tail.next()?;
    Some((number, letter, tail.as_str()))
}

/// How long units of no fixed length are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lengths {
    /// Nobody knows.
    Fixed,
    /// [`YEAR_DAYS`] and [`MONTH_DAYS`].
    Usual,
}

/// Ticks of one component; `None` for units of no known length and for more fraction digits than
/// ticks keep exactly.
fn component_ticks(number: &str, letter: char, after_mark: bool, lengths: Lengths) -> Option<i128> {
    let amount = decimal(number)?;
    let seconds = match letter {
        'W' => 7 * 86_400,
        'D' => 86_400,
        'H' => 3_600,
        'M' if after_mark => 60,
        'S' => 1,
        'Y' | 'M' if amount == 0 => 0,
        'Y' if lengths == Lengths::Usual => YEAR_DAYS * 86_400,
        'M' if lengths == Lengths::Usual => MONTH_DAYS * 86_400,
        _ => return None,
    };
    let digits = number
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    (digits <= TICK_DIGITS || letter == 'S').then_some(amount * seconds)
}

/// Whether a minus sign is at the front, and what follows the sign.
fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edm::notation::Remedy;

    #[test]
    fn other_notations_are_recognised() {
        let rows = [
            ("P2W", "P14D"),
            ("-P1W", "-P7D"),
            ("P1W1D", "P8D"),
            ("00:03:21.55", "PT3M21.55S"),
            ("-00:01:32.1347897", "-PT1M32.1347897S"),
            ("1.02:03:04", "P1DT2H3M4S"),
            ("1:02:03:04.5", "P1DT2H3M4.5S"),
            ("48:00:00", "P2D"),
            ("00:03:21,55", "PT3M21.55S"),
            ("0", "PT0S"),
            ("pt1s", "PT1S"),
            ("PT1s", "PT1S"),
            ("PT0,5S", "PT0.5S"),
            ("+PT1M", "PT1M"),
            ("\u{2212}PT1M", "-PT1M"),
            (" PT1M\n", "PT1M"),
            ("PT 1M", "PT1M"),
            ("P1DT", "P1D"),
            ("PT1D", "P1D"),
            ("P1H30M", "PT1H30M"),
            ("P5S", "PT5S"),
            ("PT1M1H", "PT1H1M"),
            ("PT1.5M", "PT1M30S"),
            ("P0.5D", "PT12H"),
            ("PT.5S", "PT0.5S"),
            ("PT1.S", "PT1S"),
            ("PT-1S", "-PT1S"),
            ("PT-1M-32.1347897S", "-PT1M32.1347897S"),
            ("P0Y0M0DT0H3M21.5549443S", "PT3M21.5549443S"),
            ("3m21.5549443s", "PT3M21.5549443S"),
            ("-1h0m5s", "-PT1H5S"),
            ("2016-12-31T23:59:23Z/2017-01-01T00:00:00Z", "PT37S"),
            ("2017-01-01T00:00:00Z/2016-12-31T23:59:23Z", "-PT37S"),
        ];
        for (text, literal) in rows {
            let meant = duration(text);
            let found = meant.as_ref().and_then(|meant| meant.literal());
            assert_eq!(found, Some(literal), "{text:?}: {meant:?}");
        }
    }

    #[test]
    fn what_has_two_readings_is_given_both() {
        let rows = [
            ("40:00", &["PT40M", "P1DT16H"][..]),
            ("03:21", &["PT3M21S", "PT3H21M"]),
            ("-03:21", &["-PT3M21S", "-PT3H21M"]),
            ("90:00", &["PT1H30M", "P3DT18H"]),
            ("45:30.5", &["PT45M30.5S"]),
            ("201,55", &["PT3M21.55S"]),
            ("2015549443", &["PT3M21.5549443S", "PT33M35.549443S"]),
        ];
        for (text, literals) in rows {
            let meant = duration(text).expect(text);
            let found: Vec<_> = meant.literals().collect();
            assert_eq!(found, literals, "{text:?}: {meant:?}");
        }
        assert_eq!(duration("00:00").expect("zero").literal(), Some("PT0S"));
    }

    #[test]
    fn what_is_usual_is_no_more_than_likely() {
        let rows = [
            ("P1Y", "years", "P365D"),
            ("P1M", "months", "P30D"),
            ("P1Y2M", "years and months", "P425D"),
            ("-P1Y2M3DT4H", "years and months", "-P428DT4H"),
            ("@ 1 year 2 mons 3 days", "years or months", "P428D"),
            ("1 mon ago", "years or months", "-P30D"),
            ("PT", "an empty duration", "PT0S"),
            ("-P", "an empty duration", "PT0S"),
            ("201.55", "a bare number", "PT3M21.55S"),
        ];
        for (text, notation, likely) in rows {
            let meant = duration(text).expect(text);
            let found = (meant.notation, meant.likely(), meant.literal());
            assert_eq!(found, (notation, Some(likely), None), "{text:?}");
        }
        let advice = duration("P1Y").expect("years").to_string();
        assert!(!advice.contains("P365D"), "{advice}");
        for text in ["03:21", "2015549443", "PT5", "PT5M"] {
            let meant = duration(text);
            assert_eq!(meant.as_ref().and_then(Meant::likely), None, "{text}");
        }
    }

    #[test]
    fn blanks_alone_are_taken_away() {
        for (text, literal) in [(" PT300S", "PT300S"), ("\tP0D\u{a0}", "P0D")] {
            let meant = duration(text).expect(text);
            assert_eq!(meant.literal(), Some(literal));
        }
    }

    #[test]
    fn what_cannot_be_computed_is_said() {
        let rows = [
            ("P0003-06-04T12:30:05", "the date-like format of ISO 8601"),
            ("P1D/P2D", "an interval"),
            ("PT5", "a number without unit"),
            ("PT1H30", "a number without unit"),
            ("99999999999999999", "a bare number"),
            ("2016-12-31T23:59:23Z", "an instant"),
        ];
        for (text, notation) in rows {
            let meant = duration(text).expect(text);
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
            "PT1S",
            "P0D",
            "PT4294967296S",
            "P9999999W",
            "PT1.123456789M",
            "00:99:00",
            "Duration value",
            "N/A",
            "PT1M1M",
            "PTS",
            "",
        ];
        for text in texts {
            assert_eq!(duration(text), None, "{text:?}");
        }
    }
}

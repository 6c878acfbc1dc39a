//! What a refused Edm.Duration was meant to be.
//!
//! Guesses only: whatever it proposes has been through [`duration::parse`]
//! or comes from exact ticks. The `iso8601` crate recognises ISO 8601 forms and is trusted only
//! where it has consumed the whole text (its `parsers` say so; its plain functions do not).

use crate::edm::date_time;
use crate::edm::duration::{self, DurationFault, is_interval};
use crate::edm::duration_fault::is_alternative_format;
use crate::edm::notation::{Meant, trimmed};
use crate::edm::ticks::{
    TICK_DIGITS, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND,
};

/// Seconds (a hundred days) up to which a bare number is taken for seconds.
const PLAUSIBLE_SECONDS: i128 = 8_640_000;

/// What a refused text was meant to be, with the legal literal where it follows from the text;
/// `None` for legal literals, those out of range, and texts that resemble nothing.
#[must_use]
pub fn duration(text: &str) -> Option<Meant> {
    let Err(DurationFault::Syntax(_)) = duration::parse(text) else {
        return None;
    };
    let text = trimmed(text)?;
    if date_time::parse(text).is_ok() {
        return Some(Meant::advice("an instant", "give the time that elapsed"));
    }
    interval(text).or_else(|| {
        let text = text
            .to_ascii_uppercase()
            .replace(',', ".")
            .replace('\u{2212}', "-");
        let text = text.strip_prefix('+').unwrap_or(&text);
        bare_number(text)
            .or_else(|| clock(text))
            .or_else(|| iso(text))
            .or_else(|| units(text))
    })
}

/// `start/end`; what is between two instants is known.
fn interval(text: &str) -> Option<Meant> {
    const NOTATION: &str = "an ISO 8601 interval";
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

/// Seconds as text.
fn bare_number(text: &str) -> Option<Meant> {
    let (negative, number) = sign(text);
    let ticks = decimal(number)?;
    Some(
        if ticks <= PLAUSIBLE_SECONDS * i128::from(TICKS_PER_SECOND) {
            Meant::literal_of("a number of seconds", literal(negative, ticks)?)
        } else {
            Meant::advice(
                "a bare number",
                "its unit is not known; ninety seconds are `PT90S`",
            )
        },
    )
}

/// `[d.]hh:mm:ss[.f]` and `d:hh:mm:ss[.f]` of .NET, and `hh:mm`.
fn clock(text: &str) -> Option<Meant> {
    let (negative, text) = sign(text);
    let mut parts: Vec<&str> = text.split(':').collect();
    if let Some((days, hours)) = parts.first()?.split_once('.') {
        parts.splice(..1, [days, hours]);
    }
    let (days, clock) = match parts.as_slice() {
        [hours, minutes] => ("0", [*hours, *minutes, "0"]),
        [hours, minutes, seconds] => ("0", [*hours, *minutes, *seconds]),
        [days, hours, minutes, seconds] => (*days, [*hours, *minutes, *seconds]),
        _ => return None,
    };
    let [hours, minutes, seconds] = clock;
    let minute = i128::from(TICKS_PER_MINUTE);
    let (minutes, seconds) = (whole(minutes)?, decimal(seconds)?);
    if minutes > 59 || seconds >= minute {
        return None;
    }
    let ticks = whole(days)? * i128::from(TICKS_PER_DAY)
        + whole(hours)? * i128::from(TICKS_PER_HOUR)
        + minutes * minute
        + seconds;
    Some(Meant::literal_of(
        "clock notation, as of a .NET TimeSpan",
        literal(negative, ticks)?,
    ))
}

/// Weeks, years and months, and the alternative format.
fn iso(text: &str) -> Option<Meant> {
    let (negative, unsigned) = sign(text);
    if is_alternative_format(unsigned.strip_prefix('P')?.as_bytes()) {
        let advice = "write the days, hours, minutes and seconds that it stands for";
        return Some(Meant::advice("ISO 8601's date-like format", advice));
    }
    match iso8601::parsers::parse_duration(unsigned.as_bytes()) {
        Ok((b"", iso8601::Duration::Weeks(weeks))) => {
            let ticks = i128::from(weeks) * 7 * i128::from(TICKS_PER_DAY);
            Some(Meant::literal_of(
                "a number of weeks",
                literal(negative, ticks)?,
            ))
        }
        Ok((b"", iso8601::Duration::YMDHMS { year, month, .. })) if year != 0 || month != 0 => {
            let advice =
                "years and months have no fixed length; write days, and minutes after a `T`";
            Some(Meant::advice("ISO 8601 years or months", advice))
        }
        _ => None,
    }
}

/// Components as other writers have them: without `P` or `T` (Go), each with a sign (Java), in any
/// order, with fractions, with zero years and months.
fn units(text: &str) -> Option<Meant> {
    const NOTATION: &str = "a duration in another spelling";
    let compact: String = text.split_whitespace().collect();
    let (negative, unsigned) = sign(&compact);
    let marked = unsigned.strip_prefix('P');
    let mut rest = marked.unwrap_or(unsigned);
    let mut after_mark = marked.is_none();
    if marked.is_some_and(|rest| matches!(rest, "" | "T")) {
        return Some(Meant::advice("an empty duration", "write `PT0S` for zero"));
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
            let meant = Meant::advice(
                "a duration with a unit missing",
                "give each number its unit",
            );
            return unitless.then_some(meant);
        };
        after_mark |= matches!(letter, 'H' | 'S');
        let unit = (letter, after_mark);
        if seen.contains(&unit) {
            return None;
        }
        seen.push(unit);
        let ticks = component_ticks(number, letter, after_mark)?;
        total = Some(total.unwrap_or(0) + if minus { -ticks } else { ticks });
        rest = tail;
    }
    Some(Meant::literal_of(NOTATION, literal(negative, total?)?))
}

/// Splits off a number and the letter after it.
fn split_component(text: &str) -> Option<(&str, char, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, tail) = text.split_at(end);
    let mut tail = tail.chars();
    let letter = tail.next()?;
    Some((number, letter, tail.as_str()))
}

/// Ticks of one component; `None` for units of no fixed length and for more fraction digits than
/// ticks keep exactly.
fn component_ticks(number: &str, letter: char, after_mark: bool) -> Option<i128> {
    let amount = decimal(number)?;
    let seconds = match letter {
        'W' => 7 * 86_400,
        'D' => 86_400,
        'H' => 3_600,
        'M' if after_mark => 60,
        'S' => 1,
        'Y' | 'M' if amount == 0 => 0,
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

/// `n`, of up to 15 digits.
fn whole(text: &str) -> Option<i128> {
    let digits = text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// `n`, `n.n`, `n.` or `.n` times ten to the power of seven, the rest cut off.
fn decimal(text: &str) -> Option<i128> {
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
    let fraction: String = fraction
        .chars()
        .chain("0000000".chars())
        .take(TICK_DIGITS)
        .collect();
    Some(integer * i128::from(TICKS_PER_SECOND) + fraction.parse::<i128>().ok()?)
}

/// The canonical spelling, where .NET can hold the value.
fn literal(negative: bool, ticks: i128) -> Option<String> {
    let ticks = i64::try_from(if negative { -ticks } else { ticks }).ok()?;
    Some(duration::canonical(ticks))
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
            ("03:21", "PT3H21M"),
            ("48:00:00", "P2D"),
            ("00:03:21,55", "PT3M21.55S"),
            ("201.55", "PT3M21.55S"),
            ("201,55", "PT3M21.55S"),
            ("-201.55", "-PT3M21.55S"),
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
    fn what_cannot_be_computed_is_said() {
        let rows = [
            ("P1Y", "ISO 8601 years or months"),
            ("P1M", "ISO 8601 years or months"),
            ("P1Y2M", "ISO 8601 years or months"),
            ("-P1Y2M3DT4H", "ISO 8601 years or months"),
            ("P0003-06-04T12:30:05", "ISO 8601's date-like format"),
            ("P1D/P2D", "an ISO 8601 interval"),
            ("PT", "an empty duration"),
            ("-P", "an empty duration"),
            ("PT5", "a duration with a unit missing"),
            ("PT1H30", "a duration with a unit missing"),
            ("2015549443", "a bare number"),
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

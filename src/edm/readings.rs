//! Another reading of the grammars of the Edm literals, to hold the parsers against.
//!
//! Slow and simple on purpose, and without a line of the parsers'. The tests of the module and a
//! fuzz target have it in common.

use chrono::NaiveDate;

use super::date_time::MAX_TICKS;

/// What a grammar and a range make of a text.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    Refused,
    OutOfRange,
    Ticks(i64),
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// A number of exactly two digits.
fn two(text: &str, greatest: i128) -> Option<i128> {
    let number = text
        .parse()
        .ok()
        .filter(|_| text.len() == 2 && digits(text))?;
    (number <= greatest).then_some(number)
}

/// A fraction in units of 10 to the power of -12.
fn fraction(text: &str) -> Option<i128> {
    (digits(text) && text.len() <= 12).then(|| format!("{text:0<12}").parse().unwrap())
}

/// The time of day in units of 10 to the power of -12 seconds, and whether the second is 60.
pub(crate) fn time(text: &str) -> Option<(i128, bool)> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (*hour, *minute, "00"),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let (second, picos) = match second.split_once('.') {
        Some((second, picos)) => (second, fraction(picos)?),
        None => (second, 0),
    };
    let (hour, minute, second) = (two(hour, 23)?, two(minute, 59)?, two(second, 60)?);
    let seconds = (hour * 60 + minute) * 60 + second;
    Some((seconds * 1_000_000_000_000 + picos, second == 60))
}

/// Minutes of a zone at the end of a text, and what is before it.
fn zone(text: &str) -> Option<(&str, i128)> {
    if let Some(rest) = text.strip_suffix('Z') {
        return Some((rest, 0));
    }
    let (rest, zone) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let minutes = two(hours, 23)? * 60 + two(minutes, 59)?;
    match zone.get(..1)? {
        "+" => Some((rest, minutes)),
        "-" => Some((rest, -minutes)),
        _ => None,
    }
}

/// The date: `None` where it is no date, an error where there is no such day in 1 to 9999.
pub(crate) fn date(text: &str) -> Option<Result<NaiveDate, Verdict>> {
    let (rest, day) = text.rsplit_once('-')?;
    let (year, month) = rest.rsplit_once('-')?;
    let (month, day) = (two(month, 12)?, two(day, 31)?);
    let magnitude = year.strip_prefix('-').unwrap_or(year);
    let form = digits(magnitude)
        && (magnitude.len() == 4 || (magnitude.len() > 4 && !magnitude.starts_with('0')));
    if !form || month == 0 || day == 0 {
        return None;
    }
    let held = year.len() == 4 && year != "0000";
    let date = NaiveDate::from_ymd_opt(
        year.parse().unwrap_or(0),
        month.try_into().ok()?,
        day.try_into().ok()?,
    );
    Some(date.filter(|_| held).ok_or(Verdict::OutOfRange))
}

pub(crate) fn date_time(text: &str) -> Option<Verdict> {
    let (rest, offset) = zone(text)?;
    let (date, time) = rest.split_once('T')?;
    let day = self::date(date)?;
    let (picos, leap_second) = self::time(time)?;
    let date = match day {
        Ok(date) if !leap_second && offset.abs() <= 14 * 60 => date,
        _ => return Some(Verdict::OutOfRange),
    };
    let (below, rest) = (picos / 100_000, picos % 100_000);
    let up = rest > 50_000 || (rest == 50_000 && below % 2 == 1);
    let days = i128::from(chrono::Datelike::num_days_from_ce(&date)) - 1;
    let local = (days * 864_000_000_000 + below + i128::from(up)).min(MAX_TICKS.into());
    let ticks = local - offset * 600_000_000;
    Some(match i64::try_from(ticks) {
        Ok(ticks) if (0..=MAX_TICKS).contains(&ticks) => Verdict::Ticks(ticks),
        _ => Verdict::OutOfRange,
    })
}

pub(crate) fn duration(text: &str) -> Option<Verdict> {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let body = unsigned.strip_prefix('P')?;
    let (days, mut time) = body
        .split_once('T')
        .map_or((body, None), |(days, time)| (days, Some(time)));
    let mut components: Vec<(&str, i128)> = Vec::new();
    if !days.is_empty() {
        components.push((days.strip_suffix('D')?, 86_400));
    }
    if time == Some("") || (time.is_none() && days.is_empty()) {
        return None;
    }
    let mut ticks = 0;
    for (letter, seconds) in [('H', 3_600), ('M', 60), ('S', 1)] {
        let Some((number, rest)) = time.and_then(|time| time.split_once(letter)) else {
            continue;
        };
        let whole = match number.split_once('.') {
            Some((whole, tail)) if letter == 'S' && digits(tail) => {
                ticks = format!("{tail:0<7}")[..7].parse().unwrap();
                whole
            }
            _ => number,
        };
        components.push((whole, seconds));
        time = Some(rest);
    }
    if time.is_some_and(|rest| !rest.is_empty())
        || !components.iter().all(|(number, _)| digits(number))
    {
        return None;
    }
    for (number, seconds) in components {
        let number: i128 = number.parse().unwrap_or(i128::MAX);
        if number > i32::MAX.into() {
            return Some(Verdict::OutOfRange);
        }
        ticks += number * seconds * 10_000_000;
    }
    Some(i64::try_from(sign * ticks).map_or(Verdict::OutOfRange, Verdict::Ticks))
}

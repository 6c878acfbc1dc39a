//! Dates and durations that writers spell as objects, arrays or numbers, and the literal that says
//! the same.
//!
//! Owns the names that other writers' members have. Knows nothing of the member that has such a
//! value.

use std::borrow::Cow;

use crate::edm::meant;
use crate::edm::{
    Meant, Remedy, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, date_time,
    duration, integer, shape,
};
use crate::json::{Kind, Node};
use crate::text::words::{Kind as WordKind, Words, quoted, words};

/// What a value that is no string was meant to be.
#[derive(Debug)]
pub(crate) struct Spelled {
    /// A sentence for the help.
    pub(crate) help: Words,
    /// The literal that says the same, and whether it certainly does.
    pub(crate) literal: Option<(String, bool)>,
    /// The literal identifies nobody.
    pub(crate) shown: bool,
}

impl Spelled {
    /// What a number was meant to be.
    fn number(meant: &Meant, kind: WordKind, shown: bool) -> Self {
        let certain = meant.literal().map(|literal| (literal, true));
        let likely = || Some((meant.likely()?, false));
        let literal = certain.or_else(likely);
        Self {
            help: meant.words(kind, shown, ""),
            literal: literal.map(|(literal, certain)| (literal.to_owned(), certain)),
            shown,
        }
    }
}

/// The value of the member of this name, in whatever letter case: writers of .NET objects differ.
fn part<'a>(object: Node<'a>, name: &str) -> Option<Node<'a>> {
    let mut members = object.members();
    members
        .find(|member| member.name_text().eq_ignore_ascii_case(name))
        .map(|member| member.value)
}

/// The value of the first of these members that is there.
fn first_part<'a>(object: Node<'a>, names: &[&str]) -> Option<Node<'a>> {
    names.iter().find_map(|name| part(object, name))
}

/// A number, in quotes or not: protobuf quotes those of 64 bits.
fn number(value: Node<'_>) -> Option<Cow<'_, str>> {
    match value.kind() {
        Kind::Number => Some(value.raw().into()),
        Kind::String => value.string(),
        _ => None,
    }
}

fn whole(value: Node<'_>) -> Option<i64> {
    integer::parse(&number(value)?, integer::INT64).ok()
}

/// What a value that is no string was meant to be in the place of a duration.
#[must_use]
pub(crate) fn duration(value: Node<'_>) -> Option<Spelled> {
    if value.kind() == Kind::Number {
        let raw = value.raw();
        let (meant, shown) = (meant::duration(raw)?, shape::is_short_number(raw));
        return Some(Spelled::number(&meant, WordKind::Duration, shown));
    }
    let net = part(value, "Ticks").and_then(whole).or_else(|| {
        let seconds = part(value, "TotalSeconds")?;
        seconds_and(&number(seconds)?, 0)
    });
    let ticks = net
        .or_else(|| moment_duration(value))
        .or_else(|| units(value))?;
    let literal = duration::canonical(ticks);
    let quotation = quoted(&literal).kind(WordKind::Duration);
    let of_net = net.is_some() || part(value, "Milliseconds").is_some();
    let help = if of_net {
        words!(
            "it is a .NET TimeSpan that PowerShell wrote as an object; write {}",
            quotation
        )
    } else {
        words!("it is a duration written as an object; write {}", quotation)
    };
    let certain = is_all(value, &OF_DURATIONS)
        && !has_mixed_signs(value)
        && net.is_none_or(|ticks| !is_contradicted(value, ticks));
    Some(Spelled {
        help,
        literal: Some((literal, certain)),
        shown: false,
    })
}

/// The parts of a .NET `TimeSpan`.
const PARTS: [&str; 5] = ["Days", "Hours", "Minutes", "Seconds", "Milliseconds"];

/// What the durations of other writers consist of, in whatever letter case.
const OF_DURATIONS: [&str; 29] = [
    "Ticks",
    "Days",
    "Hours",
    "Minutes",
    "Seconds",
    "Milliseconds",
    "Microseconds",
    "Nanoseconds",
    "TotalDays",
    "TotalHours",
    "TotalMinutes",
    "TotalSeconds",
    "TotalMilliseconds",
    "TotalMicroseconds",
    "TotalNanoseconds",
    "Weeks",
    "Months",
    "Years",
    "Nano",
    "Nanos",
    "_milliseconds",
    "_days",
    "_months",
    "_data",
    "_isValid",
    "_locale",
    "zero",
    "negative",
    "units",
];

/// Whether an object consists of such members only, each once: what replaces it says all of it.
fn is_all(object: Node<'_>, names: &[&str]) -> bool {
    let known = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    object.members().all(|member| known(&member.name_text())) && are_distinct(object)
}

/// Whether no name is there twice, in whatever letter case.
fn are_distinct(object: Node<'_>) -> bool {
    let names = object.members().map(|member| member.name_text());
    let mut names: Vec<String> = names.map(|name| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    names.array_windows().all(|[one, next]| one != next)
}

/// Whether some parts are below zero and others above: no writer has such.
fn has_mixed_signs(span: Node<'_>) -> bool {
    let counts = PARTS.iter().filter_map(|name| part(span, name));
    let signs: Vec<i64> = counts.filter_map(whole).map(i64::signum).collect();
    signs.contains(&1) && signs.contains(&-1)
}

/// Whether a part of a .NET `TimeSpan` says something else than its ticks.
fn is_contradicted(span: Node<'_>, ticks: i64) -> bool {
    let right = [
        ticks / TICKS_PER_DAY,
        ticks / TICKS_PER_HOUR % 24,
        ticks / TICKS_PER_MINUTE % 60,
        ticks / TICKS_PER_SECOND % 60,
        ticks / TICKS_PER_MILLISECOND % 1_000,
    ];
    let mut parts = PARTS.iter().zip(right);
    parts.any(|(name, right)| part(span, name).is_some_and(|part| whole(part) != Some(right)))
}

const TICKS_PER_MILLISECOND: i64 = TICKS_PER_SECOND / 1_000;

/// Ticks of a decimal number of seconds, with nanoseconds beside it.
fn seconds_and(seconds: &str, nanoseconds: i64) -> Option<i64> {
    let ticks = meant::decimal_ticks(seconds)?;
    ticks.checked_add(nanoseconds / 100)
}

/// moment.js: milliseconds, days and months apart, the months of no fixed length.
fn moment_duration(value: Node<'_>) -> Option<i64> {
    let milliseconds = part(value, "_milliseconds")?;
    let ticks = meant::decimal_ticks(&number(milliseconds)?)?.checked_div(1_000)?;
    let days = part(value, "_days").map_or(Some(0), whole)?;
    let months = part(value, "_months").map_or(Some(0), whole)?;
    let ticks = days.checked_mul(TICKS_PER_DAY)?.checked_add(ticks)?;
    (months == 0).then_some(ticks)
}

/// The sum of a duration's parts, as .NET, Java, Python, protobuf and JavaScript name them; `None`
/// where it has none, or one of no fixed length.
fn units(span: Node<'_>) -> Option<i64> {
    const UNITS: [(&str, i64); 7] = [
        ("Weeks", 7 * TICKS_PER_DAY),
        ("Days", TICKS_PER_DAY),
        ("Hours", TICKS_PER_HOUR),
        ("Minutes", TICKS_PER_MINUTE),
        ("Seconds", TICKS_PER_SECOND),
        ("Milliseconds", TICKS_PER_MILLISECOND),
        ("Microseconds", TICKS_PER_SECOND / 1_000_000),
    ];
    let of_no_length = first_part(span, &["Years", "Months"]).and_then(whole);
    if of_no_length.is_some_and(|count| count != 0) {
        return None;
    }
    let mut total = None;
    for (name, unit) in UNITS {
        let Some(count) = part(span, name) else {
            continue;
        };
        let ticks = whole(count)?.checked_mul(unit)?;
        total = Some(ticks.checked_add(total.unwrap_or(0))?);
    }
    let nanoseconds = first_part(span, &["Nanos", "Nano", "Nanoseconds"]).map_or(Some(0), whole)?;
    total?.checked_add(nanoseconds / 100)
}

/// What a value that is no string was meant to be in the place of an instant.
#[must_use]
pub(crate) fn instant(value: Node<'_>) -> Option<Spelled> {
    match value.kind() {
        Kind::Number => {
            let meant = meant::date_time(value.raw())?;
            Some(Spelled::number(&meant, WordKind::DateTime, false))
        }
        Kind::Array => array(value),
        Kind::Object => object(value),
        _ => None,
    }
}

/// Jackson: year, month, day, hour, minute, and maybe second and nanosecond.
fn array(value: Node<'_>) -> Option<Spelled> {
    const NOTATION: &str = "a local time that Java wrote as an array";
    let mut parts = value.elements().map(|element| {
        let number = integer::parse(element.raw(), integer::INT64);
        number.ok()
    });
    if !(5..=7).contains(&value.len()) {
        return None;
    }
    let mut next = || parts.next().unwrap_or(Some(0));
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second, nanosecond) = (next()?, next()?, next()?, next()?);
    let text =
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanosecond:09}Z");
    let literal = canonical(&text)?;
    let help = words!(
        "it reads as {}; write {} if it is UTC, or put its offset in place of the `Z`",
        NOTATION,
        quoted(&literal).kind(WordKind::DateTime)
    );
    Some(Spelled {
        help,
        literal: Some((literal, false)),
        shown: false,
    })
}

/// The canonical spelling of a legal date-time.
fn canonical(text: &str) -> Option<String> {
    let value = date_time::parse(text).ok()?;
    Some(date_time::canonical(value.ticks, value.offset_minutes))
}

/// A .NET `DateTime` or `DateTimeOffset` as Windows PowerShell writes it, the date-time of other
/// Graph resources, or an instant of other writers.
fn object(value: Node<'_>) -> Option<Spelled> {
    const TEXTS: [&str; 8] = [
        "value",
        "UtcDateTime",
        "$date",
        "DateTime",
        // moment.js, what it was made of last.
        "_d",
        "_i",
        // PHP.
        "date",
        "iso",
    ];
    let zone = first_part(value, &["timeZone", "timezone"]).and_then(|zone| zone.string());
    let utc = zone.is_some_and(|zone| zone.eq_ignore_ascii_case("UTC"));
    let mut texts = TEXTS.into_iter().filter_map(|name| part(value, name));
    let found = texts.find_map(|found| {
        // MongoDB wraps the number of milliseconds once more.
        let found = part(found, "$numberLong").unwrap_or(found);
        let text = number(found)?;
        let literal = literal_of(&text, utc)?;
        let shown = shape::is_instant(&text);
        Some((literal, shown))
    });
    let (literal, shown) = found.or_else(|| Some((counted(value)?, false)))?;
    let help = words!(
        "it is a date-time written as an object; write {}",
        quoted(&literal).kind(WordKind::DateTime).shown_if(shown)
    );
    Some(Spelled {
        help,
        literal: Some((literal, are_distinct(value))),
        shown,
    })
}

/// An instant that an object counts: protobuf, Firestore, Java, Luxon, .NET.
fn counted(value: Node<'_>) -> Option<String> {
    let seconds = first_part(value, &["seconds", "_seconds", "epochSecond"]);
    if let Some(seconds) = seconds {
        let nanos = first_part(value, &["nanos", "nano", "_nanoseconds", "nanoseconds"]);
        let nanos = nanos.map_or(Some(0), whole)?;
        let text = format!("{}.{nanos:09}", whole(seconds)?);
        return literal_of(&text, false);
    }
    let count = first_part(value, &["UtcTicks", "ts", "epochMilli", "millis"])?;
    literal_of(&number(count)?, false)
}

/// The literal of an instant, however it is spelled.
fn literal_of(text: &str, utc: bool) -> Option<String> {
    if date_time::parse(text).is_ok() {
        return Some(text.to_owned());
    }
    let meant = meant::date_time(text)?;
    match &meant.remedy {
        Remedy::InUtc(literal) if utc => Some(literal.clone()),
        _ => meant.literal().map(str::to_owned),
    }
}

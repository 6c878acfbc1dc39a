//! Tests of the whole module against arbitrary text: no panic, verdicts as an independent reading
//! of the grammars has them, proposals that are legal.

use chrono::DateTime;

use super::date_time::{DateTimeFault, MAX_TICKS};
use super::duration::DurationFault;
use super::number::Written;
use super::readings::{self, Verdict};
use super::{
    Meant, binary, date, date_time, duration, elapsed, guid, integer, meant, number, time_of_day,
};

/// Literals and near misses of every type, from which the others are made.
const SEEDS: &[&str] = &[
    "2016-12-31T23:59:23.3984029-08:00",
    "2017-01-01T00:00:46.5128291Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999+14:00",
    "2016-02-29T23:59Z",
    "2015-02-29T12:00:60-00:00",
    "-12016-04-31T23:59:59.123456789012-13:59",
    "2016-12-31 23:59:23 -08:00",
    "20161231T235923.5+0100",
    "2016-W52-6T24:00:00Z",
    "2016-366t23:59:23z",
    "/Date(1483257563398+0000)/",
    "1483257563398",
    "636188543633984029",
    "Sat, 31 Dec 2016 23:59:23 -0800",
    "Sat Dec 31 2016 23:59:23 GMT-0800 (PST)",
    "12/31/2016 11:59:23 PM -08:00",
    "PT3M21.5549443S",
    "-P1DT2H3M4.5S",
    "P10675199DT2H48M5.4775807S",
    "-P10675199DT2H48M5.4775808S",
    "PT2147483647S",
    "PT0S",
    "P2W",
    "P1Y2M3DT4H",
    "P0003-06-04T12:30:05",
    "P1D/P2D",
    "PT-1M-32.1347897S",
    "1.02:03:04.5",
    "201.55",
    "1h30m5.5s",
    "2016-12-31T23:59:23Z/2017-01-01T00:00:00Z",
    "3e455cab-5cab-3e45-ab5c-453eab5c453e",
    "{3E455CAB-5CAB-3E45-AB5C-453EAB5C453E}",
    "urn:uuid:00000000-0000-0000-0000-000000000000",
    "2147483648",
    "-0.30e-99999999999999999999",
    "79228162514264337593543950335",
    "23:59:59.999999999999",
    "Zm9vYg==",
    "-INF",
];

/// What is put in: everything the grammars know, and what they do not.
const ALPHABET: &[char] = &[
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '9',
    '-',
    '+',
    ':',
    '.',
    ',',
    '/',
    ' ',
    'T',
    'Z',
    't',
    'z',
    'P',
    'D',
    'H',
    'M',
    'S',
    'Y',
    'W',
    'p',
    's',
    'e',
    'E',
    '=',
    '_',
    '(',
    ')',
    '{',
    '}',
    '\\',
    '\0',
    '\n',
    '\u{7f}',
    'ü',
    '\u{664}',
    '\u{2212}',
    '\u{202f}',
    '\u{ff11}',
    '\u{1f4a9}',
];

/// A xorshift generator: the same texts in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn ticks(&mut self) -> i64 {
        let shift = self.below(64);
        self.next().cast_signed() >> shift
    }

    /// A seed with up to five changes.
    fn text(&mut self) -> String {
        let mut text: Vec<char> = self.pick(SEEDS).chars().collect();
        for _ in 0..self.below(6) {
            self.change(&mut text);
        }
        text.into_iter().collect()
    }

    fn change(&mut self, text: &mut Vec<char>) {
        let at = self.below(text.len() + 1);
        let end = (at + self.below(12)).min(text.len());
        match self.below(6) {
            0 => text.insert(at, *self.pick(ALPHABET)),
            1 => drop(text.drain(at..end.min(at + 1))),
            2 => drop(text.drain(at..end)),
            3 => {
                let copy = text[at..end].to_vec();
                let to = self.below(text.len() + 1);
                text.splice(to..to, copy);
            }
            4 => {
                let other: Vec<char> = self.pick(SEEDS).chars().collect();
                let tail = self.below(other.len());
                text.truncate(at);
                text.extend(&other[tail..]);
            }
            _ if at < text.len() => text[at] = *self.pick(ALPHABET),
            _ => {}
        }
    }
}

/// Calls `check` with 100,000 texts, another row of them for each `row`.
fn for_texts(row: u64, mut check: impl FnMut(&str)) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ row);
    for _ in 0..100_000 {
        check(&random.text());
    }
}

#[test]
fn date_times_are_what_another_reading_makes_of_them() {
    let mut counts = [0; 3];
    for_texts(1, |text| {
        let found = date_time::parse(text);
        let verdict = match found {
            Ok(value) => Verdict::Ticks(value.ticks),
            Err(DateTimeFault::Range(_)) => Verdict::OutOfRange,
            Err(DateTimeFault::Syntax(_)) => Verdict::Refused,
        };
        let expected = readings::date_time(text).unwrap_or(Verdict::Refused);
        assert_eq!(verdict, expected, "{text:?}");
        counts[match verdict {
            Verdict::Refused => 0,
            Verdict::OutOfRange => 1,
            Verdict::Ticks(_) => 2,
        }] += 1;
        if let Ok(value) = found {
            assert_instant_of_chrono(text, value);
            let canonical = date_time::canonical(value.ticks, value.offset_minutes);
            assert_eq!(value.remarks.non_canonical, canonical != text, "{text:?}");
        }
    });
    assert!(counts.iter().all(|count| *count > 1_000), "{counts:?}");
}

/// chrono reads no literal without seconds and rounds nothing.
fn assert_instant_of_chrono(text: &str, value: date_time::DateTime) {
    let Ok(other) = DateTime::parse_from_rfc3339(text) else {
        assert!(value.remarks.non_canonical, "{text:?}");
        return;
    };
    if !value.remarks.excess_digits {
        let ticks =
            other.timestamp() * 10_000_000 + i64::from(other.timestamp_subsec_nanos() / 100);
        assert_eq!(ticks + date_time::UNIX_EPOCH_TICKS, value.ticks, "{text:?}");
        assert_eq!(
            other.offset().local_minus_utc(),
            i32::from(value.offset_minutes) * 60
        );
    }
}

#[test]
fn durations_are_what_another_reading_makes_of_them() {
    let mut counts = [0; 3];
    for_texts(2, |text| {
        let found = duration::parse(text);
        let verdict = match found {
            Ok(value) => Verdict::Ticks(value.ticks),
            Err(DurationFault::Range(_)) => Verdict::OutOfRange,
            Err(DurationFault::Syntax(_)) => Verdict::Refused,
        };
        let expected = readings::duration(text).unwrap_or(Verdict::Refused);
        assert_eq!(verdict, expected, "{text:?}");
        counts[match verdict {
            Verdict::Refused => 0,
            Verdict::OutOfRange => 1,
            Verdict::Ticks(_) => 2,
        }] += 1;
        if let Ok(value) = found {
            let canonical = duration::canonical(value.ticks);
            assert_eq!(value.remarks.non_canonical, canonical != text, "{text:?}");
        }
    });
    assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
}

#[test]
fn parts_are_what_another_reading_makes_of_them() {
    for_texts(3, |text| {
        let days = date::parse(text).ok().map(|date| date.days);
        let expected = readings::date(text).and_then(Result::ok);
        let expected =
            expected.map(|date| i64::from(chrono::Datelike::num_days_from_ce(&date)) - 1);
        assert_eq!(days, expected, "{text:?}");

        let time = readings::time(text);
        assert_eq!(
            time_of_day::parse(text).is_ok(),
            time.is_some_and(|(_, leap)| !leap),
            "{text:?}"
        );

        let json: Option<serde_json::Number> = serde_json::from_str(text).ok();
        let json = json.filter(|_| text.trim() == text);
        let integer = json.as_ref().and_then(serde_json::Number::as_i64);
        let plain = !text.contains(['.', 'e', 'E']);
        let found = integer::parse(text, integer::INT64).ok();
        assert_eq!(
            found,
            integer.filter(|_| plain).or((text == "-0").then_some(0)),
            "{text:?}"
        );

        let double = number::parse_double(Written::Number(text)).ok();
        assert_eq!(
            double,
            json.as_ref().and_then(serde_json::Number::as_f64),
            "{text:?}"
        );

        let literal = guid::parse(text).is_ok();
        let hyphenated = uuid::Uuid::try_parse(text).is_ok() && text.len() == 36;
        assert_eq!(literal, hyphenated, "{text:?}");
    });
}

#[test]
fn any_ticks_survive_their_canonical_spelling() {
    let mut random = Random(7);
    for _ in 0..100_000 {
        let ticks = random.ticks();
        let text = duration::canonical(ticks);
        let value = duration::parse(&text).unwrap();
        assert_eq!(
            (value.ticks, value.remarks),
            (ticks, super::Remarks::default()),
            "{text}"
        );

        let instant = ticks.unsigned_abs() % MAX_TICKS.unsigned_abs();
        let offset = i16::try_from(random.below(1681)).unwrap() - 840;
        let text = date_time::canonical(instant.cast_signed(), offset);
        let value = date_time::parse(&text).unwrap();
        assert_eq!(
            (value.ticks.unsigned_abs(), value.remarks),
            (instant, super::Remarks::default()),
            "{text}"
        );
    }
}

/// Whether a literal is a text without the marks in it and what is around it.
fn stands_in(text: &str, literal: &str) -> bool {
    let text = text.replace(['\u{200e}', '\u{200f}'], "");
    text.contains(literal)
}

#[test]
fn proposals_are_legal_and_canonical() {
    let mut proposals = 0;
    let mut literals = |meant: Option<Meant>| -> Vec<String> {
        let Some(meant) = meant else {
            return Vec::new();
        };
        assert!(!meant.to_string().is_empty());
        let literals: Vec<_> = meant.literals().map(str::to_owned).collect();
        proposals += literals.len();
        literals
    };
    for_texts(4, |text| {
        for literal in literals(meant::date_time(text)) {
            assert!(date_time::parse(text).is_err(), "{text:?}");
            let value = date_time::parse(&literal).expect(text);
            let canonical = !value.remarks.non_canonical || stands_in(text, &literal);
            assert!(canonical, "{text:?}: {literal}");
        }
        for literal in literals(meant::duration(text)) {
            assert!(duration::parse(text).is_err(), "{text:?}");
            let value = duration::parse(&literal).expect(text);
            let canonical = !value.remarks.non_canonical || stands_in(text, &literal);
            assert!(canonical, "{text:?}: {literal}");
        }
        for literal in literals(meant::guid(text)) {
            assert!(guid::parse(text).is_err(), "{text:?}");
            assert!(guid::parse(&literal).is_ok(), "{text:?}: {literal}");
        }
    });
    assert!(proposals > 1_000, "{proposals}");
}

#[test]
fn nothing_panics_and_every_fault_speaks() {
    let mut random = Random(11);
    for_texts(5, |text| {
        let faults = [
            date_time::parse(text).err().map(|fault| fault.to_string()),
            date::parse(text).err().map(|fault| fault.to_string()),
            time_of_day::parse(text)
                .err()
                .map(|fault| fault.to_string()),
            duration::parse(text).err().map(|fault| fault.to_string()),
            guid::parse(text).err().map(|fault| fault.to_string()),
            binary::parse(text).err().map(|fault| fault.to_string()),
            integer::parse(text, integer::INT32)
                .err()
                .map(|fault| fault.to_string()),
            number::parse_double(Written::Text(text))
                .err()
                .map(|fault| fault.to_string()),
            number::parse_single(Written::Number(text))
                .err()
                .map(|fault| fault.to_string()),
            number::parse_decimal(Written::Text(text))
                .err()
                .map(|fault| fault.to_string()),
        ];
        for fault in faults.into_iter().flatten() {
            assert!(!fault.is_empty() && fault.is_ascii(), "{text:?}: {fault}");
        }
        let ticks = random.ticks();
        let offset = i16::try_from(random.ticks() >> 48).unwrap();
        assert!(date_time::parse(&date_time::canonical(ticks, offset)).is_ok());
        assert!(!elapsed(ticks).is_empty());
    });
}

#[test]
fn long_texts_are_refused_without_fuss() {
    for start in [
        "",
        "P",
        "PT",
        "PT1.",
        "2016-12-31T23:59:23.",
        "{",
        "1e",
        "/Date(",
    ] {
        for c in ALPHABET {
            let text = format!("{start}{}", c.to_string().repeat(50_000));
            assert!(date_time::parse(&text).is_err());
            assert!(duration::parse(&text).is_err());
            assert!(guid::parse(&text).is_err());
            for meant in [
                meant::date_time(&text),
                meant::duration(&text),
                meant::guid(&text),
            ] {
                assert_eq!(
                    meant.as_ref().and_then(Meant::literal),
                    None,
                    "{start}{c:?}…"
                );
            }
            let _ = (integer::parse(&text, integer::INT32), binary::parse(&text));
            let _ = number::parse_decimal(Written::Number(&text));
        }
    }
}

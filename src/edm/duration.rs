//! Edm.Duration: `[-]P[nD][T[nH][nM][n[.n]S]]` (`OData` ABNF 4.01, `durationValue`, and XSD 1.1
//! `dayTimeDuration`: at least one component, one at least after `T`), and what a .NET `TimeSpan`
//! can hold of it.
//!
//! Owns the verdict and the canonical spelling. Knows nothing of what a refused text was meant to
//! be, beyond naming its notation.

pub use super::duration_fault::{DurationFault, Range, Syntax, Unit};
use super::duration_fault::{MAX_COMPONENT, Stray, character_fault};
use super::remarks::Remarks;
use super::ticks::{TICK_DIGITS, TICKS_PER_SECOND, push_fraction};
use super::{date_time, digits};
use crate::text::bytes;

/// The value of an Edm.Duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Units of 100 ns; the whole of `i64` is legal.
    pub ticks: i64,
    /// What is noteworthy.
    pub remarks: Remarks,
}

/// Parses an Edm.Duration literal. Fraction digits beyond the seventh are cut off, as .NET does.
///
/// # Errors
/// [`DurationFault::Syntax`] where the grammar is not met, whatever the range;
/// [`DurationFault::Range`] where it is met and the value cannot be stored.
pub fn parse(text: &str) -> Result<Duration, DurationFault> {
    let bytes = text.as_bytes();
    let Some((negative, rest)) = after_designator(bytes) else {
        return Err(foreign_notation(text).into());
    };
    let mut scan = Scan::new(rest);
    loop {
        scan.component()?;
        if scan.rest.is_empty() {
            break;
        }
    }
    if let Some(unit) = scan.over {
        return Err(Range::Component(unit).into());
    }
    Ok(scan.value(negative, bytes).ok_or(Range::Total)?)
}

/// The literal that `text` begins with and the byte `end` follows, and its length in bytes; `None`
/// where there is none that can be stored. It is what [`parse`] gives for it.
#[inline]
pub(crate) fn prefix(text: &[u8], end: u8) -> Option<(Duration, usize)> {
    if let Some((value, length)) = usual_prefix(text)
        && text.get(length) == Some(&end)
    {
        return Some((value, length));
    }
    let (negative, rest) = after_designator(text)?;
    let mut scan = Scan::new(rest);
    loop {
        scan.component().ok()?;
        if scan.rest.first() == Some(&end) {
            break;
        }
    }
    if scan.over.is_some() {
        return None;
    }
    let length = text.len() - scan.rest.len();
    Some((scan.value(negative, &text[..length])?, length))
}

/// The same, whatever follows, where it is spelt as nearly every one is: hours, minutes and seconds
/// as the canonical spelling has them, and none of them 0.
#[inline]
fn usual_prefix(text: &[u8]) -> Option<(Duration, usize)> {
    let mut rest = text.strip_prefix(b"PT")?;
    let whole = rest.len();
    let (mut seconds, mut fraction) = (0, 0);
    let mut number = usual_number(rest);
    for (letter, unit) in [
        (b'H', Unit::Hour),
        (b'M', Unit::Minute),
        (b'S', Unit::Second),
    ] {
        let Some((value, [end, tail @ ..])) = number else {
            break;
        };
        if *end == letter {
            rest = tail;
        } else if unit == Unit::Second && *end == b'.' {
            (fraction, rest) = usual_fraction(tail)?;
        } else {
            continue;
        }
        if value >= unit.canonical_end() {
            return None;
        }
        seconds += value * unit.seconds();
        number = usual_number(rest);
    }
    let value = Duration {
        ticks: signed(false, seconds, fraction)?,
        remarks: Remarks::default(),
    };
    (rest.len() < whole).then(|| (value, text.len() - rest.len()))
}

/// A number of one or two digits, the first not 0, and what follows it.
#[inline]
fn usual_number(text: &[u8]) -> Option<(u64, &[u8])> {
    let [first, second, ..] = text.first_chunk::<2>()?.map(|byte| byte.wrapping_sub(b'0'));
    if !(1..10).contains(&first) {
        return None;
    }
    let (first, second) = (u64::from(first), u64::from(second));
    let (value, count) = if second < 10 {
        (first * 10 + second, 2)
    } else {
        (first, 1)
    };
    Some((value, &text[count..]))
}

/// The digits of a fraction of a second in ticks, the last not 0, and what follows the `S` behind
/// them.
#[inline]
fn usual_fraction(text: &[u8]) -> Option<(u64, &[u8])> {
    let (count @ 1..=TICK_DIGITS, value) = bytes::leading_number(text)? else {
        return None;
    };
    let ticks = u64::from(value) * digits::POWERS_OF_TEN[TICK_DIGITS - count];
    let usual = text[count - 1] != b'0' && text[count] == b'S';
    usual.then(|| (ticks, &text[count + 1..]))
}

/// Whether there is a minus sign, and what follows the `P`.
#[inline]
fn after_designator(text: &[u8]) -> Option<(bool, &[u8])> {
    match text {
        [b'-', b'P', rest @ ..] => Some((true, rest)),
        [b'P', rest @ ..] => Some((false, rest)),
        _ => None,
    }
}

/// Ticks of so many seconds and ticks; `None` where they do not fit.
fn signed(negative: bool, seconds: u64, fraction: u64) -> Option<i64> {
    let ticks = seconds
        .checked_mul(TICKS_PER_SECOND.unsigned_abs())?
        .checked_add(fraction)?;
    if negative {
        0_i64.checked_sub_unsigned(ticks)
    } else {
        i64::try_from(ticks).ok()
    }
}

/// What has been read of a duration after its `P`, and what is left.
struct Scan<'a> {
    rest: &'a [u8],
    /// `T` has been read.
    after_mark: bool,
    last: Option<Unit>,
    seconds: u64,
    /// In ticks.
    fraction: u64,
    /// The first unit whose number is too large.
    over: Option<Unit>,
    excess_digits: bool,
    /// Every component is as the canonical spelling of a value other than zero has it.
    canonical: bool,
}

impl<'a> Scan<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self {
            rest,
            after_mark: false,
            last: None,
            seconds: 0,
            fraction: 0,
            over: None,
            excess_digits: false,
            canonical: true,
        }
    }

    /// What the components of `whole` add up to; `None` where it does not fit.
    #[inline]
    fn value(&self, negative: bool, whole: &[u8]) -> Option<Duration> {
        let ticks = signed(negative, self.seconds, self.fraction)?;
        let canonical = if ticks == 0 {
            whole == ZERO.as_bytes()
        } else {
            self.canonical
        };
        let remarks = Remarks {
            excess_digits: self.excess_digits,
            non_canonical: !canonical,
        };
        Some(Duration { ticks, remarks })
    }

    /// Takes one component, with the `T` before it.
    #[expect(clippy::inline_always, reason = "a sixth of the time of a duration")]
    #[inline(always)]
    fn component(&mut self) -> Result<(), Syntax> {
        if let [b'T', rest @ ..] = self.rest
            && !self.after_mark
        {
            self.after_mark = true;
            self.rest = rest;
        }
        let (value, count) = number(self.rest);
        let (digits, tail) = self.rest.split_at(count);
        let (unit, rest) = match (tail, self.after_mark) {
            ([b'D', rest @ ..], false) => (Unit::Day, rest),
            ([b'H', rest @ ..], true) => (Unit::Hour, rest),
            ([b'M', rest @ ..], true) => (Unit::Minute, rest),
            ([b'S', rest @ ..], true) => (Unit::Second, rest),
            ([b'.', rest @ ..], true) => (Unit::Second, self.fraction(rest)?),
            _ => return Err(self.fault()),
        };
        if digits.is_empty() || self.last >= Some(unit) {
            return Err(self.fault());
        }
        if value > MAX_COMPONENT {
            self.over = self.over.or(Some(unit));
        }
        let shortest = digits[0] != b'0' || (count == 1 && tail[0] == b'.');
        self.canonical &= shortest && value < unit.canonical_end();
        self.seconds += value * unit.seconds();
        self.last = Some(unit);
        self.rest = rest;
        Ok(())
    }

    /// Takes the digits after the point and the `S`; gives what follows.
    #[inline]
    fn fraction(&mut self, text: &'a [u8]) -> Result<&'a [u8], Syntax> {
        let (value, count) = match bytes::leading_number(text) {
            Some((count @ 1..=TICK_DIGITS, value)) => (value, count),
            _ => (first_ticks(text), digits::leading(text)),
        };
        let (digits, tail) = text.split_at(count);
        let Some(rest) = tail.strip_prefix(b"S").filter(|_| !digits.is_empty()) else {
            return Err(self.fault());
        };
        self.fraction = u64::from(value) * digits::POWERS_OF_TEN[TICK_DIGITS.saturating_sub(count)];
        self.excess_digits = count > TICK_DIGITS;
        self.canonical &= !self.excess_digits && !digits.ends_with(b"0");
        Ok(rest)
    }

    /// Names the fault of the component that comes next.
    #[cold]
    fn fault(&self) -> Syntax {
        let stray = Stray {
            rest: self.rest,
            after_mark: self.after_mark,
            last: self.last,
        };
        stray.fault()
    }
}

/// The number at the front of `text`, at most one more than [`MAX_COMPONENT`], and how many digits
/// say it.
#[inline]
fn number(text: &[u8]) -> (u64, usize) {
    match bytes::leading_number(text) {
        Some((count @ 0..8, value)) => (u64::from(value), count),
        _ => number_by_digit(text),
    }
}

/// The same near the end of the text, or for more digits.
fn number_by_digit(text: &[u8]) -> (u64, usize) {
    let (mut value, mut count) = (0, 0);
    while let Some(byte @ b'0'..=b'9') = text.get(count) {
        value = (value * 10 + u64::from(byte - b'0')).min(MAX_COMPONENT + 1);
        count += 1;
    }
    (value, count)
}

/// The number that the first digits of a fraction say, as many as ticks have.
fn first_ticks(text: &[u8]) -> u32 {
    let digits = text
        .iter()
        .take(TICK_DIGITS)
        .take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}

/// The fault of a text that does not begin with `P` or `-P`.
#[cold]
fn foreign_notation(text: &str) -> Syntax {
    let bytes = text.as_bytes();
    let clock = |byte: &u8| matches!(byte, b'0'..=b'9' | b':' | b'.' | b'-');
    match bytes {
        [] => Syntax::Empty,
        [b'+', b'P', ..] => Syntax::PlusSign,
        [b'p', b'0'..=b'9' | b't' | b'T', ..] | [b'-', b'p', ..] => Syntax::LowerCase,
        _ if date_time::parse(text).is_ok() => Syntax::DateTime,
        _ if is_interval(text) => Syntax::Interval,
        _ if integer_or_decimal(bytes) => Syntax::BareNumber,
        _ if bytes.contains(&b':') && bytes.iter().all(clock) => Syntax::TimeSpan,
        _ => character_fault(bytes).unwrap_or(Syntax::NotADuration),
    }
}

/// Whether a single slash has an instant or a duration on either side.
pub(super) fn is_interval(text: &str) -> bool {
    let legal = |end: &str| date_time::parse(end).is_ok() || parse(end).is_ok();
    // A second slash would lead [`parse`] back here, once for each that follows.
    text.split_once('/')
        .is_some_and(|(start, end)| !end.contains('/') && (legal(start) || legal(end)))
}

/// `[-]n[.n]`
fn integer_or_decimal(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let mut parts = text.split(|&byte| byte == b'.');
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    parts.next().is_some_and(digits) && parts.next().is_none_or(digits) && parts.next().is_none()
}

/// The canonical zero.
const ZERO: &str = "PT0S";

/// The spelling of .NET's `XmlConvert`, for example `-P1DT2H0.5S`: no component that is zero, the
/// fraction without trailing zeros, `PT0S` for zero.
#[must_use]
pub fn canonical(ticks: i64) -> String {
    if ticks == 0 {
        return ZERO.to_owned();
    }
    let mut text = String::from(if ticks < 0 { "-P" } else { "P" });
    let ticks_per_second = TICKS_PER_SECOND.unsigned_abs();
    let fraction = ticks.unsigned_abs() % ticks_per_second;
    let mut seconds = ticks.unsigned_abs() / ticks_per_second;
    let mut marked = false;
    for (unit, letter) in Unit::ALL {
        let number = seconds / unit.seconds();
        seconds %= unit.seconds();
        let fraction = if unit == Unit::Second { fraction } else { 0 };
        if number == 0 && fraction == 0 {
            continue;
        }
        if unit != Unit::Day && !std::mem::replace(&mut marked, true) {
            text.push('T');
        }
        text.push_str(&number.to_string());
        push_fraction(&mut text, fraction);
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Result<Remarks, DurationFault> = Ok(remarks(false, false));
    const HAND_MADE: Result<Remarks, DurationFault> = Ok(remarks(false, true));
    const FINE: Result<Remarks, DurationFault> = Ok(remarks(true, true));

    const fn remarks(excess_digits: bool, non_canonical: bool) -> Remarks {
        Remarks {
            excess_digits,
            non_canonical,
        }
    }

    const fn syntax(fault: Syntax) -> Result<Remarks, DurationFault> {
        Err(DurationFault::Syntax(fault))
    }

    const fn over(unit: Unit) -> Result<Remarks, DurationFault> {
        Err(DurationFault::Range(Range::Component(unit)))
    }

    #[track_caller]
    fn assert_verdicts(rows: &[(&str, Result<Remarks, DurationFault>)]) {
        for (text, verdict) in rows {
            assert_eq!(parse(text).map(|value| value.remarks), *verdict, "{text:?}");
        }
    }

    #[test]
    fn literals_are_accepted() {
        assert_verdicts(&[
            ("PT3M21.5549443S", CLEAN),
            ("PT1M43.5284261S", CLEAN),
            ("-PT1M32.1347897S", CLEAN),
            ("-PT2M57.2190107S", CLEAN),
            ("-PT2M32.0507894S", CLEAN),
            ("PT0S", CLEAN),
            ("PT1H2S", CLEAN),
            ("P1DT1S", CLEAN),
            ("P1DT2H", CLEAN),
            ("PT0.5S", CLEAN),
            ("P1DT0.0000001S", CLEAN),
            ("P400D", CLEAN),
            ("P10675199DT2H48M5.4775807S", CLEAN),
            ("-P10675199DT2H48M5.4775808S", CLEAN),
            ("P0D", HAND_MADE),
            ("-PT0S", HAND_MADE),
            ("PT0.0S", HAND_MADE),
            ("PT00S", HAND_MADE),
            ("PT300S", HAND_MADE),
            ("PT5M0S", HAND_MADE),
            ("PT90M", HAND_MADE),
            ("PT24H", HAND_MADE),
            ("PT60S", HAND_MADE),
            ("PT60M", HAND_MADE),
            ("PT00H05M00S", HAND_MADE),
            ("PT0H5M", HAND_MADE),
            ("PT05M", HAND_MADE),
            ("PT1.50S", HAND_MADE),
            ("PT01.5S", HAND_MADE),
            ("P0DT1S", HAND_MADE),
            ("PT2147483647S", HAND_MADE),
            ("PT0000000000000000000000005S", HAND_MADE),
            ("PT1.12345678S", FINE),
            ("PT0.00000001S", FINE),
            ("PT1.123456789012345678901234567890S", FINE),
        ]);
    }

    #[test]
    fn departures_from_the_grammar_are_named() {
        assert_verdicts(&[
            ("", syntax(Syntax::Empty)),
            ("+PT1M", syntax(Syntax::PlusSign)),
            ("P", syntax(Syntax::NoComponent)),
            ("-P", syntax(Syntax::NoComponent)),
            ("PT", syntax(Syntax::NoTimeComponent)),
            ("-PT", syntax(Syntax::NoTimeComponent)),
            ("P1DT", syntax(Syntax::NoTimeComponent)),
            ("P1Y", syntax(Syntax::Years)),
            ("P1Y2M", syntax(Syntax::Years)),
            ("P0Y0M1DT2H", syntax(Syntax::Years)),
            ("P1M", syntax(Syntax::Months)),
            ("P1W", syntax(Syntax::Weeks)),
            ("P2W", syntax(Syntax::Weeks)),
            ("P1W1D", syntax(Syntax::Weeks)),
            ("P1D/P2D", syntax(Syntax::Interval)),
            (
                "2016-12-31T23:59:23Z/2017-01-01T00:00:00Z",
                syntax(Syntax::Interval),
            ),
            ("PTS", syntax(Syntax::NoNumber)),
            ("PD", syntax(Syntax::NoNumber)),
            ("P1DTH", syntax(Syntax::NoNumber)),
            ("PT1D", syntax(Syntax::DaysAfterTimeMark)),
            ("PT1M1H", syntax(Syntax::Order)),
            ("PT1M1M", syntax(Syntax::Order)),
            ("P1D1D", syntax(Syntax::Order)),
            ("PT1S0.5S", syntax(Syntax::Order)),
            ("P1H", syntax(Syntax::NoTimeMark)),
            ("P5S", syntax(Syntax::NoTimeMark)),
            ("P0.5S", syntax(Syntax::NoTimeMark)),
            ("P1DT1HT1M", syntax(Syntax::Trailing)),
            ("PT1SX", syntax(Syntax::Trailing)),
            ("PT1SP1D", syntax(Syntax::Trailing)),
            ("PT5", syntax(Syntax::NoUnit)),
            ("PT1H30", syntax(Syntax::NoUnit)),
            ("PT1.5", syntax(Syntax::NoUnit)),
            ("P5T1S", syntax(Syntax::NoUnit)),
            ("PT-1S", syntax(Syntax::InnerSign)),
            ("P-1D", syntax(Syntax::InnerSign)),
            ("PT1M-32.1347897S", syntax(Syntax::InnerSign)),
            ("PT1.5M", syntax(Syntax::FractionOfOtherUnit)),
            ("PT1.5H", syntax(Syntax::FractionOfOtherUnit)),
            ("P1.5D", syntax(Syntax::FractionOfOtherUnit)),
            ("PT.5S", syntax(Syntax::FractionEmpty)),
            ("PT1.S", syntax(Syntax::FractionEmpty)),
            ("PT.S", syntax(Syntax::FractionEmpty)),
            ("PT0,5S", syntax(Syntax::FractionComma)),
            ("P1D\n", syntax(Syntax::Blank)),
            ("P1D\0", syntax(Syntax::Blank)),
            (" P1D", syntax(Syntax::Blank)),
            ("P 1D", syntax(Syntax::Blank)),
            ("P1D ", syntax(Syntax::Blank)),
            ("PT1 S", syntax(Syntax::Blank)),
            ("pt1s", syntax(Syntax::LowerCase)),
            ("-pt1s", syntax(Syntax::LowerCase)),
            ("PT1s", syntax(Syntax::LowerCase)),
            ("PT1.5s", syntax(Syntax::LowerCase)),
            ("Pt1S", syntax(Syntax::LowerCase)),
            ("\u{2212}PT1S", syntax(Syntax::UnicodeMinus)),
            ("PT\u{ff11}S", syntax(Syntax::NotAscii)),
            ("PT\u{661}S", syntax(Syntax::NotAscii)),
            ("PT1S\u{a0}", syntax(Syntax::NotAscii)),
            ("00:03:21.55", syntax(Syntax::TimeSpan)),
            ("1.02:03:04", syntax(Syntax::TimeSpan)),
            ("-00:03:21", syntax(Syntax::TimeSpan)),
            ("P0003-06-04T12:30:05", syntax(Syntax::AlternativeFormat)),
            ("P00030604T123005", syntax(Syntax::AlternativeFormat)),
            ("201.55", syntax(Syntax::BareNumber)),
            ("-201", syntax(Syntax::BareNumber)),
            ("2016-12-31T23:59:23Z", syntax(Syntax::DateTime)),
            ("1h30m", syntax(Syntax::NotADuration)),
            ("--PT1S", syntax(Syntax::NotADuration)),
            ("PX", syntax(Syntax::NotADuration)),
            ("Pending", syntax(Syntax::NotADuration)),
            ("N/A", syntax(Syntax::NotADuration)),
            ("/Date(1483257563398)/", syntax(Syntax::NotADuration)),
            ("pending", syntax(Syntax::NotADuration)),
            ("P1X", syntax(Syntax::NotADuration)),
            ("PT1:30", syntax(Syntax::NotADuration)),
            ("Duration value", syntax(Syntax::NotADuration)),
            ("PT4294967296SX", syntax(Syntax::Trailing)),
        ]);
        let long = format!("PT{}", "1".repeat(1_000_000));
        assert_verdicts(&[(&long, syntax(Syntax::NoUnit))]);
    }

    #[test]
    fn literals_that_cannot_be_stored_are_named() {
        const TOTAL: Result<Remarks, DurationFault> = Err(DurationFault::Range(Range::Total));
        assert_verdicts(&[
            ("PT4294967296S", over(Unit::Second)),
            ("PT2147483648S", over(Unit::Second)),
            ("PT99999999999999999999S", over(Unit::Second)),
            ("PT2147483648.5S", over(Unit::Second)),
            ("P4294967296D", over(Unit::Day)),
            ("PT2147483648H", over(Unit::Hour)),
            ("PT2147483648M", over(Unit::Minute)),
            ("P2147483648DT2147483648S", over(Unit::Day)),
            ("P10675199DT2H48M5.4775808S", TOTAL),
            ("-P10675199DT2H48M5.4775809S", TOTAL),
            ("P10675200D", TOTAL),
            (
                "P2147483647DT2147483647H2147483647M2147483647.9999999S",
                TOTAL,
            ),
        ]);
    }

    #[test]
    fn ticks_are_exact() {
        let rows = [
            ("PT3M21.5549443S", 2_015_549_443),
            ("PT1M43.5284261S", 1_035_284_261),
            ("-PT1M32.1347897S", -921_347_897),
            ("-PT2M57.2190107S", -1_772_190_107),
            ("-PT2M32.0507894S", -1_520_507_894),
            ("P1DT2H3M4.5S", 937_845_000_000),
            ("PT0.00000019S", 1),
            ("-PT0.00000019S", -1),
            ("PT2147483647S", 21_474_836_470_000_000),
            ("P10675199DT2H48M5.47758079S", i64::MAX),
            ("-P10675199DT2H48M5.47758089S", i64::MIN),
        ];
        for (text, ticks) in rows {
            assert_eq!(parse(text).map(|value| value.ticks), Ok(ticks), "{text}");
        }
    }

    #[test]
    fn canonical_spelling_is_that_of_dot_net() {
        let rows = [
            (0, "PT0S"),
            (1, "PT0.0000001S"),
            (-921_347_897, "-PT1M32.1347897S"),
            (TICKS_PER_SECOND * 86_400, "P1D"),
            (TICKS_PER_SECOND * 93_600, "P1DT2H"),
            (TICKS_PER_SECOND * 86_400 + 5_000_000, "P1DT0.5S"),
            (TICKS_PER_SECOND * 3_602, "PT1H2S"),
            (i64::MAX, "P10675199DT2H48M5.4775807S"),
            (i64::MIN, "-P10675199DT2H48M5.4775808S"),
        ];
        for (ticks, text) in rows {
            assert_eq!(canonical(ticks), text);
        }
    }

    #[test]
    fn a_prefix_is_what_the_literal_is() {
        let parts = [
            "", "-", "P", "T", "0", "1", "9", "10", "24", "59", "60", "D", "H", "M", "S", ".",
        ];
        let more = [
            "",
            "0S",
            "30S",
            "5.5S",
            "7.1234567S",
            "7.12345678S",
            "7.120S",
            ".5S",
            "4M",
            "x",
        ];
        let mut seen = 0;
        for first in parts {
            for second in parts {
                for third in parts {
                    for rest in more {
                        let text = format!("P{first}{second}{third}{rest}");
                        let expected = parse(&text).ok().map(|value| (value, text.len()));
                        seen += usize::from(expected.is_some());
                        let quoted = format!("{text}\"        ");
                        assert_eq!(prefix(quoted.as_bytes(), b'"'), expected, "{text}");
                    }
                }
            }
        }
        assert!(seen > 500, "{seen}");
    }

    #[test]
    fn faults_read_as_clauses() {
        let rows = [
            ("P2W", "weeks are not part of Edm.Duration"),
            ("PT4294967296S", "the number of seconds is over 2147483647"),
            ("00:03:21", "it is clock notation, as of a .NET TimeSpan"),
        ];
        for (text, message) in rows {
            assert_eq!(parse(text).unwrap_err().to_string(), message);
        }
    }
}

//! The parts that the grammars of dates and times share, read from left to right.
//!
//! Owns the fields and which construct is at fault; knows nothing of what the fields add up to
//! for a type, except for the days of a date.

use super::calendar::{self, days_in_month};
use super::date_time_fault::{Range, Syntax};
use super::digits;
use super::notation::{UNICODE_MINUS, is_blank};
use super::remarks::Remarks;
use super::ticks::{TICK_DIGITS, TICKS_PER_MINUTE, TICKS_PER_SECOND};
use crate::text::bytes;

/// Most digits that the ABNF allows in a fraction of a second.
const MAX_FRACTION_DIGITS: usize = 12;
/// What any year beyond 9999 is read as.
const BEYOND_YEARS: i32 = 10_000;

/// Reads a literal; each method takes one part and names the fault where it is not there.
pub(super) struct Scan<'a> {
    whole: &'a [u8],
    rest: &'a [u8],
    form: Syntax,
}

/// The date as written: month 1 to 12, day 1 to 31, year unchecked.
#[derive(Clone, Copy)]
pub(super) struct CivilDate {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// The time of day as written.
#[derive(Clone, Copy, Default)]
pub(super) struct ClockTime {
    /// Since midnight, rounded to ticks; up to a whole day through rounding.
    pub(super) ticks: i64,
    /// Second 60.
    pub(super) leap_second: bool,
    pub(super) remarks: Remarks,
}

/// The zone as written.
#[derive(Clone, Copy)]
pub(super) struct Zone {
    pub(super) offset_minutes: i16,
    /// `Z`, or an offset that is not zero.
    pub(super) canonical: bool,
}

impl<'a> Scan<'a> {
    /// Starts on `text`; `form` is the fault where the text is unlike anything known.
    pub(super) const fn new(whole: &'a [u8], form: Syntax) -> Self {
        Self {
            whole,
            rest: whole,
            form,
        }
    }

    /// How many bytes have been read.
    pub(super) const fn read(&self) -> usize {
        self.whole.len() - self.rest.len()
    }

    /// `YYYY-MM-DD"T"hh:mm[:ss[.f]]`
    #[inline]
    pub(super) fn date_time(&mut self) -> Result<(CivilDate, ClockTime), Syntax> {
        if let Some((date, seconds, rest)) = usual_date_time(self.rest) {
            self.rest = rest;
            return Ok((date, self.with_fraction(seconds)?));
        }
        let date = self.date()?;
        self.separator()?;
        Ok((date, self.time()?))
    }

    /// `YYYY-MM-DD`, or a year of more digits or below zero.
    #[inline]
    pub(super) fn date(&mut self) -> Result<CivilDate, Syntax> {
        let year = self.year()?;
        let month = self.two(1, 12, Syntax::Month)?;
        self.expect(b'-')?;
        let day = self.two(1, 31, Syntax::Day)?;
        Ok(CivilDate { year, month, day })
    }

    /// The year and the hyphen after it.
    #[inline]
    fn year(&mut self) -> Result<i32, Syntax> {
        if let Some((&[a, b, c, d, b'-'], rest)) = self.rest.split_first_chunk() {
            let digits = [a, b, c, d].map(|byte| byte.wrapping_sub(b'0'));
            if digits.iter().all(|&digit| digit < 10) {
                self.rest = rest;
                return Ok(digits
                    .iter()
                    .fold(0, |year, &digit| year * 10 + i32::from(digit)));
            }
        }
        self.unusual_year()
    }

    /// A year below zero or of more than four digits: legal by the ABNF, and out of every range.
    #[cold]
    fn unusual_year(&mut self) -> Result<i32, Syntax> {
        let unsigned = self.rest.strip_prefix(b"-");
        let text = unsigned.unwrap_or(self.rest);
        let (digits, rest) = text.split_at(digits::leading(text));
        let padded = digits.len() > 4 && digits[0] == b'0';
        let Some(rest) = rest
            .strip_prefix(b"-")
            .filter(|_| digits.len() >= 4 && !padded)
        else {
            return Err(self.unexpected());
        };
        self.rest = rest;
        let year = digits.iter().fold(0, |year, digit| {
            BEYOND_YEARS.min(year * 10 + i32::from(digit - b'0'))
        });
        Ok(if unsigned.is_some() { -year } else { year })
    }

    /// The `T` between date and time.
    #[inline]
    fn separator(&mut self) -> Result<(), Syntax> {
        match self.rest {
            [b'T', rest @ ..] => {
                self.rest = rest;
                Ok(())
            }
            [] | [b'Z' | b'z' | b'+' | b'-', ..] => Err(Syntax::NoTime),
            [b't', ..] => Err(Syntax::LowerCase),
            [b' ', digit, ..] if digit.is_ascii_digit() => Err(Syntax::SpaceSeparator),
            _ => Err(self.unexpected()),
        }
    }

    /// `hh:mm[:ss[.f]]`
    #[inline]
    pub(super) fn time(&mut self) -> Result<ClockTime, Syntax> {
        let hour = self.two(0, 23, Syntax::Hour)?;
        self.expect(b':')?;
        let minute = self.two(0, 59, Syntax::Minute)?;
        let minutes = i64::from(hour) * 60 + i64::from(minute);
        let Some(rest) = self.rest.strip_prefix(b":") else {
            let non_canonical = true;
            return Ok(ClockTime {
                ticks: minutes * TICKS_PER_MINUTE,
                remarks: Remarks {
                    non_canonical,
                    ..Remarks::default()
                },
                ..ClockTime::default()
            });
        };
        self.rest = rest;
        let second = self.two(0, 60, Syntax::Second)?;
        Ok(ClockTime {
            leap_second: second == 60,
            ..self.with_fraction(minutes * 60 + i64::from(second))?
        })
    }

    /// The time that is `seconds` after midnight, and the fraction after it.
    #[inline]
    fn with_fraction(&mut self, seconds: i64) -> Result<ClockTime, Syntax> {
        let (fraction, remarks) = self.fraction()?;
        Ok(ClockTime {
            ticks: seconds * TICKS_PER_SECOND + fraction.cast_signed(),
            leap_second: false,
            remarks,
        })
    }

    /// `.` and 1 to 12 digits, or nothing: in ticks, rounded.
    #[inline]
    fn fraction(&mut self) -> Result<(u64, Remarks), Syntax> {
        let text = match self.rest {
            [b'.', text @ ..] => text,
            [b',', ..] => return Err(Syntax::FractionComma),
            _ => return Ok((0, Remarks::default())),
        };
        if let Some((count @ 1..=TICK_DIGITS, value)) = bytes::leading_number(text) {
            self.rest = &text[count..];
            let non_canonical = text[count - 1] == b'0';
            let remarks = Remarks {
                non_canonical,
                ..Remarks::default()
            };
            return Ok((round_to_ticks(u64::from(value), count), remarks));
        }
        self.fraction_by_digit(text)
    }

    /// A fraction near the end of the text, or of more digits than ticks have.
    fn fraction_by_digit(&mut self, text: &'a [u8]) -> Result<(u64, Remarks), Syntax> {
        let (digits, rest) = text.split_at(digits::leading(text));
        match digits.len() {
            0 => return Err(Syntax::FractionEmpty),
            1..=MAX_FRACTION_DIGITS => self.rest = rest,
            _ => return Err(Syntax::FractionTooLong),
        }
        let value = digits
            .iter()
            .fold(0, |value, digit| value * 10 + u64::from(digit - b'0'));
        let excess_digits = digits.len() > TICK_DIGITS;
        let remarks = Remarks {
            excess_digits,
            non_canonical: excess_digits || digits.ends_with(b"0"),
        };
        Ok((round_to_ticks(value, digits.len()), remarks))
    }

    /// `Z` or `±hh:mm`.
    #[inline]
    pub(super) fn zone(&mut self) -> Result<Zone, Syntax> {
        let west = match self.rest {
            [b'Z', rest @ ..] => {
                self.rest = rest;
                return Ok(Zone {
                    offset_minutes: 0,
                    canonical: true,
                });
            }
            [sign @ (b'+' | b'-'), rest @ ..] => {
                self.rest = rest;
                *sign == b'-'
            }
            _ => return Err(self.no_zone()),
        };
        let hours = self.two(0, 23, Syntax::Offset)?;
        match self.rest {
            [b':', rest @ ..] => self.rest = rest,
            [] => return Err(Syntax::OffsetMinutes),
            [b'0'..=b'9', ..] => return Err(Syntax::OffsetColon),
            _ => return Err(self.unexpected()),
        }
        let minutes = self.two(0, 59, Syntax::Offset)?;
        let offset = i16::from(hours) * 60 + i16::from(minutes);
        let offset_minutes = if west { -offset } else { offset };
        Ok(Zone {
            offset_minutes,
            canonical: offset != 0,
        })
    }

    #[cold]
    fn no_zone(&self) -> Syntax {
        match self.rest {
            [b'z', ..] => Syntax::LowerCase,
            rest if rest.iter().all(|&byte| is_blank(byte)) => Syntax::NoZone,
            _ => self.unexpected(),
        }
    }

    /// The end of the text.
    #[inline]
    pub(super) fn end(&self) -> Result<(), Syntax> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(match self.unexpected() {
            form if form == self.form => Syntax::Trailing,
            named => named,
        })
    }

    /// Two digits, within bounds.
    #[inline]
    fn two(&mut self, low: u8, high: u8, beyond: Syntax) -> Result<u8, Syntax> {
        let Some((&[tens, units], rest)) = self.rest.split_first_chunk() else {
            return Err(self.unexpected());
        };
        let (tens, units) = (tens.wrapping_sub(b'0'), units.wrapping_sub(b'0'));
        if tens > 9 || units > 9 {
            return Err(self.unexpected());
        }
        self.rest = rest;
        let value = tens * 10 + units;
        if (low..=high).contains(&value) {
            Ok(value)
        } else {
            Err(beyond)
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Syntax> {
        match self.rest.split_first() {
            Some((&first, rest)) if first == byte => {
                self.rest = rest;
                Ok(())
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Names the construct where the text stops following the form.
    #[cold]
    fn unexpected(&self) -> Syntax {
        let digits = digits::leading(self.rest).min(4);
        let rest = &self.rest[digits..];
        match rest.first() {
            _ if self.whole.is_empty() => Syntax::Empty,
            _ if rest.starts_with(UNICODE_MINUS) => Syntax::UnicodeMinus,
            Some(&byte) if is_blank(byte) => Syntax::Blank,
            Some(byte) if !byte.is_ascii() => Syntax::NotAscii,
            _ => self.form,
        }
    }
}

/// Reads the spelling of nearly every literal, `YYYY-MM-DDThh:mm:ss` with each part within its
/// bounds: the date, the seconds since midnight and what follows. `None` leaves it to the methods
/// of [`Scan`], which take every spelling and name the fault.
#[inline]
pub(super) fn usual_date_time(text: &[u8]) -> Option<(CivilDate, i64, &[u8])> {
    let (date, rest) = text.split_first_chunk()?;
    let (time, rest) = rest.split_first_chunk()?;
    let (&[b':', tens, units], rest) = rest.split_first_chunk()? else {
        return None;
    };
    let date = bytes::fit_template(*date, *b"0000-00-", [9, 9, 9, 9, 0, 1, 9, 0])?;
    let time = bytes::fit_template(*time, *b"00T00:00", [3, 9, 0, 2, 9, 0, 5, 9])?;
    let [century, _, years, _, _, month, ..] = bytes::pairs_of_digits(date);
    let [day, _, _, hour, _, _, minute, _] = bytes::pairs_of_digits(time);
    let (tens, units) = (tens ^ b'0', units ^ b'0');
    let inside =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && tens < 6 && units < 10;
    if !inside {
        return None;
    }
    let year = i32::from(century) * 100 + i32::from(years);
    let second = i64::from(tens * 10 + units);
    let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + second;
    Some((CivilDate { year, month, day }, seconds, rest))
}

impl CivilDate {
    /// Days since 0001-01-01.
    #[inline]
    pub(super) fn days(self) -> Result<i64, Range> {
        let Self { year, month, day } = self;
        let (Ok(unsigned), 1..=9999) = (u32::try_from(year), year) else {
            return Err(year_fault(year));
        };
        if day > 28 && day > days_in_month(year, month) {
            return Err(Range::NoSuchDay { year, month });
        }
        Ok(calendar::days(unsigned, month, day))
    }
}

#[cold]
fn year_fault(year: i32) -> Range {
    match year {
        ..0 => Range::YearNegative,
        0 => Range::YearZero,
        _ => Range::YearBeyond9999,
    }
}

/// A fraction of 1 to 12 digits in ticks; a half goes to the even tick, as .NET's `XsdDateTime`
/// does it.
fn round_to_ticks(value: u64, digits: usize) -> u64 {
    if digits <= TICK_DIGITS {
        return value * digits::POWERS_OF_TEN[TICK_DIGITS - digits];
    }
    let unit = digits::POWERS_OF_TEN[digits - TICK_DIGITS];
    let (ticks, twice_rest) = (value / unit, value % unit * 2);
    ticks + u64::from(twice_rest > unit || (twice_rest == unit && ticks % 2 == 1))
}

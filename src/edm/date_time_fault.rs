//! Why a text is no date, no time of day or neither together: which construct is at fault, and what
//! is said of it.
//!
//! Knows the calendar, for the number of days in a month, and no grammar.

use std::borrow::Cow;

use chrono::Month;

use super::calendar::days_in_month;

/// Why a text is not a date-time that can be stored. [`Display`](std::fmt::Display) as
/// [`message`](Self::message).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateTimeFault {
    /// Not a literal of the type.
    Syntax(Syntax),
    /// A literal of the type that .NET and Graph cannot hold.
    Range(Range),
}

/// Where a text departs from the grammar of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// No text.
    Empty,
    /// White space or a control character (NUL too), anywhere but between date and time.
    Blank,
    /// A character that is not ASCII, for example a full-width digit.
    NotAscii,
    /// U+2212 for the hyphen-minus.
    UnicodeMinus,
    /// `t` or `z`.
    LowerCase,
    /// A space for the `T`.
    SpaceSeparator,
    /// A date and no time.
    NoTime,
    /// Neither `Z` nor an offset.
    NoZone,
    /// `+0800`
    OffsetColon,
    /// `+08`
    OffsetMinutes,
    /// An offset hour over 23 or minute over 59.
    Offset,
    /// Month 00 or over 12.
    Month,
    /// Day 00 or over 31.
    Day,
    /// Hour 24 or more.
    Hour,
    /// Minute 60 or more.
    Minute,
    /// Second 61 or more.
    Second,
    /// More than 12 fraction digits.
    FractionTooLong,
    /// A decimal point and no digits.
    FractionEmpty,
    /// A decimal comma.
    FractionComma,
    /// Text after the literal.
    Trailing,
    /// Anything else, for Edm.DateTimeOffset.
    NotADateTime,
    /// Anything else, for Edm.Date.
    NotADate,
    /// Anything else, for Edm.TimeOfDay.
    NotATimeOfDay,
}

/// Why a literal is beyond what .NET and Graph can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range {
    /// The month has no such day.
    NoSuchDay {
        /// 1 to 9999.
        year: i32,
        /// 1 to 12.
        month: u8,
    },
    /// Second 60.
    LeapSecond,
    /// Year 0000.
    YearZero,
    /// A year with a minus sign.
    YearNegative,
    /// A year of five digits or more.
    YearBeyond9999,
    /// An offset beyond ±14:00.
    Offset,
    /// The instant in UTC is before year 1 or after year 9999.
    Instant,
}

impl From<Syntax> for DateTimeFault {
    fn from(fault: Syntax) -> Self {
        Self::Syntax(fault)
    }
}

impl From<Range> for DateTimeFault {
    fn from(fault: Range) -> Self {
        Self::Range(fault)
    }
}

impl DateTimeFault {
    /// What is wrong, as a clause that holds none of the text.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Syntax(fault) => fault.message().into(),
            Self::Range(fault) => fault.message(),
        }
    }
}

impl Syntax {
    fn message(self) -> &'static str {
        match self {
            Self::Empty => "it is empty",
            Self::Blank => "white space and control characters have no place in it",
            Self::NotAscii => "it holds a character that is not ASCII",
            Self::UnicodeMinus => "the minus sign is U+2212, not the ASCII hyphen-minus",
            Self::LowerCase => "`T` and `Z` are upper case",
            Self::SpaceSeparator => "a space stands where `T` parts date and time",
            Self::NoTime => "the time of day is missing",
            Self::NoZone => "the zone is missing: `Z` or an offset such as `-08:00`",
            Self::OffsetColon => "the offset has no colon",
            Self::OffsetMinutes => "the offset has no minutes",
            Self::Offset => "the offset is not within 00:00 to 23:59",
            Self::Month => "the month is not 01 to 12",
            Self::Day => "the day is not 01 to 31",
            Self::Hour => "the hour is not 00 to 23",
            Self::Minute => "the minute is not 00 to 59",
            Self::Second => "the second is not 00 to 59",
            Self::FractionTooLong => "the fraction has more than 12 digits",
            Self::FractionEmpty => "no digit follows the decimal point",
            Self::FractionComma => "the decimal sign is a comma, not a point",
            Self::Trailing => "text follows where it should end",
            Self::NotADateTime => "it is not of the form `YYYY-MM-DDThh:mm:ssZ`",
            Self::NotADate => "it is not of the form `YYYY-MM-DD`",
            Self::NotATimeOfDay => "it is not of the form `hh:mm:ss`",
        }
    }
}

impl Range {
    fn message(self) -> Cow<'static, str> {
        match self {
            Self::NoSuchDay { year, month } => {
                let name = Month::try_from(month).map_or("the month", |month| month.name());
                format!("{name} {year:04} has {} days", days_in_month(year, month)).into()
            }
            Self::LeapSecond => "second 60, a leap second, cannot be stored".into(),
            Self::YearZero => "there is no year 0000; years go from 0001 to 9999".into(),
            Self::YearNegative => "years before 0001 cannot be stored".into(),
            Self::YearBeyond9999 => "years after 9999 cannot be stored".into(),
            Self::Offset => "offsets beyond 14:00 cannot be stored".into(),
            Self::Instant => "in UTC it is outside the years 0001 to 9999".into(),
        }
    }
}

errors!(DateTimeFault);

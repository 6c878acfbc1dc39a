//! Why a text is no duration: which construct is at fault, and what is said of it.
//!
//! Names the fault of a component at which the grammar stopped, so it may look around; decides
//! nothing.

use std::borrow::Cow;

use super::digits;
use super::notation::{LONGEST_NOTATION, UNICODE_MINUS, is_blank};

/// The greatest value of one component: .NET reads each into an Int32.
pub(super) const MAX_COMPONENT: u64 = i32::MAX as u64;

/// Why a text is not a duration that can be stored. [`Display`](std::fmt::Display) as
/// [`message`](Self::message).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationFault {
    /// Not a literal of the type.
    Syntax(Syntax),
    /// A literal of the type that a .NET `TimeSpan` cannot hold.
    Range(Range),
}

/// Where a text departs from the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// No text.
    Empty,
    /// White space or a control character (NUL too).
    Blank,
    /// A character that is not ASCII, for example a full-width digit.
    NotAscii,
    /// U+2212 for the hyphen-minus.
    UnicodeMinus,
    /// A lower-case letter.
    LowerCase,
    /// A plus sign at the front.
    PlusSign,
    /// A sign anywhere else.
    InnerSign,
    /// `P` and nothing more.
    NoComponent,
    /// `T` and nothing after it.
    NoTimeComponent,
    /// A number of years.
    Years,
    /// A number of months.
    Months,
    /// A number of weeks.
    Weeks,
    /// Hours or seconds without the `T` before them.
    NoTimeMark,
    /// Days after the `T`.
    DaysAfterTimeMark,
    /// Units twice or not in the order D, H, M, S.
    Order,
    /// A number without a unit.
    NoUnit,
    /// A unit without a number.
    NoNumber,
    /// A fraction of a unit other than the second.
    FractionOfOtherUnit,
    /// A decimal point without digits on both sides.
    FractionEmpty,
    /// A decimal comma.
    FractionComma,
    /// A number alone.
    BareNumber,
    /// `[d.]hh:mm:ss[.f]`
    TimeSpan,
    /// ISO 8601's `PYYYY-MM-DDThh:mm:ss`.
    AlternativeFormat,
    /// ISO 8601's interval, two parts and a slash.
    Interval,
    /// An Edm.DateTimeOffset.
    DateTime,
    /// Text after a legal duration.
    Trailing,
    /// Anything else.
    NotADuration,
}

/// Why a literal is beyond what a .NET `TimeSpan` can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range {
    /// One number is over 2,147,483,647.
    Component(Unit),
    /// The total is not within -P10675199DT2H48M5.4775808S to P10675199DT2H48M5.4775807S.
    Total,
}

/// A unit of Edm.Duration, in the order of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `D`, of 24 hours.
    Day,
    /// `H`
    Hour,
    /// `M`
    Minute,
    /// `S`
    Second,
}

impl From<Syntax> for DurationFault {
    fn from(fault: Syntax) -> Self {
        Self::Syntax(fault)
    }
}

impl From<Range> for DurationFault {
    fn from(fault: Range) -> Self {
        Self::Range(fault)
    }
}

impl Unit {
    /// All, greatest first, with the letter.
    pub(super) const ALL: [(Self, char); 4] = [
        (Self::Day, 'D'),
        (Self::Hour, 'H'),
        (Self::Minute, 'M'),
        (Self::Second, 'S'),
    ];

    /// How many seconds one has.
    pub(super) const fn seconds(self) -> u64 {
        match self {
            Self::Day => 86_400,
            Self::Hour => 3_600,
            Self::Minute => 60,
            Self::Second => 1,
        }
    }

    /// The first number that the canonical spelling carries into the next unit.
    pub(super) const fn canonical_end(self) -> u64 {
        match self {
            Self::Day => u64::MAX,
            Self::Hour => 24,
            Self::Minute | Self::Second => 60,
        }
    }

    const fn plural(self) -> &'static str {
        match self {
            Self::Day => "days",
            Self::Hour => "hours",
            Self::Minute => "minutes",
            Self::Second => "seconds",
        }
    }
}

impl DurationFault {
    /// What is wrong, as a clause that holds none of the text.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Syntax(fault) => fault.message().into(),
            Self::Range(Range::Component(unit)) => {
                format!("the number of {} is over {MAX_COMPONENT}", unit.plural()).into()
            }
            Self::Range(Range::Total) => {
                "it is beyond the 10675199 days and some hours of a TimeSpan".into()
            }
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
            Self::LowerCase => "its letters are upper case",
            Self::PlusSign => "a plus sign is not part of Edm.Duration",
            Self::InnerSign => "a sign stands before the `P` only",
            Self::NoComponent => "nothing follows the `P`",
            Self::NoTimeComponent => "nothing follows the `T`",
            Self::Years => "years are not part of Edm.Duration",
            Self::Months => "months are not part of Edm.Duration, and minutes stand after a `T`",
            Self::Weeks => "weeks are not part of Edm.Duration",
            Self::NoTimeMark => "hours, minutes and seconds stand after a `T`",
            Self::DaysAfterTimeMark => "days stand before the `T`",
            Self::Order => "units stand once each, in the order D, H, M, S",
            Self::NoUnit => "a number has no unit",
            Self::NoNumber => "a unit has no number",
            Self::FractionOfOtherUnit => "only seconds have a fraction",
            Self::FractionEmpty => "the decimal point has no digits on one side",
            Self::FractionComma => "the decimal sign is a comma, not a point",
            Self::BareNumber => "it is a bare number",
            Self::TimeSpan => "it is clock notation, as of a .NET TimeSpan",
            Self::AlternativeFormat => {
                "the date-like format of ISO 8601 is not part of Edm.Duration"
            }
            Self::Interval => "an interval with a slash is not an Edm.Duration",
            Self::DateTime => "it is an instant",
            Self::Trailing => "text follows where it should end",
            Self::NotADuration => "it is not of the form `PnDTnHnMnS`",
        }
    }
}

errors!(DurationFault);

/// A component that departs from the grammar.
pub(super) struct Stray<'a> {
    /// The text from its start on.
    pub(super) rest: &'a [u8],
    /// It stands behind the `T`.
    pub(super) after_mark: bool,
    /// The unit of the component before it.
    pub(super) last: Option<Unit>,
}

impl Stray<'_> {
    /// Names its fault.
    #[cold]
    pub(super) fn fault(&self) -> Syntax {
        let (digits, tail) = self.rest.split_at(digits::leading(self.rest));
        let numbered = !digits.is_empty();
        match tail {
            [] if numbered => Syntax::NoUnit,
            [] if self.after_mark => Syntax::NoTimeComponent,
            [] => Syntax::NoComponent,
            [b'.', tail @ ..] => self.fraction_fault(numbered, tail),
            [b'-' | b'+' | b'T' | b':', ..]
                if !self.after_mark && is_alternative_format(self.rest) =>
            {
                Syntax::AlternativeFormat
            }
            [b'-' | b'+', ..] if !numbered => Syntax::InnerSign,
            [b't', ..] => Syntax::LowerCase,
            [letter, ..] if numbered && is_small_unit(*letter) => Syntax::LowerCase,
            [letter, ..] if letter.is_ascii_uppercase() => self.letter_fault(numbered, *letter),
            [b'/', ..] if !numbered && self.last.is_some() => Syntax::Interval,
            _ => character_fault(tail).unwrap_or(Syntax::NotADuration),
        }
    }

    /// The fault where it ends in `letter`.
    fn letter_fault(&self, numbered: bool, letter: u8) -> Syntax {
        match (letter, self.after_mark) {
            (b'D' | b'H' | b'M' | b'S' | b'Y' | b'W', _) if !numbered => Syntax::NoNumber,
            (b'Y', _) => Syntax::Years,
            (b'W', _) => Syntax::Weeks,
            (b'M', false) => Syntax::Months,
            (b'H' | b'S', false) => Syntax::NoTimeMark,
            (b'D', true) => Syntax::DaysAfterTimeMark,
            (b'D' | b'H' | b'M' | b'S', _) => Syntax::Order,
            (b'T', _) if numbered => Syntax::NoUnit,
            _ if self.last.is_some() && !numbered => Syntax::Trailing,
            _ => Syntax::NotADuration,
        }
    }

    /// The fault where it has a point; `text` follows that.
    fn fraction_fault(&self, numbered: bool, text: &[u8]) -> Syntax {
        let (digits, tail) = text.split_at(digits::leading(text));
        match tail.first() {
            _ if digits.is_empty() || !numbered => Syntax::FractionEmpty,
            None => Syntax::NoUnit,
            Some(b'S') => self.letter_fault(numbered, b'S'),
            Some(b'D' | b'H' | b'M' | b'W' | b'Y') => Syntax::FractionOfOtherUnit,
            Some(&letter) if is_small_unit(letter) => Syntax::LowerCase,
            Some(_) => character_fault(tail).unwrap_or(Syntax::NotADuration),
        }
    }
}

/// The fault of a character that no duration has.
pub(super) fn character_fault(text: &[u8]) -> Option<Syntax> {
    match text.first()? {
        _ if text.starts_with(UNICODE_MINUS) => Some(Syntax::UnicodeMinus),
        byte if !byte.is_ascii() => Some(Syntax::NotAscii),
        &byte if is_blank(byte) => Some(Syntax::Blank),
        b',' => Some(Syntax::FractionComma),
        _ => None,
    }
}

fn is_small_unit(letter: u8) -> bool {
    matches!(letter, b'd' | b'h' | b'm' | b's' | b'w' | b'y')
}

/// Whether `text`, which follows the `P`, is ISO 8601's `YYYY-MM-DDThh:mm:ss` or the same without
/// separators.
pub(super) fn is_alternative_format(text: &[u8]) -> bool {
    let year = text
        .first_chunk::<4>()
        .is_some_and(|year| year.iter().all(u8::is_ascii_digit));
    let plain = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b':' | b'T' | b'.');
    if !year || text.len() > LONGEST_NOTATION || !text.iter().all(plain) {
        return false;
    }
    let literal = [b"P", text].concat();
    matches!(iso8601::parsers::parse_duration(&literal), Ok((b"", _)))
}

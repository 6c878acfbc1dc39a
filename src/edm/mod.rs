//! Literals of the `OData` primitive types (`OData` ABNF 4.01), decided here and nowhere else.
//!
//! Owns the grammars and the exact arithmetic in 100 ns ticks. Knows nothing of JSON documents,
//! members or rules. Each type has a `parse` that decides by our own grammar; a `meant` beside it
//! guesses, with the help of other crates, what a refused literal stood for.

pub mod binary;
pub mod date;
pub mod date_time;
mod date_time_meant;
mod digits;
pub mod duration;
mod duration_meant;
mod elapsed;
pub mod guid;
pub mod integer;
pub mod number;
#[cfg(test)]
mod readings;
mod scan;
mod scientific;
pub mod shape;
pub mod time_of_day;

#[cfg(test)]
mod hardening;

use std::fmt;

use crate::text::words::{Kind, Words, quoted, words};

pub use elapsed::elapsed;

/// Ticks of 100 ns in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks of 100 ns in a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks of 100 ns in an hour.
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// Ticks of 100 ns in a day.
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

/// Digits of a fraction of a second that a tick can hold.
const TICK_DIGITS: usize = 7;

/// What is noteworthy about a legal literal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Remarks {
    /// More than seven fraction digits: finer than a tick, so the service keeps less.
    pub excess_digits: bool,
    /// Not as .NET's `XmlConvert`, and so the service, writes this value.
    pub non_canonical: bool,
}

/// What a refused literal was probably meant to be. Displays as one clause, for example
/// ``it reads as a .NET TimeSpan; write `PT3M21.55S` ``, and holds none of the refused text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The notation, as a noun phrase with its article.
    pub notation: &'static str,
    /// What to do about it.
    pub remedy: Remedy,
}

/// How to get from a refused literal to a legal one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The legal literal, in canonical form, that says the same.
    Literal(String),
    /// What only the author can decide, as a clause.
    Advice(&'static str),
}

impl Meant {
    fn literal_of(notation: &'static str, literal: String) -> Self {
        let remedy = Remedy::Literal(literal);
        Self { notation, remedy }
    }

    fn advice(notation: &'static str, advice: &'static str) -> Self {
        let remedy = Remedy::Advice(advice);
        Self { notation, remedy }
    }

    /// The clause, with the literal marked as one of the payload unless it is `certain` that it
    /// tells nothing of a person or a device.
    pub(crate) fn words(&self, kind: Kind, certain: bool) -> Words {
        match &self.remedy {
            Remedy::Literal(literal) => words!(
                "it reads as {}; write {}",
                self.notation,
                quoted(literal).kind(kind).shown_if(certain)
            ),
            Remedy::Advice(advice) => words!("it reads as {}; {}", self.notation, *advice),
        }
    }

    /// The literal to write instead, where it follows from the text.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match &self.remedy {
            Remedy::Literal(literal) => Some(literal),
            Remedy::Advice(_) => None,
        }
    }
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = self.notation;
        match &self.remedy {
            Remedy::Literal(literal) => write!(f, "it reads as {notation}; write `{literal}`"),
            Remedy::Advice(advice) => write!(f, "it reads as {notation}; {advice}"),
        }
    }
}

/// Every fault displays as its message.
macro_rules! errors {
    ($($fault:ty),+ $(,)?) => {$(
        impl fmt::Display for $fault {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.message())
            }
        }

        impl std::error::Error for $fault {}
    )+};
}

errors!(
    binary::BinaryFault,
    date_time::DateTimeFault,
    duration::DurationFault,
    guid::GuidFault,
    integer::IntegerFault,
    number::NumberFault,
);

/// Longest text that is tried for another notation; anything longer is none.
const LONGEST_NOTATION: usize = 128;

/// A blank as people see it: ASCII white space and the control characters, NUL among them.
fn is_blank(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f
}

/// `text` without the blanks around it, unless that is too long to be some notation.
fn trimmed(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    (text.len() <= LONGEST_NOTATION).then_some(text)
}

/// Appends the fraction of a second in `ticks` (below [`TICKS_PER_SECOND`]) with its point and
/// without trailing zeros; nothing where it is zero.
fn push_fraction(out: &mut String, ticks: u64) {
    if ticks != 0 {
        let digits = format!(".{ticks:0TICK_DIGITS$}");
        out.push_str(digits.trim_end_matches('0'));
    }
}

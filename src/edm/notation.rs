//! Another notation that a refused literal is written in, and the way from there to a legal one.
//!
//! Owns the words around a proposal and what is not looked at for one; makes none itself.

use std::fmt;

use crate::text::words::{Kind, Words, quoted, words};

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
    pub(super) fn literal_of(notation: &'static str, literal: String) -> Self {
        let remedy = Remedy::Literal(literal);
        Self { notation, remedy }
    }

    pub(super) fn advice(notation: &'static str, advice: &'static str) -> Self {
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

/// Longest text that is tried for another notation; anything longer is none.
pub(super) const LONGEST_NOTATION: usize = 128;

/// U+2212 MINUS SIGN in UTF-8.
pub(super) const UNICODE_MINUS: &[u8] = "\u{2212}".as_bytes();

/// A blank as people see it: ASCII white space and the control characters, NUL among them.
pub(super) fn is_blank(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f
}

/// `text` without the blanks around it, unless that is too long to be some notation.
pub(super) fn trimmed(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    (text.len() <= LONGEST_NOTATION).then_some(text)
}

//! Another notation that a refused literal is written in, and the way from there to a legal one.
//!
//! Owns the words around a proposal and what is not looked at for one; makes none itself.

use std::fmt;

use crate::text::words::{Kind, Words, quoted, words};

/// What a refused literal was probably meant to be. Displays as one clause, for example
/// ``it reads as a .NET TimeSpan; write `PT3M21.55S` ``, and holds none of the refused text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The notation, as a noun phrase.
    pub notation: &'static str,
    /// What to do about it.
    pub remedy: Remedy,
}

/// How to get from a refused literal to a legal one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The legal literal that says the same: the text itself where only blanks stand around it, else
    /// in canonical form.
    Literal(String),
    /// The literal that says the same if the time is in UTC, which it does not say.
    InUtc(String),
    /// What the text may stand for, likeliest first: one at least.
    Readings(Vec<Reading>),
    /// What only the author can decide, as a clause.
    Advice(&'static str),
    /// The same, with the literal by the usual reading.
    Usually {
        /// The clause.
        advice: &'static str,
        /// The legal literal, in canonical form.
        literal: String,
    },
}

/// One of the readings of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The legal literal, in canonical form, by this reading.
    pub literal: String,
    /// When it is the right one, as a clause: `it counts seconds`.
    pub when: &'static str,
}

impl Meant {
    pub(super) fn literal_of(notation: &'static str, literal: String) -> Self {
        let remedy = Remedy::Literal(literal);
        Self { notation, remedy }
    }

    pub(super) fn in_utc(notation: &'static str, literal: String) -> Self {
        let remedy = Remedy::InUtc(literal);
        Self { notation, remedy }
    }

    pub(super) fn advice(notation: &'static str, advice: &'static str) -> Self {
        let remedy = Remedy::Advice(advice);
        Self { notation, remedy }
    }

    /// Advice, with the literal by the usual reading where there is one.
    pub(super) fn usually(
        notation: &'static str,
        advice: &'static str,
        literal: Option<String>,
    ) -> Self {
        let remedy = match literal {
            Some(literal) => Remedy::Usually { advice, literal },
            None => Remedy::Advice(advice),
        };
        Self { notation, remedy }
    }

    /// What all readings agree on is certain; `None` where there is no reading.
    pub(super) fn readings(notation: &'static str, mut readings: Vec<Reading>) -> Option<Self> {
        let first = readings.first()?.literal.clone();
        let agree = readings.len() > 1 && readings.iter().all(|one| one.literal == first);
        let remedy = if agree {
            Remedy::Literal(first)
        } else {
            readings.dedup_by(|one, other| one.literal == other.literal);
            Remedy::Readings(readings)
        };
        Some(Self { notation, remedy })
    }

    /// The clause, with the literals marked as ones of the payload unless it is `certain` that they
    /// tell nothing of a person or a device. The notation is left out where `said`, the fault that
    /// the clause stands beside, names it.
    pub(crate) fn words(&self, kind: Kind, certain: bool, said: &str) -> Words {
        let quotation = |literal| quoted(literal).kind(kind).shown_if(certain);
        let remedy = match &self.remedy {
            Remedy::Advice(advice) | Remedy::Usually { advice, .. } => Words::from(*advice),
            Remedy::Literal(literal) => words!("write {}", quotation(literal)),
            Remedy::InUtc(literal) => words!(
                "write {} if it is UTC, or put its offset in place of the `Z`",
                quotation(literal)
            ),
            Remedy::Readings(readings) => {
                let [first, others @ ..] = readings.as_slice() else {
                    return Words::default();
                };
                if others.is_empty() {
                    let literal = quotation(&first.literal);
                    return words!("perhaps {}; write {}", first.when, literal);
                }
                let mut all = words!("write {} if {}", quotation(&first.literal), first.when);
                for Reading { literal, when } in others {
                    all = words!("{}, or {} if {}", all, quotation(literal), *when);
                }
                all
            }
        };
        if self.is_named_in(said) {
            remedy
        } else {
            words!("it reads as {}; {}", self.notation, remedy)
        }
    }

    /// Whether a clause holds all that the name of the notation says.
    fn is_named_in(&self, clause: &str) -> bool {
        const SMALL: [&str; 5] = ["a", "an", "the", "of", "as"];
        let words = |text: &'static str| text.split(|c: char| !c.is_alphanumeric());
        let said: Vec<&str> = clause.split(|c: char| !c.is_alphanumeric()).collect();
        let mut telling = words(self.notation).filter(|word| !SMALL.contains(word));
        telling.all(|word| word.is_empty() || said.contains(&word))
    }

    /// The literal to write instead, where it certainly follows from the text.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match &self.remedy {
            Remedy::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    /// The literal to write instead where it does not certainly follow, but no other is as likely.
    #[must_use]
    pub fn likely(&self) -> Option<&str> {
        match &self.remedy {
            Remedy::InUtc(literal) | Remedy::Usually { literal, .. } => Some(literal),
            Remedy::Readings(readings) => match readings.as_slice() {
                [only] => Some(&only.literal),
                _ => None,
            },
            Remedy::Literal(_) | Remedy::Advice(_) => None,
        }
    }

    /// Every literal that is proposed, the likeliest first.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match &self.remedy {
            Remedy::Literal(literal) | Remedy::InUtc(literal) | Remedy::Usually { literal, .. } => {
                (Some(literal), &[][..])
            }
            Remedy::Readings(readings) => (None, &readings[..]),
            Remedy::Advice(_) => (None, &[][..]),
        };
        let several = several.iter().map(|reading| &reading.literal);
        one.into_iter().chain(several).map(String::as_str)
    }
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Kind::Text, true, ""))
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

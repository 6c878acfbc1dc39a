//! A thing that is no JSON text, in words.

use crate::json::Span;
use crate::text::words::{Words, words};

/// What may stand where a JSON text should.
#[derive(Debug, PartialEq, Eq)]
pub struct What {
    /// With its article where it is all of the text.
    pub name: &'static str,
    /// What to do about it.
    pub cure: &'static str,
    /// The text as a whole is that, rather than something in it.
    pub whole: bool,
}

impl What {
    /// All of a text.
    pub(super) const fn all(name: &'static str, cure: &'static str) -> Self {
        Self {
            name,
            cure,
            whole: true,
        }
    }

    /// Something in a text.
    pub(super) const fn part(name: &'static str, cure: &'static str) -> Self {
        Self {
            name,
            cure,
            whole: false,
        }
    }

    /// The message.
    pub(crate) fn words(&self) -> Words {
        if self.whole {
            words!("this is {}, not JSON", self.name)
        } else {
            self.name.into()
        }
    }
}

/// Something that was recognised, and where that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    /// On character boundaries, where the bytes are text.
    pub span: Span,
    /// What it is.
    pub what: &'static What,
}

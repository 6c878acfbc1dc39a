//! Which text of a payload identifies nobody.
//!
//! Owns the allow-list of redaction: the words of the model, and values that are certainly what
//! the model says of their member, such as dates. Everything else is hidden. Knows nothing of
//! findings and formats: `diagnostic` asks for masks and fingerprints, `report` for excerpts.

mod excerpt;
mod vocabulary;

pub(crate) use excerpt::{Sink, Walk, hidden, masked};
pub use vocabulary::Vocabulary;
pub(crate) use vocabulary::{CONTROL_INFORMATION, Values};

/// A line of a text, which may be of any text, with a mask for each hidden letter, digit or symbol.
/// `goes_on`: it was cut at its end.
#[must_use]
pub fn masked_line(line: &str, goes_on: bool, vocabulary: &Vocabulary) -> String {
    masked(line, goes_on, vocabulary)
}

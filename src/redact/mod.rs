//! What of a payload may be shown where it must not give a person or a device away.
//!
//! Owns the rule that everything is hidden but what certainly identifies nobody: the words of the
//! model, and values that are what the model says of their member. Knows nothing of findings and
//! formats; what hides what a finding shows, and what reduces it to a fingerprint, asks here.

mod excerpt;
mod vocabulary;

pub(crate) use excerpt::{Sink, Walk, hidden, masked};
pub use vocabulary::Vocabulary;
pub(crate) use vocabulary::{CONTROL_INFORMATION, Values};

//! From fixes to a text that has them.
//!
//! Owns which edits go together, and the proof that a text is better for them: it is checked again
//! after each pass. Knows nothing of rules, files, or how a text is checked.

mod proof;
mod repair;
mod splice;

pub use proof::Unproven;
pub use repair::{MAX_PASSES, Repaired, repair};
pub use splice::{Moved, Spliced, splice};

#[cfg(test)]
pub(crate) mod hold;
#[cfg(test)]
mod tests;

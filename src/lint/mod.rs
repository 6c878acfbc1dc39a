//! From the bytes of a document to its diagnostics.
//!
//! Stages: encoding, JSON, payloads, literals, schema, events. What is certainly clean takes the
//! fast path (`fast`), everything else the full one (`check`); both ask the same rules. Pure:
//! no files, threads, clock or environment. Knows nothing of policy, lines and formats.

mod check;
mod duplicates;
mod elements;
mod engine;
mod fast;
mod lines;
mod linter;
mod options;
mod outcome;
mod reach;
mod reader;
mod scratch;
mod sequence;
mod setup;
mod signs;
mod structure;
mod walk;

pub use duplicates::Duplicates;
pub use elements::{FixableElement, Joined, Part, Shell, Unusual};
#[doc(hidden)]
pub use fast::Stages;
pub use lines::{FoundInLines, looks_like_lines};
pub use linter::Linter;
pub(crate) use options::selected;
pub use options::{Options, UnknownRevision, revision_names};
pub use outcome::{Outcome, OverLimit, sort};
pub use reader::mark;
pub use scratch::Scratch;
pub use sequence::{Sequence, is_sequence, number_marks};
pub use signs::{Seen, Signs};

//! What is certainly clean, decided before the full path and at a fraction of its cost.
//!
//! Exports repeat themselves: the same names in the same order, many of the same values. An event
//! that is written like one before is read by comparing. The fast path only accepts: it says
//! "certainly clean" or "not sure", and after "not sure" the full path starts from the first byte.
//!
//! # States
//!
//! A [`Filter`] belongs to one thread and one owner, a linter or an array.
//!
//! | State | Entered when | Left when |
//! |---|---|---|
//! | empty | a new owner's first event came; it is not learned from, it may be the only one | an event of the same owner took the full path and was clean but for its names |
//! | a shape is learned | that event is a flat object without duplicate names | another 8 shapes were met since |
//! | values are usual | the shape was learned: its values are the usual ones | a value was missed in 16 events |
//! | values are constant | a value was the same in 64 events in a row: a second shape, with the value in its layout and without the rules that read nothing else, stands before the first | as any shape |
//! | patience is over | 16 events in a row fitted no shape: only every 16th is learned from | a shape fits |
//!
//! # Steps of one event
//!
//! 1. [`layout`]: the text between values is compared with the shape's. Equal bytes prove the same
//!    names and the same structure, and the tape is the one that the parser would write.
//! 2. [`member`]: a value is compared with the usual one.
//! 3. [`literal`]: any other value is decided by the grammar of its type and by the predicates of
//!    its rules ([`ordinary`]), or left open.
//! 4. [`values`]: open values go through the walk of the full path, then the event goes through its
//!    rules, less those that [`constant`] values made fall away. A finding means "not sure".
//! 5. [`filter`]: what the full path found in the names of the shape is repeated.
//!
//! # Invariants
//!
//! - Accepted means: the full path finds the same, which is nothing but findings in names. The
//!   differential test `tests/it/lint/fast_path.rs` holds this on mutants.
//! - Ordinary means: no check has anything to say. The tests in [`ordinary`] hold this on generated
//!   and hostile values. The full path never asks a predicate.
//! - A tape written by a layout equals the parser's. The tests in [`layout`] compare the two.
//! - A rule falls away only if it found nothing and read nothing but constant values, as recorded
//!   by [`Reads`](crate::view::Reads), not as declared.
//! - No single rule is known here.
//!
//! # Price
//!
//! Each shape keeps the text of one event, up to 16 KiB, and its tape. Learning costs about one
//! more pass over an event. An event that fits no shape pays for up to 8 comparisons, which mostly
//! end at the first name. `docs/performance.md` has what each stage gains ([`Stages`]).

mod constant;
mod filter;
mod layout;
mod literal;
mod member;
mod names;
mod ordinary;
mod shape;
mod stages;
mod token;
mod values;

pub(super) use filter::{Filter, Settled};
pub use stages::Stages;
pub(super) use values::Rest;

//! What a rule sees: events with their values decoded, literals, what encloses them, and the
//! handle through which it reports.
//!
//! Owns where in a document the events are. Knows nothing of single rules, and nothing of what
//! runs them.

mod context_url;
pub(crate) mod enclosure;
mod event;
mod expected;
mod field;
mod findings;
pub(crate) mod identity;
mod literal;
pub(crate) mod naming;
mod no_value;
mod payload;
pub(crate) mod repairs;
mod rewriting;

pub use context_url::ContextUrl;
pub use enclosure::{Enclosure, Stranger};
pub use event::{Annotation, Context, Event, FieldValue};
pub(crate) use event::{Decoded, FieldMap, Reads, Slot, is_annotation};
pub use expected::Expected;
pub use field::Field;
pub use findings::{Anchor, Draft, Findings};
pub use identity::{EventId, Repeated};
pub use literal::{
    DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, GuidLiteral, InstantLiteral,
    IntegerLiteral, Literal, NumberLiteral, SpellingLiteral, TextLiteral,
};
pub(crate) use no_value::{NoValue, no_value, says_nothing};
pub use payload::{Payload, PayloadPlace, Spelling};
pub(crate) use rewriting::edits;

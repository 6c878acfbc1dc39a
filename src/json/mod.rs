//! JSON text (RFC 8259) as a flat span tape: what stands where, and nothing of what it means.
//!
//! Owns the tape, the views over it and JSON Pointers (RFC 6901). Knows nothing of events, rules
//! or files. The parser in [`parse()`] writes the tape; everything else reads it through
//! [`Document`] and [`Node`].

mod document;
pub mod duplicates;
mod fault;
mod milestones;
mod parse;
mod pointer;
mod removal;
mod repair;
mod respelling;
mod scalar;
mod scan;
mod span;
mod string;
mod syntax;
mod tape;

pub use document::{Document, Elements, Member, Members, Node};
pub use parse::{exceeded, most_values, parse, parse_prefix};
pub(crate) use pointer::pointer_tokens;
pub use pointer::{Pointer, PointerToken};
pub(crate) use removal::removals;
pub(crate) use repair::{LONGEST as LONGEST_MENDED, repair};
pub(crate) use scalar::Scalar;
pub use scan::skip_blanks;
pub use span::Span;
pub(crate) use string::string_token;
pub use syntax::{Bracket, CommentStyle, Limit, Literal, MAX_DEPTH, SyntaxError, SyntaxErrorKind};
pub(crate) use tape::{Entry, narrow};
pub use tape::{Kind, Tape};

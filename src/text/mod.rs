//! Text as bytes and characters: how it is searched eight bytes at a time, quoted, and made safe to
//! print.
//!
//! The lowest room: knows nothing of JSON, events or findings.

pub(crate) mod bytes;
pub(crate) mod invisible;
pub(crate) mod misread;
pub(crate) mod plain_path;
mod plural;
pub mod quote;
pub mod sanitize;
pub(crate) mod wide;
pub mod words;

pub use plural::count;

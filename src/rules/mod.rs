//! The rules: one declaration each, and the register of all of them.
//!
//! A rule's declaration is the only place that states a rule's name, category, default severity, words,
//! examples and check. Lists, documentation, configuration and the tests of the examples are
//! derived from it. Rules speak of members and values; they know nothing of bytes, lines, files
//! or formats.

pub mod collection;
pub mod content;
mod cure;
mod declaration;
pub mod duration;
pub mod order;
mod register;
pub mod schema;
pub mod set;
pub mod state;
pub mod syntax;
pub mod value;

pub(crate) use cure::Cure;
pub use declaration::{Check, Declaration, OrdinaryInstant, OrdinaryText};
pub(crate) use register::is_of_names;
pub use register::{ALL, declarations, find};
pub use set::RuleSet;

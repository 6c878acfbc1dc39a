//! Literals of the `OData` primitive types (`OData` ABNF 4.01), decided here and nowhere else.
//!
//! Owns the grammars and the exact arithmetic in 100 ns ticks. Knows nothing of JSON documents,
//! members or rules, nor which types there are: a type names the [`Grammar`] of its literals. Each
//! grammar has a `parse` that decides; [`meant`] guesses what a refused literal stood for.

/// A fault displays as its message.
macro_rules! errors {
    ($fault:ty) => {
        impl std::fmt::Display for $fault {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message())
            }
        }

        impl std::error::Error for $fault {}
    };
}

pub mod binary;
mod calendar;
pub mod date;
pub mod date_time;
mod date_time_fault;
mod digits;
pub mod duration;
mod duration_fault;
mod elapsed;
mod grammar;
pub mod guid;
pub mod integer;
pub mod meant;
mod notation;
pub mod number;
#[cfg(test)]
mod readings;
mod remarks;
mod scan;
mod scientific;
pub mod shape;
mod ticks;
pub mod time_of_day;

#[cfg(test)]
mod hardening;

pub use elapsed::elapsed;
pub use grammar::Grammar;
pub use notation::{Meant, Reading, Remedy};
pub use remarks::Remarks;
pub(crate) use ticks::TICK_DIGITS;
pub use ticks::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

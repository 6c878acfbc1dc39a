//! What refused literals were meant to be.
//!
//! Guesses, with the help of other crates, after our own grammars have spoken; whatever is proposed
//! is a literal by these grammars.

mod canonical;
mod count;
mod date;
mod date_time;
mod duration;
mod guid;
mod spelled;

pub(crate) use count::decimal_ticks;
pub use date::{date, time_of_day};
pub use date_time::date_time;
pub use duration::duration;
pub use guid::guid;

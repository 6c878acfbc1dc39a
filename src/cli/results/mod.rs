//! What checking one file gives: the findings that count, with their places, and how it ended.
//!
//! Must not know how a file is read or cut into parts.

mod checked_input;
mod collector;
mod file_index;
mod fix_error;
mod fixed_input;
mod recognition;
mod repeated_ids;
mod run_options;

pub(crate) use checked_input::{CheckedInput, Ending, FileError};
pub(crate) use collector::{Collector, Segment};
pub(crate) use file_index::FileIndex;
pub(crate) use fix_error::FixError;
pub(crate) use fixed_input::FixedInput;
pub(crate) use recognition::Recognition;
pub(crate) use repeated_ids::add_repeated;
pub(crate) use run_options::RunOptions;

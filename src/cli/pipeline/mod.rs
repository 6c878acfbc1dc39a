//! Every input to its part of the report, on several threads.
//!
//! Owns the threads, the isolation of each input, and the order of identifiers across files. Must not
//! know what a report looks like or who asked for it.

mod across_files;
mod document;
mod file;
mod fix;
mod run;
mod task;
mod threads;

pub(crate) use run::{CheckedRun, Run};
pub(crate) use threads::thread_count;

//! What a run gives: reports, files that appear whole, annotations, a summary, progress and notes.
//!
//! Owns every write to a stream or a file. What a format looks like is the library's; must not know
//! how findings come about.

pub(crate) mod baseline;
pub(crate) mod ci;
pub(crate) mod console;
mod destination;
pub(crate) mod interrupt;
pub(crate) mod leftovers;
pub(crate) mod notes;
mod progress;
pub(crate) mod replace;
pub(crate) mod report;
pub(crate) mod rewrite;
pub(crate) mod summary;
mod terminal;
mod write_error;

pub(crate) use destination::{
    Destination, Output, OutputError, TextReport, admit, choose_outputs, format_names,
};
pub(crate) use progress::Progress;
pub(crate) use summary::{Fixes, PolicyEffect};
pub(crate) use terminal::{ColorChoice, StandardStream, honour_force_color};
pub(crate) use write_error::WriteError;

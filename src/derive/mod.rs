//! Microsoft Graph documentation pages as a source of models.
//!
//! Takes Markdown and gives a [`Model`](crate::model::Model): tables, hidden English spans, links, code marks and the
//! page's own JSON are read and compared; where they disagree a warning says so, and what cannot
//! be read is an error that names the row. Pages come through a closure, so that this knows
//! nothing of files; it knows nothing of payloads to check either.

mod build;
mod cell;
mod claims;
mod diff;
mod english;
mod keys;
mod layout;
mod lists;
mod names;
mod outcome;
mod page;
mod reader;
mod samples;
mod table;

pub use diff::{Change, ChangeKind, Subject, diff};
pub(crate) use outcome::json_schema;
pub use outcome::{DeriveError, Derived, Options, Unresolved, Warning};
pub use page::{Form, Listed, Note, Page, PageKind, Property, PropertyType, Reference};
pub use samples::{Sample, SampleKind, samples};

/// Reads one page by itself.
///
/// # Errors
/// Where it is no page of the Graph reference, or a row of it cannot be read.
pub fn page(markdown: &str) -> Result<Page<'_>, DeriveError> {
    reader::read(markdown).map_err(|note| DeriveError {
        page: String::new(),
        line: note.line,
        message: note.message,
    })
}

/// Derives the model of the page with the key `entry`. A key is a path with `/`, relative to
/// whatever `load` takes it to be relative to; links are resolved against it, and `load` is asked
/// for the text of each page (`None` = no such page).
///
/// # Errors
/// Where the page describes no payload, or a row of it cannot be read. Faults of linked pages do
/// not fail: what they would have told is listed as unresolved.
pub fn derive(
    entry: &str,
    load: &dyn Fn(&str) -> Option<String>,
    options: &Options,
) -> Result<Derived, DeriveError> {
    build::Builder::new(load, options).derive(entry)
}

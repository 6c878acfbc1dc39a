//! What a run reads: where it is found, what its name says it is, and how its bytes are had.
//!
//! Must not know what is in an input, how it is checked, or what is said of it.

mod archive_error;
mod buffer;
mod choice;
mod compress;
mod decompress;
mod gzip;
mod ignores;
mod input;
mod kind;
mod open;
mod padding;
mod passed_over;
mod path_list;
mod read_error;
mod resource;
mod search;
mod wildcards;
mod zstandard;

pub(crate) use buffer::{Buffer, read_text};
pub(crate) use choice::{Choice, ConfigGlobs, UsedGlobs};
pub(crate) use compress::compress;
pub(crate) use decompress::{Afterwards, UnpackLimit, decompress};
pub(crate) use input::{Claim, Input, InputPath};
pub(crate) use kind::{
    Compression, FileKind, begins_as_json, has_document_extension, patterns_in_words,
};
pub(crate) use open::{OpenFile, open_itself, read_at};
pub(crate) use passed_over::{PassedOver, Reason};
pub(crate) use path_list::{PathListError, add_path_list};
pub(crate) use read_error::ReadError;
pub(crate) use resource::{
    DerivedPage, ResourceError, read_page, read_schema, read_schema_or_page,
};
pub(crate) use search::{AskedInputs, FoundInputs, search};
pub(crate) use wildcards::expand;

//! Opening and reading what is to be checked, within limits.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Opens a file for reading, if it is one.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn open(path: &Path) -> Result<File, String> {
    let metadata = std::fs::metadata(path).map_err(|error| describe(&error))?;
    if !metadata.is_file() {
        return Err("not a regular file".to_owned());
    }
    File::open(path).map_err(|error| describe(&error))
}

/// Reads everything into `buffer`, but no more than `limit` bytes.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn read_all(
    mut source: impl Read,
    limit: u64,
    buffer: &mut Vec<u8>,
) -> Result<(), String> {
    let room = limit.saturating_add(1).saturating_sub(buffer.len() as u64);
    source
        .by_ref()
        .take(room)
        .read_to_end(buffer)
        .map_err(|error| describe(&error))?;
    if buffer.len() as u64 > limit {
        return Err(format!(
            "larger than {limit} bytes, the limit; raise it with --max-file-size"
        ));
    }
    Ok(())
}

/// The text of a small file.
///
/// # Errors
/// A sentence that says why it cannot be had.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, String> {
    let mut text = Vec::new();
    open(path)?
        .take(limit + 1)
        .read_to_end(&mut text)
        .map_err(|error| describe(&error))?;
    if text.len() as u64 > limit {
        return Err(format!(
            "larger than {limit} bytes, the limit for such a file"
        ));
    }
    String::from_utf8(text).map_err(|_| "not UTF-8".to_owned())
}

/// An error of the system, without its number.
pub(crate) fn describe(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

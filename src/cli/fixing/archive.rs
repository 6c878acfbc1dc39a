//! Compresses a text as the file was that it came from.
//!
//! Owns that an archive is only used once it was read again.

use std::fs::File;
use std::io::{BufReader, Seek};

use crate::cli::inputs::{Compression, compress, decompress};
use crate::cli::outputs::rewrite;
use crate::cli::results::{FixError, RunOptions};

/// Writes what `text` holds to an empty file, compressed as `like` is.
///
/// # Errors
/// When it cannot be read or written, or the archive does not hold it.
pub(super) fn pack(
    compression: Compression,
    like: &File,
    mut text: &File,
    mut to: &File,
    options: &RunOptions<'_>,
) -> Result<(), FixError> {
    let hash = rewrite::hash(text)?;
    let source = BufReader::with_capacity(256 << 10, text);
    compress(compression, like, source, rewrite::writer(to)).map_err(FixError::write)?;
    text.rewind()?;
    to.rewind()?;
    let held = decompress(compression, options.max_unpacked, to);
    let same = rewrite::hash_of(held).is_ok_and(|held| held == hash);
    if same {
        Ok(())
    } else {
        Err(FixError::Internal)
    }
}

//! Writes archives like those that were read.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

use super::gzip::{self, GzipHeader};
use super::kind::Compression;
use super::zstandard;

/// Writes what `source` holds to `out`, in one part. `like`: an archive of that kind, whose header the
/// new one gets.
///
/// # Errors
/// When one of them cannot be read or written.
pub(crate) fn compress(
    compression: Compression,
    mut like: &File,
    mut source: impl Read,
    mut out: impl Write,
) -> io::Result<()> {
    match compression {
        Compression::None => {
            io::copy(&mut source, &mut out)?;
        }
        Compression::Gzip => {
            like.rewind()?;
            gzip::compress(&GzipHeader::read(like)?, source, &mut out)?;
        }
        Compression::Zstandard => zstandard::compress(source, &mut out)?,
    }
    out.flush()
}

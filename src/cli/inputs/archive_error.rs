//! What is wrong with an archive, in words of our own: no library's get to a person.
//!
//! Must not know how archives are read.

use std::error::Error;
use std::io;

/// The archive is not named: whoever shows the error knows its file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ArchiveError {
    /// Nothing is there.
    #[error("empty, and no {format} archive")]
    Empty { format: &'static str },
    /// It begins as JSON does.
    #[error(
        "no {format} archive, but text that is not compressed; take the extension .{extension} off \
         its name"
    )]
    Plain {
        format: &'static str,
        extension: &'static str,
    },
    /// It is something else.
    #[error("no {format} archive")]
    Unknown { format: &'static str },
    #[error("the {format} archive is cut off; get it again")]
    Truncated { format: &'static str },
    #[error("the {format} archive is damaged: its checksum does not fit what is in it")]
    Checksum { format: &'static str },
    #[error("the {format} archive is damaged; get it again")]
    Damaged { format: &'static str },
    /// A Zstandard frame that refers back further than this may be read, in bytes.
    #[error(
        "unpacking it takes a window of {window} bytes, more than the limit of {limit}; compress it \
         with `zstd --long=27` at most"
    )]
    Window { window: u64, limit: u64 },
    /// A Zstandard frame for which this dictionary is needed.
    #[error("it was compressed with dictionary {0}, and cannot be read; compress it without one")]
    Dictionary(u32),
    /// What was unpacked is all the same good.
    #[error("bytes follow the {format} archive, and were not read; what it holds was checked")]
    Trailing { format: &'static str },
}

impl From<ArchiveError> for io::Error {
    fn from(error: ArchiveError) -> Self {
        Self::other(error)
    }
}

/// Whether a library's error comes from the end of what it reads.
pub(super) fn is_end(error: &(dyn Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(at) = error {
        let io = at.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::UnexpectedEof) {
            return true;
        }
        error = at.source();
    }
    false
}

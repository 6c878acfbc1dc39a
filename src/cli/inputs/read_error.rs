//! Why something could not be read.

use std::io;

use crate::cli::system_error::SystemError;

/// Names no file: whoever shows it knows which one it was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// A folder, pipe, socket or device.
    #[error("not a regular file")]
    NotRegular,
    #[error("a link that leads nowhere")]
    Dangling,
    /// Larger than what `--max-file-size` sets, in bytes.
    #[error("larger than the limit of {0} bytes; raise it with --max-file-size")]
    AboveMaxFileSize(u64),
    /// Larger than a file of its kind may be, in bytes.
    #[error("larger than the limit of {0} bytes for such a file")]
    AboveLimitOfKind(u64),
    #[error("not UTF-8")]
    NotUtf8,
    #[error("UTF-16; save it as UTF-8")]
    Utf16,
    #[error(transparent)]
    System(SystemError),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::System(error.into())
    }
}

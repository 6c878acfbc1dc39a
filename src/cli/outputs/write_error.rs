//! Why something could not be written.

use std::io;
use std::path::Path;

use autopilot_lint::text::sanitize;

use crate::cli::settings::BaselineTooLarge;
use crate::cli::system_error::SystemError;

/// Names where it was to go.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("standard output: {0}")]
    StandardOutput(SystemError),
    #[error("standard error: {0}")]
    StandardError(SystemError),
    #[error("{name}: {error}")]
    File { name: String, error: SystemError },
    /// More than can be read again.
    #[error("{name}: {error}")]
    Baseline {
        name: String,
        error: BaselineTooLarge,
    },
    /// A file that is only written where there is none.
    #[error("{0}: already exists; left unchanged")]
    Exists(String),
}

impl WriteError {
    pub(super) fn file(file: &Path, error: io::Error) -> Self {
        Self::File {
            name: sanitize::display_path(file),
            error: error.into(),
        }
    }

    /// What became of a write to standard output. A reader that has gone away is no error.
    pub(super) fn of_stdout(written: io::Result<()>) -> Result<(), Self> {
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Self::StandardOutput(error.into()))
            }
            _ => Ok(()),
        }
    }
}

//! Why a file was not fixed, although something in it can be.

use std::io;

use autopilot_lint::fixer::Unproven;

use crate::cli::inputs::ReadError;
use crate::cli::outputs::rewrite::RewriteError;
use crate::cli::system_error::SystemError;

/// The file is as it was. Does not name it: whoever shows the error knows which one it is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FixError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("cannot be written: {0}")]
    Write(SystemError),
    #[error(transparent)]
    Rewrite(#[from] RewriteError),
    /// What the door says of its path.
    #[error("{0}")]
    Outside(String),
    #[error("it is no regular file")]
    NotRegular,
    #[error("it changed meanwhile")]
    Changed,
    #[error("its archive has more than one part, and it would be written with one")]
    SeveralParts,
    /// Fixing it may take this many bytes of memory, more than there is for one document.
    #[error(
        "may need {0} bytes of memory, more than half of what --max-memory allows; raise it, or \
         split the file"
    )]
    AboveMaxMemory(u64),
    /// A fault of ours.
    #[error(
        "the fix of a {} finding did not do what it should; please report it, with this file if you \
         can share it",
        .0.rule.name
    )]
    Unproven(Unproven),
    /// A panic, which has been printed, or an archive that does not hold what was put in it.
    #[error("internal error; please report it, with this file if you can share it")]
    Internal,
}

impl FixError {
    pub(crate) fn write(error: io::Error) -> Self {
        Self::Write(error.into())
    }
}

/// Of reading: whoever writes says so.
impl From<io::Error> for FixError {
    fn from(error: io::Error) -> Self {
        Self::Read(error.into())
    }
}

impl From<Unproven> for FixError {
    fn from(unproven: Unproven) -> Self {
        Self::Unproven(unproven)
    }
}

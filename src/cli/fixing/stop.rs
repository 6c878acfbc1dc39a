//! Why an input is left as it was.

use crate::cli::budget::Denied;
use crate::cli::results::FixError;

/// Why an input is left as it was.
pub(crate) enum Stop {
    Failed(FixError),
    /// There is memory for a text of this length only when others are done.
    Postponed(u64),
}

impl<E: Into<FixError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Denied> for Stop {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Later(length) => Self::Postponed(length),
            Denied::Never(bytes) => Self::Failed(FixError::AboveMaxMemory(bytes)),
        }
    }
}

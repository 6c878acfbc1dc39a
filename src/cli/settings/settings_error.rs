//! Why a run cannot be set up: nothing is checked then.

use autopilot_lint::policy::baseline::BaselineError;
use autopilot_lint::text::sanitize;

use super::invalid_config::InvalidConfig;
use crate::cli::inputs::{ReadError, ResourceError};
use crate::cli::paths::{Outside, TargetRefusal};
use crate::cli::system_error::SystemError;

/// Displays in lines that are safe to print.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("cannot use the current folder: {0}")]
    NoCurrentFolder(SystemError),
    /// A configuration or a baseline.
    #[error("{}: {error}", sanitize::path(name))]
    Unreadable { name: String, error: ReadError },
    #[error(transparent)]
    InvalidConfig(#[from] Box<InvalidConfig>),
    #[error("{}: {}", sanitize::path(name), sanitize::text(&error.to_string()))]
    InvalidBaseline { name: String, error: BaselineError },
    #[error("{name}: {error}; write it anew: autopilot-lint check --write-baseline {name}", name = sanitize::path(.0), error = BaselineError::Old)]
    OldBaseline(String),
    /// A configuration or a baseline that a link takes out of the repository: it was not read.
    #[error(transparent)]
    Outside(#[from] Outside),
    /// The schema describes nothing.
    #[error(transparent)]
    Resource(#[from] ResourceError),
    /// The baseline cannot be written.
    #[error(transparent)]
    Target(#[from] TargetRefusal),
}

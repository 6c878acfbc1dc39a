//! Why a command ended before it could do what it is for.

use autopilot_lint::lint::UnknownRevision;
use autopilot_lint::policy::Refusal;

use crate::cli::args::variables::VariableError;
use crate::cli::inputs::{PathListError, ResourceError};
use crate::cli::outputs::{OutputError, WriteError};
use crate::cli::paths::TargetRefusal;
use crate::cli::settings::SettingsError;

#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Target(#[from] TargetRefusal),
    /// Of `derive`.
    #[error(transparent)]
    Resource(#[from] ResourceError),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Revision(#[from] UnknownRevision),
    #[error(transparent)]
    PathList(#[from] PathListError),
    /// Of `--exclude`.
    #[error(transparent)]
    Glob(#[from] Refusal),
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Of `check`.
    #[error(transparent)]
    Variable(#[from] VariableError),
    /// Of `check`.
    #[error("--stdin-filename names standard input, which is not read; add - to read it")]
    NameOfNothing,
    /// Of `schema`.
    #[error("--revision, --mode and --draft are only for the schema of a payload")]
    OptionOfPayloads,
    /// Of `derive`.
    #[error("--output-format requires --check-samples or --diff")]
    FormatOfSchemas,
    /// Of `derive`.
    #[error("--diff prints text, or JSON with --output-format json")]
    FormatOfDiff,
}

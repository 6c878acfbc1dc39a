//! Why a linter cannot be built.

use std::fmt;

use crate::lint::UnknownRevision;
use crate::policy::baseline::BaselineError;
use crate::policy::{ConfigError, Refusal};
use crate::source::{LineIndex, Position};
use crate::text::sanitize;

/// Why [`LinterBuilder::build`](crate::LinterBuilder::build) failed. Its words are safe to print.
///
/// ```
/// let error = autopilot_lint::Linter::builder()
///     .config("severity = { zero-giud = 'error' }")
///     .build()
///     .expect_err("a misspelt rule");
/// assert_eq!(
///     error.to_string(),
///     "configuration, line 1, column 14: unknown rule or category `zero-giud`; did you mean `zero-guid`?"
/// );
/// ```
#[derive(Debug)]
pub struct BuildError(Kind);

#[derive(Debug)]
enum Kind {
    Config(Position, ConfigError),
    Baseline(BaselineError),
    Revision(UnknownRevision),
    Name(Refusal),
    NoPayloads,
}

impl BuildError {
    pub(super) fn config(text: &str, error: ConfigError) -> Self {
        let at = LineIndex::new(text).position(error.span.start);
        Self(Kind::Config(at, error))
    }

    /// The resource is an enumeration.
    pub(super) const fn no_payloads() -> Self {
        Self(Kind::NoPayloads)
    }

    /// Where the configuration is at fault; `None` where something else is.
    #[must_use]
    pub const fn config_position(&self) -> Option<Position> {
        match &self.0 {
            Kind::Config(at, _) => Some(*at),
            _ => None,
        }
    }

    fn words(&self) -> String {
        match &self.0 {
            Kind::Config(Position { line, column, .. }, error) => {
                format!("configuration, line {line}, column {column}: {error}")
            }
            Kind::Baseline(error) => format!("baseline: {error}"),
            Kind::Revision(error) => error.to_string(),
            Kind::Name(error) => error.to_string(),
            Kind::NoPayloads => "the resource is an enumeration, which has no payloads".to_owned(),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sanitize::text(&self.words()))
    }
}

impl std::error::Error for BuildError {}

impl From<BaselineError> for BuildError {
    fn from(error: BaselineError) -> Self {
        Self(Kind::Baseline(error))
    }
}

impl From<UnknownRevision> for BuildError {
    fn from(error: UnknownRevision) -> Self {
        Self(Kind::Revision(error))
    }
}

impl From<Refusal> for BuildError {
    fn from(error: Refusal) -> Self {
        Self(Kind::Name(error))
    }
}

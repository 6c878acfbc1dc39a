//! What a document is checked against.

use std::fmt;

use crate::model::{Mode, Model};
use crate::rules::RuleSet;
use crate::text::quote::quote;
use crate::text::sanitize;

/// All revisions in one.
const ANY: &str = "any";
/// The newest revision, whatever its date.
const LATEST: &str = "latest";

/// The names that [`Options::revision`] takes, given the revisions of a model.
pub fn revision_names(revisions: &[String]) -> impl Iterator<Item = &str> {
    let dated = revisions.iter().map(String::as_str);
    std::iter::once(ANY).chain(dated).chain([LATEST])
}

/// What to check against.
#[derive(Debug, Clone)]
pub struct Options {
    /// Revision to check against: `any`, `latest`, or one of [`Model::revisions`].
    pub revision: String,
    /// Whether the payloads are create requests, update requests or responses.
    pub mode: Mode,
    /// The current time, in 100 ns ticks since 0001-01-01T00:00:00Z; `None`: no date is in the future.
    pub now: Option<i64>,
    /// The rules that run.
    pub rules: RuleSet,
    /// Findings are to carry the dates and durations of their payload.
    pub times: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            revision: ANY.to_owned(),
            mode: Mode::Any,
            now: None,
            rules: RuleSet::default(),
            times: false,
        }
    }
}

/// A revision was asked for that the model does not have. `Display` is safe to print; the fields
/// are as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRevision {
    /// What was asked for.
    pub name: String,
    /// What there is, but for `any` and `latest`.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = quote(&self.name);
        let names: Vec<_> = revision_names(&self.known).collect();
        let words = format!(
            "unknown revision {name}; expected one of {}",
            names.join(", ")
        );
        f.write_str(&sanitize::text(&words))
    }
}

impl std::error::Error for UnknownRevision {}

/// Index of the revision to check against; `None` = any.
pub(crate) fn selected(model: &Model, name: &str) -> Result<Option<usize>, UnknownRevision> {
    if name == ANY || name == LATEST && model.revisions.is_empty() {
        return Ok(None);
    }
    let found = if name == LATEST {
        model.revisions.len().checked_sub(1)
    } else {
        model.revision_index(name)
    };
    let unknown = || UnknownRevision {
        name: name.to_owned(),
        known: model.revisions.clone(),
    };
    found.map(Some).ok_or_else(unknown)
}

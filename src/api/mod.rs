//! The library as its users see it: the items at the root of the crate.
//!
//! Owns names and shapes that can be kept while everything behind them moves: fields are private,
//! and what may grow is non-exhaustive. Decides nothing about payloads, rules or formats, and reads
//! no files.

mod error;
mod fix;
mod fixed;
mod format;
mod linter;
mod report;
mod resource;

use std::sync::LazyLock;

pub use error::BuildError;
pub use fix::{Edit, Fix};
pub use fixed::{FixError, Fixed, apply};
pub use format::{Format, RenderOptions};
pub use linter::{Linter, LinterBuilder, Session};
pub use report::{Finding, RelatedPlace, Report};
pub use resource::{Derived, Doubt, Resource, derive};

use crate::diagnostic::Rule;

/// The file name of a document that was given without one.
const UNNAMED: &str = "<input>";

/// Checks one document with the default policy: every rule that is on by default, against all
/// revisions of the resource.
///
/// `bytes` is JSON text in any encoding, valid or not: one event, an array of events, or a page of
/// a Graph collection. Findings name the file `<input>`. To name it, to set a policy, or to check
/// many documents quickly, use a [`Linter`].
///
/// ```
/// let report = autopilot_lint::check(br#"{"osVersion": "10.0.26200.8893", "targetedAppCount": -1}"#);
///
/// let negative = report.findings().next().ok_or("a finding")?;
/// assert_eq!(negative.rule().name, "negative-count");
/// assert_eq!((negative.line(), negative.column()), (1, 54));
/// assert_eq!(negative.pointer(), "/targetedAppCount");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn check(bytes: impl AsRef<[u8]>) -> Report {
    static DEFAULT: LazyLock<Linter> = LazyLock::new(Linter::new);
    DEFAULT.check(UNNAMED, bytes)
}

/// Every rule, in the order of the documentation: its name, category, default severity, and why it
/// exists.
///
/// ```
/// let off: Vec<&str> = autopilot_lint::rules()
///     .iter()
///     .filter(|rule| rule.default.is_none())
///     .map(|rule| rule.name)
///     .collect();
/// assert!(off.contains(&"non-canonical-value"));
/// ```
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    crate::rules::ALL
}

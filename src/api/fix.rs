//! Fixes, and texts that have them.

use std::borrow::Cow;
use std::fmt;

use super::{Finding, Report};
use crate::diagnostic::{self, Applicability, Range};
use crate::fixer::{self, Unproven};
use crate::text::sanitize;

/// What mends a [`Finding`].
///
/// ```
/// use autopilot_lint::Applicability;
///
/// let text = r#"{"deviceId": "{3e455cab-5cab-3e45-ab5c-453eab5c453e}", "targetedAppCount": 1}"#;
/// let report = autopilot_lint::check(text);
/// let finding = report.findings().next().ok_or("a finding")?;
/// let fix = finding.fix().ok_or("a fix")?;
///
/// assert_eq!(fix.applicability(), Applicability::Safe);
/// let edit = fix.edits().next().ok_or("an edit")?;
/// assert_eq!(edit.text, "\"3e455cab-5cab-3e45-ab5c-453eab5c453e\"");
/// assert_eq!(edit.range, finding.range());
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Fix<'a> {
    fix: &'a diagnostic::Fix,
    ranges: &'a [Range],
}

impl<'a> Fix<'a> {
    pub(super) const fn new(fix: &'a diagnostic::Fix, ranges: &'a [Range]) -> Self {
        Self { fix, ranges }
    }

    /// How sure it is that this is what the author meant.
    #[must_use]
    pub fn applicability(&self) -> Applicability {
        self.fix.applicability
    }

    /// What it does, as an order: ``write `PT5M` ``. Safe to print.
    #[must_use]
    pub fn message(&self) -> Cow<'a, str> {
        sanitize::text(&self.fix.message)
    }

    /// The changes, which belong together: in order of place, without overlaps.
    pub fn edits(&self) -> impl Iterator<Item = Edit<'a>> {
        let edits = self.fix.edits.iter().zip(self.ranges);
        edits.map(|(edit, range)| Edit {
            range: *range,
            text: &edit.text,
        })
    }
}

/// One change of a [`Fix`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit<'a> {
    /// What goes; empty where something is put in.
    pub range: Range,
    /// What comes in its place: JSON text, escapes and quotes included. Not escaped for printing.
    pub text: &'a str,
}

/// Makes the fixes of findings, up to `most`, in the text that they were found in.
///
/// Bytes outside their edits stay. Where fixes overlap, the first is made: check the result again
/// for the others, or have [`Linter::fix`](super::Linter::fix) do so.
///
/// ```
/// use autopilot_lint::Applicability;
///
/// let text = "{ \"deviceId\" : \"3E455CAB5CAB3E45AB5C453EAB5C453E\" }";
/// let report = autopilot_lint::check(text);
/// let fixed = autopilot_lint::apply(text, report.findings(), Applicability::Safe);
/// assert!(autopilot_lint::check(fixed).is_clean());
/// ```
#[must_use]
pub fn apply<'a>(
    text: impl AsRef<[u8]>,
    findings: impl IntoIterator<Item = Finding<'a>>,
    most: Applicability,
) -> Vec<u8> {
    let findings = findings.into_iter();
    let fixes = findings.filter_map(|finding| finding.fix().map(|fix| fix.fix));
    let fixes = fixes.filter(|fix| fix.applicability <= most);
    fixer::splice(text.as_ref(), fixes).text
}

/// A text with its fixes.
#[derive(Debug, Clone)]
pub struct Fixed {
    text: Vec<u8>,
    count: usize,
    report: Report,
}

impl Fixed {
    pub(super) const fn new(text: Vec<u8>, count: usize, report: Report) -> Self {
        Self {
            text,
            count,
            report,
        }
    }

    /// The text; as it was where nothing was fixed.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The text; as it was where nothing was fixed.
    #[must_use]
    pub fn into_text(self) -> Vec<u8> {
        self.text
    }

    /// How many findings were mended.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// What is found in the text now.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }
}

/// A fix did not do what it says: a fault of this library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixError(Unproven);

impl From<Unproven> for FixError {
    fn from(unproven: Unproven) -> Self {
        Self(unproven)
    }
}

impl fmt::Display for FixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = self.0.rule.name;
        write!(
            f,
            "a fix led to a finding of {rule}; please report this fault"
        )
    }
}

impl std::error::Error for FixError {}

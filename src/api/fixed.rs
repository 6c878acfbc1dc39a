//! Texts with their fixes.

use std::fmt;

use super::{Finding, Report};
use crate::diagnostic::Applicability;
use crate::fixer::{self, Unproven};

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
    let fixes = findings.filter_map(|finding| finding.fix().map(|fix| fix.inner()));
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

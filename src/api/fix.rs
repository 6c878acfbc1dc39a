//! Fixes, as data.

use std::borrow::Cow;

use crate::diagnostic::{self, Applicability, Range};
use crate::text::sanitize;

/// What mends a [`Finding`](super::Finding).
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
/// // The braces go, and nothing else.
/// let edits: Vec<(&str, &str)> = fix
///     .edits()
///     .map(|edit| (&text[edit.range.start.offset..edit.range.end.offset], edit.text))
///     .collect();
/// assert_eq!(edits, [("{", ""), ("}", "")]);
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

    pub(super) const fn inner(self) -> &'a diagnostic::Fix {
        self.fix
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

//! Findings with lines, columns and the excerpt that a person is shown.

use crate::json::Span;
use crate::source::{Frame, LineIndex, Range};

use super::Diagnostic;

/// A finding with its place resolved, independent of the source text.
#[derive(Debug, Clone)]
pub struct Located {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Range of [`Diagnostic::span`] in the file.
    pub range: Range,
    /// Ranges of [`Diagnostic::labels`], in their order.
    pub labels: Vec<Range>,
    /// Ranges of the edits of [`Diagnostic::fix`], in their order.
    pub edits: Vec<Range>,
    /// The lines a person is shown, where a format asked for them.
    pub frame: Option<Frame>,
}

/// Resolves a finding's spans. `diagnostic` speaks of bytes of the index's text; the result speaks
/// of the file.
#[must_use]
pub fn locate(diagnostic: Diagnostic, index: &LineIndex<'_>, with_frame: bool) -> Located {
    let spans: Vec<Span> = std::iter::once(diagnostic.span)
        .chain(diagnostic.labels.iter().map(|label| label.span))
        .collect();
    let fix = diagnostic.fix.iter();
    let edits = fix.flat_map(|fix| &fix.edits);
    Located {
        edits: edits.map(|edit| index.range(edit.span)).collect(),
        range: index.range(diagnostic.span),
        labels: spans[1..].iter().map(|span| index.range(*span)).collect(),
        frame: with_frame.then(|| index.frame(&spans)),
        diagnostic,
    }
}

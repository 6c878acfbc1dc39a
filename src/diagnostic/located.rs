//! Findings with lines, columns and the excerpt that a person is shown.

use crate::json::Span;
use crate::source::{Change, Frame, LineIndex, Preview, Range};

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
    /// What the edits make of their lines, where a format asked for the lines.
    pub preview: Option<Preview>,
}

/// Resolves a finding's spans. `diagnostic` speaks of bytes of the index's text; the result speaks
/// of the file. `with_lines`: a format shows [`Located::frame`] and [`Located::preview`].
#[must_use]
pub fn locate(diagnostic: Diagnostic, index: &LineIndex<'_>, with_lines: bool) -> Located {
    let spans: Vec<Span> = std::iter::once(diagnostic.span)
        .chain(diagnostic.labels.iter().map(|label| label.span))
        .collect();
    let fix = diagnostic.fix.iter();
    let edits = fix.flat_map(|fix| &fix.edits);
    let edits: Vec<Range> = edits.map(|edit| index.range(edit.span)).collect();
    let preview = with_lines.then(|| index.preview(&changes(&diagnostic, &edits)));
    Located {
        preview: preview.flatten(),
        edits,
        range: index.range(diagnostic.span),
        labels: spans[1..].iter().map(|span| index.range(*span)).collect(),
        frame: with_lines.then(|| index.frame(&spans)),
        diagnostic,
    }
}

/// The edits of a finding's fix, whose places are `ranges`.
#[must_use]
pub fn changes<'d>(diagnostic: &'d Diagnostic, ranges: &[Range]) -> Vec<Change<'d>> {
    let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
    let changes = edits.zip(ranges).map(|(edit, range)| Change {
        range: *range,
        text: &edit.text,
    });
    changes.collect()
}

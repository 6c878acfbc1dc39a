//! What a check of a document gave, in the order of every report.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Limit;
use crate::view::EventId;

/// What a check of a document gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// In order of offset, then rule name.
    pub diagnostics: Diagnostics,
    /// How many payloads were found.
    pub payloads: usize,
    /// The identifiers of the payloads, each once, for [`Duplicates`](super::Duplicates); none where the rule on them
    /// does not run.
    pub ids: Vec<EventId>,
    /// The first document that is beyond a limit of the parser, and was not checked.
    pub over_limit: Option<OverLimit>,
}

/// A document that is beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverLimit {
    /// Which limit.
    pub limit: Limit,
    /// How many lines of the file stand before the document.
    pub lines: usize,
}

impl Outcome {
    /// Puts what a part of a file gave behind this: that many lines and bytes stand before it.
    pub(super) fn append(&mut self, mut part: Self, lines: usize, bytes: usize) {
        for found in &mut part.diagnostics {
            found.shift(bytes);
        }
        for id in &mut part.ids {
            id.shift(lines, bytes);
        }
        self.diagnostics.append(part.diagnostics);
        self.ids.append(&mut part.ids);
        self.payloads += part.payloads;
        let over_limit = part.over_limit.map(|over| OverLimit {
            lines: over.lines + lines,
            ..over
        });
        self.over_limit = self.over_limit.or(over_limit);
    }

    /// What was found and the identifiers, if it is that of one payload.
    pub(super) fn of_one_payload(&self) -> Option<(&[Diagnostic], &[EventId])> {
        (self.payloads == 1).then_some((&*self.diagnostics, &*self.ids))
    }
}

/// Puts diagnostics in the order of every report: offset, then rule.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.start, d.rule.name);
        key(a).cmp(&key(b)).then_with(|| a.pointer.cmp(&b.pointer))
    });
}

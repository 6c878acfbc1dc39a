//! The report on one document that is held in memory.

use super::{Counts, FileReport, Report};
use crate::lint::Outcome;
use crate::source::{LineIndex, locate};

impl Report {
    /// What was found in one document. `path` is the name to show for it, `text` what was checked.
    #[must_use]
    pub fn of_document(path: &str, text: &[u8], outcome: Outcome) -> Self {
        let index = LineIndex::new(text);
        let findings = outcome.diagnostics.into_iter();
        let file = FileReport {
            path: path.to_owned(),
            payloads: outcome.payloads,
            diagnostics: findings.map(|found| locate(found, &index, true)).collect(),
            not_shown: Counts::default(),
            silenced: 0,
        };
        Self {
            files: vec![file],
            errors: Vec::new(),
        }
    }
}

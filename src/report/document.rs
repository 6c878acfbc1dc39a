//! The report on one document that is held in memory, and a report as a text.

use super::{FileReport, Format, RenderOptions, Report, RunError};
use crate::diagnostic::locate;
use crate::lint::Outcome;
use crate::source::LineIndex;

impl Report {
    /// What was found in one document. `path` is the name to show for it, `text` what was checked.
    #[must_use]
    pub fn of_document(path: &str, text: &[u8], outcome: Outcome) -> Self {
        let index = LineIndex::new(text);
        let over_limit = outcome.over_limit;
        let (held, not_held) = outcome.diagnostics.finish();
        let findings = held.into_iter();
        let mut file = FileReport {
            path: path.to_owned(),
            payloads: outcome.payloads,
            diagnostics: findings.map(|found| locate(found, &index, true)).collect(),
            ..FileReport::default()
        };
        file.not_shown.add_not_held(&not_held);
        let error = over_limit.map(|over| RunError {
            file: path.to_owned(),
            message: over.limit.to_string(),
        });
        Self {
            files: vec![file],
            errors: error.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl Format {
    /// The whole report as a text.
    #[must_use]
    pub fn render(&self, report: &Report, options: &RenderOptions) -> String {
        let mut text = Vec::new();
        // A Vec takes everything, and every format writes UTF-8.
        let _ = (self.write)(report, options, &mut text);
        String::from_utf8(text).unwrap_or_default()
    }
}

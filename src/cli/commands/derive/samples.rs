//! `derive --check-samples`: a page's own payloads against its own table.
//!
//! Owns which samples are checked against which table, and their place in the page.

use std::path::Path;

use autopilot_lint::derive::{self, PageKind, Sample, SampleKind};
use autopilot_lint::diagnostic::{Located, locate};
use autopilot_lint::lint::{Linter, Options, Outcome, Scratch, UnknownRevision};
use autopilot_lint::report::{FileReport, RunError};
use autopilot_lint::source::LineIndex;
use autopilot_lint::text::sanitize;

use crate::cli::inputs::DerivedPage;

/// What the samples of a page gave.
pub(super) struct CheckedPage {
    pub(super) report: FileReport,
    /// The first sample that was not checked.
    pub(super) over_limit: Option<RunError>,
}

/// Checks the samples of the page at `path`. `frames` asks for the lines that a person is shown.
///
/// # Errors
/// When its model has no revision to check against.
pub(super) fn check(
    path: &Path,
    page: DerivedPage,
    frames: bool,
) -> Result<CheckedPage, UnknownRevision> {
    let DerivedPage { markdown, derived } = page;
    let mut report = FileReport {
        path: sanitize::display_path(path),
        ..FileReport::default()
    };
    if derived.model.types.is_empty() {
        // The page of an enumeration shows no payloads.
        return Ok(CheckedPage {
            report,
            over_limit: None,
        });
    }
    let mut over_limit = None;
    let linter = Linter::with_model(derived.model, &Options::default())?;
    let action = derive::page(&markdown).is_ok_and(|page| page.kind == PageKind::Action);
    let index = LineIndex::new(&markdown);
    for sample in derive::samples(&markdown) {
        if described(&sample, action) {
            let outcome = checked(&linter, &sample);
            if let Some(over) = outcome.over_limit {
                over_limit.get_or_insert_with(|| RunError {
                    file: report.path.clone(),
                    message: format!("line {}: the sample {}", sample.line, over.limit),
                });
            }
            report.payloads += outcome.payloads;
            let (held, not_held) = outcome.diagnostics.finish();
            report.not_shown.add_not_held(&not_held);
            let located = held.into_iter().map(|found| locate(found, &index, frames));
            report.diagnostics.extend::<Vec<Located>>(located.collect());
        }
    }
    Ok(CheckedPage { report, over_limit })
}

/// Whether the page's table describes a sample: it describes neither skeletons nor what an action
/// returns.
fn described(sample: &Sample<'_>, action: bool) -> bool {
    match sample.kind {
        SampleKind::Request => true,
        SampleKind::Response => !action,
        SampleKind::Representation => false,
    }
}

/// What is found in a sample, in bytes of the page.
fn checked(linter: &Linter, sample: &Sample<'_>) -> Outcome {
    let mut outcome = linter.check(sample.text.as_bytes(), &mut Scratch::default());
    for found in &mut outcome.diagnostics {
        found.shift(sample.offset);
    }
    outcome
}

//! `autopilot-lint derive --check-samples`: a page's own payloads against its own table.
//!
//! Owns which samples are held against which table, and their place in the page.

use std::path::Path;

use autopilot_lint::derive::{self, Derived, PageKind, Sample, SampleKind};
use autopilot_lint::diagnostic::{Located, locate};
use autopilot_lint::lint::{Linter, Options, Outcome, Scratch};
use autopilot_lint::report::FileReport;
use autopilot_lint::source::LineIndex;
use autopilot_lint::text::sanitize;

/// Checks the samples of a page. `frames` asks for the lines that a person is shown.
///
/// # Errors
/// A sentence, where its model cannot be checked against.
pub(crate) fn check(
    path: &Path,
    markdown: &str,
    derived: Derived,
    frames: bool,
) -> Result<FileReport, String> {
    let mut report = FileReport {
        path: sanitize::display_path(path),
        ..FileReport::default()
    };
    if derived.model.types.is_empty() {
        // The page of an enumeration shows no payloads.
        return Ok(report);
    }
    let linter = Linter::with_model(derived.model, &Options::default());
    let linter = linter.map_err(|unknown| unknown.to_string())?;
    let action = derive::page(markdown).is_ok_and(|page| page.kind == PageKind::Action);
    let index = LineIndex::new(markdown);
    for sample in derive::samples(markdown) {
        if described(&sample, action) {
            let outcome = checked(&linter, &sample);
            report.payloads += outcome.payloads;
            let found = outcome.diagnostics.into_iter();
            let located = found.map(|found| locate(found, &index, frames));
            report.diagnostics.extend::<Vec<Located>>(located.collect());
        }
    }
    Ok(report)
}

/// Whether the table of the page speaks of a sample: not of skeletons, nor of what an action gives
/// back.
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

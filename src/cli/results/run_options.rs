//! What every file of a run is checked with, whatever its linter.

use autopilot_lint::diagnostic::{Applicability, Severity};

use super::recognition::Recognition;
use crate::cli::budget::Budget;
use crate::cli::inputs::UnpackLimit;
use crate::cli::outputs::Progress;

/// Limits, what the reports want, and who waits for them.
#[derive(Clone, Copy)]
pub(crate) struct RunOptions<'a> {
    /// Largest document, in bytes.
    pub(crate) max_file_size: u64,
    /// Most that comes out of an archive.
    pub(crate) max_unpacked: UnpackLimit,
    /// The memory for which documents queue.
    pub(crate) budget: &'a Budget,
    /// Most findings of one file in the report.
    pub(crate) max_diagnostics: usize,
    /// The severity from which findings are shown; the others are counted.
    pub(crate) show: Severity,
    /// Fixes are made: these, and surer ones.
    pub(crate) fixes: Option<Applicability>,
    /// Threads that may share one file; those of the pool that this runs in.
    pub(crate) threads: usize,
    /// A format shows the source.
    pub(crate) frames: bool,
    /// No format may show what may identify a person or device.
    pub(crate) redacted: bool,
    /// Tells what no report is about.
    pub(crate) recognition: &'a Recognition,
    pub(crate) progress: Option<&'a Progress<'a>>,
}

impl RunOptions<'_> {
    /// Counts bytes that are checked now.
    pub(crate) fn advance(&self, bytes: usize) {
        if let Some(progress) = self.progress {
            progress.advance(bytes);
        }
    }
}

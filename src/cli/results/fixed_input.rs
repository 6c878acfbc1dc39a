//! What fixing an input gave.

use std::fs::File;
use std::ops::Range;

/// An input that was fixed, or would be.
#[derive(Debug, Default)]
pub(crate) struct FixedInput {
    /// How many findings.
    pub(crate) findings: usize,
    /// Where the difference stands among those of the run, in bytes.
    pub(crate) diff: Option<Range<u64>>,
    /// What became of standard input.
    pub(crate) text: Option<File>,
}

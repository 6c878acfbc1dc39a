//! An input that was checked.

use autopilot_lint::json::Limit;
use autopilot_lint::lint::Outcome;
use autopilot_lint::policy::Tally;
use autopilot_lint::report::FileReport;

use super::fix_error::FixError;
use super::fixed_input::FixedInput;
use crate::cli::inputs::{ReadError, Reason};

/// What one input gave; nothing yet by default.
#[derive(Default)]
pub(crate) struct CheckedInput {
    pub(crate) report: FileReport,
    pub(crate) ending: Ending,
}

/// How the check of an input ended.
#[derive(Default)]
pub(crate) struct Ending {
    /// Why it was not checked to its end. What was found before counts all the same.
    pub(crate) error: Option<FileError>,
    /// What the policy did with its findings.
    pub(crate) tally: Tally,
    /// Why it does not belong in the report, if it does not.
    pub(crate) passed_over: Option<Reason>,
    /// Something in it can be fixed, as the run is asked to.
    pub(crate) has_fixes: bool,
    /// What fixing it gave.
    pub(crate) fixed: FixedInput,
    /// Why it was not fixed, although something in it can be.
    pub(crate) not_fixed: Option<FixError>,
}

impl Ending {
    /// Whether it is to be fixed: what was not checked to its end is left alone.
    pub(crate) const fn is_to_be_fixed(&self) -> bool {
        self.has_fixes && self.error.is_none() && self.passed_over.is_none()
    }
}

/// Why an input was not checked to its end. Does not name it: the report does.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileError {
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A line of JSON Lines, by its number, has more bytes than `limit`.
    #[error("line {line} exceeds the limit of {limit} bytes for JSON Lines")]
    LineTooLong { line: usize, limit: usize },
    /// A document in it is beyond a limit of the parser, on this line where it is one of several.
    #[error("{}{limit}", line.map_or_else(String::new, |line| format!("line {line} ")))]
    OverLimit { line: Option<usize>, limit: Limit },
    /// A document of several lines in JSON Lines has more bytes than `limit`.
    #[error(
        "the document that begins in line {line} exceeds the limit of {limit} bytes; raise it with \
         --max-file-size"
    )]
    DocumentTooLong { line: usize, limit: usize },
    /// Checking it may take this many bytes of memory, more than there is for one document.
    #[error(
        "may need {0} bytes of memory, more than half of what --max-memory allows; raise it, or \
         split the file"
    )]
    AboveMaxMemory(u64),
    /// A panic, which has been printed.
    #[error("internal error; please report it, with this file if you can share it")]
    Internal,
}

impl FileError {
    /// What kept a file that is one document from being checked.
    pub(crate) fn of_document(outcome: &Outcome) -> Option<Self> {
        let limit = outcome.over_limit?.limit;
        Some(Self::OverLimit { line: None, limit })
    }
}

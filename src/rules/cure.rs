//! What to do about a finding: the help and the fix that come from one look at a value.
//!
//! Knows no rule.

use crate::diagnostic::Fix;
use crate::text::words::Words;

/// What to do about a finding.
#[derive(Debug, Default)]
pub(crate) struct Cure {
    /// What a person is told.
    pub(crate) help: Option<Words>,
    /// What mends it.
    pub(crate) fix: Option<Fix>,
}

impl Cure {
    /// What a person has to do.
    pub(crate) fn help(help: impl Into<Words>) -> Self {
        Self::new(help, None)
    }

    /// What a person has to do, or a fix does.
    pub(crate) fn new(help: impl Into<Words>, fix: impl Into<Option<Fix>>) -> Self {
        Self {
            help: Some(help.into()),
            fix: fix.into(),
        }
    }
}

//! A fault in a configuration file, with its place.

use std::fmt;
use std::ops::Range;

use crate::policy::selection::Refusal;

/// A fault in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong, without a full stop. Untrusted text in it is not yet made safe.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The bytes of the text that it is about.
    pub span: Range<usize>,
}

impl ConfigError {
    pub(super) fn refused(refusal: Refusal, span: Range<usize>) -> Self {
        Self {
            message: refusal.message,
            help: refusal.help,
            span,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

//! An error of the operating system, worded for people.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;

/// Displays the system's words without its error number.
#[derive(Debug)]
pub(crate) struct SystemError(io::Error);

impl SystemError {
    pub(crate) fn is_not_found(&self) -> bool {
        self.0.kind() == io::ErrorKind::NotFound
    }
}

impl From<io::Error> for SystemError {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

impl Display for SystemError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let words = text.split_once(" (os error").map(|(words, _)| words);
        f.write_str(words.unwrap_or(&text))
    }
}

impl Error for SystemError {}

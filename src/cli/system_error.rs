//! An error of the operating system, worded for people.
//!
//! The words are the system's, on Windows in its user's language; ours where those do not say what
//! to do.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;

/// Displays the system's words without its error number and without a full stop.
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
        let code = self.0.raw_os_error().filter(|_| cfg!(windows));
        if code.is_some_and(|code| IN_USE.contains(&code)) {
            return f.write_str("another program has it open");
        }
        let text = self.0.to_string();
        let words = text.split_once(" (os error").map(|(words, _)| words);
        f.write_str(words.unwrap_or(&text).trim_end_matches('.'))
    }
}

/// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
const IN_USE: [i32; 2] = [32, 33];

impl Error for SystemError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_words_and_no_sentences() {
        let not_found = io::Error::from_raw_os_error(2);
        let words = SystemError::from(not_found).to_string();
        assert!(!words.is_empty() && !words.contains("os error") && !words.ends_with('.'));
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_is_open_elsewhere_is_said_to_be() {
        use std::os::windows::fs::OpenOptionsExt;
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.into_temp_path();
        let _alone = std::fs::File::options()
            .read(true)
            .share_mode(0)
            .open(&path)
            .unwrap();
        let refused = std::fs::File::open(&path).unwrap_err();
        assert_eq!(
            SystemError::from(refused).to_string(),
            "another program has it open"
        );
    }
}

//! Which way a text is mended: line by line, element by element, or as a whole.

use std::fs::File;
use std::io::{self, Seek};

use autopilot_lint::diagnostic::Applicability;
use autopilot_lint::lint::{Linter, Scratch};
use autopilot_lint::policy::Filter;

use super::mender::{Mended, Mender};
use super::stop::Stop;
use crate::cli::budget::Permit;
use crate::cli::inputs::Buffer;
use crate::cli::outputs::rewrite;
use crate::cli::results::{FixError, RunOptions};
use crate::cli::streams::{Mend, array, lines};

/// Size of a document from which on it is mended element by element, in bytes.
const STREAMED_FROM: u64 = 64 << 10;

/// A text that is to be mended.
pub(super) struct Text<'a> {
    pub(super) file: &'a File,
    pub(super) json_lines: bool,
    pub(super) linter: &'a Linter,
    pub(super) options: RunOptions<'a>,
    pub(super) most: Applicability,
    /// It is said what becomes something else.
    pub(super) changes: bool,
    /// It cannot be read again later, and takes its memory without asking.
    pub(super) goes_without: bool,
}

impl Text<'_> {
    /// Writes the text, mended, to an empty file.
    ///
    /// # Errors
    /// When it cannot be, or there is no memory for it yet.
    pub(super) fn mend(&self, filter: &Filter<'_>, new: &File) -> Result<Mended, Stop> {
        let begin = || {
            Mender::new(
                filter.clone(),
                self.most,
                rewrite::writer(new),
                self.changes,
            )
        };
        if self.json_lines {
            let mut mender = begin();
            lines::mend(self.file, self.linter, &self.options, &mut mender)?;
            return Ok(mender.finish()?);
        }
        let length = self.file.metadata().map_err(FixError::from)?.len();
        if length >= STREAMED_FROM {
            let mut mender = begin();
            let done = array::mend(self.file, length, self.linter, &self.options, &mut mender)?;
            let streamed = mender.finish()?;
            if done.is_some() {
                return Ok(streamed);
            }
            empty(new).map_err(FixError::write)?;
        }
        let _permit = self.claim(length)?;
        let mut mender = begin();
        self.mend_whole(&mut mender)?;
        Ok(mender.finish()?)
    }

    /// The memory for the text before, the text after, and the check of that.
    fn claim(&self, length: u64) -> Result<Option<Permit<'_>>, Stop> {
        if length < STREAMED_FROM || self.goes_without {
            return Ok(None);
        }
        Ok(Some(self.options.budget.claim(length.saturating_mul(2))?))
    }

    fn mend_whole(&self, mender: &mut dyn Mend) -> Result<(), FixError> {
        let mut text = Buffer::default();
        let mut file = self.file;
        file.rewind()?;
        text.fill_to_end(file, self.options.max_file_size)?;
        let mut scratch = Scratch::default();
        let mut check = |text: &[u8]| self.linter.check(text, &mut scratch).diagnostics;
        let found = check(text.bytes());
        mender.mend(text.bytes(), found, &mut check)
    }
}

fn empty(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()
}

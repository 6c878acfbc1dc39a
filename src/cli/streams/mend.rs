//! Texts that are mended piece by piece, in their order.
//!
//! Owns what a piece is: what stays as it is, and a text that is checked on its own. Must not know
//! how a fix is made or where the new text goes.

use autopilot_lint::diagnostic::Diagnostics;

use crate::cli::results::FixError;

/// Checks what becomes of a text.
pub(crate) type Check<'c> = dyn FnMut(&[u8]) -> Diagnostics + 'c;

/// Takes a text piece by piece.
pub(crate) trait Mend: Send {
    /// Takes what stays as it is.
    ///
    /// # Errors
    /// When it cannot be written.
    fn keep(&mut self, text: &[u8]) -> Result<(), FixError>;

    /// Takes what has become another text.
    ///
    /// # Errors
    /// When that cannot be written.
    fn replace(&mut self, old: &[u8], new: &[u8]) -> Result<(), FixError>;

    /// Fixes what was found in a text that is checked on its own; `None` where nothing is fixed. Does
    /// not take the text yet.
    ///
    /// # Errors
    /// When a fix does not do what it should.
    fn repair(
        &mut self,
        text: &[u8],
        found: Diagnostics,
        check: &mut Check<'_>,
    ) -> Result<Option<Vec<u8>>, FixError>;

    /// Takes a text that is checked on its own, fixed.
    ///
    /// # Errors
    /// When a fix does not do what it should, or the text cannot be written.
    fn mend(
        &mut self,
        text: &[u8],
        found: Diagnostics,
        check: &mut Check<'_>,
    ) -> Result<(), FixError> {
        match self.repair(text, found, check)? {
            Some(new) => self.replace(text, &new),
            None => self.keep(text),
        }
    }

    /// Takes a text that has become another one, or stays as it is.
    ///
    /// # Errors
    /// When it cannot be written.
    fn mend_to(&mut self, old: &[u8], new: &[u8]) -> Result<(), FixError> {
        if old == new {
            self.keep(old)
        } else {
            self.replace(old, new)
        }
    }
}

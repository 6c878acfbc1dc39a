//! Checks an input, fixes it, and checks what became of it.
//!
//! Owns that an input without a fix costs no more than its check.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::document::FileBuffers;
use super::file::{Postponed, StandardInput};
use super::task::Task;
use crate::cli::fixing::{FixJob, Fixing, Stop};
use crate::cli::inputs::{InputPath, ReadError};
use crate::cli::results::{CheckedInput, FileError, FixError, FixedInput, RunOptions};

impl Task<'_> {
    /// Checks the input and fixes it; the report is about what became of it. `before`: what is known
    /// from an earlier try.
    ///
    /// # Errors
    /// When others have the memory for it.
    pub(super) fn check_and_fix(
        &self,
        fixing: &Fixing,
        buffers: &mut FileBuffers,
        before: Postponed,
    ) -> Result<CheckedInput, Postponed> {
        if self.input.path == InputPath::StandardInput {
            return Ok(self.fix_standard_input(fixing, buffers));
        }
        let fixed = if let Some(fixed) = before.fixed {
            fixed
        } else {
            let checked = self.check(buffers, None, before.length)?;
            match self.fix(fixing, None, checked)? {
                Fixed::AsItIs(checked) => return Ok(*checked),
                Fixed::Changed(fixed) => fixed,
            }
        };
        match self
            .again(StandardInput::Read)
            .check(buffers, None, before.length)
        {
            Ok(mut checked) => {
                checked.ending.fixed = fixed;
                Ok(checked)
            }
            Err(postponed) => Err(Postponed {
                fixed: Some(fixed),
                ..postponed
            }),
        }
    }

    /// Standard input is read once, and takes what memory it needs.
    fn fix_standard_input(&self, fixing: &Fixing, buffers: &mut FileBuffers) -> CheckedInput {
        let text = match tempfile::tempfile() {
            Ok(text) => text,
            Err(error) => return self.failed(ReadError::from(error).into()),
        };
        let task = self.with(StandardInput::Kept(&text));
        let checked = task.check(buffers, None, None);
        let mut checked = checked.unwrap_or_else(|_| self.failed(FileError::Internal));
        if checked.ending.error.is_some() {
            return checked;
        }
        // What is something else than JSON may not have been read to its end.
        if let Err(error) = io::copy(&mut io::stdin(), &mut &text) {
            checked.ending.error = Some(ReadError::from(error).into());
            return checked;
        }
        let fixed = self.fix(fixing, Some(&text), checked);
        match fixed.unwrap_or_else(|_| Fixed::AsItIs(self.failed(FileError::Internal).into())) {
            Fixed::AsItIs(mut checked) => {
                checked.ending.fixed.text = Some(text);
                *checked
            }
            Fixed::Changed(fixed) => {
                let new = fixed.text.as_ref().unwrap_or(&text);
                let again = self.again(StandardInput::WasRead(new));
                let checked = again.check(buffers, None, None);
                let mut checked = checked.unwrap_or_else(|_| self.failed(FileError::Internal));
                checked.ending.fixed = fixed;
                checked
            }
        }
    }

    /// Fixes an input that was checked.
    fn fix(
        &self,
        fixing: &Fixing,
        standard_input: Option<&File>,
        mut checked: CheckedInput,
    ) -> Result<Fixed, Postponed> {
        if !checked.ending.is_to_be_fixed() {
            return Ok(Fixed::AsItIs(checked.into()));
        }
        let job = FixJob {
            input: self.input,
            standard_input,
            linter: &self.profile.linter,
            filter: self.filter(),
            options: self.options,
            fixing,
        };
        let run = catch_unwind(AssertUnwindSafe(|| job.run()));
        match run.unwrap_or(Err(Stop::Failed(FixError::Internal))) {
            Ok(fixed) if fixed.findings > 0 && fixing.diffs.is_none() => {
                return Ok(Fixed::Changed(fixed));
            }
            Ok(fixed) => checked.ending.fixed = fixed,
            Err(Stop::Failed(error)) => checked.ending.not_fixed = Some(error),
            Err(Stop::Postponed(length)) => return Err(Postponed::of(length)),
        }
        Ok(Fixed::AsItIs(checked.into()))
    }

    /// The same for another check of the input, which nobody waits for.
    fn again<'b>(&'b self, standard_input: StandardInput<'b>) -> Task<'b> {
        let options = RunOptions {
            progress: None,
            ..self.options
        };
        Task {
            options,
            ..self.with(standard_input)
        }
    }
}

/// What became of an input.
enum Fixed {
    /// It is as it was.
    AsItIs(Box<CheckedInput>),
    Changed(FixedInput),
}

//! An input with everything it is checked by, isolated from the others: a panic during its
//! check costs the findings of no other input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use autopilot_lint::lint::{Duplicates, Outcome};
use autopilot_lint::policy::Filter;

use super::document::{self, FileBuffers};
use super::file::{FileCheck, Postponed, StandardInput};
use crate::cli::inputs::{Claim, FileKind, Input, OpenFile, Reason};
use crate::cli::results::{CheckedInput, Collector, FileError, RunOptions, Segment};
use crate::cli::settings::{Profile, RunSettings};

#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) input: &'a Input,
    pub(super) profile: &'a Profile,
    pub(super) settings: &'a RunSettings,
    pub(super) options: RunOptions<'a>,
    pub(super) standard_input: StandardInput<'a>,
}

/// A document that was checked and is not in a report yet.
#[derive(Default)]
pub(super) struct HeldDocument {
    text: Vec<u8>,
    pub(super) outcome: Outcome,
    passed_over: Option<Reason>,
    error: Option<FileError>,
}

impl<'a> Task<'a> {
    /// Checks the input. `seen` has the identifiers of those before it, if they count; `length` is
    /// how long its document proved to be.
    ///
    /// # Errors
    /// When others have the memory for it.
    pub(super) fn check(
        &self,
        buffers: &mut FileBuffers,
        seen: Option<&mut Duplicates>,
        length: Option<u64>,
    ) -> Result<CheckedInput, Postponed> {
        let check = || {
            let file = FileCheck {
                input: self.input,
                collector: self.collector(),
                seen,
                length,
                standard_input: self.standard_input,
            };
            Ok(file.run(buffers))
        };
        isolated(check).unwrap_or_else(|error| {
            *buffers = FileBuffers::default();
            Ok(self.failed(error))
        })
    }

    /// The part of the report of an input that was not checked.
    pub(super) fn failed(&self, error: FileError) -> CheckedInput {
        self.collector().finish(&self.input.name, Some(error))
    }

    /// The size of a document in a file that is not compressed, in bytes; `None` for anything else.
    pub(super) fn document_size(&self) -> Option<u64> {
        let is_document = self.input.kind() == FileKind::PLAIN_DOCUMENT;
        is_document.then(|| self.input.size()).flatten()
    }

    /// Checks the document that the input is, and holds it.
    pub(super) fn hold(&self, buffers: &mut FileBuffers) -> HeldDocument {
        isolated(|| self.try_hold(buffers)).unwrap_or_else(|error| {
            *buffers = FileBuffers::default();
            HeldDocument {
                error: Some(error),
                ..HeldDocument::default()
            }
        })
    }

    fn try_hold(&self, buffers: &mut FileBuffers) -> Result<HeldDocument, FileError> {
        buffers.text.clear();
        let OpenFile { file, size } = self.input.open()?;
        let limit = self.options.max_file_size;
        match size {
            Some(size) => buffers.text.fill_from_file(&file, size, limit)?,
            None => buffers.text.fill_to_end(file, limit)?,
        }
        let checked = document::check(self.input, &self.profile.linter, &self.options, buffers);
        Ok(match checked {
            Ok(outcome) => HeldDocument {
                text: buffers.text.bytes().to_vec(),
                error: FileError::of_document(&outcome),
                outcome,
                ..HeldDocument::default()
            },
            Err(reason) => HeldDocument {
                passed_over: Some(reason),
                ..HeldDocument::default()
            },
        })
    }

    /// Makes a held document's part of the report.
    pub(super) fn release(&self, held: HeldDocument) -> CheckedInput {
        let mut collector = self.collector();
        if let Some(reason) = held.passed_over {
            collector.pass_over(reason);
        }
        let Outcome {
            diagnostics,
            payloads,
            ..
        } = held.outcome;
        collector.add(Segment::whole(&held.text), diagnostics, payloads);
        collector.finish(&self.input.name, held.error)
    }

    /// The same with standard input from somewhere.
    pub(super) fn with<'b>(&'b self, standard_input: StandardInput<'b>) -> Task<'b> {
        Task {
            standard_input,
            ..*self
        }
    }

    /// What is kept of its findings.
    pub(super) fn filter(&self) -> Filter<'a> {
        self.settings.filter(self.input, &self.profile.settings)
    }

    fn collector(&self) -> Collector<'a> {
        let linter = &self.profile.linter;
        let collector = Collector::new(linter, self.options, self.filter());
        if self.input.claim == Claim::None {
            return collector.looking_for_events();
        }
        collector
    }
}

/// Does what may panic. Whatever it was about to change must not be used again then.
fn isolated<T>(work: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(FileError::Internal))
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn a_panic_is_an_error_of_its_file_alone() {
        let check = |number: usize| {
            isolated(|| match number {
                7 => panic!("\u{1b}"),
                number => Ok(number),
            })
        };
        let checked: Vec<_> = (0..100).into_par_iter().map(check).collect();
        for (number, checked) in checked.into_iter().enumerate() {
            match checked {
                Ok(same) => assert_eq!(same, number),
                Err(error) => assert!(
                    number == 7 && matches!(error, FileError::Internal),
                    "{number}"
                ),
            }
        }
    }
}

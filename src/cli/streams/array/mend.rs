//! Mends a long array element by element, and what stands around them.

use std::fs::File;

use autopilot_lint::json::Tape;
use autopilot_lint::lint::{FixableElement, Linter, Scratch, Shell};

use super::chunk::ChunkedArray;
use super::ends::ArrayEnds;
use super::limits::ArrayLimits;
use super::merge::merge;
use crate::cli::budget::Budget;
use crate::cli::inputs::Buffer;
use crate::cli::results::{FixError, RunOptions};
use crate::cli::streams::mend::Mend;

/// Bytes that are copied at a time.
const STEP: usize = 256 << 10;
/// Bytes of elements up to which they take their memory unasked.
const LONG: usize = 1 << 20;

/// Mends the array that a file of `length` bytes holds; `None` where it has to be held as a whole, and
/// what was given to `mender` by then does not count.
///
/// # Errors
/// When the file cannot be read, or what becomes of it cannot be written.
pub(crate) fn mend(
    file: &File,
    length: u64,
    linter: &Linter,
    options: &RunOptions<'_>,
    mender: &mut dyn Mend,
) -> Result<Option<()>, FixError> {
    let limits = ArrayLimits::within(options.budget);
    mend_within(limits, (file, length), linter, options, mender)
}

fn mend_within(
    limits: ArrayLimits,
    (file, length): (&File, u64),
    linter: &Linter,
    options: &RunOptions<'_>,
    mender: &mut dyn Mend,
) -> Result<Option<()>, FixError> {
    let bytes = usize::try_from(length).unwrap_or(usize::MAX);
    let Some(ends) = ArrayEnds::read(file, bytes, limits.around, |_| true)? else {
        return Ok(None);
    };
    let mut tape = Tape::new();
    let Some(shell) = Shell::read(linter, &ends.text, &mut tape) else {
        return Ok(None);
    };
    if shell.array().start != ends.open {
        return Ok(None);
    }
    let Some([before, after]) = around(&ends, &shell, linter, mender)? else {
        return Ok(None);
    };
    let (old_before, old_after) = ends.text.split_at(ends.open + 1);
    mender.mend_to(old_before, &before)?;
    let mut elements = Elements {
        file,
        shell: &shell,
        budget: options.budget,
        mender,
        at: ends.open + 1,
        count: 0,
        scratch: Scratch::default(),
        text: Buffer::default(),
    };
    let array = ChunkedArray::new(limits, file, &ends, &shell, options.budget);
    let mut failed = None;
    let merged = merge(&array, options.threads, |stretch| {
        let (fixable, count) = shell.fixable(stretch.part, elements.count);
        elements.count += count;
        let taken = fixable.into_iter().try_for_each(|one| elements.take(one));
        taken.map_err(|error| failed = Some(error)).ok()
    });
    if let Some(error) = failed {
        return Err(error);
    }
    if merged.is_none() {
        return Ok(None);
    }
    elements.keep_to(ends.close)?;
    elements.mender.mend_to(old_after, &after)?;
    Ok(Some(()))
}

/// What stands before the elements and after them, fixed; `None` where what comes of it is no array of
/// elements any more.
fn around(
    ends: &ArrayEnds,
    shell: &Shell<'_>,
    linter: &Linter,
    mender: &mut dyn Mend,
) -> Result<Option<[Vec<u8>; 2]>, FixError> {
    let Ok(found) = shell.found_around() else {
        return Ok(None);
    };
    let repaired = mender.repair(&ends.text, found, &mut |text| {
        let mut tape = Tape::new();
        let shell = Shell::read(linter, text, &mut tape);
        let found = shell.and_then(|shell| shell.found_around().ok());
        found.unwrap_or_else(|| linter.check(text, &mut Scratch::default()).diagnostics)
    })?;
    let (text, open) = match repaired {
        None => (ends.text.clone(), ends.open),
        Some(text) => {
            let mut tape = Tape::new();
            let Some(shell) = Shell::read(linter, &text, &mut tape) else {
                return Ok(None);
            };
            let open = shell.array().start;
            (text, open)
        }
    };
    let (before, after) = text.split_at(open + 1);
    Ok(Some([before.to_vec(), after.to_vec()]))
}

/// Takes elements in their order, and what is between them.
struct Elements<'a> {
    file: &'a File,
    shell: &'a Shell<'a>,
    budget: &'a Budget,
    mender: &'a mut dyn Mend,
    /// How far the file was taken.
    at: usize,
    /// How many were read.
    count: usize,
    scratch: Scratch,
    text: Buffer,
}

impl Elements<'_> {
    fn take(&mut self, element: FixableElement) -> Result<(), FixError> {
        let FixableElement { span, index, found } = element;
        self.keep_to(span.start)?;
        let length = span.end - span.start;
        let permit = (length > LONG).then(|| self.budget.wait_for(length));
        self.text.clear();
        self.text.fill_from(self.file, span.start, length)?;
        let Self {
            shell,
            scratch,
            text,
            mender,
            ..
        } = self;
        let mut check = |text: &[u8]| {
            let text_of_element = str::from_utf8(text).unwrap_or_default();
            let found = shell.check_alone(text_of_element, index, scratch);
            // What is no single element any more has a fault that a check of it as a document names.
            found.unwrap_or_else(|| shell.linter().check(text, scratch).diagnostics)
        };
        let found = found.unwrap_or_else(|| check(text.bytes()));
        mender.mend(text.bytes(), found, &mut check)?;
        self.at = span.end;
        if permit.is_some() {
            self.scratch = Scratch::default();
        }
        Ok(())
    }

    /// Takes the file as it is up to this byte.
    fn keep_to(&mut self, end: usize) -> Result<(), FixError> {
        while self.at < end {
            self.text.clear();
            let wanted = (end - self.at).min(STEP);
            self.text.fill_from(self.file, self.at, wanted)?;
            if self.text.bytes().is_empty() {
                return Err(FixError::Changed);
            }
            self.at += self.text.bytes().len();
            self.mender.keep(self.text.bytes())?;
        }
        Ok(())
    }
}

//! Mends JSON Lines: the lines of a chunk are checked on several threads, and mended one after the
//! other.

use std::fs::File;
use std::ops::{ControlFlow, Range};

use autopilot_lint::diagnostic::Diagnostics;
use autopilot_lint::lint::{Linter, Outcome, Scratch};
use memchr::memchr_iter;

use super::chunk::{Chunk, End, LineLimits, LineReader};
use super::rest::Rest;
use super::{LONG, limits_within};
use crate::cli::inputs::Buffer;
use crate::cli::results::{FixError, RunOptions};
use crate::cli::streams::in_order::{self, Numbered, Tickets, Work};
use crate::cli::streams::mend::Mend;
use crate::cli::streams::pool::Pool;

/// Mends the lines of a file, each on its own.
///
/// # Errors
/// When the file cannot be read, or what becomes of it cannot be written.
pub(crate) fn mend(
    file: &File,
    linter: &Linter,
    options: &RunOptions<'_>,
    mender: &mut dyn Mend,
) -> Result<(), FixError> {
    let lines = Lines {
        file,
        linter,
        options,
        limits: limits_within(options.budget),
        buffers: Pool::new(),
    };
    let mut merge = Merge {
        linter,
        options,
        mender,
        rest: Rest::default(),
        scratch: Scratch::default(),
    };
    let mut ended = Ok(());
    in_order::run(&lines, options.threads, |Numbered { value, .. }| {
        let CheckedChunk {
            text,
            chunk,
            faulty,
            all_json,
        } = value;
        let last = chunk.end.is_some();
        let own = &text.bytes()[chunk.lines];
        let taken = merge.take(own, chunk.offset, faulty, all_json, last);
        lines.buffers.put_back(text);
        ended = match chunk.end {
            _ if taken.is_err() => taken,
            Some(End::Unreadable(error)) => Err(FixError::Read(error.into())),
            // The check ended before it.
            Some(End::TooLong) => Err(FixError::Changed),
            Some(End::All) => return ControlFlow::Break(()),
            None => return ControlFlow::Continue(()),
        };
        ControlFlow::Break(())
    });
    ended
}

/// Reads and checks chunks.
struct Lines<'a> {
    file: &'a File,
    linter: &'a Linter,
    options: &'a RunOptions<'a>,
    limits: LineLimits,
    buffers: Pool<Buffer>,
}

/// A line in which something can be fixed: its bytes in the chunk, and what was found in it.
type FaultyLine = (Range<usize>, Diagnostics);

struct CheckedChunk {
    text: Buffer,
    chunk: Chunk,
    faulty: Vec<FaultyLine>,
    /// Each line is a document, or blank.
    all_json: bool,
}

impl Work for Lines<'_> {
    type State = Scratch;
    type Done = CheckedChunk;

    fn next(&self, tickets: &Tickets, scratch: &mut Scratch) -> Option<Numbered<CheckedChunk>> {
        let mut text = self.buffers.take();
        text.clear();
        let Numbered {
            number,
            value: chunk,
        } = self.file.read_chunk(self.limits, tickets, &mut text)?;
        let lines = &text.bytes()[chunk.lines.clone()];
        let long = lines.len() > LONG;
        let permit = long.then(|| self.options.budget.wait_for(lines.len()));
        let (faulty, all_json) = self.check(lines, scratch);
        if permit.is_some() {
            *scratch = Scratch::default();
        }
        let value = CheckedChunk {
            text,
            chunk,
            faulty,
            all_json,
        };
        Some(Numbered { number, value })
    }
}

impl Lines<'_> {
    fn check(&self, text: &[u8], scratch: &mut Scratch) -> (Vec<FaultyLine>, bool) {
        let (mut faulty, mut all_json) = (Vec::new(), true);
        let mut start = 0;
        for end in memchr_iter(b'\n', text).chain([text.len()]) {
            let line = &text[start..end];
            if !line.iter().all(u8::is_ascii_whitespace) {
                let mut outcome = Outcome::default();
                all_json &= self.linter.check_part(line, 0, 0, scratch, &mut outcome);
                let found = outcome.diagnostics;
                if found.iter().any(|found| found.fix.is_some()) {
                    faulty.push((start..end, found));
                }
            }
            start = end + 1;
        }
        (faulty, all_json)
    }
}

/// Takes the chunks in their order.
struct Merge<'a> {
    linter: &'a Linter,
    options: &'a RunOptions<'a>,
    mender: &'a mut dyn Mend,
    rest: Rest,
    scratch: Scratch,
}

impl Merge<'_> {
    /// Takes the lines of the next chunk, which stand at byte `offset`.
    fn take(
        &mut self,
        lines: &[u8],
        offset: usize,
        faulty: Vec<FaultyLine>,
        all_json: bool,
        last: bool,
    ) -> Result<(), FixError> {
        if !self.rest.is_empty() || !all_json {
            self.rest.add(lines, offset, 1);
            return self.take_rest(last);
        }
        let mut at = 0;
        for (line, found) in faulty {
            self.mender.keep(&lines[at..line.start])?;
            at = line.end;
            let check = &mut checking(self.linter, &mut self.scratch);
            self.mender.mend(&lines[line], found, check)?;
        }
        self.mender.keep(&lines[at..])
    }

    /// Takes the documents of lines that are not a document each.
    fn take_rest(&mut self, last: bool) -> Result<(), FixError> {
        let Self {
            linter,
            mender,
            rest,
            scratch,
            options,
        } = self;
        let long = rest.text.len() > LONG;
        let _permit = long.then(|| options.budget.wait_for(rest.text.len()));
        let mut texts = Vec::new();
        let taken = rest.split(last, |text, at| texts.push(at..at + text.len()));
        let mut at = 0;
        for text in texts {
            mender.keep(&rest.text[at..text.start])?;
            at = text.end;
            let text = &rest.text[text];
            let mut check = checking(linter, scratch);
            let found = check(text);
            mender.mend(text, found, &mut check)?;
        }
        mender.keep(&rest.text[at..taken])?;
        rest.remove(taken);
        Ok(())
    }
}

/// Checks a text on its own.
fn checking(linter: &Linter, scratch: &mut Scratch) -> impl FnMut(&[u8]) -> Diagnostics {
    |text| {
        let mut outcome = Outcome::default();
        linter.check_part(text, 0, 0, scratch, &mut outcome);
        outcome.diagnostics
    }
}

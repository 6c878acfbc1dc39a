//! JSON Lines: chunks of whole lines are read and checked on several threads and reported in order.
//!
//! Memory is bounded by the chunks under way and by the identifiers of the last events, which are
//! kept to find those that come again.

mod chunk;
mod detect;

use std::ops::ControlFlow;

use autopilot_lint::lint::{Duplicates, Linter, Outcome, OverLimit, Scratch};
use memchr::memchr_iter;

use crate::cli::budget::Budget;
use crate::cli::inputs::Buffer;
use crate::cli::results::{Collector, FileError, Segment, add_repeated};
use crate::cli::streams::in_order::{self, Numbered, Tickets, Work};
use crate::cli::streams::pool::Pool;
use chunk::{Chunk, End, LineLimits};

pub(crate) use chunk::{LineReader, SequentialReader};
pub(crate) use detect::begins_with_lines;

/// Checks the lines of a file. `name` is what messages call the file; `seen` has the identifiers
/// that came before.
///
/// # Errors
/// When it cannot be read to its end. What was found until then is kept.
pub(crate) fn check(
    reader: &impl LineReader,
    collector: &mut Collector<'_>,
    name: &str,
    seen: &mut Duplicates,
) -> Result<(), FileError> {
    let budget = collector.options.budget;
    let limits = LineLimits {
        line: budget.longest_part(LineLimits::DEFAULT.line),
        ..LineLimits::DEFAULT
    };
    let lines = Lines {
        linter: collector.linter,
        budget,
        reader,
        limits,
        buffers: Pool::new(),
    };
    let mut line = 1;
    let mut ended = Ok(());
    let mut over_limit = None;
    in_order::run(
        &lines,
        collector.options.threads,
        |Numbered { value, .. }| {
            let CheckedChunk { text, chunk, found } = value;
            let mut outcome = found.outcome;
            for id in &mut outcome.ids {
                id.shift(line - 1, 0);
            }
            add_repeated(&mut outcome, name, seen);
            over_limit = over_limit.or(outcome.over_limit.map(|over| OverLimit {
                lines: over.lines + line - 1,
                ..over
            }));
            let segment = Segment {
                text: &text.bytes()[chunk.lines],
                line,
                offset: chunk.offset,
            };
            collector.options.advance(segment.text.len());
            collector.add(segment, outcome.diagnostics, outcome.payloads);
            line += found.line_ends;
            lines.buffers.put_back(text);
            let Some(end) = chunk.end else {
                return ControlFlow::Continue(());
            };
            ended = result(end, line, limits);
            ControlFlow::Break(())
        },
    );
    ended?;
    // The lines after such a one are checked all the same.
    over_limit.map_or(Ok(()), |OverLimit { limit, lines }| {
        let line = Some(lines + 1);
        Err(FileError::OverLimit { line, limit })
    })
}

/// How a file ended; `line` is where.
fn result(end: End, line: usize, limits: LineLimits) -> Result<(), FileError> {
    match end {
        End::All => Ok(()),
        End::TooLong => Err(FileError::LineTooLong {
            line,
            limit: limits.line,
        }),
        End::Unreadable(error) => Err(FileError::Read(error.into())),
    }
}

/// Bytes of lines up to which a chunk takes its memory unasked.
const LONG: usize = 1 << 20;

/// Reads and checks chunks.
struct Lines<'a, R> {
    linter: &'a Linter,
    budget: &'a Budget,
    reader: &'a R,
    limits: LineLimits,
    buffers: Pool<Buffer>,
}

/// A chunk that was checked.
struct CheckedChunk {
    text: Buffer,
    chunk: Chunk,
    found: FoundInLines,
}

/// What was found in a chunk; spans and lines count from its first byte.
#[derive(Default)]
struct FoundInLines {
    outcome: Outcome,
    line_ends: usize,
}

impl<R: LineReader> Work for Lines<'_, R> {
    type State = Scratch;
    type Done = CheckedChunk;

    fn next(&self, tickets: &Tickets, scratch: &mut Scratch) -> Option<Numbered<CheckedChunk>> {
        let mut text = self.buffers.take();
        text.clear();
        let read = self.reader.read_chunk(self.limits, tickets, &mut text)?;
        let chunk = read.value;
        let lines = &text.bytes()[chunk.lines.clone()];
        let long = lines.len() > LONG;
        let permit = long.then(|| self.budget.wait_for(lines.len()));
        let found = check_lines(self.linter, lines, scratch);
        if permit.is_some() {
            *scratch = Scratch::default();
        }
        drop(permit);
        Some(Numbered {
            number: read.number,
            value: CheckedChunk { text, chunk, found },
        })
    }
}

fn check_lines(linter: &Linter, text: &[u8], scratch: &mut Scratch) -> FoundInLines {
    let mut found = FoundInLines::default();
    let mut start = 0;
    for end in memchr_iter(b'\n', text).chain([text.len()]) {
        let line = &text[start..end];
        if !line.iter().all(u8::is_ascii_whitespace) {
            linter.check_part(line, found.line_ends, start, scratch, &mut found.outcome);
        }
        start = end + 1;
        found.line_ends += usize::from(end < text.len());
    }
    found
}

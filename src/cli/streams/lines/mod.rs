//! JSON Lines: chunks of whole lines are read and checked on several threads and reported in order.
//!
//! Memory is bounded by the chunks under way and by the identifiers of the last events, which are
//! kept to find those that come again.

mod chunk;
mod detect;
mod mend;
mod rest;

use std::ops::ControlFlow;

use autopilot_lint::lint::{self, Duplicates, FoundInLines, Linter, Outcome, OverLimit, Scratch};

use crate::cli::budget::Budget;
use crate::cli::inputs::Buffer;
use crate::cli::results::{Collector, FileError, Segment, add_repeated};
use crate::cli::streams::in_order::{self, Numbered, Tickets, Work};
use crate::cli::streams::pool::Pool;
use chunk::{Chunk, End, LineLimits};
use rest::Rest;

pub(crate) use chunk::{LineReader, SequentialReader};
pub(crate) use detect::begins_with_lines;
pub(crate) use mend::mend;

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
    let limits = limits_within(budget);
    let lines = Lines {
        linter: collector.linter,
        budget,
        reader,
        limits,
        buffers: Pool::new(),
    };
    let threads = collector.options.threads;
    let mut file = File {
        collector,
        name,
        seen,
        rest: Rest::default(),
        line: 1,
        over_limit: None,
    };
    let mut ended = Ok(());
    in_order::run(&lines, threads, |Numbered { value, .. }| {
        let CheckedChunk { text, chunk, found } = value;
        let last = chunk.end.is_some();
        let lines_end = matches!(chunk.end, Some(End::All | End::TooLong));
        file.take(&text.bytes()[chunk.lines], chunk.offset, found, lines_end);
        lines.buffers.put_back(text);
        ended = match chunk.end {
            Some(end) => result(end, file.line, limits),
            None => file.within_limit(),
        };
        if last || ended.is_err() || file.rest.is_over() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    ended?;
    // The lines after such a one are checked all the same.
    file.over_limit.map_or(Ok(()), Err)
}

/// How lines are cut where there is so much memory.
fn limits_within(budget: &Budget) -> LineLimits {
    LineLimits {
        line: budget.longest_part(LineLimits::DEFAULT.line),
        ..LineLimits::DEFAULT
    }
}

/// What is known of a file while its chunks are taken.
struct File<'a, 'c> {
    collector: &'a mut Collector<'c>,
    name: &'a str,
    seen: &'a mut Duplicates,
    rest: Rest,
    /// That the next chunk begins with.
    line: usize,
    /// The first document that is beyond a limit of the parser.
    over_limit: Option<FileError>,
}

impl File<'_, '_> {
    /// Takes the lines of the next chunk, which stand at byte `offset`, and what was found in each
    /// by itself.
    fn take(&mut self, lines: &[u8], offset: usize, found: FoundInLines, last: bool) {
        let line = self.line;
        self.line += found.line_ends;
        self.collector.options.advance(lines.len());
        if self.rest.is_empty() && found.all_json {
            let segment = Segment {
                text: lines,
                line,
                offset,
            };
            self.note(found.outcome.over_limit, line);
            add(self.collector, self.name, self.seen, segment, found.outcome);
            return;
        }
        let Collector {
            linter, options, ..
        } = *self.collector;
        self.rest.add(lines, offset, line);
        let (checked, outcome) = self.rest.check(linter, options.budget, last);
        self.note(outcome.over_limit, self.rest.line);
        let segment = Segment {
            text: &self.rest.text[..checked],
            line: self.rest.line,
            offset: self.rest.offset,
        };
        add(self.collector, self.name, self.seen, segment, outcome);
        self.rest.remove(checked);
    }

    /// Notes a document beyond a limit, of a part that begins with this line.
    fn note(&mut self, over_limit: Option<OverLimit>, line: usize) {
        if let Some(OverLimit { limit, lines }) = over_limit {
            let line = Some(line + lines);
            let error = FileError::OverLimit { line, limit };
            self.over_limit.get_or_insert(error);
        }
    }

    /// Whether the document that goes on is not too long.
    fn within_limit(&self) -> Result<(), FileError> {
        let options = &self.collector.options;
        let most = usize::try_from(options.max_file_size).unwrap_or(usize::MAX);
        let limit = options.budget.longest_part(most);
        if self.rest.text.len() <= limit {
            return Ok(());
        }
        Err(FileError::DocumentTooLong {
            line: self.rest.line,
            limit,
        })
    }
}

/// Adds what was found in a segment, whose places count from its first byte and line.
fn add(
    collector: &mut Collector<'_>,
    name: &str,
    seen: &mut Duplicates,
    segment: Segment<'_>,
    mut outcome: Outcome,
) {
    let Segment { text, line, offset } = segment;
    for id in &mut outcome.ids {
        id.shift(line - 1, 0);
    }
    lint::number_marks(&mut outcome.diagnostics, text, offset, line);
    add_repeated(&mut outcome, name, seen);
    collector.add(segment, outcome.diagnostics, outcome.payloads);
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
        let found = self.linter.check_each_line(lines, scratch);
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

//! Lines and columns in a file that is not held: what is asked for is read again.
//!
//! Owns which bytes that takes; [`autopilot_lint::source`] decides what a place looks like.

use std::fs::File;
use std::io;

use autopilot_lint::diagnostic::{Diagnostic, Located, Position, Range, changes};
use autopilot_lint::json::Span;
use autopilot_lint::source::{Frame, FrameLine, LineIndex, MAX_COLUMNS, Origin, preview};

use crate::cli::inputs::Buffer;

/// Bytes from one checkpoint to the next.
const STEP: usize = 16 << 10;
/// Twice the bytes that a frame shows of a line at most.
const MARGIN: usize = 8 * MAX_COLUMNS;

/// An offset whose line and column are known.
#[derive(Debug, Clone, Copy)]
struct Checkpoint {
    origin: Origin,
    /// Byte of the file that its line begins with.
    line_start: usize,
}

/// The position of a byte, and where its line begins.
struct LinePosition {
    position: Position,
    line_start: usize,
}

/// Finds places in a file. Reads the file as far as the last one asked for.
pub(crate) struct FileIndex<'a> {
    file: &'a File,
    checkpoints: Vec<Checkpoint>,
    block: Buffer,
}

impl<'a> FileIndex<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        let begin = Checkpoint {
            origin: Origin::FILE,
            line_start: 0,
        };
        Self {
            file,
            checkpoints: vec![begin],
            block: Buffer::default(),
        }
    }

    /// Resolves a finding's spans, which count from the file's first byte.
    pub(crate) fn locate(&mut self, found: Diagnostic, with_lines: bool) -> io::Result<Located> {
        let labels = found.labels.iter().map(|label| label.span);
        let spans: Vec<Span> = std::iter::once(found.span).chain(labels).collect();
        let mut ranges = self.ranges(spans.iter().copied())?;
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        let edits = self.ranges(edits.map(|edit| edit.span))?;
        let frame = with_lines.then(|| self.frame(&spans)).transpose()?;
        let preview = if with_lines {
            let mut text = Buffer::default();
            preview(&changes(&found, &edits), |bytes| {
                read(self.file, bytes.start, bytes.end, &mut text).map(<[u8]>::to_vec)
            })?
        } else {
            None
        };
        Ok(Located {
            range: ranges.remove(0),
            labels: ranges,
            edits,
            frame,
            preview,
            diagnostic: found,
        })
    }

    fn ranges(&mut self, spans: impl Iterator<Item = Span>) -> io::Result<Vec<Range>> {
        let ranges = spans.map(|span| {
            Ok(Range {
                start: self.position(span.start)?.position,
                end: self.position(span.end)?.position,
            })
        });
        ranges.collect()
    }

    fn position(&mut self, offset: usize) -> io::Result<LinePosition> {
        let block = offset / STEP;
        while self.checkpoints.len() <= block {
            let next = self.position_in(self.checkpoints.len() - 1, STEP)?;
            self.checkpoints.push(Checkpoint {
                origin: Origin {
                    line: next.position.line,
                    columns: next.position.column - 1,
                    offset: self.checkpoints.len() * STEP,
                },
                line_start: next.line_start,
            });
        }
        self.position_in(block, offset % STEP)
    }

    /// The position of a byte of the block behind a checkpoint, or of its end.
    fn position_in(&mut self, block: usize, offset: usize) -> io::Result<LinePosition> {
        let checkpoint = self.checkpoints[block];
        let start = checkpoint.origin.offset;
        let text = read(self.file, start, start + offset, &mut self.block)?;
        let line_start = memchr::memrchr(b'\n', text).map(|end| start + end + 1);
        let position = LineIndex::of_part(text, checkpoint.origin).position(offset);
        Ok(LinePosition {
            position,
            line_start: line_start.unwrap_or(checkpoint.line_start),
        })
    }

    fn frame(&mut self, spans: &[Span]) -> io::Result<Frame> {
        let starts = || spans.iter().map(|span| span.start);
        let first = starts().min().unwrap_or_default().saturating_sub(MARGIN);
        let last = starts().max().unwrap_or_default();
        let main = self.position(spans[0].start)?;
        let line_before = self.line_before(main.line_start, main.position.line)?;
        let begin = self.position(first)?.position;
        let mut text = Buffer::default();
        let text = read(self.file, first, last + MARGIN, &mut text)?;
        let continued = text.iter().take_while(|byte| **byte & 0xc0 == 0x80);
        let skipped = if first == 0 { 0 } else { continued.count() };
        let origin = Origin {
            line: begin.line,
            columns: begin.column - 1,
            offset: first + skipped,
        };
        let index = LineIndex::of_part(&text[skipped..], origin);
        let spans = spans.iter().map(|span| Span {
            start: span.start - origin.offset,
            end: span.end - origin.offset,
        });
        Ok(index.frame_after(line_before, &spans.collect::<Vec<_>>()))
    }

    /// What a frame shows before the line that begins at `line_start` and has this number.
    fn line_before(&self, line_start: usize, line: usize) -> io::Result<Option<FrameLine>> {
        let first = line_start.saturating_sub(MARGIN);
        let mut text = Buffer::default();
        let text = read(self.file, first, line_start, &mut text)?;
        let lines = memchr::memchr_iter(b'\n', text).count();
        let origin = Origin {
            line: line - lines.min(line - 1),
            columns: 0,
            offset: first,
        };
        Ok(LineIndex::of_part(text, origin).line_before(text.len()))
    }
}

/// The bytes of a file from `start` to `end`, as far as it has them.
fn read<'b>(file: &File, start: usize, end: usize, into: &'b mut Buffer) -> io::Result<&'b [u8]> {
    into.clear();
    into.fill_from(file, start, end - start)?;
    Ok(into.bytes())
}

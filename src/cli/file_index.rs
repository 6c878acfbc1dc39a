//! Lines and columns in a file that is not held: what is asked for is read again.
//!
//! Owns which bytes that takes. What a place looks like is decided in
//! [`autopilot_lint::source`].

use std::fs::File;
use std::io;

use autopilot_lint::diagnostic::{Diagnostic, Located, Position, Range};
use autopilot_lint::json::Span;
use autopilot_lint::source::{Frame, FrameLine, LineIndex, MAX_COLUMNS, Origin};

use super::input::Buffer;

/// Distance of the places whose line and column are known, in bytes.
const STEP: usize = 16 << 10;
/// Most bytes that a frame shows of a line, and as many again.
const MARGIN: usize = 8 * MAX_COLUMNS;

/// A place whose line and column are known.
#[derive(Debug, Clone, Copy)]
struct Known {
    origin: Origin,
    /// Byte of the file that its line begins with.
    line_start: usize,
}

/// Finds places in a file; the file is read up to the last one that was asked for.
pub(crate) struct FileIndex<'a> {
    file: &'a File,
    known: Vec<Known>,
    block: Buffer,
}

impl<'a> FileIndex<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        let begin = Known {
            origin: Origin::FILE,
            line_start: 0,
        };
        Self {
            file,
            known: vec![begin],
            block: Buffer::default(),
        }
    }

    /// Resolves a finding's spans, which are of the file.
    pub(crate) fn locate(&mut self, found: Diagnostic, with_frame: bool) -> io::Result<Located> {
        let labels = found.labels.iter().map(|label| label.span);
        let spans: Vec<Span> = std::iter::once(found.span).chain(labels).collect();
        let mut ranges = Vec::with_capacity(spans.len());
        for span in &spans {
            ranges.push(Range {
                start: self.place(span.start)?.1,
                end: self.place(span.end)?.1,
            });
        }
        let frame = with_frame.then(|| self.frame(&spans)).transpose()?;
        Ok(Located {
            range: ranges.remove(0),
            labels: ranges,
            frame,
            diagnostic: found,
        })
    }

    /// The position of a byte, and where its line begins.
    fn place(&mut self, offset: usize) -> io::Result<(usize, Position)> {
        let block = offset / STEP;
        while self.known.len() <= block {
            let next = self.within(self.known.len() - 1, STEP)?;
            self.known.push(Known {
                origin: Origin {
                    line: next.1.line,
                    columns: next.1.column - 1,
                    offset: self.known.len() * STEP,
                },
                line_start: next.0,
            });
        }
        self.within(block, offset % STEP)
    }

    /// The same for a byte of a block that is known, or its end.
    fn within(&mut self, block: usize, offset: usize) -> io::Result<(usize, Position)> {
        let known = self.known[block];
        let start = known.origin.offset;
        let text = read(self.file, start, start + offset, &mut self.block)?;
        let line_start = memchr::memrchr(b'\n', text).map(|end| start + end + 1);
        let position = LineIndex::of_part(text, known.origin).position(offset);
        Ok((line_start.unwrap_or(known.line_start), position))
    }

    fn frame(&mut self, spans: &[Span]) -> io::Result<Frame> {
        let starts = || spans.iter().map(|span| span.start);
        let first = starts().min().unwrap_or_default().saturating_sub(MARGIN);
        let last = starts().max().unwrap_or_default();
        let (line_start, main) = self.place(spans[0].start)?;
        let line_before = self.line_before(line_start, main.line)?;
        let (_, begin) = self.place(first)?;
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

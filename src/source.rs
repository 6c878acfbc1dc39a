//! Places in a text: byte offsets to lines and columns, and the excerpt around a finding.
//!
//! Owns the line index and the windowing; knows nothing of rules, formats or escaping.

use std::ops;
use std::sync::OnceLock;

use memchr::{memchr, memchr_iter, memrchr};

use crate::json::Span;

mod preview;

#[cfg(test)]
pub(crate) use preview::changes_of;
pub use preview::{Change, Hunk, Preview, PreviewLine, Side, preview};

/// Widest excerpt of a line, in columns.
pub const MAX_COLUMNS: usize = 200;
/// Most lines (or windows of lines) in a [`Frame`].
pub const MAX_LINES: usize = 7;
/// Distance of the checkpoints of a [`LineIndex`], in bytes.
const STEP: usize = 1024;
/// U+FEFF in UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A position in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// Line from 1; lines end with LF.
    pub line: usize,
    /// Column from 1, in Unicode code points.
    pub column: usize,
    /// Byte of the file from 0, a byte order mark counted.
    pub offset: usize,
}

/// A range in a file, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Range {
    /// First position.
    pub start: Position,
    /// One past the last.
    pub end: Position,
}

/// The lines of a source around a finding, each cut to a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// In ascending order of number; a long line may have several windows, in order of column.
    pub lines: Vec<FrameLine>,
}

/// One line of a [`Frame`], or a window of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameLine {
    /// Line number from 1.
    pub number: usize,
    /// Column (code points, from 1) of the first character of `text`.
    pub first_column: usize,
    /// The characters, raw: not yet made safe; without the line end.
    pub text: String,
    /// The line goes on before `text`.
    pub cut_before: bool,
    /// The line goes on after `text`.
    pub cut_after: bool,
}

/// What is known at every [`STEP`]th byte.
#[derive(Debug, Clone, Copy)]
struct Checkpoint {
    /// Line ends before here.
    line_ends: usize,
    /// Where the line that goes through here starts.
    line_start: usize,
    /// Code points of that line before here.
    columns: usize,
}

/// Where a part of a file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Number of its first line, from 1.
    pub line: usize,
    /// Code points of that line that stand before the part, a byte order mark not counted.
    pub columns: usize,
    /// Byte of the file.
    pub offset: usize,
}

impl Origin {
    /// Where a file begins.
    pub const FILE: Self = Self {
        line: 1,
        columns: 0,
        offset: 0,
    };
}

/// Finds the line and column of any byte of a text in constant time, whatever the length of its
/// lines.
///
/// Making one is free: the text is read once, at the first question.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a [u8],
    origin: Origin,
    checkpoints: OnceLock<Vec<Checkpoint>>,
}

/// A position together with where its line starts in the text.
#[derive(Debug, Clone, Copy)]
struct Place {
    position: Position,
    /// Byte of the text, not of the file.
    offset: usize,
    line_start: usize,
}

impl<'a> LineIndex<'a> {
    /// The index of a whole file. The text need not be UTF-8.
    #[must_use]
    pub fn new(text: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self::of_part(text, Origin::FILE)
    }

    /// The index of a part of a file that starts with a line: `base_line` is the number (from 1)
    /// of that line, `base_offset` the byte of the file where it starts.
    #[must_use]
    pub fn with_base(
        text: &'a (impl AsRef<[u8]> + ?Sized),
        base_line: usize,
        base_offset: usize,
    ) -> Self {
        let origin = Origin {
            line: base_line,
            columns: 0,
            offset: base_offset,
        };
        Self::of_part(text, origin)
    }

    /// The index of a part of a file that starts anywhere between two characters. A frame shows
    /// what the text holds: it should begin [`MAX_COLUMNS`] characters before what is asked for.
    #[must_use]
    pub fn of_part(text: &'a (impl AsRef<[u8]> + ?Sized), origin: Origin) -> Self {
        Self {
            text: text.as_ref(),
            origin,
            checkpoints: OnceLock::new(),
        }
    }

    /// The position of a byte of the text. Past the end it is the end, and inside a character it
    /// is that character's start. A byte order mark at the start of the file has no column.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.place(offset).position
    }

    /// The positions of both ends of a span.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.start),
            end: self.position(span.end.max(span.start)),
        }
    }

    /// The lines that a person needs to see to understand spans of the text, the first of which is
    /// the main one: its line with a short neighbour on either side, and the lines of the others,
    /// at most [`MAX_LINES`] of at most [`MAX_COLUMNS`]. A span that goes on past the end of its
    /// line is shown where it starts.
    #[must_use]
    pub fn frame(&self, spans: &[Span]) -> Frame {
        let main = spans.first();
        self.frame_after(main.and_then(|span| self.line_before(span.start)), spans)
    }

    /// The same, given the line before the main one.
    #[must_use]
    pub fn frame_after(&self, line_before: Option<FrameLine>, spans: &[Span]) -> Frame {
        let mut lines: Vec<FrameLine> = Vec::with_capacity(MAX_LINES);
        let marks: Vec<Mark> = spans.iter().map(|span| self.mark(*span)).collect();
        for mark in &marks {
            let start = mark.place.line_start;
            if lines.iter().any(|line| line.number == mark.line()) {
                continue;
            }
            let same_line = marks.iter().filter(|other| other.place.line_start == start);
            let windows = self.windows_of_line(&same_line.copied().collect::<Vec<_>>());
            lines.extend(windows.into_iter().take(MAX_LINES - lines.len()));
        }
        if let Some(main) = marks.first() {
            let context = [line_before, self.line_after(main)];
            for line in context.into_iter().flatten() {
                let known = lines.iter().any(|other| other.number == line.number);
                if !known && lines.len() < MAX_LINES {
                    lines.push(line);
                }
            }
        }
        lines.sort_by_key(|line| (line.number, line.first_column));
        Frame { lines }
    }

    fn place(&self, offset: usize) -> Place {
        let offset = char_start(self.text, offset);
        let block = offset / STEP;
        let checkpoint = self.checkpoints()[block];
        let slice = &self.text[block * STEP..offset.max(block * STEP)];
        let (line_ends, line_start, columns) = match memrchr(b'\n', slice) {
            None => (
                checkpoint.line_ends,
                checkpoint.line_start,
                checkpoint.columns + code_points(slice),
            ),
            Some(last) => (
                checkpoint.line_ends + memchr_iter(b'\n', slice).count(),
                block * STEP + last + 1,
                code_points(&slice[last + 1..]),
            ),
        };
        let mark = line_start == 0 && offset > 0 && self.has_byte_order_mark();
        Place {
            position: Position {
                line: self.origin.line + line_ends,
                column: columns + 1 - usize::from(mark),
                offset: self.origin.offset + offset,
            },
            offset,
            line_start,
        }
    }

    fn has_byte_order_mark(&self) -> bool {
        self.origin.offset == 0 && self.text.starts_with(BYTE_ORDER_MARK)
    }

    fn checkpoints(&self) -> &[Checkpoint] {
        self.checkpoints.get_or_init(|| {
            let mut here = Checkpoint {
                line_ends: 0,
                line_start: 0,
                columns: self.origin.columns,
            };
            let mut all = Vec::with_capacity(self.text.len() / STEP + 1);
            for (block, chunk) in self.text.chunks(STEP).enumerate() {
                all.push(here);
                if let Some(last) = memrchr(b'\n', chunk) {
                    here.line_ends += memchr_iter(b'\n', chunk).count();
                    here.line_start = block * STEP + last + 1;
                    here.columns = code_points(&chunk[last + 1..]);
                } else {
                    here.columns += code_points(chunk);
                }
            }
            if self.text.len().is_multiple_of(STEP) {
                all.push(here);
            }
            all
        })
    }

    /// Where a span starts, and how much of it its first line can show.
    fn mark(&self, span: Span) -> Mark {
        let place = self.place(span.start);
        let end = char_start(self.text, span.end.max(place.offset));
        let (visible, _) = ahead(self.text, place.offset, end, MAX_COLUMNS);
        Mark {
            place,
            columns: code_points(&self.text[place.offset..visible]),
        }
    }

    /// The windows of one line that show its marks.
    fn windows_of_line(&self, marks: &[Mark]) -> Vec<FrameLine> {
        let mut marks = marks.to_vec();
        marks.sort_by_key(|mark| mark.place.offset);
        let ranges: Vec<ops::Range<usize>> = marks.iter().map(Mark::range).collect();
        let Some(last) = marks.last() else {
            return Vec::new();
        };
        let known_end = ahead(
            self.text,
            last.place.offset,
            self.text.len(),
            2 * MAX_COLUMNS,
        )
        .0;
        let known_columns =
            last.range().start + code_points(&self.text[last.place.offset..known_end]);
        windows(&ranges, known_columns, MAX_COLUMNS)
            .into_iter()
            .filter_map(|window| {
                let first = marks
                    .iter()
                    .find(|mark| (window.start..=window.end).contains(&mark.range().start))?;
                Some(self.window(first, &window))
            })
            .collect()
    }

    /// The text of a window (columns from 0) that contains the start of `mark`.
    fn window(&self, mark: &Mark, window: &ops::Range<usize>) -> FrameLine {
        let floor = self.first_byte(mark.place.line_start);
        let lead = mark.range().start - window.start;
        let start = back(self.text, mark.place.offset, floor, lead);
        let length = window.end - window.start;
        let (end, line_goes_on) = ahead(self.text, start, self.text.len(), length);
        FrameLine {
            number: mark.line(),
            first_column: window.start + 1,
            text: self.line_text(start..end, line_goes_on),
            cut_before: window.start > 0,
            cut_after: line_goes_on,
        }
    }

    fn line_text(&self, bytes: ops::Range<usize>, line_goes_on: bool) -> String {
        let mut text = &self.text[bytes];
        if !line_goes_on && let Some(stripped) = text.strip_suffix(b"\r") {
            text = stripped;
        }
        String::from_utf8_lossy(text).into_owned()
    }

    /// The first byte of a line that has a column.
    fn first_byte(&self, line_start: usize) -> usize {
        if line_start == 0 && self.has_byte_order_mark() {
            BYTE_ORDER_MARK.len()
        } else {
            line_start
        }
    }

    /// The line before that of a byte of the text, where it is short and not blank.
    #[must_use]
    pub fn line_before(&self, offset: usize) -> Option<FrameLine> {
        let place = self.place(offset);
        let end = place.line_start.checked_sub(1)?;
        let floor = end.saturating_sub(MAX_COLUMNS);
        let start = match memrchr(b'\n', &self.text[floor..end]) {
            Some(at) => floor + at + 1,
            None if floor == 0 => 0,
            None => return None,
        };
        self.whole_line(place.position.line - 1, start..end)
    }

    /// The line after a mark's, where both are short and it is not blank.
    fn line_after(&self, mark: &Mark) -> Option<FrameLine> {
        let from = mark.place.offset;
        let near = &self.text[from..self.text.len().min(from + 2 * MAX_COLUMNS)];
        let start = from + memchr(b'\n', near)? + 1;
        let near = &self.text[start..self.text.len().min(start + MAX_COLUMNS)];
        let end = match memchr(b'\n', near) {
            Some(at) => start + at,
            None if start + near.len() == self.text.len() => self.text.len(),
            None => return None,
        };
        self.whole_line(mark.line() + 1, start..end)
    }

    fn whole_line(&self, number: usize, bytes: ops::Range<usize>) -> Option<FrameLine> {
        let text = self.line_text(
            self.first_byte(bytes.start).min(bytes.end)..bytes.end,
            false,
        );
        (!text.trim().is_empty()).then_some(FrameLine {
            number,
            first_column: 1,
            text,
            cut_before: false,
            cut_after: false,
        })
    }
}

/// A span as its first line shows it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    place: Place,
    /// Columns on that line, at most [`MAX_COLUMNS`].
    columns: usize,
}

impl Mark {
    fn line(&self) -> usize {
        self.place.position.line
    }

    /// Columns from 0.
    fn range(&self) -> ops::Range<usize> {
        let start = self.place.position.column - 1;
        start..start + self.columns
    }
}

/// The ranges of a line of `total` units that show `marks` (ascending by start), each at most
/// `budget` wide: marks that fit together share one, and what room is left goes to both sides.
#[must_use]
pub(crate) fn windows(
    marks: &[ops::Range<usize>],
    total: usize,
    budget: usize,
) -> Vec<ops::Range<usize>> {
    if total <= budget {
        return std::iter::once(0..total).collect();
    }
    let mut groups: Vec<ops::Range<usize>> = Vec::new();
    for mark in marks {
        match groups.last_mut() {
            Some(group) if mark.end.saturating_sub(group.start) <= budget => {
                group.end = group.end.max(mark.end);
            }
            _ => groups.push(mark.clone()),
        }
    }
    groups
        .into_iter()
        .map(|group| widen(&group, total, budget))
        .collect()
}

/// Grows (or cuts) a range to `budget` units within `0..total`.
fn widen(range: &ops::Range<usize>, total: usize, budget: usize) -> ops::Range<usize> {
    let spare = budget.saturating_sub(range.end - range.start);
    let after = total.saturating_sub(range.end).min(spare);
    let start = range
        .start
        .saturating_sub((spare / 2).max(spare - after))
        .min(total);
    start..(start + budget).min(total).max(start)
}

/// The greatest start of a character at or before `offset`, at most the end of the text.
fn char_start(text: &[u8], offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    let floor = offset.saturating_sub(3);
    while offset > floor && offset < text.len() && !starts_character(text[offset]) {
        offset -= 1;
    }
    offset
}

const fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// Characters that start in `text`.
fn code_points(text: &[u8]) -> usize {
    // As many as a byte can count, so that many bytes are looked at in one step.
    let runs = text.chunks(usize::from(u8::MAX));
    let starts = |run: &[u8]| -> u8 {
        run.iter()
            .map(|byte| u8::from(starts_character(*byte)))
            .sum()
    };
    runs.map(|run| usize::from(starts(run))).sum()
}

/// `columns` characters back from `offset`, not before `floor`.
fn back(text: &[u8], mut offset: usize, floor: usize, mut columns: usize) -> usize {
    while columns > 0 && offset > floor {
        offset -= 1;
        columns -= usize::from(starts_character(text[offset]));
    }
    offset
}

/// Up to `columns` characters on from `offset`, not past `ceiling` or the line end; and whether
/// the line goes on there.
fn ahead(text: &[u8], offset: usize, ceiling: usize, columns: usize) -> (usize, bool) {
    let mut seen = 0;
    for (index, byte) in text[offset..ceiling].iter().enumerate() {
        if *byte == b'\n' {
            return (offset + index, false);
        }
        seen += usize::from(starts_character(*byte));
        if seen > columns {
            let rest = &text[offset + index..];
            return (offset + index, !rest.starts_with(b"\r\n"));
        }
    }
    (ceiling, ceiling < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (usize, usize, usize) {
        let position = LineIndex::new(text).position(offset);
        (position.line, position.column, position.offset)
    }

    #[test]
    fn positions() {
        let table = [
            ("start", "ab\ncd", 0, (1, 1, 0)),
            ("line end belongs to its line", "ab\ncd", 2, (1, 3, 2)),
            ("next line", "ab\ncd", 3, (2, 1, 3)),
            ("end", "ab\ncd", 5, (2, 3, 5)),
            ("past the end", "ab\ncd", 99, (2, 3, 5)),
            ("end after a final line end", "ab\n", 3, (2, 1, 3)),
            ("empty", "", 0, (1, 1, 0)),
            ("code points", "日本x", 6, (1, 3, 6)),
            ("inside a character", "日本x", 5, (1, 2, 3)),
            ("inside four bytes", "\u{1F600}x", 3, (1, 1, 0)),
            ("CR is a column", "a\r\nb", 3, (2, 1, 3)),
            ("lone CR ends no line", "a\rb", 2, (1, 3, 2)),
            ("byte order mark", "\u{FEFF}x", 0, (1, 1, 0)),
            ("inside the mark", "\u{FEFF}x", 2, (1, 1, 0)),
            ("after the mark", "\u{FEFF}xy", 4, (1, 2, 4)),
            ("mark on later lines", "\u{FEFF}x\ny", 5, (2, 1, 5)),
        ];
        for (name, text, offset, expected) in table {
            assert_eq!(at(text, offset), expected, "{name}");
        }
    }

    #[test]
    fn a_base_moves_lines_and_offsets_but_not_columns() {
        let index = LineIndex::with_base("\u{FEFF}x\ny", 10, 1000);
        let position = index.position(3);
        assert_eq!(
            (position.line, position.column, position.offset),
            (10, 2, 1003)
        );
        assert_eq!(index.position(5).line, 11);
    }

    /// Every offset of texts that cross several checkpoints, against counting from the start.
    #[test]
    fn agrees_with_counting() {
        let texts = [
            "é".repeat(STEP * 3),
            "aé日\u{1F600}\n".repeat(STEP),
            format!("{}\n{}", "日".repeat(STEP), "x".repeat(STEP * 2)),
            "\n".repeat(STEP * 2),
            "x".repeat(STEP * 2),
        ];
        for text in texts {
            let index = LineIndex::new(&text);
            let (mut line, mut column) = (1, 1);
            for (offset, c) in text.char_indices() {
                let position = index.position(offset);
                assert_eq!((position.line, position.column), (line, column), "{offset}");
                if c == '\n' {
                    line += 1;
                    column = 0;
                }
                column += 1;
            }
            let end = index.position(text.len());
            assert_eq!((end.line, end.column), (line, column));
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_have_positions() {
        let index = LineIndex::new(b"\xFF\xFE{\x00\n\x80\x80\x80\x80\x80x".as_slice());
        assert_eq!(index.position(2).column, 3);
        assert_eq!(index.position(11).line, 2);
        let frame = index.frame(&[Span::new(0, 1)]);
        assert_eq!(frame.lines[0].text, "\u{FFFD}\u{FFFD}{\0");
    }

    fn shown(text: &str, spans: &[(usize, usize)]) -> Vec<(usize, usize, String)> {
        let spans: Vec<Span> = spans.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let frame = LineIndex::new(text).frame(&spans);
        let lines = frame.lines.into_iter();
        lines
            .map(|line| (line.number, line.first_column, line.text))
            .collect()
    }

    #[test]
    fn frames() {
        type Line = (usize, usize, &'static str);
        type Case = (
            &'static str,
            &'static str,
            &'static [(usize, usize)],
            &'static [Line],
        );
        let table: [Case; 9] = [
            (
                "context",
                "a\nbb\ncc\nd",
                &[(2, 4)],
                &[(1, 1, "a"), (2, 1, "bb"), (3, 1, "cc")],
            ),
            (
                "first line",
                "a\nb\n",
                &[(0, 1)],
                &[(1, 1, "a"), (2, 1, "b")],
            ),
            (
                "last line",
                "a\nb\n",
                &[(2, 3)],
                &[(1, 1, "a"), (2, 1, "b")],
            ),
            ("blank neighbours", "\nb\n \nc", &[(1, 2)], &[(2, 1, "b")]),
            ("CRLF", "a\r\nb\r\n", &[(3, 4)], &[(1, 1, "a"), (2, 1, "b")]),
            ("byte order mark", "\u{FEFF}ab", &[(3, 4)], &[(1, 1, "ab")]),
            (
                "mark before context",
                "\u{FEFF}a\nb",
                &[(5, 6)],
                &[(1, 1, "a"), (2, 1, "b")],
            ),
            (
                "far label",
                "a\nb\nc\nd\ne",
                &[(0, 1), (8, 9)],
                &[(1, 1, "a"), (2, 1, "b"), (5, 1, "e")],
            ),
            ("empty text", "", &[(0, 0)], &[(1, 1, "")]),
        ];
        for (name, text, spans, expected) in table {
            let expected: Vec<_> = expected
                .iter()
                .map(|(n, c, t)| (*n, *c, (*t).to_owned()))
                .collect();
            assert_eq!(shown(text, spans), expected, "{name}");
        }
    }

    #[test]
    fn long_lines_are_windowed_around_each_span() {
        let text = format!("{}{}", "é".repeat(5000), "x".repeat(5000));
        let lines = shown(&text, &[(10_010, 10_013), (20, 30)]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].1, 1);
        assert_eq!(lines[1].1, 5011 - 98);
        for (_, _, window) in &lines {
            assert_eq!(window.chars().count(), MAX_COLUMNS);
        }
    }

    #[test]
    fn cut_sides_are_told() {
        let text = "x".repeat(1000);
        let index = LineIndex::new(&text);
        let cut = |start, end| {
            let line = index.frame(&[Span::new(start, end)]).lines.remove(0);
            (line.cut_before, line.cut_after, line.text.len())
        };
        assert_eq!(cut(0, 5), (false, true, MAX_COLUMNS));
        assert_eq!(cut(500, 505), (true, true, MAX_COLUMNS));
        assert_eq!(cut(995, 1000), (true, false, MAX_COLUMNS));
        assert_eq!(cut(0, 1000), (false, true, MAX_COLUMNS));
    }

    #[test]
    fn frames_are_small_whatever_the_spans() {
        let text = "line of text\n".repeat(1000);
        let spans: Vec<Span> = (0..50).map(|i| Span::new(i * 130, i * 130 + 4)).collect();
        let frame = LineIndex::new(&text).frame(&spans);
        assert_eq!(frame.lines.len(), MAX_LINES);
        assert!(frame.lines.iter().any(|line| line.number == 1));
    }

    #[test]
    fn hostile_spans_are_clamped() {
        let text = "日\n本";
        let index = LineIndex::new(text);
        for start in 0..10 {
            for end in [0, 1, 2, 5, 7, usize::MAX] {
                let span = Span::new(start, end);
                let range = index.range(span);
                assert!(range.start <= range.end);
                assert!(!index.frame(&[span, span]).lines.is_empty());
            }
        }
    }
}

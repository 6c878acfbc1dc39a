//! A line made safe character by character, with the column of each.
//!
//! Owns what is printed for a character; knows nothing of what is drawn around it.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::sanitize::Sanitizer;

/// Columns between tab stops.
const TAB: usize = 4;

/// A line character by character: what is printed for each, and where.
pub(super) struct Cells {
    pub(super) pieces: Vec<String>,
    /// Display column from 0 of each character, and of the end.
    pub(super) columns: Vec<usize>,
}

impl Cells {
    /// A line that is not yet safe to print.
    pub(super) fn new(text: &str) -> Self {
        let mut sanitizer = Sanitizer::default();
        let mut cells = Self {
            pieces: Vec::with_capacity(text.len()),
            columns: vec![0],
        };
        for c in text.chars() {
            let column = cells.width();
            let mut piece = String::new();
            if c == '\t' {
                piece.push_str(&" ".repeat(TAB - column % TAB));
            } else {
                sanitizer.next(c).push_to(&mut piece);
            }
            let width: usize = piece.chars().filter_map(UnicodeWidthChar::width).sum();
            cells.columns.push(column + width);
            cells.pieces.push(piece);
        }
        cells
    }

    /// Characters.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Display columns.
    pub(super) fn width(&self) -> usize {
        self.columns[self.len()]
    }

    /// The characters that lie wholly within a range of display columns.
    pub(super) fn within(&self, window: &Range<usize>) -> Range<usize> {
        let start = self
            .columns
            .partition_point(|column| *column < window.start);
        let end = self.columns.partition_point(|column| *column <= window.end) - 1;
        start.min(self.len())..end.max(start.min(self.len()))
    }

    /// Bytes of what is printed for some characters.
    pub(super) fn bytes(&self, chars: Range<usize>) -> usize {
        self.pieces[chars].iter().map(String::len).sum()
    }
}

//! The places of a finding on the lines of its frame, in columns.
//!
//! Owns which characters of an excerpt belong to which place; knows nothing of how a format draws
//! them.

use std::ops::Range as Chars;

use super::sanitize;
use crate::diagnostic::{Located, Position, Range};
use crate::source::FrameLine;

/// A place to point at.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Where in the file.
    pub(super) range: Range,
    /// The label, safe to print; none for the main place.
    pub(super) text: Option<String>,
}

impl Mark {
    /// The main place of a finding and its labels.
    pub(super) fn all(located: &Located) -> Vec<Self> {
        let main = Self {
            range: located.range,
            text: None,
        };
        let labels = located.diagnostic.labels.iter().zip(&located.labels);
        let labels = labels.map(|(label, range)| Self {
            range: *range,
            text: Some(sanitize::text(&label.message).into_owned()),
        });
        std::iter::once(main).chain(labels).collect()
    }

    /// Whether it starts in this window.
    fn stands_in(&self, line: &FrameLine) -> bool {
        let start = self.range.start;
        let columns = line.first_column..=line.first_column + line.text.chars().count();
        start.line == line.number && columns.contains(&start.column)
    }
}

/// A line with the marks that start in it, by start, no two at one character.
pub(super) struct MarkedLine<'a> {
    /// The line.
    pub(super) line: &'a FrameLine,
    /// The marks.
    pub(super) marks: Vec<Mark>,
}

impl MarkedLine<'_> {
    /// The characters of the line that each mark covers. A mark ends with its line, and where
    /// another begins.
    pub(super) fn spans(&self) -> Vec<Chars<usize>> {
        let length = self.line.text.chars().count();
        let column = |position: Position| {
            if position.line == self.line.number {
                (position.column - self.line.first_column).min(length)
            } else {
                length
            }
        };
        let starts: Vec<usize> = self
            .marks
            .iter()
            .map(|mark| column(mark.range.start))
            .collect();
        let ends = self.marks.iter().enumerate().map(|(index, mark)| {
            let next = starts.get(index + 1).copied().unwrap_or(length);
            column(mark.range.end).min(next)
        });
        starts
            .iter()
            .zip(ends)
            .map(|(start, end)| *start..end)
            .collect()
    }
}

/// Puts each mark on the line that it starts in. Those that start in none, or where another does,
/// are given back.
pub(super) fn distribute(
    marks: Vec<Mark>,
    lines: &[FrameLine],
) -> (Vec<MarkedLine<'_>>, Vec<Mark>) {
    let mut marked: Vec<MarkedLine<'_>> = lines
        .iter()
        .map(|line| MarkedLine {
            line,
            marks: Vec::new(),
        })
        .collect();
    let mut elsewhere = Vec::new();
    for mark in marks {
        let line = marked.iter_mut().find(|line| mark.stands_in(line.line));
        match line {
            Some(line)
                if line
                    .marks
                    .iter()
                    .all(|other| other.range.start != mark.range.start) =>
            {
                line.marks.push(mark);
            }
            _ => elsewhere.push(mark),
        }
    }
    for line in &mut marked {
        line.marks.sort_by_key(|mark| mark.range.start);
    }
    (marked, elsewhere)
}

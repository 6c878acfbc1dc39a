//! The phases of one event, drawn with characters in a block of code.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::escape::{Place, code, longest_run};
use super::shortened;
use crate::report::sanitize;
use crate::report::timeline::{Axis, Kind, Row, Scale, Timeline};

/// Sizes in characters.
const SCALE: Scale = Scale {
    width: 31,
    margin: 0,
    gap: 3,
};

const INSTANT: char = '●';
const PHASE: char = '█';
const BACKWARDS: char = '░';
const GAP: char = '┆';

/// Draws what an event of this file gives; rows that a finding is about begin with `>`.
pub(super) fn draw(file: &str, timeline: &Timeline<'_>) -> String {
    let axis = Axis::new(&timeline.rows, SCALE);
    let names: Vec<String> = timeline
        .rows
        .iter()
        .map(|row| sanitize::text(&shortened(&row.name)).into_owned())
        .collect();
    let width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let mut block = String::new();
    for (row, name) in timeline.rows.iter().zip(&names) {
        let mark = if row.found { '>' } else { ' ' };
        let pad = " ".repeat(width - name.width());
        let _ = writeln!(
            block,
            "{mark} {name}{pad}  {}  {}",
            strokes(&axis, row),
            row.text
        );
    }
    if let Some(left_out) = axis.left_out() {
        let _ = writeln!(block, "{GAP} {left_out} omitted");
    }
    let fence = "`".repeat(longest_run(&block, '`').max(2) + 1);
    let event = match timeline.pointer {
        "" => "The event".to_owned(),
        pointer => format!("The event {}", code(&shortened(pointer), Place::Line)),
    };
    let file = code(file, Place::Line);
    format!("\n{event} in {file}:\n\n{fence}text\n{block}{fence}\n")
}

fn strokes(axis: &Axis, row: &Row) -> String {
    let cell = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    let last = cell(SCALE.width);
    let mut cells = vec![' '; last + 1];
    for gap in &axis.breaks {
        cells[cell(*gap).min(last)] = GAP;
    }
    let [start, end] = [row.start, row.end].map(|time| cell(axis.place(time)).min(last));
    let stroke = match row.kind {
        Kind::Instant => INSTANT,
        Kind::Phase => PHASE,
        Kind::Backwards => BACKWARDS,
    };
    // A phase fills the cells up to its end, an instant and the shortest phase one.
    let (from, to) = (start.min(end), start.max(end));
    cells[from..to.max(from + 1)].fill(stroke);
    cells.into_iter().collect()
}

//! The quantities of a finding to scale: instants on a line, durations as bars.
//!
//! Owns what is drawn and where, in whole cells; formats choose the strokes.

use crate::diagnostic::{Operand, Quantity};
use crate::edm::elapsed;

/// Quantities of one kind, to one scale.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chart {
    /// Instants, or else durations.
    pub(super) instants: bool,
    /// Instants in order of time, durations as given.
    pub(super) rows: Vec<Row>,
}

/// One quantity.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The member's name: not yet safe to print.
    pub(super) name: String,
    /// Cells from the left: where an instant stands, or how long a duration is.
    pub(super) cells: usize,
    /// The duration is below zero.
    pub(super) negative: bool,
    /// The time after the first instant, or the duration.
    pub(super) text: String,
}

/// The charts of a finding's operands, `width` cells wide. A single quantity makes none.
pub(super) fn charts(operands: &[Operand], width: usize) -> Vec<Chart> {
    let mut instants: Vec<(&str, i64)> = Vec::new();
    let mut durations: Vec<(&str, i64)> = Vec::new();
    for operand in operands {
        match operand.quantity {
            Quantity::Instant(ticks) => instants.push((&operand.name, ticks)),
            Quantity::Duration(ticks) => durations.push((&operand.name, ticks)),
        }
    }
    instants.sort_by_key(|(_, ticks)| *ticks);
    let instants = (instants.len() > 1).then(|| timeline(&instants, width));
    let durations = (durations.len() > 1).then(|| bars(&durations, width));
    instants.into_iter().chain(durations).collect()
}

fn timeline(instants: &[(&str, i64)], width: usize) -> Chart {
    let first = instants.first().map_or(0, |(_, ticks)| *ticks);
    let since = |ticks: i64| ticks.saturating_sub(first);
    let whole = instants.last().map_or(0, |(_, ticks)| since(*ticks));
    let rows = instants.iter().map(|(name, ticks)| Row {
        name: (*name).to_owned(),
        cells: scale(
            since(*ticks).unsigned_abs(),
            whole.unsigned_abs(),
            width - 1,
        ),
        negative: false,
        text: match since(*ticks) {
            0 => String::new(),
            after => format!("+{}", elapsed(after)),
        },
    });
    Chart {
        instants: true,
        rows: rows.collect(),
    }
}

fn bars(durations: &[(&str, i64)], width: usize) -> Chart {
    let longest = durations
        .iter()
        .map(|(_, ticks)| ticks.unsigned_abs())
        .max();
    let rows = durations.iter().map(|(name, ticks)| Row {
        name: (*name).to_owned(),
        cells: scale(ticks.unsigned_abs(), longest.unwrap_or(0), width),
        negative: *ticks < 0,
        text: elapsed(*ticks),
    });
    Chart {
        instants: false,
        rows: rows.collect(),
    }
}

/// `part` of `whole` in cells of `width`, rounded, but never nothing for something.
fn scale(part: u64, whole: u64, width: usize) -> usize {
    if part == 0 || whole == 0 {
        return 0;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let cells = (part * width as u128 * 2 + whole) / (whole * 2);
    usize::try_from(cells).unwrap_or(width).clamp(1, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 10_000_000;

    fn operand(name: &str, quantity: Quantity) -> Operand {
        Operand {
            name: name.to_owned(),
            quantity,
        }
    }

    #[test]
    fn charts_are_to_scale() {
        let operands = [
            operand("b", Quantity::Instant(30 * SECOND)),
            operand("a", Quantity::Instant(10 * SECOND)),
            operand("c", Quantity::Instant(50 * SECOND)),
            operand("long", Quantity::Duration(10 * SECOND)),
            operand("short", Quantity::Duration(-1)),
            operand("none", Quantity::Duration(0)),
        ];
        let seen: Vec<_> = charts(&operands, 21)
            .into_iter()
            .flat_map(|chart| chart.rows)
            .map(|row| (row.name, row.cells, row.negative, row.text))
            .collect();
        let row = |name: &str, cells, negative, text: &str| {
            (name.to_owned(), cells, negative, text.to_owned())
        };
        let expected = [
            row("a", 0, false, ""),
            row("b", 10, false, "+20 s"),
            row("c", 20, false, "+40 s"),
            row("long", 21, false, "10 s"),
            row("short", 1, true, "-100 ns"),
            row("none", 0, false, "0 s"),
        ];
        assert_eq!(seen, expected);
        assert!(charts(&operands[..1], 21).is_empty());
        let extreme = [
            operand("x", Quantity::Instant(i64::MIN)),
            operand("y", Quantity::Instant(i64::MAX)),
        ];
        assert_eq!(charts(&extreme, 21)[0].rows[1].cells, 20);
    }
}

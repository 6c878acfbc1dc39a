//! The quantities of a finding to scale: instants on a line, durations as bars.
//!
//! Owns what is drawn and where, in whole cells; formats choose the strokes.

use crate::diagnostic::{Operand, Quantity};

/// Ticks of 100 ns in a second.
const SECOND: i128 = 10_000_000;

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
    let mut instants: Vec<(&str, i128)> = Vec::new();
    let mut durations: Vec<(&str, i128)> = Vec::new();
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

fn timeline(instants: &[(&str, i128)], width: usize) -> Chart {
    let first = instants.first().map_or(0, |(_, ticks)| *ticks);
    let whole = instants.last().map_or(0, |(_, ticks)| *ticks) - first;
    let rows = instants.iter().map(|(name, ticks)| Row {
        name: (*name).to_owned(),
        cells: scale(ticks - first, whole, width - 1),
        negative: false,
        text: if ticks == &first {
            String::new()
        } else {
            format!("+{}", duration(ticks - first))
        },
    });
    Chart {
        instants: true,
        rows: rows.collect(),
    }
}

fn bars(durations: &[(&str, i128)], width: usize) -> Chart {
    let longest = durations.iter().map(|(_, ticks)| ticks.abs()).max();
    let rows = durations.iter().map(|(name, ticks)| Row {
        name: (*name).to_owned(),
        cells: scale(ticks.abs(), longest.unwrap_or(0), width),
        negative: *ticks < 0,
        text: duration(*ticks),
    });
    Chart {
        instants: false,
        rows: rows.collect(),
    }
}

/// `part` of `whole` in cells of `width`, rounded, but never nothing for something.
fn scale(part: i128, whole: i128, width: usize) -> usize {
    if part == 0 || whole == 0 {
        return 0;
    }
    let cells = (part * width as i128 * 2 + whole) / (whole * 2);
    usize::try_from(cells).unwrap_or(width).clamp(1, width)
}

/// A duration in words, exact: `1 h 2 min 3.5 s`.
fn duration(ticks: i128) -> String {
    let sign = if ticks < 0 { "-" } else { "" };
    let (seconds, fraction) = (ticks.abs() / SECOND, ticks.abs() % SECOND);
    let units = [
        (seconds / 86_400, "d"),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
    ];
    let mut parts: Vec<String> = units
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    if parts.is_empty() || seconds % 60 != 0 || fraction != 0 {
        let fraction = format!(".{fraction:07}");
        let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
        parts.push(format!("{}{fraction} s", seconds % 60));
    }
    format!("{sign}{}", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let table = [
            (0, "0 s"),
            (1, "0.0000001 s"),
            (693_000_000, "1 min 9.3 s"),
            (600_000_000, "1 min"),
            (-600_000_000, "-1 min"),
            (90_061 * SECOND, "1 d 1 h 1 min 1 s"),
            (i128::from(i64::MIN), "-10675199 d 2 h 48 min 5.4775808 s"),
        ];
        for (ticks, expected) in table {
            assert_eq!(duration(ticks), expected);
        }
    }

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
            row("short", 1, true, "-0.0000001 s"),
            row("none", 0, false, "0 s"),
        ];
        assert_eq!(seen, expected);
        assert!(charts(&operands[..1], 21).is_empty());
        let extreme = [
            operand("x", Quantity::Instant(i128::from(i64::MIN) * 4)),
            operand("y", Quantity::Instant(i128::from(i64::MAX) * 4)),
        ];
        assert_eq!(charts(&extreme, 21)[0].rows[1].cells, 20);
    }
}

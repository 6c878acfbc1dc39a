//! The phases of one event on a common axis of time: a Gantt chart as rows of a table.
//!
//! Owns which phase begins where, and the axis. An event gives durations and not when its stages
//! began, so they follow each other from the begin of the deployment, as the service runs them.

use std::io::{self, Write};

use super::escape::escape;
use crate::diagnostic::{Operand, Quantity, Severity};
use crate::edm::{date_time, elapsed};
use crate::view::Field;

/// Width of the axis, in the units of its drawing.
const WIDTH: u64 = 400;
/// Room for half a point at either end.
const MARGIN: u64 = 5;
/// Width of a gap that is not drawn to scale.
const BREAK: u64 = 24;
/// How many times all others together a gap may be and still be drawn to scale.
const MOST: u64 = 4;

/// A phase, or an instant where it ends as it begins.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    name: String,
    start: i64,
    end: i64,
    kind: Kind,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Instant,
    Phase,
    /// It ends before it begins.
    Backwards,
}

/// Draws what an event gives; `faulty` are the members that its findings are about,
/// the worst of which is of this severity.
pub(super) fn write(
    times: &[Operand],
    faulty: &[&str],
    severity: Severity,
    caption: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = rows(times);
    if rows.len() < 2 {
        return Ok(());
    }
    let axis = Axis::new(&rows);
    let found = |row: &Row| row.name.split(' ').any(|name| faulty.contains(&name));
    // Where no finding is about a time, who reads on need not pass it.
    let open = if rows.iter().any(found) { " open" } else { "" };
    write!(
        out,
        "<details class=\"timeline {severity}\"{open}>\n<summary>{caption}</summary>\n<table>\n"
    )?;
    for row in &rows {
        let class = if found(row) { " class=\"found\"" } else { "" };
        writeln!(
            out,
            "<tr{class}><th scope=\"row\">{}</th><td><svg viewBox=\"0 0 {} 14\" aria-hidden=\"true\">{}{}</svg></td><td>{}</td></tr>",
            escape(&row.name),
            WIDTH + 2 * MARGIN,
            axis.breaks(),
            axis.shape(row),
            row.text
        )?;
    }
    out.write_all(b"</table>\n")?;
    if axis.left_out > 0 {
        let left_out = elapsed(i64::try_from(axis.left_out).unwrap_or(i64::MAX));
        writeln!(
            out,
            "<p class=\"place\">Dashed line: {left_out} omitted.</p>"
        )?;
    }
    out.write_all(b"</details>\n")
}

/// The event's own values, taken away as they are placed.
struct Values<'a>(Vec<&'a Operand>);

impl Values<'_> {
    fn instant(&mut self, field: Field) -> Option<i64> {
        self.take(field, |quantity| match quantity {
            Quantity::Instant(ticks) => Some(ticks),
            Quantity::Duration(_) => None,
        })
    }

    fn duration(&mut self, field: Field) -> Option<i64> {
        self.take(field, |quantity| match quantity {
            Quantity::Duration(ticks) => Some(ticks),
            Quantity::Instant(_) => None,
        })
    }

    fn take(&mut self, field: Field, of: fn(Quantity) -> Option<i64>) -> Option<i64> {
        let found = |one: &&Operand| one.name == field.name() && of(one.quantity).is_some();
        let at = self.0.iter().position(found)?;
        of(self.0.remove(at).quantity)
    }
}

/// What is drawn, in the order of a deployment; members that are no part of one come last.
fn rows(times: &[Operand]) -> Vec<Row> {
    let mut values = Values(times.iter().collect());
    let instants = times.iter().filter_map(|one| match one.quantity {
        Quantity::Instant(ticks) => Some(ticks),
        Quantity::Duration(_) => None,
    });
    let first = instants.min().unwrap_or(0);
    let registered = values.instant(Field::DeviceRegisteredDateTime);
    let enrolled = values.instant(Field::EnrollmentStartDateTime);
    let begin = values.instant(Field::DeploymentStartDateTime);
    let end = values.instant(Field::DeploymentEndDateTime);
    let recorded = values.instant(Field::EventDateTime);
    let anchor = begin.or(enrolled).unwrap_or(first);

    let mut rows = Vec::new();
    rows.extend(registered.map(|at| instant(Field::DeviceRegisteredDateTime.name(), at)));
    rows.extend(enrolled.map(|at| instant(Field::EnrollmentStartDateTime.name(), at)));
    rows.extend(deployment(begin, end));
    let mut after = anchor;
    for field in Field::STAGES {
        if let Some(length) = values.duration(field) {
            rows.push(phase(field.name(), after, length));
            after = after.saturating_add(length.max(0));
        }
    }
    for (field, from) in [
        (Field::DeploymentDuration, anchor),
        (Field::DeploymentTotalDuration, enrolled.unwrap_or(anchor)),
    ] {
        let length = values.duration(field);
        rows.extend(length.map(|length| phase(field.name(), from, length)));
    }
    rows.extend(recorded.map(|at| instant(Field::EventDateTime.name(), at)));
    rows.extend(values.0.into_iter().map(|one| match one.quantity {
        Quantity::Instant(at) => instant(&one.name, at),
        Quantity::Duration(length) => phase(&one.name, first, length),
    }));
    rows
}

/// The deployment from its begin to its end, or what is known of it.
fn deployment(begin: Option<i64>, end: Option<i64>) -> Vec<Row> {
    let names = [Field::DeploymentStartDateTime, Field::DeploymentEndDateTime].map(Field::name);
    let (Some(start), Some(end)) = (begin, end) else {
        let known = names.into_iter().zip([begin, end]);
        return known
            .filter_map(|(name, at)| Some(instant(name, at?)))
            .collect();
    };
    let [from, to] = names;
    let row = phase(&format!("{from} to {to}"), start, end.saturating_sub(start));
    vec![Row { start, end, ..row }]
}

fn instant(name: &str, at: i64) -> Row {
    Row {
        name: name.to_owned(),
        start: at,
        end: at,
        kind: Kind::Instant,
        text: date_time::canonical(at, 0),
    }
}

fn phase(name: &str, start: i64, length: i64) -> Row {
    Row {
        name: name.to_owned(),
        start,
        end: start.saturating_add(length),
        kind: if length < 0 {
            Kind::Backwards
        } else {
            Kind::Phase
        },
        text: elapsed(length),
    }
}

/// From time to place. To scale, but for gaps so long that nothing else could be told apart.
struct Axis {
    /// Each time that is drawn, and its place.
    places: Vec<(i64, u64)>,
    /// Where a gap is not to scale.
    breaks: Vec<u64>,
    /// Ticks in those gaps.
    left_out: u64,
}

impl Axis {
    fn new(rows: &[Row]) -> Self {
        let mut times: Vec<i64> = rows.iter().flat_map(|row| [row.start, row.end]).collect();
        times.sort_unstable();
        times.dedup();
        let gaps: Vec<u64> = times
            .windows(2)
            .map(|pair| pair[1].abs_diff(pair[0]))
            .collect();
        let broken = broken(&gaps);
        let drawn = gaps.iter().zip(&broken).filter(|(_, broken)| !**broken);
        let whole: u128 = drawn.map(|(gap, _)| u128::from(*gap)).sum();
        let breaks = broken.iter().filter(|broken| **broken).count() as u64;
        let room = WIDTH.saturating_sub(breaks * BREAK);
        let mut axis = Self {
            places: Vec::with_capacity(times.len()),
            breaks: Vec::new(),
            left_out: 0,
        };
        let (mut passed, mut shift) = (0_u128, MARGIN);
        for (index, time) in times.iter().enumerate() {
            let scaled = (passed * u128::from(room)).checked_div(whole).unwrap_or(0);
            let place = shift + u64::try_from(scaled).unwrap_or(room);
            axis.places.push((*time, place));
            match (gaps.get(index), broken.get(index)) {
                (Some(gap), Some(true)) => {
                    axis.breaks.push(place + BREAK / 2);
                    axis.left_out = axis.left_out.saturating_add(*gap);
                    shift += BREAK;
                }
                (Some(gap), _) => passed += u128::from(*gap),
                (None, _) => {}
            }
        }
        axis
    }

    fn place(&self, time: i64) -> u64 {
        let at = self.places.binary_search_by_key(&time, |(time, _)| *time);
        at.map_or(MARGIN, |at| self.places[at].1)
    }

    fn breaks(&self) -> String {
        let line = |x: &u64| format!("<path class=\"break\" d=\"M{x} 0V14\"/>");
        self.breaks.iter().map(line).collect()
    }

    fn shape(&self, row: &Row) -> String {
        let (start, end) = (self.place(row.start), self.place(row.end));
        let class = match row.kind {
            Kind::Instant => return format!("<circle cx=\"{start}\" cy=\"7\" r=\"4\"/>"),
            Kind::Phase => "bar",
            Kind::Backwards => "negative",
        };
        let width = start.abs_diff(end).max(1);
        let x = start.min(end);
        format!("<rect class=\"{class}\" x=\"{x}\" y=\"2\" width=\"{width}\" height=\"10\"/>")
    }
}

/// Which gaps are longer than all others together, many times over.
fn broken(gaps: &[u64]) -> Vec<bool> {
    let mut broken = vec![false; gaps.len()];
    loop {
        let left = || gaps.iter().enumerate().filter(|(index, _)| !broken[*index]);
        let Some((index, longest)) = left().max_by_key(|(_, gap)| **gap) else {
            return broken;
        };
        let all: u128 = left().map(|(_, gap)| u128::from(*gap)).sum();
        let others = all - u128::from(*longest);
        if others == 0 || u128::from(*longest) <= others * u128::from(MOST) {
            return broken;
        }
        broken[index] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 10_000_000;
    const DAY: i64 = 86_400 * SECOND;

    fn at(name: &str, ticks: i64) -> Operand {
        Operand {
            name: name.to_owned(),
            quantity: Quantity::Instant(ticks),
        }
    }

    fn lasting(name: &str, ticks: i64) -> Operand {
        Operand {
            name: name.to_owned(),
            quantity: Quantity::Duration(ticks),
        }
    }

    #[test]
    fn stages_follow_each_other_from_the_begin_of_the_deployment() {
        let event = [
            at("eventDateTime", 700 * SECOND),
            at("deploymentStartDateTime", 100 * SECOND),
            at("deploymentEndDateTime", 400 * SECOND),
            lasting("accountSetupDuration", 20 * SECOND),
            lasting("deviceSetupDuration", -5 * SECOND),
            lasting("devicePreparationDuration", 30 * SECOND),
            lasting("deploymentTotalDuration", 250 * SECOND),
            lasting("strange", SECOND),
        ];
        let seen: Vec<_> = rows(&event)
            .into_iter()
            .map(|row| (row.name, row.start / SECOND, row.end / SECOND, row.kind))
            .collect();
        let row = |name: &str, start, end, kind| (name.to_owned(), start, end, kind);
        let expected = [
            row(
                "deploymentStartDateTime to deploymentEndDateTime",
                100,
                400,
                Kind::Phase,
            ),
            row("devicePreparationDuration", 100, 130, Kind::Phase),
            row("deviceSetupDuration", 130, 125, Kind::Backwards),
            row("accountSetupDuration", 130, 150, Kind::Phase),
            row("deploymentTotalDuration", 100, 350, Kind::Phase),
            row("eventDateTime", 700, 700, Kind::Instant),
            row("strange", 100, 101, Kind::Phase),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_deployment_that_ends_before_it_starts_runs_backwards() {
        let event = [
            at("deploymentStartDateTime", 5),
            at("deploymentEndDateTime", 3),
        ];
        let rows = rows(&event);
        assert_eq!((rows[0].start, rows[0].end), (5, 3));
        assert_eq!(rows[0].kind, Kind::Backwards);
        let alone = super::rows(&event[1..]);
        assert_eq!(alone[0].name, "deploymentEndDateTime");
    }

    #[test]
    fn gaps_that_dwarf_all_else_are_left_out() {
        let table: [(&[i64], &[u64], u64); 5] = [
            (&[0, 10, 20, 40], &[5, 105, 205, 405], 0),
            (&[0, DAY, DAY + 10, DAY + 20], &[5, 29, 217, 405], 1),
            (
                &[0, 10, DAY, DAY + 10, 1000 * DAY],
                &[5, 181, 205, 381, 405],
                2,
            ),
            (&[7, 7], &[5], 0),
            (&[i64::MIN, 0, i64::MAX], &[5, 205, 405], 0),
        ];
        for (times, expected, breaks) in table {
            let rows: Vec<Row> = times.iter().map(|at| instant("x", *at)).collect();
            let axis = Axis::new(&rows);
            let places: Vec<u64> = axis.places.iter().map(|(_, place)| *place).collect();
            assert_eq!(places, expected, "{times:?}");
            assert_eq!(axis.breaks.len() as u64, breaks);
        }
    }
}

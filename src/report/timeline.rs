//! The phases of an event on a common axis of time, for formats that draw them.
//!
//! Owns which findings are about one event, which phase begins where, and the axis; formats choose
//! the strokes. An event gives durations and not when its stages began, so they follow each other
//! from the begin of the deployment, as the service runs them.

use super::Finding;
use crate::diagnostic::{Operand, Quantity, Severity};
use crate::edm::{date_time, elapsed};
use crate::json::Pointer;
use crate::view::Field;

/// How many times all others together a gap may be and still be drawn to scale.
const MOST: u64 = 4;

/// The phases of one event.
pub(super) struct Timeline<'a> {
    /// Two at least, in the order of a deployment.
    pub(super) rows: Vec<Row>,
    /// The event's pointer, empty for the whole document: not yet safe to print.
    pub(super) pointer: &'a str,
    /// That of the worst finding.
    pub(super) severity: Severity,
}

/// A phase, or an instant where it ends as it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The members that give it: not yet safe to print.
    pub(super) name: String,
    /// Ticks.
    pub(super) start: i64,
    /// Ticks; before `start` if it runs backwards.
    pub(super) end: i64,
    /// How it is drawn.
    pub(super) kind: Kind,
    /// The instant, or how long it takes.
    pub(super) text: String,
    /// A finding is about it.
    pub(super) found: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A point.
    Instant,
    /// A bar.
    Phase,
    /// It ends before it begins.
    Backwards,
}

/// Sizes of an axis, in units of its drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Between the margins.
    pub(super) width: u64,
    /// Room for half a point at either end.
    pub(super) margin: u64,
    /// A gap that is not drawn to scale.
    pub(super) gap: u64,
}

impl<'a> Timeline<'a> {
    /// That of the event which these findings are about, unless it gives fewer than two phases.
    pub(super) fn of(findings: &[Finding<'a>]) -> Option<Self> {
        let finding = findings.iter().find(|finding| !times(finding).is_empty())?;
        let mut rows = rows(times(finding));
        if rows.len() < 2 {
            return None;
        }
        let about = findings.iter().flat_map(members);
        let about: Vec<&str> = about.collect();
        for row in &mut rows {
            row.found = row.name.split(' ').any(|name| about.contains(&name));
        }
        let severities = findings.iter().map(|one| one.located.diagnostic.severity);
        let payload = finding.located.diagnostic.payload.as_ref();
        Some(Self {
            rows,
            pointer: payload.map_or("", Pointer::as_str),
            severity: severities.max().unwrap_or(Severity::Info),
        })
    }

    /// Whether a finding is about one of its times.
    pub(super) fn is_found(&self) -> bool {
        self.rows.iter().any(|row| row.found)
    }
}

/// The members that a finding is about.
fn members<'a>(finding: &Finding<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let diagnostic = &finding.located.diagnostic;
    let at = diagnostic.pointer.as_str().rsplit('/').next();
    let compared = diagnostic.operands.iter().map(|one| one.name.as_str());
    at.into_iter().chain(compared)
}

/// The dates and durations of the event that a finding is about, or those that it compares.
fn times<'a>(finding: &Finding<'a>) -> &'a [Operand] {
    let diagnostic = &finding.located.diagnostic;
    diagnostic.times.as_deref().unwrap_or(&diagnostic.operands)
}

/// The findings of one file event by event; those between, of none, go with the next.
pub(super) fn events<'a, 'f>(findings: &'f [Finding<'a>]) -> Vec<&'f [Finding<'a>]> {
    let mut events = Vec::new();
    let mut rest = findings;
    while let Some(first) = rest.iter().position(|finding| !times(finding).is_empty()) {
        let of_event = times(&rest[first]);
        let other = |finding: &Finding<'a>| {
            let times = times(finding);
            !times.is_empty() && !std::ptr::eq(times, of_event)
        };
        let end = rest[first..].iter().position(other);
        let (event, after) = rest.split_at(end.map_or(rest.len(), |end| first + end));
        events.push(event);
        rest = after;
    }
    events.extend((!rest.is_empty()).then_some(rest));
    events
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
        found: false,
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
        found: false,
    }
}

/// From time to place. To scale, but for gaps so long that nothing else could be told apart.
pub(super) struct Axis {
    /// Each time that is drawn, and its place.
    places: Vec<(i64, u64)>,
    /// The place of the first.
    margin: u64,
    /// Where a gap is not to scale.
    pub(super) breaks: Vec<u64>,
    /// Ticks in those gaps.
    left_out: u64,
}

impl Axis {
    /// The axis of these rows.
    pub(super) fn new(rows: &[Row], scale: Scale) -> Self {
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
        let room = scale.width.saturating_sub(breaks * scale.gap);
        let mut axis = Self {
            places: Vec::with_capacity(times.len()),
            margin: scale.margin,
            breaks: Vec::new(),
            left_out: 0,
        };
        let (mut passed, mut shift) = (0_u128, scale.margin);
        for (index, time) in times.iter().enumerate() {
            let scaled = (passed * u128::from(room)).checked_div(whole).unwrap_or(0);
            let place = shift + u64::try_from(scaled).unwrap_or(room);
            axis.places.push((*time, place));
            match (gaps.get(index), broken.get(index)) {
                (Some(gap), Some(true)) => {
                    axis.breaks.push(place + scale.gap / 2);
                    axis.left_out = axis.left_out.saturating_add(*gap);
                    shift += scale.gap;
                }
                (Some(gap), _) => passed += u128::from(*gap),
                (None, _) => {}
            }
        }
        axis
    }

    /// How long the gaps are that are not to scale, if there are any.
    pub(super) fn left_out(&self) -> Option<String> {
        let ticks = i64::try_from(self.left_out).unwrap_or(i64::MAX);
        (self.left_out > 0).then(|| elapsed(ticks))
    }

    /// Where a time of the rows is drawn.
    pub(super) fn place(&self, time: i64) -> u64 {
        let at = self.places.binary_search_by_key(&time, |(time, _)| *time);
        at.map_or(self.margin, |at| self.places[at].1)
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

    const SCALE: Scale = Scale {
        width: 400,
        margin: 5,
        gap: 24,
    };
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
            let axis = Axis::new(&rows, SCALE);
            let places: Vec<u64> = axis.places.iter().map(|(_, place)| *place).collect();
            assert_eq!(places, expected, "{times:?}");
            assert_eq!(axis.breaks.len() as u64, breaks);
        }
    }
}

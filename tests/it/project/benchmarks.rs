//! What the benchmarks measure is what they say: clean events are clean, and faulty ones are not.

#[path = "../../../benches/workload/mod.rs"]
mod workload;

use workload::{FAULTS, Shape};

use crate::library::{Linter, Options, Scratch};

const EVENTS: usize = 500;

/// The findings in each of the first events.
fn found(shape: Shape) -> Vec<usize> {
    let linter = Linter::new(&Options::default()).expect("default options");
    let mut scratch = Scratch::default();
    let text = workload::json_lines(shape, EVENTS);
    let lines = text.lines();
    lines
        .map(|line| {
            linter
                .check(line.as_bytes(), &mut scratch)
                .diagnostics
                .len()
        })
        .collect()
}

#[test]
fn clean_events_are_clean_in_every_shape() {
    let shape = Shape::default();
    let wide = Shape {
        annotations: 50,
        ..shape
    };
    let long = Shape {
        text: 5_000,
        ..shape
    };
    for shape in [shape, wide, long, Shape { seed: 7, ..shape }] {
        assert_eq!(found(shape), [0; EVENTS], "{shape:?}");
    }
}

#[test]
fn as_many_events_are_faulty_as_are_asked_for() {
    for faulty in [100, 500, 1000] {
        let shape = Shape {
            faulty,
            ..Shape::default()
        };
        let wrong = found(shape).iter().filter(|found| **found > 0).count();
        let asked = EVENTS * usize::try_from(faulty).expect("a share") / 1000;
        assert!(wrong.abs_diff(asked) <= EVENTS / 20, "{wrong} of {asked}");
    }
}

#[test]
fn every_event_has_its_unknown_members() {
    let shape = Shape {
        unknown: 2,
        ..Shape::default()
    };
    assert_eq!(found(shape), [2; EVENTS]);
}

#[test]
fn every_kind_of_fault_can_be_made() {
    let event = Shape::default().events().next().expect("an event");
    for (right, _) in FAULTS {
        assert!(event.contains(right), "{right}");
    }
}

#[test]
fn the_clean_events_are_the_same_whatever_share_is_faulty() {
    let events = |faulty| {
        let shape = Shape {
            faulty,
            ..Shape::default()
        };
        shape.events().take(EVENTS).collect::<Vec<_>>()
    };
    let (clean, mixed) = (events(0), events(100));
    let same = clean.iter().zip(&mixed).filter(|(a, b)| a == b).count();
    assert!((EVENTS * 8 / 10..EVENTS).contains(&same), "{same}");
}

//! What each stage of the fast path gains: the same lines with all stages, and with one left out.
//!
//! `cargo bench --bench fast_path` prints medians of interleaved rounds. `scripts/stages` runs this
//! program under callgrind, with a row, a stage and a number of rounds.

mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use autopilot_lint::lint::{Linter, Options, Scratch, Stages};
use workload::Shape;

const EVENTS: usize = 2_000;
const ROUNDS: usize = 41;

/// Rows: a name, the events and the revision.
const ROWS: [(&str, Shape, &str); 4] = [
    ("clean", shape(0, 0), "any"),
    ("annotations", shape(0, 4), "any"),
    ("unknown member", shape(1, 0), "any"),
    ("a revision", shape(0, 0), "2019-09"),
];

const ALL: Stages = Stages {
    usual_values: true,
    constant_values: true,
    rules_that_fall_away: true,
    literals_on_the_way: true,
    findings_in_names: true,
};

/// What runs, by what is left out; `None` = nothing of the fast path.
const STAGES: [(&str, Option<Stages>); 7] = [
    ("nothing", Some(ALL)),
    ("learned shapes", None),
    (
        "usual values",
        Some(Stages {
            usual_values: false,
            ..ALL
        }),
    ),
    (
        "constant values",
        Some(Stages {
            constant_values: false,
            ..ALL
        }),
    ),
    (
        "rules that fall away",
        Some(Stages {
            rules_that_fall_away: false,
            ..ALL
        }),
    ),
    (
        "literals on the way",
        Some(Stages {
            literals_on_the_way: false,
            ..ALL
        }),
    ),
    (
        "findings in names",
        Some(Stages {
            findings_in_names: false,
            ..ALL
        }),
    ),
];

const fn shape(unknown: usize, annotations: usize) -> Shape {
    Shape {
        seed: 1,
        faulty: 0,
        unknown,
        annotations,
        text: 0,
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match &*words {
        [row, stage, rounds] => {
            let number = |word: &str| word.parse().expect("a number");
            let mut run = Run::new(number(row), number(stage));
            (0..number(rounds)).for_each(|_| run.round());
        }
        // The names, for whoever counts.
        [list] if list == "list" => {
            println!("{}", ROWS.map(|(name, ..)| name).join("\t"));
            println!("{}", STAGES.map(|(name, _)| name).join("\t"));
        }
        _ => (0..ROWS.len()).for_each(compare),
    }
}

/// Lines, and the buffers of a linter that has met them.
struct Run {
    text: String,
    linter: Linter,
    scratch: Scratch,
}

impl Run {
    fn new(row: usize, stage: usize) -> Self {
        let (_, shape, revision) = ROWS[row];
        let options = Options {
            revision: revision.to_owned(),
            ..Options::default()
        };
        let scratch = STAGES[stage].1.map(Scratch::with_stages);
        Self {
            text: workload::json_lines(shape, EVENTS),
            linter: Linter::new(&options).expect("a revision"),
            scratch: scratch.unwrap_or_else(Scratch::without_filter),
        }
    }

    fn round(&mut self) {
        for line in self.text.lines() {
            black_box(self.linter.check(line.as_bytes(), &mut self.scratch));
        }
    }
}

fn compare(row: usize) {
    let mut runs: Vec<Run> = (0..STAGES.len())
        .map(|stage| Run::new(row, stage))
        .collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); runs.len()];
    for _ in 0..ROUNDS {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let started = Instant::now();
            run.round();
            times.push(started.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[ROUNDS / 2].as_secs_f64()
    };
    let medians: Vec<f64> = times.iter_mut().map(median).collect();
    println!("{EVENTS} lines, {}", ROWS[row].0);
    for ((name, _), median) in STAGES.iter().zip(&medians) {
        let (ms, ratio) = (median * 1e3, median / medians[0]);
        println!("  without {name:<22} {ms:>8.2} ms {ratio:>6.2} x");
    }
}

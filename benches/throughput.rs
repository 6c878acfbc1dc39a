//! Events as JSON Lines through one thread: all default rules, with the filter before the full path and
//! without it, beside others that parse the same bytes or check them with a schema. Interleaved rounds,
//! medians, ratios; run with `cargo bench --bench throughput`.

mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use autopilot_lint::json::{self, Tape};
use autopilot_lint::lint::{Linter, Options, Scratch};
use autopilot_lint::model::schema::{SchemaOptions, to_json_schema};
use serde::de::IgnoredAny;
use serde_json::Value;
use workload::Shape;

const EVENTS: usize = 100_000;
const ROUNDS: usize = 11;
/// 2026-11-01T00:00:00Z in 100 ns ticks.
const NOW: i64 = 639_290_880_000_000_000;

type Contender<'a> = (&'static str, Box<dyn FnMut() + 'a>);

fn main() {
    let text = workload::json_lines(Shape::default(), EVENTS);
    let linter = linter();
    let found: usize = text
        .lines()
        .map(|line| {
            linter
                .check(line.as_bytes(), &mut Scratch::default())
                .diagnostics
                .len()
        })
        .sum();
    assert_eq!(found, 0, "the workload is clean");

    let mut contenders = contenders(&text, &linter);
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..ROUNDS {
        for ((_, run), times) in contenders.iter_mut().zip(&mut times) {
            let started = Instant::now();
            run();
            times.push(started.elapsed());
        }
    }
    print(&contenders, times, text.len());
}

fn linter() -> Linter {
    let options = Options {
        now: Some(NOW),
        ..Options::default()
    };
    Linter::new(&options).expect("default options")
}

/// Others, and ours from the parts to the whole.
fn contenders<'a>(text: &'a str, linter: &'a Linter) -> Vec<Contender<'a>> {
    let (mut tape, mut scratch) = (Tape::new(), Scratch::default());
    let mut unfiltered = Scratch::without_filter();
    let schema = to_json_schema(linter.model(), &SchemaOptions::default());
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let each =
        |mut run: Box<dyn FnMut(&str) + 'a>| Box::new(move || text.lines().for_each(&mut run));
    vec![
        (
            "serde_json::Value",
            each(Box::new(|line| {
                black_box(serde_json::from_str::<Value>(line).is_ok());
            })),
        ),
        (
            "serde_json IgnoredAny",
            each(Box::new(|line| {
                black_box(serde_json::from_str::<IgnoredAny>(line).is_ok());
            })),
        ),
        (
            "Value and jsonschema",
            each(Box::new(move |line| {
                let value: Value = serde_json::from_str(line).expect("JSON");
                assert!(black_box(validator.is_valid(&value)));
            })),
        ),
        ("simd-json tape", simd_json(text)),
        (
            "span tape",
            each(Box::new(move |line| {
                black_box(json::parse(line, &mut tape).is_ok());
            })),
        ),
        (
            "full path",
            each(Box::new(move |line| {
                black_box(linter.check(line.as_bytes(), &mut unfiltered));
            })),
        ),
        (
            "filter and full path",
            each(Box::new(move |line| {
                black_box(linter.check(line.as_bytes(), &mut scratch));
            })),
        ),
    ]
}

/// It writes into what it reads, so it is given a copy each time.
fn simd_json<'a>(text: &'a str) -> Box<dyn FnMut() + 'a> {
    let mut buffers = simd_json::Buffers::default();
    let mut copy = text.as_bytes().to_vec();
    Box::new(move || {
        copy.copy_from_slice(text.as_bytes());
        let mut tape = simd_json::Tape(Vec::new());
        for line in copy.split_mut(|byte| *byte == b'\n') {
            if !line.is_empty() {
                simd_json::fill_tape(line, &mut buffers, &mut tape).expect("JSON");
                black_box(&tape);
            }
        }
    })
}

fn print(contenders: &[Contender<'_>], mut times: Vec<Vec<Duration>>, bytes: usize) {
    let medians: Vec<f64> = times
        .iter_mut()
        .map(|times| {
            times.sort_unstable();
            times[ROUNDS / 2].as_secs_f64()
        })
        .collect();
    println!("{EVENTS} events, {bytes} bytes, {ROUNDS} interleaved rounds, medians");
    for ((name, _), median) in contenders.iter().zip(&medians) {
        #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
        let speed = bytes as f64 / median / 1e6;
        println!(
            "{name:<22} {speed:>7.0} MB/s   {:>5.2} x Value",
            medians[0] / median
        );
    }
}

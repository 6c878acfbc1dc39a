//! What each stage costs, apart from the others: `cargo bench --bench stages`.

mod workload;

use autopilot_lint::diagnostic::Located;
use autopilot_lint::diagnostic::locate;
use autopilot_lint::json::{self, Tape};
use autopilot_lint::lint::{Linter, Options, Scratch};
use autopilot_lint::report::{self, FORMATS, FileReport, RenderOptions, Report};
use autopilot_lint::source::LineIndex;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use workload::Shape;

const EVENTS: usize = 500;

const CLEAN: Shape = Shape {
    seed: 1,
    faulty: 0,
    unknown: 0,
    annotations: 0,
    text: 0,
};
const FAULTY: Shape = Shape {
    faulty: 1000,
    ..CLEAN
};
const UNKNOWN: Shape = Shape {
    unknown: 1,
    ..CLEAN
};
const ANNOTATED: Shape = Shape {
    annotations: 4,
    ..CLEAN
};

fn main() {
    divan::main();
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let text = workload::json_lines(CLEAN, EVENTS);
    let mut tape = Tape::new();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        for line in text.lines() {
            json::parse(line, &mut tape).expect("JSON");
            black_box(&tape);
        }
    });
}

#[divan::bench]
fn filter(bencher: Bencher<'_, '_>) {
    check(bencher, CLEAN, Scratch::default());
}

#[divan::bench]
fn full_path(bencher: Bencher<'_, '_>) {
    check(bencher, CLEAN, Scratch::without_filter());
}

#[divan::bench]
fn annotated(bencher: Bencher<'_, '_>) {
    check(bencher, ANNOTATED, Scratch::default());
}

#[divan::bench]
fn unknown_member(bencher: Bencher<'_, '_>) {
    check(bencher, UNKNOWN, Scratch::default());
}

#[divan::bench]
fn faulty(bencher: Bencher<'_, '_>) {
    check(bencher, FAULTY, Scratch::default());
}

fn check(bencher: Bencher<'_, '_>, shape: Shape, mut scratch: Scratch) {
    let text = workload::json_lines(shape, EVENTS);
    let linter = Linter::new(&Options::default()).expect("default options");
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        for line in text.lines() {
            black_box(linter.check(line.as_bytes(), &mut scratch));
        }
    });
}

#[divan::bench(args = FORMATS.iter().map(|format| format.name))]
fn format(bencher: Bencher<'_, '_>, name: &str) {
    let format = report::format(name).expect("a registered format");
    let report = faulty_report();
    let options = RenderOptions::default();
    let mut out = Vec::new();
    bencher.bench_local(|| {
        out.clear();
        (format.write)(&report, &options, &mut out).expect("memory");
        black_box(&out);
    });
}

/// All that is found in one array of faulty events.
fn faulty_report() -> Report {
    let lines = workload::json_lines(FAULTY, EVENTS);
    let text = format!("[{}]", lines.trim_end().replace('\n', ",\n"));
    let linter = Linter::new(&Options::default()).expect("default options");
    let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
    let index = LineIndex::new(&text);
    let located = |found| locate(found, &index, true);
    let diagnostics: Vec<Located> = outcome.diagnostics.into_iter().map(located).collect();
    Report {
        files: vec![FileReport {
            path: "events.json".to_owned(),
            payloads: outcome.payloads,
            diagnostics,
            ..FileReport::default()
        }],
        ..Report::default()
    }
}

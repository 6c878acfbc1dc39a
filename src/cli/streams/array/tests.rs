//! An array gives the same whether it is checked in chunks or as a whole.

use std::io::{Seek, Write};

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::lint::{Linter, Options, Scratch};
use autopilot_lint::model::{Mode, table};
use autopilot_lint::policy::{Filter, Policy, Settings};

use super::*;
use crate::cli::budget::Budget;
use crate::cli::inputs::UnpackLimit;
use crate::cli::results::{Recognition, RunOptions, Segment};
use crate::support::document::{Document, Wrap};
use crate::support::event::Maker;
use crate::support::faults::{self, Fault, Make, Subject};
use crate::support::json::Json;

struct Bench {
    policy: Policy,
    settings: Settings,
    linter: Linter,
    file: File,
    budget: Budget,
    recognition: Recognition,
}

impl Bench {
    fn new(mode: Mode) -> Self {
        let policy = Policy::default();
        let settings = policy.settings(&policy.scope(None));
        let options = Options {
            mode,
            ..settings.options.clone()
        };
        Self {
            linter: Linter::new(&options).expect("any revision"),
            policy,
            settings,
            file: tempfile::tempfile().expect("a file"),
            budget: Budget::new(None),
            recognition: Recognition::new(table::autopilot_event().into()),
        }
    }

    fn collector(&self, threads: usize, most: usize) -> Collector<'_> {
        let options = RunOptions {
            max_file_size: u64::MAX,
            max_unpacked: UnpackLimit::new(None),
            budget: &self.budget,
            show: Severity::Info,
            max_diagnostics: most,
            threads,
            frames: true,
            redacted: false,
            fixes: None,
            recognition: &self.recognition,
            progress: None,
        };
        let filter = Filter::new(&self.policy, &self.settings.rules, None);
        Collector::new(&self.linter, options, filter)
    }

    fn whole(&self, text: &[u8], most: usize) -> String {
        let outcome = self.linter.check(text, &mut Scratch::default());
        let mut collector = self.collector(1, most);
        collector.add(Segment::whole(text), outcome.diagnostics, outcome.payloads);
        report(collector)
    }

    fn write(&mut self, text: &[u8]) {
        self.file.set_len(0).expect("empty");
        self.file.rewind().expect("a file");
        self.file.write_all(text).expect("written");
    }

    /// What the chunks give; `None` where they give up.
    fn chunks(
        &self,
        limits: ArrayLimits,
        length: usize,
        threads: usize,
        most: usize,
    ) -> Option<String> {
        let mut collector = self.collector(threads, most);
        check_within(limits, &self.file, length as u64, &mut collector)?;
        Some(report(collector))
    }
}

fn report(collector: Collector<'_>) -> String {
    format!("{:#?}", collector.finish("x.json", None).report)
}

/// An array of events, some with faults, or anything else.
fn document(maker: &mut Maker, faults: &[Fault], share: usize) -> Document {
    let mut document = Document::any(maker, 12);
    while !matches!(document.wrap, Wrap::Array | Wrap::Collection) && maker.random.chance(90) {
        document = Document::any(maker, 12);
    }
    for event in 0..document.events.len() {
        if maker.random.chance(share)
            && let Make::Event(make) = maker.random.pick(faults).make
        {
            let members = &mut document.events[event];
            make(&mut Subject { maker, members });
        }
    }
    if maker.random.chance(20)
        && let Make::Document(make) = maker.random.pick(faults).make
    {
        make(&mut document, &mut maker.random);
    }
    if maker.random.chance(5) {
        document.strangers.push(Json::token("[[{}], \"\\ud800\"]"));
    }
    document.layout.byte_order_mark = maker.random.chance(10);
    document
}

/// Changes a byte, now and then.
fn damage(text: &mut Vec<u8>, maker: &mut Maker) {
    if maker.random.chance(10) && !text.is_empty() {
        let at = maker.random.below(text.len());
        let by = maker
            .random
            .pick(&[b"{", b"}", b"[", b"]", b",", b"\"", b" ", b"\xff", b"0"]);
        if maker.random.chance(50) {
            text.splice(at..=at, by.iter().copied());
        } else {
            text.splice(at..at, by.iter().copied());
        }
    }
}

#[test]
fn chunks_give_what_the_whole_gives() {
    let faults: Vec<_> = faults::all();
    let mut given_up = 0;
    let mut alike = 0;
    for (seed, mode) in [(1, Mode::Any), (2, Mode::Create), (3, Mode::Response)] {
        let mut bench = Bench::new(mode);
        let mut maker = Maker::new(seed, None, Mode::Any);
        for round in 0..250 {
            let share = round % 4 * 10;
            let document = document(&mut maker, &faults, share);
            let mut text = document.write(&mut maker.random).into_bytes();
            damage(&mut text, &mut maker);
            let most = maker.random.pick(&[3, 1000]);
            let whole = bench.whole(&text, most);
            bench.write(&text);
            for _ in 0..2 {
                let limits = ArrayLimits {
                    chunk: 1 + maker.random.below(2000),
                    element: maker.random.pick(&[2000, 16 << 20]),
                    around: maker.random.pick(&[400, 64 << 10]),
                };
                match bench.chunks(limits, text.len(), 1, most) {
                    None => given_up += 1,
                    Some(chunks) if chunks == whole => alike += 1,
                    Some(chunks) => panic!(
                        "{limits:?} {mode:?}\n{}\n{}",
                        String::from_utf8_lossy(&text),
                        difference(&chunks, &whole)
                    ),
                }
            }
        }
    }
    assert!(alike > given_up, "{alike} alike, {given_up} given up");
}

/// The first lines that differ, with what is before them.
fn difference(chunks: &str, whole: &str) -> String {
    let same = chunks
        .lines()
        .zip(whole.lines())
        .take_while(|(a, b)| a == b);
    let from = same.count().saturating_sub(12);
    let part = |text: &str| {
        let lines: Vec<_> = text.lines().skip(from).take(24).collect();
        lines.join("\n")
    };
    format!("in chunks:\n{}\nas a whole:\n{}", part(chunks), part(whole))
}

#[test]
fn threads_and_wrong_guesses_make_no_difference() {
    let mut bench = Bench::new(Mode::Any);
    let mut maker = Maker::new(7, None, Mode::Any);
    let event = |maker: &mut Maker| {
        let mut members = maker.event();
        // Begins as the events do, and stands behind a comma.
        let inner = r#"{"displayName": "a"}, {"displayName": "b"}, {"displayName": "c"}"#;
        members.insert(0, ("displayName".to_owned(), Json::token("1")));
        members.push((
            "policyStatusDetails".to_owned(),
            Json::token(format!("[{inner}]")),
        ));
        members
    };
    let mut document = Document::any(&mut maker, 1);
    while document.wrap != Wrap::Array {
        document = Document::any(&mut maker, 1);
    }
    document.events = (0..400).map(|_| event(&mut maker)).collect();
    let text = document.write(&mut maker.random).into_bytes();
    let whole = bench.whole(&text, 5000);
    bench.write(&text);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("threads");
        for chunk in [100, 700, 5000, 100_000] {
            let limits = ArrayLimits {
                chunk,
                ..ArrayLimits::DEFAULT
            };
            let chunks = pool.install(|| bench.chunks(limits, text.len(), threads, 5000));
            assert_eq!(chunks.as_ref(), Some(&whole), "{threads} {chunk}");
        }
    }
}

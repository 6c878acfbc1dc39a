//! Mutated and oversized texts through the library: every rule, every format, and what must hold of
//! any report.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cpu_time::ThreadTime;
use rayon::prelude::*;

use crate::library::{
    FORMATS, Format, Linter, Mode, Options, RenderOptions, Report, RuleSet, Scratch, rules,
};
use crate::support::random::{Random, cases};
use crate::support::{NOW, revision_name, revisions, sinks};

/// Mutants in a usual run.
const MUTANTS: usize = 40_000;
/// Mutants that one scratch sees.
const OF_ONE: usize = 1_000;

/// One mutant in so many is printed, in one format; to print takes longer than to check.
const PRINTED: usize = 4;

/// What mutations put in: JSON, what controls a terminal or an agent, what is not seen, and pieces
/// of literals.
const PIECES: [&[u8]; 40] = [
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"0",
    b"-",
    b"e9",
    b".5",
    b"null",
    b"true",
    b"\"\"",
    b"{}",
    b"[]",
    b"\\u001b",
    b"\\ud834",
    b"\\u0000",
    b"\x1b[2J",
    b"\x00",
    b"\xff",
    b"\xc2\x9b",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\n::error::",
    b"##vso[a]",
    b"##[b]",
    b"<script>",
    b"%0A",
    b"PT-1M",
    b"P1Y",
    b"0001-01-01T00:00:00Z",
    b"9999",
    b"\"id\":\"\",",
    b"\"value\":[",
    b"\xf0\x9f\x92\xa9",
];

/// Every rule, at a revision and in a mode that change with the number.
fn linter(number: usize) -> Linter {
    let rules = rules::ALL.iter();
    let revisions = revisions();
    let options = Options {
        revision: revision_name(revisions[number % revisions.len()]),
        mode: Mode::ALL[number % Mode::ALL.len()].0,
        now: Some(NOW),
        rules: rules.fold(RuleSet::default(), |rules, rule| rules.with(rule)),
        ..Options::default()
    };
    Linter::new(&options).expect("a revision of the table")
}

/// The texts of the fixtures that are short.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("fixtures")];
    let mut texts: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|kind| kind.to_string_lossy().starts_with("json"))
            {
                let text = fs::read(&path).expect("a file");
                texts.push((path, text));
            }
        }
    }
    // The order of a folder is the system's.
    texts.sort();
    let short = texts.into_iter().map(|(_, text)| text);
    short.filter(|text| text.len() < 500).collect()
}

fn mutant(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut text = random.pick(seeds);
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(20)).min(text.len());
        match random.below(6) {
            0 | 1 => drop(text.splice(at..at, random.pick(&PIECES).iter().copied())),
            2 => drop(text.splice(at..end, random.pick(&PIECES).iter().copied())),
            3 => drop(text.drain(at..end)),
            4 => {
                let piece = text[at..end].to_vec();
                let to = random.below(text.len() + 1);
                text.splice(to..to, piece);
            }
            _ => text.truncate(at.max(1)),
        }
    }
    text
}

#[test]
fn mutants_give_sound_reports_in_every_format() {
    let seeds = seeds();
    assert!(seeds.len() > 40, "{}", seeds.len());
    let linters: Vec<Linter> = (0..12).map(linter).collect();
    // What a scratch learned comes from its own mutants: the same on any number of threads.
    (0..cases(MUTANTS).div_ceil(OF_ONE))
        .into_par_iter()
        .for_each(|of| {
            let mut scratch = Scratch::default();
            for number in of * OF_ONE..(of + 1) * OF_ONE {
                let mut random = Random::new(number as u64);
                let text = mutant(&seeds, &mut random);
                let linter = &linters[random.below(linters.len())];
                let formats = if number % PRINTED == 0 {
                    sinks::format(number / PRINTED)
                } else {
                    &[]
                };
                sinks::check(linter, &mut scratch, &text, formats);
            }
        });
}

type Make = fn(usize) -> String;

/// What is too much of something, by how much of it.
const EXCESSES: [(&str, Make); 14] = [
    ("brackets", |n| "[".repeat(n)),
    ("objects", |n| r#"{"a":"#.repeat(n)),
    ("digits", |n| {
        format!(r#"{{"targetedAppCount":{}}}"#, "1".repeat(n))
    }),
    ("fraction", |n| {
        format!(r#"{{"deploymentDuration":"PT1.{}S"}}"#, "1".repeat(n))
    }),
    ("long value", |n| {
        format!(r#"{{"deploymentState":"{}"}}"#, "x".repeat(n))
    }),
    ("long name", |n| format!(r#"{{"{}":1}}"#, "x".repeat(n))),
    ("escapes", |n| {
        format!(r#"{{"osVersion":"{}"}}"#, r"\ud834".repeat(n / 6))
    }),
    ("controls", |n| {
        format!(r#"{{"osVersion":"{}"}}"#, "\u{202e}".repeat(n / 3))
    }),
    ("members", |n| {
        let members: Vec<_> = (0..n / 20)
            .map(|at| format!(r#""member{at}": 1"#))
            .collect();
        format!("{{{}}}", members.join(","))
    }),
    ("unknown members of an event", |n| {
        let members: Vec<_> = (0..n / 10).map(|at| format!(r#","x{at}":1"#)).collect();
        format!(
            "{{{}{}}}",
            r##""@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent""##,
            members.concat()
        )
    }),
    ("annotations, and wrong names that stand for one", |n| {
        let annotations: Vec<_> = (0..n / 28).map(|at| format!(r#","z{at}@b":1"#)).collect();
        format!(
            r#"{{"deploymentState":"success","osVersion":"10.0.1.1"{}{}}}"#,
            r#","UserId":"""#.repeat(n / 28),
            annotations.concat()
        )
    }),
    ("one name", |n| {
        format!(
            "{{{}}}",
            vec![r#""deploymentState":"success""#; n / 28].join(",")
        )
    }),
    ("faults", |n| {
        format!("[{}]", vec![r#"{"deploymentState":"x"}"#; n / 24].join(","))
    }),
    ("one id", |n| {
        format!(
            "[{}]",
            vec![r#"{"id":"a","deploymentState":"success"}"#; n / 40].join(",")
        )
    }),
];

/// What the thread itself took, however many others the machine runs.
fn time(linter: &Linter, text: &str) -> Duration {
    // Again and again, as lines of one file may be: of the first one nothing is learned.
    let mut scratch = Scratch::default();
    let started = ThreadTime::now();
    for _ in 0..3 {
        let outcome = linter.check(text.as_bytes(), &mut scratch);
        assert!(!outcome.diagnostics.is_empty());
    }
    started.elapsed()
}

#[test]
fn four_times_the_text_does_not_take_much_more_than_four_times_as_long() {
    let linter = linter(0);
    for (name, make) in EXCESSES {
        let (small, large) = (make(50_000), make(200_000));
        let (mut before, mut after) = (Duration::MAX, Duration::MAX);
        // Again only where it looks steep: the least of some rounds is disturbed least.
        let linear = (0..4).any(|_| {
            before = before.min(time(&linter, &small));
            after = after.min(time(&linter, &large));
            // What takes no time at all is measured badly; what is quadratic takes 16 times as long.
            after < before.max(Duration::from_millis(5)) * 10
        });
        assert!(linear, "{name}: {before:?}, then {after:?}");
    }
}

#[test]
fn no_text_makes_a_report_grow_with_it() {
    let linter = linter(0);
    let printed = |format: &Format, report: &Report| {
        let printed = format.render(report, &RenderOptions::default());
        printed.len()
    };
    for (name, make) in EXCESSES {
        let text = make(100_000);
        let mut outcome = linter.check(text.as_bytes(), &mut Scratch::default());
        outcome.diagnostics = outcome
            .diagnostics
            .into_iter()
            .take(4)
            .collect::<Vec<_>>()
            .into();
        let shown = outcome.diagnostics.len();
        let report = Report::of_document("a.json", text.as_bytes(), outcome);
        for format in FORMATS {
            // What it prints of nothing is its own: a page's style, a list of rules.
            let printed = printed(format, &report) - printed(format, &Report::default());
            assert!(
                printed < 16_000 * shown,
                "{name} {}: {printed}",
                format.name
            );
        }
    }
}

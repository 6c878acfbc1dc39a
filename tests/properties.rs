//! Properties over generated events of every revision, right ones and ones with a single fault.

mod common;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use autopilot_lint::diagnostic::Diagnostic;
use autopilot_lint::lint::{Linter, Outcome, Scratch};
use autopilot_lint::model::{Mode, table};
use autopilot_lint::rules::{self, Category, Severity};
use common::document::{Document, Place};
use common::event::Maker;
use common::faults::{self, Fault, Make, Subject};
use common::json::{Layout, spots};
use common::{REVISIONS, linter};

/// Linters by revision and mode: each compiles a schema.
#[derive(Default)]
struct Linters(HashMap<(Option<usize>, Mode), Linter>);

impl Linters {
    fn check(&mut self, revision: Option<usize>, mode: Mode, text: &[u8]) -> Outcome {
        let linter = self.0.entry((revision, mode));
        let linter = linter.or_insert_with(|| linter_of(revision, mode));
        linter.check(text, &mut Scratch::default())
    }
}

fn linter_of(revision: Option<usize>, mode: Mode) -> Linter {
    linter(revision, mode, &[])
}

fn show(diagnostics: &[Diagnostic], text: &[u8]) -> String {
    let one = |found: &Diagnostic| {
        let span = String::from_utf8_lossy(&text[found.span.start..found.span.end]);
        format!(
            "  {}[{}] {} at {:?}: {span}\n",
            found.severity, found.rule.name, found.message, found.pointer
        )
    };
    let list: String = diagnostics.iter().map(one).collect();
    let from = diagnostics
        .first()
        .map_or(0, |found| found.span.start.saturating_sub(300));
    let around = &text[from..text.len().min(from + 600)];
    format!("{list}in … {}", String::from_utf8_lossy(around))
}

#[test]
fn nothing_is_found_in_right_events() {
    const DOCUMENTS: usize = 900;
    let mut linters = Linters::default();
    let mut events = 0;
    for (seed, revision) in (1..).zip(REVISIONS) {
        let mut maker = Maker::new(seed, revision, Mode::Any);
        for round in 0..DOCUMENTS {
            let document = Document::any(&mut maker, 5);
            let text = document.write(&mut maker.random);
            let any = (round % 8 == 0).then_some(None);
            for revision in [Some(revision), any].into_iter().flatten() {
                let outcome = linters.check(revision, Mode::Any, text.as_bytes());
                assert_eq!(outcome.payloads, document.events.len(), "{text}");
                let found = show(&outcome.diagnostics, text.as_bytes());
                assert!(outcome.diagnostics.is_empty(), "{found}");
            }
            events += document.events.len();
        }
    }
    assert!(events >= 10_000, "{events} events");
}

/// A document with one fault, and where it is.
struct Faulty {
    text: Vec<u8>,
    span: Range<usize>,
    /// Of the finding.
    pointer: String,
}

/// Makes one; `None` where the revision or the envelope has nothing for it.
fn make(fault: &Fault, maker: &mut Maker) -> Option<Faulty> {
    let mut document = Document::any(maker, 3);
    let event = maker.random.below(document.events.len());
    let base = document.pointer(event);
    let place = match fault.make {
        Make::Event(make) => {
            let members = &mut document.events[event];
            let place = make(&mut Subject { maker, members })?;
            Place {
                pointer: format!("{base}{}", place.pointer),
                ..place
            }
        }
        Make::Document(make) => make(&mut document, &mut maker.random)?,
        Make::Text(make) => return Some(make_text(make, &document, &base, maker)),
    };
    let text = document.write(&mut maker.random);
    Some(Faulty {
        span: place.find(&text, ""),
        pointer: place.pointer,
        text: text.into_bytes(),
    })
}

fn make_text(make: faults::MakeText, document: &Document, base: &str, maker: &mut Maker) -> Faulty {
    let text = document.write(&mut maker.random);
    let event = Place::value("").find(&text, base);
    let mut text = text.into_bytes();
    Faulty {
        span: make(&mut text, event, &mut maker.random),
        pointer: String::new(),
        text,
    }
}

#[test]
fn each_fault_is_found_by_its_rule_alone_at_the_exact_span() {
    const ROUNDS: usize = 12;
    let mut linters = Linters::default();
    let mut wrong = BTreeMap::new();
    for (seed, fault) in (1..).zip(faults::all()) {
        if !rules::ALL.iter().any(|rule| rule.name == fault.rule) {
            eprintln!(
                "skipped: {}: there is no rule {} yet",
                fault.name, fault.rule
            );
            continue;
        }
        let mut made = 0;
        for revision in REVISIONS {
            let mut maker = Maker::new(seed << 8, revision, fault.mode);
            for _ in 0..ROUNDS {
                let Some(faulty) = make(&fault, &mut maker) else {
                    continue;
                };
                made += 1;
                let outcome = linters.check(revision, fault.mode, &faulty.text);
                if let Err(reason) = judge(&fault, &faulty, &outcome.diagnostics) {
                    wrong.entry(fault.name).or_insert(reason);
                }
            }
        }
        assert!(made >= ROUNDS / 2, "{}: made {made} times", fault.name);
    }
    for (name, reason) in &wrong {
        eprintln!("{name}: {reason}\n");
    }
    assert!(wrong.is_empty(), "{} kinds of faults", wrong.len());
}

fn judge(fault: &Fault, faulty: &Faulty, found: &[Diagnostic]) -> Result<(), String> {
    let shown = || show(found, &faulty.text);
    let [one] = found else {
        return Err(format!("{} findings\n{}", found.len(), shown()));
    };
    let actual = (one.rule.name, one.severity, one.span.start..one.span.end);
    let expected = (fault.rule, fault.severity, faulty.span.clone());
    if actual != expected {
        return Err(format!("{actual:?}, expected {expected:?}\n{}", shown()));
    }
    let pointer = one.pointer.as_str();
    if pointer != faulty.pointer {
        return Err(format!(
            "{pointer}, expected {}\n{}",
            faulty.pointer,
            shown()
        ));
    }
    Ok(())
}

#[test]
fn fault_kinds_are_many_and_leave_out_no_rule_that_is_on() {
    let faults = faults::all();
    let names: BTreeSet<_> = faults.iter().map(|fault| fault.name).collect();
    assert_eq!(names.len(), faults.len(), "a name appears twice");
    assert!(faults.len() >= 80, "{}", faults.len());
    let on = rules::ALL.iter().filter(|rule| rule.default.is_some());
    let without: Vec<_> = on
        .map(|rule| rule.name)
        .filter(|rule| !faults.iter().any(|fault| fault.rule == *rule))
        .collect();
    assert_eq!(without, [""; 0], "no fault for these rules");
}

//! Events with several faults each: what is fixed, what is not, and that nothing right is touched.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::{check, fixed};
use crate::library::{Applicability, Diagnostic, Linter, Mode, rules};
use crate::support::document::{Document, Place};
use crate::support::event::Maker;
use crate::support::faults::{self, Make, Subject};
use crate::support::json::spots;
use crate::support::random::cases;
use crate::support::{also_selected, golden, linter};

/// A document of one event with one to five faults, or with one around it or in its text.
fn faulty(maker: &mut Maker) -> Vec<u8> {
    let mut faults = faults::all();
    faults.retain(|fault| fault.mode == Mode::Any);
    let mut document = Document::any(maker, 1);
    for _ in 0..=maker.random.below(5) {
        match maker.random.pick(&faults).make {
            Make::Event(make) => {
                let members = &mut document.events[0];
                make(&mut Subject { maker, members });
            }
            Make::Document(make) => {
                make(&mut document, &mut maker.random);
            }
            Make::Text(_) => {}
        }
    }
    let text = document.write(&mut maker.random);
    let event = Place::value("").find(&text, &document.pointer(0));
    let mut text = text.into_bytes();
    if maker.random.chance(10) {
        let of_text = |fault: &faults::Fault| match fault.make {
            Make::Text(make) => Some(make),
            _ => None,
        };
        let makes: Vec<_> = faults.iter().filter_map(of_text).collect();
        maker.random.pick(&makes)(&mut text, event, &mut maker.random);
    }
    text
}

/// How many findings of a rule are fixed.
#[derive(Default)]
struct Share {
    safely: usize,
    unsafely: usize,
    not: usize,
}

/// The scalars of a text that no finding or edit is about, with their names, in their order.
fn untouched<'a>(text: &'a str, found: &[Diagnostic]) -> Vec<(&'a str, &'a str)> {
    let edits = |found: &Diagnostic| -> Vec<Range<usize>> {
        let fix = found.fix.iter();
        let edits = fix.flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| edit.span.start..edit.span.end);
        edits.collect()
    };
    let mut touched: Vec<Range<usize>> = found.iter().flat_map(edits).collect();
    touched.extend(found.iter().map(|found| found.span.start..found.span.end));
    let free = |range: &Range<usize>| {
        let overlaps = |other: &Range<usize>| range.start < other.end && other.start < range.end;
        !touched.iter().any(overlaps)
    };
    let scalars = spots(text).into_iter().filter_map(|spot| {
        let name = spot.name.unwrap_or_default();
        let is_scalar = !text[spot.value.clone()].starts_with(['{', '[']);
        let is_free = is_scalar && free(&spot.value) && (name.is_empty() || free(&name));
        is_free.then(|| (&text[name], &text[spot.value]))
    });
    scalars.collect()
}

/// The names of the members that a finding is about.
fn members(found: &Diagnostic) -> Vec<String> {
    let labels = found.labels.iter().map(|label| &label.pointer);
    let pointers = std::iter::once(&found.pointer).chain(labels);
    let last = pointers.filter_map(|pointer| pointer.as_str().rsplit('/').next());
    last.map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// Holds what was right in a text against the text that was fixed.
///
/// Of what was `mended` in a later pass, the places are those of a text in between: the members that
/// it is about are left out.
fn hold_untouched(text: &[u8], after: &[u8], found: &[Diagnostic], mended: &[Diagnostic]) {
    let is_json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).is_ok();
    if !is_json(text) {
        return;
    }
    assert!(is_json(after), "{}", String::from_utf8_lossy(text));
    let (text, after) = (str::from_utf8(text), str::from_utf8(after));
    let (text, after) = (text.expect("JSON"), after.expect("JSON"));
    let all = untouched(after, &[]);
    let mut rest = all.iter();
    let about: HashSet<String> = mended.iter().flat_map(members).collect();
    let is_about = |name: &str| {
        let decoded = serde_json::from_str::<String>(name);
        decoded.is_ok_and(|name| about.contains(&name))
    };
    for scalar in untouched(text, found) {
        if is_about(scalar.0) {
            continue;
        }
        let is_there = rest.any(|other| *other == scalar);
        assert!(
            is_there,
            "{scalar:?} of {text} is not in its place in {after}"
        );
    }
}

#[test]
fn faults_of_all_kinds_are_fixed_and_what_is_right_stays() {
    const USUAL: usize = 1_500;
    let also = also_selected().concat();
    let linter: Linter = linter(None, Mode::Any, &also);
    let mut maker = Maker::new(7, None, Mode::Any);
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    let documents = cases(USUAL);
    for _ in 0..documents {
        let text = faulty(&mut maker);
        let found = check(&linter, &text);
        for found in &found {
            let share = shares.entry(found.rule.name).or_default();
            let fix = found.fix.as_deref();
            *match fix.map(|fix| fix.applicability) {
                Some(Applicability::Safe) => &mut share.safely,
                Some(_) => &mut share.unsafely,
                None => &mut share.not,
            } += 1;
        }
        for most in Applicability::ALL {
            let (after, mended) = fixed(&text, most, &linter);
            let left = check(&linter, &after);
            let is_left = |found: &&Diagnostic| {
                let fix = found.fix.as_deref();
                fix.is_some_and(|fix| fix.applicability <= most)
            };
            let left = left.iter().find(is_left);
            assert!(
                left.is_none(),
                "{left:?}: {}",
                String::from_utf8_lossy(&text)
            );
            hold_untouched(&text, &after, &found, &mended);
        }
    }
    let table = table(&shares);
    if documents == USUAL {
        golden::hold("tests/it/fixes/by-rule.txt", &table);
    } else {
        eprintln!("{table}");
    }
}

fn table(shares: &BTreeMap<&str, Share>) -> String {
    let mut table = String::from("fixed safely, fixed with --unsafe-fixes, not fixable, rule\n");
    let mut total = Share::default();
    for rule in rules::ALL {
        let Some(Share {
            safely,
            unsafely,
            not,
        }) = shares.get(rule.name)
        else {
            continue;
        };
        let _ = writeln!(table, "{safely:>6}{unsafely:>6}{not:>6}  {}", rule.name);
        total.safely += safely;
        total.unsafely += unsafely;
        total.not += not;
    }
    let Share {
        safely,
        unsafely,
        not,
    } = total;
    let _ = writeln!(table, "{safely:>6}{unsafely:>6}{not:>6}  all");
    table
}

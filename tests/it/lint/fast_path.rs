//! The filter against the full path: with it and without it, the same is found.

use rayon::prelude::*;

use crate::library::{Diagnostic, Linter, Mode, Scratch};
use crate::support::event::Maker;
use crate::support::json::{Json, Layout, Spot, spots};
use crate::support::random::{Random, cases};
use crate::support::style::Style;
use crate::support::{also_selected, linter, revisions};

/// Mutants in a usual run.
const MUTANTS: usize = 8_000;
/// Mutants of one event.
const OF_ONE: usize = 200;

/// Tokens that are put in the place of a value.
const TOKENS: [&str; 61] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "14",
    "2147483647",
    "2147483648",
    "1.0",
    "1e3",
    "[]",
    "{}",
    r#""""#,
    r#"" ""#,
    r#""x""#,
    r#""é""#,
    r#""BÃ¼ro""#,
    r#""B\u00c3\u00bcro""#,
    r#""B\ufffdro""#,
    r#""\u0061""#,
    r#""\ud834""#,
    r#""a\nb""#,
    r#""None""#,
    r#""0""#,
    r#""Default string""#,
    r#""String (timestamp)""#,
    r#""Os Version value""#,
    r#""{{name}}""#,
    r#""a@b.example""#,
    r#""ab.example""#,
    r#""10.0.26200.1""#,
    r#""10.0.26200""#,
    r#""00000000-0000-0000-0000-000000000000""#,
    r#""8A4F1C52-0c77-4e0f-9d6b-2f7f6f3f0a11""#,
    r#""8a4f1c520c774e0f9d6b2f7f6f3f0a11""#,
    r#""2024-05-02T09:14:03.1234567Z""#,
    r#""2024-05-02T09:14:03.1234560Z""#,
    r#""2024-05-02T09:14:03.12345678Z""#,
    r#""2024-05-02T09:14:03+02:00""#,
    r#""2024-05-02T09:14Z""#,
    r#""2024-02-30T09:14:03Z""#,
    r#""2024-05-02T09:14:60Z""#,
    r#""2024-05-02 09:14:03Z""#,
    r#""0001-01-01T00:00:00Z""#,
    r#""1999-12-31T23:59:59.1234567Z""#,
    r#""2199-01-01T00:00:00.1234567Z""#,
    r#""PT0S""#,
    r#""PT3M21.5549443S""#,
    r#""-PT1M32.1347897S""#,
    r#""PT300S""#,
    r#""P1Y""#,
    r#""PT""#,
    r#""P10675199DT2H48M5.4775808S""#,
    r#""success""#,
    r#""failure""#,
    r#""failed""#,
    r#""inProgress""#,
    r#""notAttempted""#,
    r#""successOnRetry""#,
];

/// Bytes that are put in anywhere.
const BYTES: &[u8] = b"\"\\{}[]:,0123456789.-+TZPSMHDeE \t\n\r\0\x7fazAZ@#\xc3\xa9\xef\xff";

#[test]
fn with_the_filter_the_same_is_found_in_mutants() {
    let families = cases(MUTANTS).div_ceil(OF_ONE);
    let seeds = (0..families)
        .into_par_iter()
        .map(|number| number as u64 + 1);
    let clean: usize = seeds.map(|seed| Family::new(seed).check()).sum();
    let tried = families * OF_ONE;
    println!("{tried} mutants, {clean} of them certainly clean");
    assert!(clean * 10 > tried, "{clean} of {tried}: hardly any");
    assert!(clean * 2 < tried, "{clean} of {tried}: hardly a fault");
}

/// Events of one linter.
struct Family {
    linter: Linter,
    events: [String; 2],
    random: Random,
}

impl Family {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let revision = random.pick(&revisions());
        let mode = random.pick(&[
            Mode::Any,
            Mode::Any,
            Mode::Create,
            Mode::Update,
            Mode::Response,
        ]);
        let also = random.pick(&also_selected());
        let mut maker = Maker::new(seed, revision, mode);
        let layout = Layout::any(&mut random);
        let drifts = random.chance(25).then(|| random.below(12));
        let style = random.chance(15).then(|| random.pick(&Style::ALL));
        let names = ["deploymentState", "eventDateTime", "targetedAppCount"];
        let strays = random.chance(10).then(|| random.pick(&names));
        let mut event = || {
            let mut members = maker.event();
            members.retain(|(name, _)| name != "policyStatusDetails");
            if let Some(style) = style {
                style.rewrite(&mut members);
            }
            if let Some(name) = strays
                && let Some((known, _)) = members.iter_mut().find(|(known, _)| known == name)
            {
                known.remove(known.len() - 2);
            }
            if let Some(at) = drifts {
                let value = Json::token(random.pick(&TOKENS[..8]));
                members.insert(at.min(members.len()), ("deviceRegion".to_owned(), value));
            }
            layout.write(&Json::Object(members), &mut random)
        };
        let events = [event(), event()];
        // Members of the event's revision that this one does not have are found in every event.
        let revision = if random.chance(15) {
            random.pick(&revisions())
        } else {
            revision
        };
        Self {
            linter: linter(revision, mode, also),
            events,
            random,
        }
    }

    /// Checks mutants; gives how many were certainly clean.
    fn check(mut self) -> usize {
        let mut scratch = Scratch::default();
        // The first one is not learned from; what is the same in many is looked for there only.
        let shown = self.random.pick(&[4, 4, 300]);
        for event in self.events.iter().cycle().take(shown) {
            let _ = self.linter.check(event.as_bytes(), &mut scratch);
        }
        let tokens = self.events.each_ref().map(|event| scalars(event));
        let mut clean = 0;
        for _ in 0..OF_ONE {
            let mutant = self.mutant(&tokens);
            let certain = self.linter.is_certainly_clean(&mutant, &mut scratch);
            clean += usize::from(certain);
            let fast = self.linter.check(&mutant, &mut scratch);
            // What else is found, the full path found itself.
            if !fast.diagnostics.iter().all(of_names) && self.random.chance(95) {
                continue;
            }
            let full = self.linter.check(&mutant, &mut Scratch::without_filter());
            let text = String::from_utf8_lossy(&mutant);
            assert_eq!(*fast.diagnostics, *full.diagnostics, "{text}");
            assert_eq!(
                (fast.payloads, fast.ids),
                (full.payloads, full.ids),
                "{text}"
            );
            assert!(!certain || full.diagnostics.is_empty(), "{text}");
        }
        clean
    }

    /// One of the events with one to three changes.
    fn mutant(&mut self, tokens: &[Vec<Spot>; 2]) -> Vec<u8> {
        let of = self.random.below(2);
        let mut text = self.events[of].clone().into_bytes();
        // From the end on, so that the places before keep their meaning.
        let count = self.random.pick(&[1, 1, 1, 2, 3]);
        let mut changed: Vec<usize> = (0..count)
            .map(|_| self.random.below(tokens[of].len()))
            .collect();
        changed.sort_unstable();
        changed.dedup();
        for spot in changed.into_iter().rev() {
            let Spot { pointer, value, .. } = &tokens[of][spot];
            let place = value.clone();
            if self.random.chance(30) {
                // Another digit: most often another value of the same kind.
                let digits = place.filter(|at| text[*at].is_ascii_digit());
                let digits: Vec<usize> = digits.collect();
                if !digits.is_empty() {
                    text[self.random.pick(&digits)] = self.random.pick(b"0123456789");
                }
            } else if self.random.chance(50) {
                let same = tokens[1 - of]
                    .iter()
                    .find(|other| other.pointer == *pointer);
                if let Some(same) = same {
                    let token = self.events[1 - of][same.value.clone()].to_owned();
                    text.splice(place, token.bytes());
                }
            } else if self.random.chance(25) {
                let at = place.start + self.random.below(place.len());
                let byte = BYTES[self.random.below(BYTES.len())];
                match self.random.below(3) {
                    0 => text[at] = byte,
                    1 => text.insert(at, byte),
                    _ => drop(text.remove(at)),
                }
            } else {
                let token = self.token(tokens);
                text.splice(place, token.bytes());
            }
        }
        if self.random.chance(5) {
            let at = self.random.below(text.len());
            text[at] = BYTES[self.random.below(BYTES.len())];
        }
        text
    }

    /// One of the list, or of either event.
    fn token(&mut self, tokens: &[Vec<Spot>; 2]) -> String {
        if self.random.chance(40) {
            return self.random.pick(&TOKENS).to_owned();
        }
        let of = self.random.below(2);
        let spot = self.random.below(tokens[of].len());
        self.events[of][tokens[of][spot].value.clone()].to_owned()
    }
}

/// Whether the filter can have repeated it.
fn of_names(found: &Diagnostic) -> bool {
    ["unknown-member", "member-not-in-revision"].contains(&found.rule.name)
}

/// The places of scalars: one of an object would hold others.
fn scalars(event: &str) -> Vec<Spot> {
    let mut spots = spots(event);
    spots.retain(|spot| !event[spot.value.clone()].starts_with(['{', '[']));
    spots
}

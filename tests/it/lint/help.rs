//! What messages and helps say to each other: no help repeats its message, and none leads to the
//! next finding.
//!
//! Over every rule's examples, all fixtures, generated faults, and the values of other writers in
//! every member.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use serde_json::Value;

use super::properties::{linter_of, make};
use crate::library::{
    Applicability, Category, Diagnostic, Edm, Linter, Mode, Scratch, Severity, TypeRef, docs,
    repair, rules, splice, table,
};
use crate::support::event::Maker;
use crate::support::{faults, linter, revisions};

/// A text with what is found in it.
struct Case {
    linter: Arc<Linter>,
    text: Vec<u8>,
    found: Vec<Diagnostic>,
}

impl Case {
    fn new(linter: &Arc<Linter>, text: &[u8]) -> Self {
        let outcome = linter.check(text, &mut Scratch::default());
        Self {
            linter: Arc::clone(linter),
            text: text.to_vec(),
            found: outcome.diagnostics.to_vec(),
        }
    }
}

/// Made once: all tests ask about the same.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(cases);

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for rule in rules::ALL {
        for example in rule.bad {
            let linter = Linter::new(&docs::options(rule, example)).expect("its revision");
            cases.push(Case::new(&Arc::new(linter), &example.text()));
        }
    }
    let linters = [Mode::Any, Mode::Response].map(|mode| Arc::new(linter(None, mode, &[])));
    for path in fixtures(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures"))) {
        let text = fs::read(path).expect("a fixture");
        cases.push(Case::new(&linters[0], &text));
    }
    let mut of_faults = HashMap::new();
    for (seed, fault) in (1..).zip(faults::all()) {
        for revision in revisions() {
            let linter = of_faults.entry((revision, fault.mode));
            let linter = linter.or_insert_with(|| Arc::new(linter_of(revision, fault.mode)));
            let mut maker = Maker::new(seed << 9, revision, fault.mode);
            if let Some(faulty) = make(&fault, &mut maker) {
                cases.push(Case::new(linter, &faulty.text));
            }
        }
    }
    for linter in &linters {
        for member in &table::autopilot_event().resource().members {
            for value in VALUES {
                let name = &member.name;
                let (other, given) = match name.as_str() {
                    "deploymentState" => ("enrollmentState", "enrolled"),
                    _ => ("deploymentState", "success"),
                };
                let text = format!(r#"{{"{other}": "{given}", "{name}": {value}}}"#);
                cases.push(Case::new(linter, text.as_bytes()));
            }
        }
    }
    cases
}

fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(fixtures(&path));
        } else if path
            .extension()
            .is_none_or(|extension| extension != "expected")
        {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// What writers of all kinds put into members.
const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "7",
    "-7",
    "7.5",
    "-3.0",
    "3e0",
    "0.0316",
    "45414.38",
    "2730",
    "273000",
    "2730500",
    "27305000000",
    "3000000000.0",
    "1714641243",
    "1714641243.5",
    "1714641243500",
    "638502380430000000",
    "-62135596800",
    "{}",
    "[]",
    "[null]",
    "[{}]",
    "[7]",
    "[2024,5,2,9,14,3,500000000]",
    r#"{"seconds":"1714641243","nanos":500000000}"#,
    r#"{"seconds":2730,"nanos":500000000}"#,
    r#"{"Ticks":2015549443,"Days":0}"#,
    r#"{"_milliseconds":2730500,"_days":1,"_months":0}"#,
    r#"{"$date":{"$numberLong":"1714641243000"}}"#,
    r#"{"date":"2024-05-02 09:14:03.000000","timezone_type":3,"timezone":"UTC"}"#,
    r#""""#,
    r#"" ""#,
    r#""N/A""#,
    r#""NaT""#,
    r#""None""#,
    r#""3""#,
    r#""-3""#,
    r#""99999999999""#,
    r#""true""#,
    r#""1""#,
    r#""[]""#,
    r#""String""#,
    r#""Integer""#,
    r#""System.Object[]""#,
    r#""Success""#,
    r#""failed""#,
    r#""enabled""#,
    r#""attempted""#,
    r#""5""#,
    r#""BÃ¼ro""#,
    r#""B├╝ro""#,
    r#""x\u200b""#,
    r#""40:00""#,
    r#""00:45:30.5""#,
    r#""1.02:03:04""#,
    r#""1 day, 2:03:04.5""#,
    r#""-1 day, 23:59:59""#,
    r#""@ 1 hour 2 mins ago""#,
    r#""1 mon 2 days""#,
    r#""0 days 00:45:30.500000""#,
    r#""45m30s""#,
    r#""2730s""#,
    r#""2730""#,
    r#""27305000000""#,
    r#""PT""#,
    r#""PT5""#,
    r#""P1W""#,
    r#""P1Y""#,
    r#""P1Y2M""#,
    r#""P0003-06-04T12:30:05""#,
    r#""+PT5M""#,
    r#""PT0,5S""#,
    r#""P1D/P2D""#,
    r#""2024-05-02T09:14:03Z/2024-05-02T10:14:03Z""#,
    r#""2024-05-02T09:14:03Z""#,
    r#""2024-05-02 09:14:03""#,
    r#""2024-05-02T09:14:03""#,
    r#""2024-05-02T09:14:03+0200""#,
    r#""2024-05-02T24:00:00Z""#,
    r#""2024-05-02T09:14:60Z""#,
    r#""2024-05-02T09:14:03 CEST""#,
    r#""2024-05-02""#,
    r#""05/02/2024 09:14:03""#,
    r#""5/2/2024, 9:14:03 AM""#,
    r#""01.01.0001 00:00:00 +00:00""#,
    r#""1/1/0001 12:00:00 AM""#,
    r#""/Date(1714641243000)/""#,
    r#""Thu, 02 May 2024 09:14:03 GMT""#,
    r#""PT5M""#,
    r#""00000000-0000-0000-0000-000000000000""#,
    r#""{3e455cab-5cab-3e45-ab5c-453eab5c453e}""#,
];

/// Words in a row that no two clauses have in common by chance.
const RUN: usize = 3;

/// Words that say nothing by themselves.
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "in", "is", "it", "of", "or", "the", "to",
];

fn runs(text: &str) -> Vec<Vec<String>> {
    let word = |word: &str| {
        word.trim_matches(|c: char| ",;:.".contains(c))
            .to_lowercase()
    };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    let telling = |run: &&[String]| {
        let telling = run.iter().filter(|word| !SMALL.contains(&word.as_str()));
        telling.count() > 1
    };
    words
        .windows(RUN)
        .filter(telling)
        .map(<[String]>::to_vec)
        .collect()
}

#[test]
fn no_message_says_what_it_or_its_help_says() {
    let mut helps = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for found in CASES.iter().flat_map(|case| &case.found) {
        let said = runs(&found.message);
        let once: BTreeSet<_> = said.iter().collect();
        let help = found.help.as_deref().unwrap_or_default();
        let again = runs(help).iter().any(|run| once.contains(run));
        if again || once.len() < said.len() {
            wrong.insert(format!(
                "{}: {}; help: {help}",
                found.rule.name, found.message
            ));
        }
        helps.insert((found.rule.name, help));
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(helps.len() > 150, "only {} helps", helps.len());
}

/// The literals that a help tells to write, as JSON.
fn offers(help: &str, was_text: bool) -> Vec<String> {
    let mut offers = Vec::new();
    for tail in help
        .split("write ")
        .skip(1)
        .chain(help.split(", or ").skip(1))
    {
        let Some(quoted) = tail.strip_prefix('`') else {
            let word = tail.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
            let word = word.map(str::to_owned).next().unwrap_or_default();
            let number = word.parse::<f64>().is_ok() && help.contains("write ");
            if number || ["null", "true", "false"].contains(&&*word) {
                offers.push(word);
            }
            continue;
        };
        let Some((literal, _)) = quoted.split_once('`') else {
            continue;
        };
        let as_it_is = literal == "[]" || !was_text && literal.parse::<f64>().is_ok();
        offers.push(if as_it_is {
            literal.to_owned()
        } else {
            Value::from(literal).to_string()
        });
    }
    offers
}

#[test]
fn what_a_help_offers_no_rule_refuses() {
    let mut tried = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for case in &*CASES {
        for found in &case.found {
            let Some(help) = &found.help else { continue };
            if found.rule.category == Category::Syntax {
                continue;
            }
            let (start, end) = (found.span.start, found.span.end);
            for offer in offers(help, case.text[start] == b'"') {
                let text = [&case.text[..start], offer.as_bytes(), &case.text[end..]].concat();
                let outcome = case.linter.check(&text, &mut Scratch::default());
                let mut there = outcome.diagnostics.iter();
                let rule = found.rule.name;
                if let Some(next) = there.find(|next| next.span.start == start && refuses(next)) {
                    wrong.insert(format!(
                        "{rule}: {}; help: {help}: {offer} gives {}: {}",
                        found.message, next.rule.name, next.message
                    ));
                }
                tried.insert((rule, offer));
            }
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.len() > 100, "only {} offers", tried.len());
}

/// Whether a finding is about the literal itself: what it says of the event, or that it says little,
/// is no fault of the help. That a name stands there twice is none either: the other one is wrong.
fn refuses(found: &Diagnostic) -> bool {
    match found.rule.category {
        Category::Schema | Category::Value => true,
        Category::Content => found.severity != Severity::Info,
        _ => false,
    }
}

#[test]
fn what_may_be_left_out_is_not_missed() {
    let mut tried = 0;
    for case in &*CASES {
        for found in &case.found {
            let leave_out = "leave the member out";
            let told = found
                .help
                .as_ref()
                .is_some_and(|help| help.contains(leave_out));
            if !told || found.rule.category == Category::Syntax {
                continue;
            }
            let Ok(mut document) = serde_json::from_slice::<Value>(&case.text) else {
                continue;
            };
            let Some((parent, name)) = found.pointer.as_str().rsplit_once('/') else {
                continue;
            };
            let parent = document.pointer_mut(parent).and_then(Value::as_object_mut);
            parent.expect("an object").remove(name);
            let text = document.to_string();
            let outcome = case.linter.check(text.as_bytes(), &mut Scratch::default());
            let mut missed = outcome.diagnostics.iter();
            let missed = missed
                .find(|next| next.rule.name == "missing-member" && next.message.contains(name));
            assert!(missed.is_none(), "{name}: {:?}", found.help);
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried}");
}

/// The notations of other writers, each in a member of its kind: all are recognised.
#[test]
fn every_notation_is_recognised() {
    let linter = linter(None, Mode::Any, &[]);
    let model = table::autopilot_event();
    let event =
        |name: &str, value: &str| format!(r#"{{"deploymentState": "success", "{name}": {value}}}"#);
    let find = |name: &str, value: &str| {
        let outcome = linter.check(event(name, value).as_bytes(), &mut Scratch::default());
        outcome.diagnostics.first().cloned().expect(value)
    };
    let dates = include_str!("notations/dates.txt");
    let durations = include_str!("notations/durations.txt");
    for (table, member) in [(dates, "eventDateTime"), (durations, "deploymentDuration")] {
        let declared = model
            .resource()
            .members
            .iter()
            .find(|one| one.name == member);
        assert!(declared.is_some_and(|one| matches!(
            one.type_ref,
            TypeRef::Edm(Edm::DateTimeOffset | Edm::Duration)
        )));
        let mut rows = 0;
        for row in table
            .lines()
            .filter(|row| !row.starts_with('#') && !row.is_empty())
        {
            let (value, expected) = row.split_once(" => ").expect("a row");
            let found = find(member, value.trim());
            let help = found.help.unwrap_or_else(|| panic!("{row}: no help"));
            let offers: Vec<_> = offers(&help, true)
                .into_iter()
                .map(|offer| offer.trim_matches('"').to_owned())
                .collect();
            assert_eq!(offers.join(" or "), expected, "{value}: {help}");
            let text = event(member, value.trim());
            let fixed = found.fix.map(|fix| {
                let spliced = splice(text.as_bytes(), [&*fix]);
                let fixed = String::from_utf8(spliced.text).expect("UTF-8");
                (fix.applicability, fixed)
            });
            let certain = !help.contains(" if ") && !help.contains("perhaps");
            let sure = if certain {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            let only = (!expected.contains(" or "))
                .then(|| (sure, event(member, &format!("\"{expected}\""))));
            assert_eq!(fixed, only, "{row}: {help}");
            rows += 1;
        }
        assert!(rows > 25, "{rows}");
    }
}

/// What fixing makes of each case is proven, and nothing is left that could be fixed: neither with
/// safe fixes nor with all.
#[test]
fn no_fix_leads_to_the_next_finding() {
    let mut mended = 0;
    for case in CASES.iter() {
        let check = |text: &[u8]| case.linter.check(text, &mut Scratch::default()).diagnostics;
        for most in Applicability::ALL {
            let offered = |found: &Diagnostic| {
                let fix = found.fix.as_ref();
                fix.is_some_and(|fix| fix.applicability <= most)
            };
            if !case.found.iter().any(offered) {
                continue;
            }
            let text = String::from_utf8_lossy(&case.text);
            let repaired = match repair(&case.text, check(&case.text), most, check) {
                Ok(repaired) => repaired.expect("something was offered"),
                Err(error) => {
                    let rules: Vec<_> = case.found.iter().map(|found| found.rule.name).collect();
                    panic!("{}: {rules:?}: {text}", error.rule.name)
                }
            };
            let fixed = String::from_utf8_lossy(&repaired.text);
            let left = check(&repaired.text);
            let left: Vec<_> = left.iter().filter(|found| offered(found)).collect();
            assert!(left.is_empty(), "{most}: {text} -> {fixed}: {left:?}");
            mended += repaired.mended.len();
        }
    }
    assert!(mended > 1_000, "only {mended}");
}

//! Properties over generated events of every revision, right ones and ones with a single fault.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use crate::library::{
    Category, Diagnostic, Draft, Linter, Mode, Outcome, SchemaOptions, Scratch, Severity, rules,
    table, to_json_schema,
};
use crate::support::document::{Document, Place};
use crate::support::event::Maker;
use crate::support::faults::{self, Fault, Make, Subject};
use crate::support::json::{Json, Layout, Members};
use crate::support::random::Random;
use crate::support::report::{self, Checked};
use crate::support::style::Style;
use crate::support::{NOW_TEXT, binary, linter, revisions};

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

pub(super) fn linter_of(revision: Option<usize>, mode: Mode) -> Linter {
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
    let around = String::from_utf8_lossy(around);
    format!("{list}in … {around} …")
}

#[test]
fn nothing_is_found_in_right_events() {
    const DOCUMENTS: usize = 900;
    let mut linters = Linters::default();
    let mut events = 0;
    for (seed, revision) in (1..).zip(revisions()) {
        let mut maker = Maker::new(seed, revision, Mode::Any);
        for round in 0..DOCUMENTS {
            let document = Document::any(&mut maker, 5);
            let text = document.write(&mut maker.random);
            let any = (round % 8 == 0).then_some(None);
            for revision in [Some(revision), any].into_iter().flatten() {
                let outcome = linters.check(revision, Mode::Any, text.as_bytes());
                let found = show(&outcome.diagnostics, text.as_bytes());
                assert!(outcome.diagnostics.is_empty(), "{found}");
                assert_eq!(outcome.payloads, document.events.len(), "{found}");
            }
            events += document.events.len();
        }
    }
    assert!(events >= 10_000, "{events} events");
}

#[test]
fn nothing_is_found_in_right_events_in_any_mode() {
    let mut linters = Linters::default();
    for (mode, name) in Mode::ALL {
        for (seed, revision) in (20..).zip(revisions()) {
            let mut maker = Maker::new(seed, revision, mode);
            for _ in 0..50 {
                let document = Document::any(&mut maker, 2);
                let text = document.write(&mut maker.random);
                let outcome = linters.check(revision, mode, text.as_bytes());
                let found = show(&outcome.diagnostics, text.as_bytes());
                assert!(outcome.diagnostics.is_empty(), "{name} {found}");
                assert_eq!(outcome.payloads, document.events.len(), "{name} {found}");
            }
        }
    }
}

/// A document with one fault, and where it is.
pub(super) struct Faulty {
    pub(super) text: Vec<u8>,
    span: Range<usize>,
    /// Of the finding.
    pointer: String,
}

/// Makes one; `None` where the revision or the envelope has nothing for it.
pub(super) fn make(fault: &Fault, maker: &mut Maker) -> Option<Faulty> {
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
    const ROUNDS: usize = 6;
    let mut linters = Linters::default();
    let mut wrong = BTreeMap::new();
    for (seed, fault) in (1..).zip(faults::all()) {
        let mut made = 0;
        for revision in revisions() {
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

/// What is found, with names in whatever style as one.
fn found_under_any_names(found: &[Diagnostic]) -> Vec<(&'static str, Severity, String)> {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let one = |found: &Diagnostic| {
        let help = found.help.as_deref().unwrap_or_default();
        let words = format!("{} {help} {}", found.message, found.pointer);
        (found.rule.name, found.severity, letters(&words))
    };
    found.iter().map(one).collect()
}

#[test]
fn under_names_of_another_style_the_same_is_found_in_the_values() {
    /// Of these the names are the fault.
    const OF_NAMES: [&str; 4] = [
        "duplicate-member",
        "odata-type-mismatch",
        "unknown-annotation",
        "unknown-member",
    ];
    let mut linters = Linters::default();
    let mut compared = 0;
    let faults = faults::all().into_iter();
    let faults = faults.filter(|fault| !OF_NAMES.contains(&fault.rule));
    for (seed, fault) in (1..).zip(faults) {
        for revision in revisions() {
            let mut maker = Maker::new(seed << 8, revision, fault.mode);
            let Some(members) = fault.event(&mut maker) else {
                continue;
            };
            let style = maker.random.pick(&Style::ALL);
            let mut other = members.clone();
            if style.rewrite(&mut other).len() < 3 {
                continue;
            }
            let mut check = |members: Members| {
                let text = Layout::COMPACT.write(&Json::Object(members), &mut maker.random);
                let found = linters
                    .check(revision, fault.mode, text.as_bytes())
                    .diagnostics;
                (found_under_any_names(&found), show(&found, text.as_bytes()))
            };
            let (expected, _) = check(members);
            let (mut found, shown) = check(other);
            let of_style = found.iter().position(|one| one.0 == "unknown-member");
            found.remove(of_style.expect("the style is found"));
            assert_eq!(found, expected, "{style:?} {}: {shown}", fault.name);
            compared += 1;
        }
    }
    assert!(compared > 300, "{compared}");
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

/// Events with up to three faults each, and now and then a fault around them: still JSON.
fn messy(maker: &mut Maker, most: usize) -> Document {
    let mut faults = faults::all();
    faults.retain(|fault| fault.mode == Mode::Any && !matches!(fault.make, Make::Text(_)));
    let mut document = Document::any(maker, most);
    for event in 0..document.events.len() {
        for _ in 0..maker.random.below(4) {
            let members = &mut document.events[event];
            if let Make::Event(make) = maker.random.pick(&faults).make {
                make(&mut Subject { maker, members });
            }
        }
    }
    if let Make::Document(make) = maker.random.pick(&faults).make {
        make(&mut document, &mut maker.random);
    }
    document.layout.byte_order_mark = maker.random.chance(10);
    document
}

/// The text with one of the faults that leave no JSON.
fn broken(maker: &mut Maker) -> Vec<u8> {
    let mut faults = faults::all();
    faults.retain(|fault| matches!(fault.make, Make::Text(_)));
    let fault = maker.random.pick(&faults);
    make(&fault, maker).expect("made from any text").text
}

/// JSON Lines: events, some with faults, on lines of every kind.
fn lines(maker: &mut Maker, count: usize) -> Vec<u8> {
    let mut text = String::new();
    let newline = maker.random.pick(&["\n", "\r\n"]);
    for _ in 0..count {
        let mut members = if maker.random.chance(80) {
            maker.event()
        } else {
            messy(maker, 1).events.swap_remove(0)
        };
        if members.is_empty() {
            members.push(("osVersion".to_owned(), Json::null()));
        }
        text += &Layout::COMPACT.write(&Json::Object(members), &mut maker.random);
        text += match maker.random.below(50) {
            0 => "]",
            1 => "\n  ",
            _ => "",
        };
        text += newline;
    }
    if maker.random.chance(50) {
        text.truncate(text.trim_end().len());
    }
    text.into_bytes()
}

/// Files of every kind, small ones and some that several threads share.
fn folder(seed: u64) -> HashMap<String, Vec<u8>> {
    let mut maker = Maker::new(seed, None, Mode::Any);
    let mut files = HashMap::new();
    for number in 0..60 {
        let text = if number % 6 == 0 {
            broken(&mut maker)
        } else {
            let document = messy(&mut maker, 6);
            document.write(&mut maker.random).into_bytes()
        };
        files.insert(format!("{}/{number}.json", number % 7), text);
        let count = maker.random.below(8);
        files.insert(format!("{number}.jsonl"), lines(&mut maker, count));
    }
    for (name, wrap) in [("array", "/0"), ("collection", "/value/0")] {
        let document = std::iter::repeat_with(|| messy(&mut maker, 1));
        let mut document = document
            .into_iter()
            .find(|document| document.pointer(0) == wrap)
            .expect("soon");
        document.events = (0..600).map(|_| maker.event()).collect();
        let faulty = messy(&mut maker, 20).events;
        document.events.splice(300..300, faulty);
        files.insert(
            format!("{name}.json"),
            document.write(&mut maker.random).into_bytes(),
        );
    }
    // More than one piece for more than one thread.
    files.insert("long.ndjson".to_owned(), lines(&mut maker, 1500));
    files.insert("empty.json".to_owned(), Vec::new());
    files
}

#[test]
fn a_report_tells_where_things_are_and_is_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = HashMap::new();
    for (name, bytes) in self::folder(41) {
        let path = folder.path().join(&name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, &bytes).expect("written");
        files.insert(name.clone(), Checked::new(&name, bytes));
    }
    let run = |jobs: &str| {
        let run = binary::run(
            folder.path(),
            &[
                "check",
                "--now",
                NOW_TEXT,
                "--jobs",
                jobs,
                "--max-diagnostics",
                "100000",
                "--output-format",
                "json",
                "--output-format",
                "concise=../concise.txt",
                "--output-format",
                "full=../full.txt",
                ".",
            ]
            .map(|argument| argument.replace("..", &outside(folder.path()))),
        );
        assert_eq!(run.status, Some(1), "{}", run.stderr);
        let read = |name: &str| {
            let path = format!("{}/{name}", outside(folder.path()));
            std::fs::read_to_string(path).expect("a report")
        };
        [run.stdout, read("concise.txt"), read("full.txt")]
    };
    let [one, eight] = ["1", "8"].map(run);
    for (format, (one, eight)) in ["json", "concise", "full"]
        .iter()
        .zip(one.iter().zip(&eight))
    {
        assert!(one == eight, "{format} differs with the number of threads");
    }
    let report: Value = serde_json::from_str(&one[0]).expect("JSON");
    assert_eq!(report::number(&report["summary"]["files"]), files.len());
    let faults = report::faults(&report, &files);
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(5)].join("\n")
    );
    let diagnostics = report["diagnostics"].as_array().expect("an array");
    assert!(diagnostics.len() > 500, "{}", diagnostics.len());
    assert_eq!(one[1].lines().count(), diagnostics.len());
}

/// A folder beside the checked one, so that reports are not among what is checked.
fn outside(folder: &std::path::Path) -> String {
    let beside = format!("{}-reports", folder.display());
    std::fs::create_dir_all(&beside).expect("made");
    beside
}

/// The name of the member that a pointer leads to, or that holds the element it leads to.
fn member_of(pointer: &str) -> &str {
    let names = pointer.rsplit('/');
    let mut names = names.filter(|token| token.parse::<usize>().is_err());
    let name = names.next().unwrap_or_default();
    name.split('@').next().unwrap_or_default()
}

/// The member that a name stands for, as the faults write names.
fn stands_for<'a>(name: &'a str, known: &BTreeSet<&'a str>) -> &'a str {
    let letters = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
    let name = match name {
        "deploymentDuraton" => "deploymentDuration",
        "оsVersion" => "osVersion",
        "деплойментстате" => "deploymentState",
        other => other,
    };
    let same = known.iter().find(|known| letters(known) == letters(name));
    same.copied().unwrap_or(name)
}

#[test]
fn a_message_names_the_members_that_it_points_at_and_no_other() {
    let model = table::autopilot_event();
    let known: BTreeSet<&str> = model
        .resource()
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    let judged = [Category::Value, Category::Order, Category::Duration];
    let mut linters = Linters::default();
    let mut maker = Maker::new(43, None, Mode::Any);
    let mut seen = 0;
    for _ in 0..600 {
        let text = messy(&mut maker, 3).write(&mut maker.random);
        for found in linters.check(None, Mode::Any, text.as_bytes()).diagnostics {
            let pointed: BTreeSet<&str> = std::iter::once(&found.pointer)
                .chain(found.labels.iter().map(|label| &label.pointer))
                .map(|pointer| stands_for(member_of(pointer.as_str()), &known))
                .collect();
            let word = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-');
            let words = found
                .message
                .split(word)
                .filter(|word| known.contains(word));
            let named: BTreeSet<&str> = words.collect();
            assert!(named.is_subset(&pointed), "{found:?}");
            let own = stands_for(member_of(found.pointer.as_str()), &known);
            if judged.contains(&found.rule.category) && known.contains(own) {
                assert!(named.contains(own), "{found:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

/// What the published schema can see: everything but judgement and what JSON itself is.
const IN_THE_SCHEMA: [&str; 11] = [
    "date-time-range",
    "date-time-syntax",
    "duration-syntax",
    "enum-member-not-in-revision",
    "integer-range",
    "member-not-in-revision",
    "missing-member",
    "null-not-allowed",
    "unknown-enum-member",
    "unknown-member",
    "wrong-type",
];

#[test]
fn the_published_schema_takes_right_events_and_no_faulty_ones() {
    for (seed, revision) in (50..).zip(revisions()) {
        for mode in [Mode::Any, Mode::Create, Mode::Response] {
            let options = SchemaOptions {
                revision,
                mode,
                ..SchemaOptions::default()
            };
            let schema = to_json_schema(&table::autopilot_event(), &options);
            let validator = jsonschema::draft202012::new(&schema).expect("a schema");
            let mut maker = Maker::new(seed, revision, mode);
            for _ in 0..60 {
                let value = value(maker.event());
                let error = validator.validate(&value).err();
                assert!(error.is_none(), "{error:?} in {value}");
            }
            for fault in faults::all() {
                if fault.mode != mode || !IN_THE_SCHEMA.contains(&fault.rule) {
                    continue;
                }
                let refused = fault.event(&mut maker);
                let refused = refused.map(|members| !validator.is_valid(&value(members)));
                assert_ne!(refused, Some(false), "{} in {revision:?}", fault.name);
            }
        }
    }
}

/// A schema of the old draft takes what that of the new one takes, and nothing else.
#[test]
fn the_published_schemas_of_both_drafts_agree() {
    let (mut right, mut wrong) = (0, 0);
    for (seed, revision) in (70..).zip(revisions()) {
        for mode in [Mode::Any, Mode::Create, Mode::Response] {
            let [newest, older] = [Draft::Draft202012, Draft::Draft7].map(|draft| {
                let options = SchemaOptions {
                    revision,
                    mode,
                    draft,
                };
                to_json_schema(&table::autopilot_event(), &options)
            });
            assert_eq!(older["$schema"], "http://json-schema.org/draft-07/schema#");
            jsonschema::draft7::meta::validate(&older).expect("a schema of draft 7");
            let newest = jsonschema::draft202012::new(&newest).expect("a schema");
            let older = jsonschema::draft7::new(&older).expect("a schema");
            let mut agree = |value: &Value| {
                let verdict = newest.is_valid(value);
                let places = |validator: &jsonschema::Validator| -> BTreeSet<String> {
                    let errors = validator.iter_errors(value);
                    errors
                        .map(|error| error.instance_path().to_string())
                        .collect()
                };
                assert_eq!(older.is_valid(value), verdict, "{value}");
                assert_eq!(places(&older), places(&newest), "{value}");
                *(if verdict { &mut right } else { &mut wrong }) += 1;
            };
            for value in fixtures() {
                agree(&value);
            }
            let mut maker = Maker::new(seed, revision, mode);
            for fault in faults::all() {
                if let Some(members) = fault.event(&mut maker) {
                    agree(&value(members));
                }
            }
        }
    }
    assert!(right > 500 && wrong > 2000, "{right} right, {wrong} wrong");
}

/// Every fixture that is JSON: whole, and each element of what it holds.
fn fixtures() -> Vec<Value> {
    let mut values = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read(&path) {
                let documents = serde_json::Deserializer::from_slice(&text).into_iter::<Value>();
                values.extend(documents.map_while(Result::ok));
            }
        }
    }
    let inner = values.iter().flat_map(|value| {
        let list = value.as_array().or(value["value"].as_array());
        list.into_iter().flatten().cloned()
    });
    let inner: Vec<_> = inner.collect();
    values.extend(inner);
    assert!(values.len() > 100, "{}", values.len());
    values
}

fn value(members: Members) -> Value {
    let text = Layout::COMPACT.write(&Json::Object(members), &mut Random::new(0));
    serde_json::from_str(&text).expect("JSON")
}

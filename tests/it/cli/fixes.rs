//! Fixes as the formats show them: to programs, which can make them, and to people.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::library::{Applicability, Example, docs, rules};
use crate::support::binary::{Run, run};
use crate::support::folder::Folder;

/// The present of examples.
const NOW: &str = "2026-11-01T00:00:00Z";
/// Passes after which nothing is left to fix in an example. Nearly all take one.
const PASSES: usize = 2;
/// A program that makes the fixes of a `json` report, and knows nothing of ours.
const CONSUMER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/apply-fixes");

fn check(folder: &Folder, words: &[&str]) -> Run {
    let all = [&["check", "--now", NOW, "--output-format"], words].concat();
    run(folder.path(), &all)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn diagnostics(report: &Value) -> &Vec<Value> {
    report["diagnostics"].as_array().expect("a list")
}

/// Has the consumer make the fixes of a report; `false` where there is no Python.
fn consume(folder: &Folder, report: &str, option: Option<&str>) -> bool {
    use std::io::Write as _;
    let command = Command::new("python3")
        .arg(CONSUMER)
        .args(option)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut child) = command else {
        eprintln!("not tested: a program that makes fixes, as there is no python3");
        return false;
    };
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(report.as_bytes()).expect("read");
    drop(input);
    assert!(child.wait().expect("it ends").success());
    true
}

/// An example, what it is fixed to, and how sure that is.
type Fixed = (Applicability, &'static Example, &'static [u8]);

/// The examples that are fixed, by the options that they are checked with.
fn examples() -> BTreeMap<Vec<String>, Vec<Fixed>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for rule in rules::ALL {
        for example in rule.bad {
            let Some((applicability, fixed)) = example.fixed else {
                continue;
            };
            let mut options = [
                "--mode",
                example.mode.name(),
                "--revision",
                example.revision,
            ]
            .map(str::to_owned)
            .to_vec();
            if rule.default.is_none() {
                options.extend(["--severity".to_owned(), format!("{}=info", rule.name)]);
            }
            let of_these = all.entry(options).or_default();
            of_these.push((applicability, example, fixed));
        }
    }
    all
}

/// What a program makes of the edits in a report is what the declarations of the rules say, to
/// which `--fix` is held too.
#[test]
fn a_program_that_reads_the_report_makes_the_same_text() {
    let all = examples();
    assert!(!all.is_empty(), "no example is fixed");
    for (options, examples) in all {
        let folder = Folder::repository(&[]);
        let names: Vec<String> = (0..examples.len()).map(|at| format!("{at}.json")).collect();
        let words: Vec<&str> = ["json"]
            .into_iter()
            .chain(options.iter().map(String::as_str))
            .chain(names.iter().map(String::as_str))
            .collect();
        for (most, option) in [
            (Applicability::Safe, None),
            (Applicability::Unsafe, Some("--unsafe")),
        ] {
            for (name, (_, example, _)) in names.iter().zip(&examples) {
                folder.write(name, &example.text());
            }
            for _ in 0..PASSES {
                let report = check(&folder, &words).stdout;
                if !consume(&folder, &report, option) {
                    return;
                }
            }
            for (name, (applicability, example, fixed)) in names.iter().zip(&examples) {
                let expected = if *applicability <= most {
                    fixed.to_vec()
                } else {
                    example.text()
                };
                let made = std::fs::read(folder.path().join(name)).expect("a file");
                let shown = String::from_utf8_lossy;
                assert_eq!(shown(&made), shown(&expected), "{options:?}");
            }
        }
    }
}

/// Every kind of fix in a file where identities stand: names, values, the text.
const PRIVATE: &str = "\u{feff}{
  \"id\": \"{7d1c9a3e-55aa-4c7b-9f00-d15ea5e00001}\",
  \"DeviceId\": \"urn:uuid:7d1c9a3e-55aa-4c7b-9f00-d15ea5e00002\",
  \"userId\": \"7d1c9a3e55aa4c7b9f00d15ea5e00003\",
  \"UserPrincipalName\": \" memine.onmez@fabrikam.example \",
  \"deviceSerialNumber\": \"ZQ-774411\", \"deploymentState\": \"Success\",
  \"managedDeviceName\": \"BÃ¼ro-QX81\", \"targetedAppCount\": \"3\",
  \"eventDateTime\": \"/Date(1714641243000)/\", \"deploymentDuration\": \"00:05:00\",
  \"enrollmentFailureDetails\": \"\u{200b}memine.onmez\",
  \"memine.onmez\": \"ZQ-774411\",
}
";

const SECRETS: [&str; 6] = [
    "7d1c9a3e", "d15ea5e", "memine", "fabrikam", "774411", "qx81",
];

#[test]
fn what_a_fix_shows_of_an_identity_is_hidden() {
    let pretty = PRIVATE;
    let valid = PRIVATE.replace("\",\n}", "\"\n}");
    let folder = Folder::repository(&[
        ("a.json", pretty),
        ("b.json", &valid),
        ("c.json", &valid.replace('\n', "")),
        (
            "d.jsonl",
            &format!("{0}\n{0}\n", valid.replace(['\n', '\u{feff}'], "")),
        ),
        ("e.json", &valid.replace('\n', "\r\n")),
    ]);
    for format in crate::support::FORMATS {
        for files in ["--redact", "--no-redact"] {
            let run = check(&folder, &[format, files, "--select", "all", "."]);
            let shown = format!("{}{}", run.stdout, run.stderr).to_lowercase();
            let secret = SECRETS.iter().find(|secret| shown.contains(**secret));
            if files == "--redact" {
                assert_eq!(secret, None, "{format}: {shown}");
                // That it is fixable is told.
                assert!(shown.contains("fixable with --fix"), "{format}: {shown}");
            } else {
                assert!(secret.is_some(), "{format}");
            }
        }
    }
    let of = |option: &str| json(&check(&folder, &["json", option, "--select", "all", "."]).stdout);
    let [masked, open] = ["--redact", "--no-redact"].map(of);
    assert_eq!(masked["summary"], open["summary"]);
    let (mut withheld, mut shown) = (0, 0);
    for (masked, open) in diagnostics(&masked).iter().zip(diagnostics(&open)) {
        assert_eq!(masked["fix"]["applicability"], open["fix"]["applicability"]);
        let edits = |one: &Value| one["fix"]["edits"].as_array().map_or(0, Vec::len);
        match (edits(masked), edits(open)) {
            (0, 0) => {}
            (0, _) => withheld += 1,
            (masked, open) => {
                assert_eq!(masked, open);
                shown += 1;
            }
        }
    }
    assert!(shown > 0, "{shown} and {withheld}");
}

/// What is counted and what each finding says agree, also where findings are not shown.
#[test]
fn fixable_findings_are_counted_whether_they_are_shown_or_not() {
    let guid = "{\"deviceId\": \"{7d1c9a3e-55aa-4c7b-9f00-d15ea5e00001}\", \"osVersion\": \"\"}";
    let folder = Folder::repository(&[("a.json", &format!("[{guid}, {guid}, {guid}]"))]);
    let expected = serde_json::json!({"safe": 3, "unsafe": 0});
    for words in [
        &["json", "a.json"][..],
        &["json", "--max-diagnostics", "1", "a.json"],
        &["json", "--show", "error", "a.json"],
    ] {
        let run = check(&folder, words);
        assert_eq!(
            json(&run.stdout)["summary"]["fixable"],
            expected,
            "{words:?}"
        );
        assert!(
            run.stderr.contains("; 3 fixable with --fix"),
            "{}",
            run.stderr
        );
    }
    let silenced = check(&folder, &["json", "--ignore", "guid-syntax", "a.json"]);
    let none = serde_json::json!({"safe": 0, "unsafe": 0});
    assert_eq!(json(&silenced.stdout)["summary"]["fixable"], none);
    assert!(!silenced.stderr.contains("fixable"), "{}", silenced.stderr);
}

#[test]
fn pages_and_lists_say_what_is_fixable() {
    let folder = Folder::repository(&[]);
    let text = |words: &str| folder.run(words).stdout;
    let listed = json(&text("rules --output-format json"));
    for (rule, view) in rules::ALL.iter().zip(listed.as_array().expect("a list")) {
        let name = rule.fixable().map(Applicability::name);
        assert_eq!(view["fixable"].as_str(), name, "{}", rule.name);
        let explained = text(&format!("explain {}", rule.name));
        let option = match rule.fixable() {
            Some(Applicability::Safe) => "--fix",
            Some(_) => "--fix --unsafe-fixes",
            None => {
                assert!(!explained.contains("Fixable with"), "{explained}");
                continue;
            }
        };
        assert!(
            explained.contains(&format!("Fixable with: {option}\n")),
            "{explained}"
        );
        assert!(explained.contains("Fixed with --"), "{explained}");
        for example in rule.bad {
            let expected = example.fixed.map(|(sure, text)| (sure, text.to_vec()));
            assert_eq!(docs::fixed(rule, example), expected, "{}", rule.name);
        }
    }
}

//! Which rules run at which severity, by options of the real binary.

use crate::library::{Check, Linter, Options, RuleSet, Scratch, docs, rules, set};
use crate::support::folder::Folder;

/// One finding of each of four rules: unknown-member, zero-guid, implausible-date and, if it is
/// turned on, non-canonical-value.
const MIXED: &str = r#"{
  "deploymentSate": "success",
  "deviceId": "00000000-0000-0000-0000-000000000000",
  "eventDateTime": "2001-01-01T00:00:00Z",
  "deploymentDuration": "PT300S"
}
"#;

const UNKNOWN: &str = "error[unknown-member]";
const ZERO: &str = "warning[zero-guid]";
const DATE: &str = "info[implausible-date]";
const FORM: &str = "warning[non-canonical-value]";

#[test]
fn options_choose_rules_and_severities() {
    let folder = Folder::repository(&[("a.json", MIXED)]);
    for (options, expected, status) in [
        ("", &[UNKNOWN, ZERO, DATE][..], 1),
        ("--select value", &[ZERO, FORM], 0),
        ("--select value,order", &[ZERO, DATE, FORM], 0),
        ("--select value --select order", &[ZERO, DATE, FORM], 0),
        ("--select zero-guid", &[ZERO], 0),
        ("--select all", &[UNKNOWN, ZERO, DATE, FORM], 1),
        ("--select all --ignore value", &[UNKNOWN, DATE], 1),
        ("--select value --ignore zero-guid", &[FORM], 0),
        ("--ignore schema", &[ZERO, DATE], 0),
        ("--ignore schema,zero-guid", &[DATE], 0),
        ("--ignore all", &[], 0),
        ("--ignore value --select zero-guid", &[ZERO], 0),
        (
            "--severity zero-guid=error",
            &[UNKNOWN, "error[zero-guid]", DATE],
            1,
        ),
        ("--severity zero-guid=off", &[UNKNOWN, DATE], 1),
        (
            "--severity zero-guid=off --severity zero-guid=info",
            &[UNKNOWN, "info[zero-guid]", DATE],
            1,
        ),
        (
            "--severity unknown-member=info",
            &["info[unknown-member]", ZERO, DATE],
            0,
        ),
        (
            "--severity non-canonical-value=info",
            &[UNKNOWN, ZERO, DATE, "info[non-canonical-value]"],
            1,
        ),
        (
            "--select order --severity non-canonical-value=error",
            &[DATE, "error[non-canonical-value]"],
            1,
        ),
        // Several, categories among them.
        (
            "--severity zero-guid=off,order=error",
            &[UNKNOWN, "error[implausible-date]"],
            1,
        ),
        (
            "--severity schema=info,value=off",
            &["info[unknown-member]", DATE],
            0,
        ),
        (
            "--severity all=info",
            &["info[unknown-member]", "info[zero-guid]", DATE],
            0,
        ),
        (
            "--severity all=info --severity zero-guid=error",
            &["info[unknown-member]", "error[zero-guid]", DATE],
            1,
        ),
        (
            "--select all --severity value=info",
            &[
                UNKNOWN,
                "info[zero-guid]",
                DATE,
                "info[non-canonical-value]",
            ],
            1,
        ),
        ("--exit-zero", &[UNKNOWN, ZERO, DATE], 0),
        ("--fail-level warning --ignore schema", &[ZERO, DATE], 1),
        ("--fail-level info --select order", &[DATE], 1),
        ("--fail-level warning --select order", &[DATE], 0),
        ("--fail-level never", &[UNKNOWN, ZERO, DATE], 0),
    ] {
        let (found, run) = folder.check(&format!("{options} a.json"));
        assert_eq!(found, expected, "{options}");
        assert_eq!(run.status, Some(status), "{options}");
    }
}

#[test]
fn severities_that_a_rule_itself_gives_are_overridden_too() {
    let folder = Folder::repository(&[("a.json", r#"{"targetedAppCount": null}"#)]);
    let (found, _) = folder.check(".");
    assert_eq!(found, ["error[null-not-allowed]"]);
    let (found, run) = folder.check("--severity null-not-allowed=info .");
    assert_eq!(found, ["info[null-not-allowed]"]);
    assert_eq!(run.status, Some(0));
}

#[test]
fn a_text_that_cannot_be_checked_is_found_whatever_is_selected() {
    let folder = Folder::repository(&[("a.json", r#"{"targetedAppCount": 3,}"#)]);
    for options in ["--select order", "--ignore syntax", "--ignore all"] {
        let (found, run) = folder.check(&format!("{options} ."));
        assert_eq!(found, ["error[json-syntax]"], "{options}");
        assert_eq!(run.status, Some(1), "{options}");
    }
    // Who turns them off is told.
    let note = "note: json-syntax, invalid-encoding and nesting-too-deep cannot be turned off; what \
                they report cannot be checked at all\n";
    for (options, config, told) in [
        ("--ignore syntax", "", true),
        ("--ignore all", "", true),
        ("--severity syntax=off", "", true),
        ("", "ignore = ['syntax']", true),
        (
            "",
            "[[overrides]]\nfiles = ['a.json']\nignore = ['syntax']",
            true,
        ),
        ("--ignore syntax -q", "", false),
        ("--select order", "", false),
        ("--ignore order", "", false),
    ] {
        folder.write("autopilot-lint.toml", config);
        let (_, run) = folder.check(options);
        assert_eq!(
            run.stderr.contains(note),
            told,
            "{options} {config}: {}",
            run.stderr
        );
    }
    folder.remove("autopilot-lint.toml");
    for options in ["--ignore json-syntax", "--severity json-syntax=off"] {
        let (_, run) = folder.check(options);
        assert_eq!(run.status, Some(2), "{options}");
        assert!(
            run.stderr.contains("`json-syntax` cannot be turned off"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn wrong_names_are_faults_with_the_nearest_name() {
    let folder = Folder::repository(&[("a.json", "{}")]);
    for (options, expected) in [
        (
            "--select zero-gid",
            "unknown rule or category `zero-gid`; did you mean `zero-guid`?",
        ),
        (
            "--ignore value,ordre",
            "unknown rule or category `ordre`; did you mean `order`?",
        ),
        (
            "--severity zero-gid=off",
            "unknown rule or category `zero-gid`; did you mean `zero-guid`?",
        ),
        (
            "--severity zero-guid=off,ordre=off",
            "unknown rule or category `ordre`; did you mean `order`?",
        ),
        ("--exit-zero --fail-level info", "cannot be used with"),
        ("--show never", "[possible values: info, warning, error]"),
        (
            "--stdin-filename b.json a.json",
            "--stdin-filename names standard input, which is not read; add - to read it",
        ),
        ("--stdin-filename b.json", "which is not read"),
        (
            "--severity zero-guid",
            "a severity must follow, as in zero-guid=warning",
        ),
        (
            "--severity zero-guid=fatal",
            "unknown severity `fatal`; expected one of error, warning, info, off",
        ),
        (
            "--fail-level fatal",
            "[possible values: error, warning, info, never]",
        ),
        (
            "--revision 2021",
            "unknown revision `2021`; expected one of any, 2019-09,",
        ),
        (
            "--mode reply",
            "[possible values: any, create, update, response]",
        ),
    ] {
        let (found, run) = folder.check(options);
        assert_eq!(run.status, Some(2), "{options}");
        assert!(run.stderr.contains(expected), "{options}: {}", run.stderr);
        assert!(found.is_empty(), "{options}");
    }
}

#[test]
fn the_summary_counts_rules_that_are_off() {
    let folder = Folder::repository(&[("a.json", MIXED)]);
    for (options, expected) in [
        ("--ignore zero-guid", Some("1 rule off")),
        ("--ignore zero-guid,implausible-date", Some("2 rules off")),
        ("--ignore non-canonical-value", None),
        ("", None),
    ] {
        let (_, run) = folder.check(&format!("{options} ."));
        let mut parts = run.stderr.trim_end().split("; ");
        let said = parts.find(|part| part.ends_with("off"));
        assert_eq!(said, expected, "{options}");
    }
    let (_, run) = folder.check("--ignore zero-guid --quiet .");
    assert_eq!(run.stderr, "");
}

#[test]
fn verbose_names_the_configuration_and_the_files() {
    let folder = Folder::repository(&[("a.json", MIXED), ("b/c.json", "{}")]);
    let (_, run) = folder.check("-v --ignore collection .");
    for line in [
        "configuration: none",
        "checked a.json: 1 payload, 3 findings, 0 suppressed",
        "checked b/c.json: 0 payloads, 0 findings, 0 suppressed",
    ] {
        assert!(
            run.stderr.lines().any(|said| said == line),
            "{line} in {}",
            run.stderr
        );
    }
    folder.write("autopilot-lint.toml", "ignore = ['schema']\n");
    let (_, run) = folder.check("-v .");
    assert!(
        run.stderr.contains("configuration: autopilot-lint.toml\n"),
        "{}",
        run.stderr
    );
}

/// For every rule: alone it finds its example, and without it nothing of it is found.
#[test]
fn every_rule_can_be_turned_on_alone_and_off() {
    for rule in rules::ALL {
        for example in rule.bad {
            let found = |rules: RuleSet| {
                let options = Options {
                    rules,
                    ..docs::options(rule, example)
                };
                let linter = Linter::new(&options).expect("a revision");
                let outcome = linter.check(&example.text(), &mut Scratch::default());
                let names = outcome.diagnostics.iter().map(|found| found.rule.name);
                names.collect::<Vec<_>>()
            };
            assert_eq!(found([*rule].into_iter().collect()), [rule.name], "alone");
            let others = rules::ALL
                .iter()
                .filter(|other| *other != rule && other.default.is_some())
                .copied();
            let others = found(others.collect());
            assert!(
                set::is_essential(rule) || others.is_empty(),
                "without {}: {others:?}",
                rule.name
            );
        }
    }
}

/// The schema engine costs the most: it must not run for rules that need none.
#[test]
fn the_engine_stays_out_of_selections_without_schema_rules() {
    let of_schema = rules::declarations().filter(|rule| {
        rule.checks
            .iter()
            .any(|check| matches!(check, Check::Schema | Check::Names))
    });
    assert!(of_schema.count() > 0);
    let order = rules::ALL
        .iter()
        .filter(|rule| rule.category == autopilot_lint::diagnostic::Category::Order);
    let options = Options {
        rules: order.copied().collect(),
        ..Options::default()
    };
    let linter = Linter::new(&options).expect("any revision");
    let outcome = linter.check(MIXED.as_bytes(), &mut Scratch::default());
    assert_eq!(outcome.payloads, 1);
    let shown = format!("{linter:?}");
    assert!(shown.contains("engine: OnceLock(<uninit>)"), "{shown}");
}

#[test]
fn identifiers_of_other_files_count_where_that_is_asked_for() {
    let event =
        |id: &str| format!(r#"{{"id": "{id}", "targetedAppCount": 1, "osVersion": "10.0.1.1"}}"#);
    let (a, b) = (
        "3e455cab-5cab-3e45-ab5c-453eab5c453e",
        "8da1ba2c-0c1c-4a3e-9d5c-0b1f0f0f0f0f",
    );
    let folder = Folder::repository(&[
        ("1.json", &event(a)),
        (
            "2.json",
            &format!("[{},\n{}]", event(b), event(&a.to_uppercase())),
        ),
        ("3.jsonl", &format!("{}\n{}\n", event(b), event(b))),
        ("4.json", &event(b)),
    ]);
    let lines = |options: &str| {
        let (_, run) = folder.check(&format!("{options} ."));
        let lines = run.stdout.lines();
        let messages = lines.filter_map(|line| line.split("; help: ").next());
        messages.map(str::to_owned).collect::<Vec<_>>()
    };
    let again = "error[duplicate-event-id] another event has the same id already:";
    assert_eq!(lines(""), [format!("3.jsonl:2:8: {again} on line 1")]);
    let expected = [
        format!("2.json:2:8: {again} in 1.json, line 1"),
        format!("3.jsonl:1:8: {again} in 2.json, line 1"),
        format!("3.jsonl:2:8: {again} in 2.json, line 1"),
        format!("4.json:1:8: {again} in 2.json, line 1"),
    ];
    for jobs in ["1", "2", "7"] {
        assert_eq!(lines(&format!("--across-files --jobs {jobs}")), expected);
    }
    let full = folder.run("check --across-files --output-format full 4.json 2.json");
    assert!(
        full.stdout.contains("1 │ {\"id\": \"8da1ba2c"),
        "{}",
        full.stdout
    );
    assert_eq!(
        lines("--across-files 4.json 2.json --ignore collection"),
        [""; 0]
    );
    folder.check("--across-files --write-baseline known.json .");
    assert_eq!(lines("--across-files --baseline known.json"), [""; 0]);
}

/// Enough files for several batches, with faults of every kind between them.
#[test]
fn which_identifier_is_the_first_does_not_depend_on_threads() {
    let folder = Folder::repository(&[]);
    for number in 0..400 {
        let id = format!("00000000-0000-0000-0000-{:012x}", 1 + number % 37);
        let text = match number % 50 {
            0 => "{".to_owned(),
            _ => format!("[{{\"id\": \"{id}\", \"deviceId\": \"{id}\", \"targetedAppCount\": 1}}]"),
        };
        let kind = if number % 9 == 0 { "jsonl" } else { "json" };
        folder.write(&format!("{}/{number}.{kind}", number % 5), &text);
    }
    let (found, one) = folder.check("--across-files --jobs 1 .");
    let twice = found
        .iter()
        .filter(|name| *name == "error[duplicate-event-id]");
    assert_eq!(twice.count(), 400 - 8 - 37);
    for jobs in [2, 5, 16] {
        let (_, many) = folder.check(&format!("--across-files --jobs {jobs} ."));
        assert_eq!(many.stdout, one.stdout);
    }
}

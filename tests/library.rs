//! The library as its users see it, without the command: what the root of the crate offers, and the
//! programs in `examples`.

use std::path::Path;

use autopilot_lint::{FailLevel, Format, Linter, Mode, RenderOptions, Report, Resource, Severity};

#[path = "../examples/check_file.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod check_file;
#[path = "../examples/check_in_tests.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod check_in_tests;
#[path = "../examples/derive_resource.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod derive_resource;

const ZERO_GUID: &str = r#"{"deviceId": "00000000-0000-0000-0000-000000000000"}"#;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

fn names(report: &Report) -> Vec<&str> {
    report.findings().map(|found| found.rule().name).collect()
}

#[test]
fn a_file_is_checked_and_its_findings_are_printed() {
    let mut out = Vec::new();
    let file = Path::new("examples/data/event.json");
    let report = check_file::check_file(file, &mut out, &RenderOptions::default());
    assert!(report.expect("a file").fails());
    let expected = "\
error[deployment-ends-before-start]: deploymentEndDateTime is 69 s before
  deploymentStartDateTime
   ╭─[examples/data/event.json:4:28]
 3 │   \"deploymentStartDateTime\": \"2024-09-03T08:16:10Z\",
   ·                              ───────────┬──────────
   ·                                         ╰── the deployment starts here
 4 │   \"deploymentEndDateTime\": \"2024-09-03T08:15:01Z\",
   ·                            ──────────────────────
 5 │   \"targetedAppCount\": -1
   ╰────
  deploymentEndDateTime    ●
  deploymentStartDateTime  ───────────────────────────────● +69 s
  help: swap the two, or correct the one that is wrong
  fixable with --fix --unsafe-fixes: swap deploymentStartDateTime and
    deploymentEndDateTime
 3 -   \"deploymentStartDateTime\": \"2024-09-03T08:16:10Z\",
   +   \"deploymentStartDateTime\": \"2024-09-03T08:15:01Z\",
 4 -   \"deploymentEndDateTime\": \"2024-09-03T08:15:01Z\",
   +   \"deploymentEndDateTime\": \"2024-09-03T08:16:10Z\",

error[negative-count]: targetedAppCount is -1, below zero
   ╭─[examples/data/event.json:5:23]
 4 │   \"deploymentEndDateTime\": \"2024-09-03T08:15:01Z\",
 5 │   \"targetedAppCount\": -1
   ·                       ──
 6 │ }
   ╰────
  help: write how many there are; 0 where there are none

";
    assert_eq!(text(out), expected);
}

#[test]
fn a_test_shows_the_findings_of_an_invalid_payload() {
    let payload = check_in_tests::create_request("PC\u{202e}1", 12);
    let panic =
        std::panic::catch_unwind(|| check_in_tests::tests::assert_valid("a.json", &payload));
    let panic = panic.expect_err("a failed assertion");
    let expected = "\
a.json should be valid:

warning[invisible-character]: managedDeviceName holds a bidirectional control
  (U+202E) at character 3
    ╭─[a.json:9:24]
  8 │   \"deviceSerialNumber\": \"5CD1234XYZ\",
  9 │   \"managedDeviceName\": \"PC\\u{202e}1\",
    ·                        ─────────────
 10 │   \"userPrincipalName\": \"megan@contoso.com\",
    ╰────
  help: write `PC1`
  fixable with --fix --unsafe-fixes
  9 -   \"managedDeviceName\": \"PC\\u{202e}1\",
    +   \"managedDeviceName\": \"PC1\",

";
    let message = panic.downcast_ref::<String>().map(String::as_str);
    assert_eq!(message, Some(expected));
}

#[test]
fn a_resource_is_derived_and_another_payload_checked() {
    let (mut notes, mut out) = (Vec::new(), Vec::new());
    let docs = Path::new("examples/data");
    let resource = derive_resource::derive_resource(docs, "printer.md", &mut notes);
    let payload = Path::new("examples/data/printer.json");
    derive_resource::check(resource.expect("a page"), payload, &mut out).expect("a file");
    let expected = "note: printer.md:15: `room` is unresolved: its page does not exist\n";
    assert_eq!(text(notes), expected);
    let expected = "\
examples/data/printer.json:3:24: error[date-time-range] installedDateTime \
`2024-02-30T09:00:00Z` is out of range: February 2024 has 29 days
examples/data/printer.json:4:16: error[wrong-type] pageCount is a string, expected an integer \
(Edm.Int64); help: write 1200 without quotes
examples/data/printer.json:5:13: error[unknown-enum-member] `jammed` is not a member of status; \
help: one of `idle`, `printing`, `stopped`
";
    assert_eq!(text(out), expected);
}

#[test]
fn a_policy_applies_by_file_name() {
    let linter = Linter::builder()
        .config(
            r#"
            fail-level = "warning"

            [[overrides]]
            files = ["old/"]
            severity = { zero-guid = "info" }

            [[ignore]]
            rule = "zero-guid"
            file = "accepted.json"
            pointer = "/deviceId"
            reason = "a device that was never enrolled"
            "#,
        )
        .build()
        .expect("a policy");
    let mut session = linter.session();
    for (file, severity, silenced) in [
        ("new.json", Some(Severity::Warning), 0),
        ("old/event.json", Some(Severity::Info), 0),
        ("./old/event.json", Some(Severity::Info), 0),
        ("accepted.json", None, 1),
        ("/accepted.json", Some(Severity::Warning), 0),
    ] {
        // What a session learns of one file's shape must not leak into files of another policy.
        for _ in 0..3 {
            let report = session.check(file, ZERO_GUID);
            let found: Vec<_> = report.findings().map(|found| found.severity()).collect();
            assert_eq!(found, Vec::from_iter(severity), "{file}");
            assert_eq!(report.silenced(), silenced, "{file}");
            assert_eq!(
                report.fails(),
                severity == Some(Severity::Warning),
                "{file}"
            );
            assert_eq!(
                report.render(Format::JSON),
                linter.check(file, ZERO_GUID).render(Format::JSON)
            );
        }
    }
}

#[test]
fn what_is_set_in_code_comes_before_the_configuration() {
    let builder = Linter::builder().config("select = ['schema']\nfail-level = 'never'");
    let of_config = builder.clone().build().expect("a policy");
    assert!(of_config.check("a.json", ZERO_GUID).is_clean());
    assert!(!of_config.check("a.json", "{\"id\": 1}").fails());
    let builder = builder.select(["value"]).fail_level(FailLevel::Info);
    let report = builder
        .build()
        .expect("a policy")
        .check("a.json", ZERO_GUID);
    assert_eq!(names(&report), ["zero-guid"]);
    assert!(report.fails());
}

#[test]
fn the_strictest_policy_decides_whether_a_report_fails() {
    let check = |level| {
        let linter = Linter::builder().fail_level(level).build();
        linter.expect("a policy").check("a.json", ZERO_GUID)
    };
    let (lax, strict) = (check(FailLevel::Error), check(FailLevel::Warning));
    assert!(!lax.fails());
    for reports in [[&lax, &strict], [&strict, &lax]] {
        let all: Report = reports.into_iter().cloned().collect();
        assert_eq!((all.count(Severity::Warning), all.payloads()), (2, 2));
        assert!(all.fails());
    }
    assert!(!Report::default().fails());
}

#[test]
fn what_cannot_be_built_says_why() {
    let enumeration = serde_json::json!({"type": "string", "enum": ["a", "b"]});
    let enumeration = Resource::from_json_schema(&enumeration).expect("a schema");
    for (builder, expected) in [
        (
            Linter::builder().revision("2018-01"),
            "unknown revision `2018-01`; expected one of any, 2019-09, ",
        ),
        (
            Linter::builder().select(["zero-giud"]),
            "unknown rule or category `zero-giud`; did you mean `zero-guid`?",
        ),
        (
            Linter::builder().ignore(["json-syntax"]),
            "`json-syntax` cannot be turned off; ",
        ),
        (
            Linter::builder().severity("al", Severity::Info),
            "unknown rule or category `al`",
        ),
        (
            Linter::builder().config("select = []\nb"),
            "configuration, line 2, column 2: not TOML: ",
        ),
        (
            Linter::builder().config("\"\u{202e}\" = 1"),
            "configuration, line 1, column 1: unknown key `\\u{202e}`; ",
        ),
        (
            Linter::builder().baseline("[]"),
            "baseline: not a baseline: ",
        ),
        (
            Linter::builder().resource(enumeration),
            "the resource is an enumeration, which has no payloads",
        ),
    ] {
        let words = builder.build().expect_err(expected).to_string();
        assert!(words.starts_with(expected), "{words}");
    }
}

#[test]
fn a_baseline_hides_what_it_knows_of_a_file() {
    let baseline = r#"{"version": 2, "findings": [{"file": "a/b.json", "rule": "zero-guid",
        "at": "/deviceId", "identity": "4a95b50d712c1ae0", "count": 1}]}"#;
    let linter = Linter::builder().baseline(baseline).build();
    let linter = linter.expect("a policy");
    let known = linter.check("a/b.json", ZERO_GUID);
    assert!(known.is_clean());
    assert_eq!(known.silenced(), 1);
    assert_eq!(names(&linter.check("a/c.json", ZERO_GUID)), ["zero-guid"]);
}

#[test]
fn words_of_a_finding_are_safe_to_print() {
    let report = Linter::new().check(
        "\u{1b}[2J.json",
        "{\"\u{202e}id\": \"3e455cab-5cab-3e45-ab5c-453eab5c453e\"}",
    );
    let finding = report.findings().next().expect("a finding");
    let shown = finding.to_string();
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    assert!(!finding.message().contains('\u{202e}'));
    assert_eq!(finding.pointer(), "/\u{202e}id");
    assert_eq!(report.to_string(), format!("{shown}\n"));
}

#[test]
fn errors_and_doubts_repeat_no_text_that_acts() {
    let hostile = "a\u{1b}[31m\u{9b}31m\u{202e}\n::error::x ##[error]y";
    let schema = serde_json::json!({
        "type": "object",
        "properties": { hostile: { "$ref": hostile } },
    });
    let refused = Resource::from_json_schema(&schema).expect_err("a reference to elsewhere");
    let unknown = Resource::autopilot_event().json_schema(hostile, Mode::Any);
    let row = hostile.replace('\n', " ");
    let page = format!("# {row}\n\n|Property|Type|Description|\n|:--|:--|:--|\n|{row}||x|\n");
    let load = |_: &str| Some(page.clone());
    let underived = autopilot_lint::derive(hostile, load).expect_err("a row without a type");
    let page = "# x resource type\n\n|Property|Type|Description|\n|:--|:--|:--|\n|a|b|x|\n";
    let load = |key: &str| (key == hostile).then(|| page.to_owned());
    let derived = autopilot_lint::derive(hostile, load).expect("a page");
    let doubts = derived.doubts.iter().map(ToString::to_string);
    let said = [
        refused.to_string(),
        unknown.expect_err("no such revision").to_string(),
        underived.to_string(),
    ];
    for text in said.into_iter().chain(doubts) {
        assert!(text.contains("\\u{1b}[31m"), "{text}");
        let acts = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!text.contains(acts), "{text:?}");
        assert!(!text.contains("::") && !text.contains("##"), "{text}");
    }
}

#[test]
fn a_resource_without_a_name_is_called_resource() {
    for (title, message) in [
        (serde_json::json!("user"), "a list that holds no user"),
        (serde_json::Value::Null, "a list that holds no resource"),
    ] {
        let schema = serde_json::json!({ "title": title, "type": "object" });
        let resource = Resource::from_json_schema(&schema).expect("a resource");
        let linter = Linter::builder().resource(resource).build();
        let report = linter.expect("a linter").check("a.json", "[1]");
        let messages: Vec<_> = report.findings().map(|found| found.message()).collect();
        assert_eq!(messages, [message]);
    }
}

//! Text that others chose, in every place that a run repeats, in every format and on standard
//! error: it neither acts nor misleads.
#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;

use serde_json::{Value, json};

use crate::support::binary::{Run, command, run};
use crate::support::folder::Folder;
use crate::support::sinks::harm;
use crate::support::{FAULTY, FORMATS};

/// For terminals, for the agents of hosted builds, for readers, and for the formats' own syntax.
const PAYLOADS: [&str; 30] = [
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;https://x.example\u{1b}\\",
    "\u{9b}31m",
    "\u{7f}\u{8}",
    "a\rb",
    "\u{0}",
    "\u{202e}fdp.exe",
    "\u{2066}x\u{2069}",
    "\u{200b}\u{feff}",
    "\u{2028}::error::x",
    "\u{85}::error::x",
    "\n::error::x",
    "::set-output name=a::b",
    " ::add-mask::a",
    "##[error]x",
    "###[stop-commands]x",
    "##vso[task.complete result=Succeeded;]done",
    "#\u{200b}#vso[task.debug]x",
    "%0A::error::x",
    "%AZP25;]x",
    "[a](https://x.example)",
    "{0}",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=y>",
    "]]>",
    "&lt;",
    "\u{fffe}\u{ffff}",
    "\u{e000}\u{10ffff}",
    "javascript:x",
];

/// An event with a text in each place that a message repeats.
fn event(payload: &str) -> Value {
    json!({
        payload: payload,
        "id": payload,
        "deviceId": payload,
        "deploymentState": payload,
        "deploymentDuration": payload,
        "eventDateTime": payload,
        "targetedAppCount": payload,
        "osVersion": payload,
        "userPrincipalName": payload,
        "@odata.type": payload,
        "policyStatusDetails": [{"displayName": payload, payload: 1, "complianceStatus": payload}],
    })
}

/// A repository of hostile files with hostile names.
fn folder() -> Folder {
    let folder = Folder::repository(&[]);
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let safe: String = payload
            .chars()
            .map(|c| if matches!(c, '/' | '\0') { '_' } else { c })
            .collect();
        let below = folder
            .path()
            .join(OsStr::from_bytes(&[safe.as_bytes(), b"\xff"].concat()));
        fs::create_dir_all(&below).expect("made");
        let name = |rest: &str| below.join(OsStr::new(&format!("{safe}{number}{rest}")));
        fs::write(name(".json"), event(payload).to_string()).expect("written");
        let duplicate = json!(payload);
        let broken = format!("{{{duplicate}: 1, {duplicate}: 2, {payload}");
        fs::write(name("b.json"), broken).expect("written");
    }
    folder
}

fn assert_harmless(format: &str, run: &Run) {
    assert!(
        run.status.is_some_and(|status| status <= 2),
        "{format} {run:?}"
    );
    assert_eq!(harm(format, &run.stdout), None, "{format}");
    assert_eq!(harm("", &run.stderr), None, "{format}");
}

#[test]
fn nothing_in_a_file_or_its_name_acts_in_any_format() {
    let folder = folder();
    for format in FORMATS {
        let run = run(
            folder.path(),
            &["check", "--verbose", "--select", "all", "--format", format],
        );
        assert_eq!(run.status, Some(1), "{format} {}", run.stderr);
        assert_harmless(format, &run);
        if ["json", "sarif", "gitlab"].contains(&format) {
            assert!(
                serde_json::from_str::<Value>(&run.stdout).is_ok(),
                "{format}"
            );
        }
        if format == "json-lines" {
            let all = run
                .stdout
                .lines()
                .all(|line| serde_json::from_str::<Value>(line).is_ok());
            assert!(all, "{format}");
        }
    }
}

#[test]
fn colours_are_the_program_s_own() {
    let folder = folder();
    for format in ["full", "concise", "grouped"] {
        let words = [
            "check", "--color", "always", "--select", "all", "--format", format,
        ];
        let run = command(folder.path(), &words)
            .env("FORCE_COLOR", "1")
            .env("FORCE_HYPERLINK", "1")
            .output();
        let run = Run::from(run.expect("it runs"));
        assert_harmless(
            format,
            &Run {
                stdout: without_styles(&run.stdout),
                ..run
            },
        );
    }
}

/// The text without the sequences that set a style or name the page of a rule.
fn without_styles(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let style = part
            .strip_prefix('[')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        let rest = style.and_then(|rest| rest.strip_prefix('m'));
        let link = part
            .strip_prefix("]8;;")
            .filter(|url| url.is_empty() || url.starts_with("docs/rules/"));
        match rest.or(link.map(|_| "")).or(part.strip_prefix('\\')) {
            Some(rest) => plain.push_str(rest),
            None => plain.extend(["\u{1b}", part]),
        }
    }
    plain
}

#[test]
fn nothing_on_the_command_line_acts() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for payload in PAYLOADS.iter().map(|payload| payload.replace('\0', "_")) {
        let with = |option: &str| OsString::from(format!("{option}={payload}"));
        let file = OsString::from(format!("./{payload}.json"));
        for words in [
            vec!["check".into(), with("--config")],
            vec!["check".into(), with("--baseline")],
            vec!["check".into(), with("--schema")],
            vec!["check".into(), with("--revision")],
            vec!["check".into(), with("--select")],
            vec!["check".into(), with("--severity")],
            vec!["check".into(), with("--now")],
            vec!["check".into(), with("--jobs")],
            vec!["check".into(), with("--format")],
            vec!["check".into(), with("--format=json=no/folder/")],
            vec![
                "check".into(),
                with("--stdin-filename"),
                "a.json".into(),
                "-".into(),
            ],
            vec!["check".into(), with("--nonsense")],
            vec!["check".into(), file.clone()],
            vec!["derive".into(), file.clone()],
            vec!["derive".into(), "--diff".into(), file.clone(), file],
            vec!["explain".into(), format!("x{payload}").into()],
            vec!["schema".into(), with("--revision")],
            vec!["completions".into(), format!("x{payload}").into()],
            vec![format!("x{payload}").into()],
        ] {
            let run = run(folder.path(), &words);
            assert_harmless(&format!("{words:?}"), &run);
        }
    }
}

/// A schema that gives a model with a text in each name.
fn hostile_schema(payload: &str) -> String {
    json!({
        "title": payload,
        "type": "object",
        "properties": {
            payload: { "type": "string" },
            "b": { "$ref": "#/$defs/state" },
        },
        "$defs": { "state": { "type": "string", "enum": [payload], "title": payload } },
    })
    .to_string()
}

#[test]
fn nothing_in_a_configuration_a_baseline_a_schema_or_a_page_acts() {
    let folder = Folder::repository(&[
        ("a.json", FAULTY),
        ("old.schema", r#"{"title": "x", "type": "object"}"#),
    ]);
    for payload in PAYLOADS {
        let text = Value::from(payload);
        let row = payload.replace(['\n', '|'], " ");
        let files = [
            ("a.toml", format!("{text} = 1"), "check --config a.toml"),
            (
                "a.toml",
                format!("select = [{text}]"),
                "check --config a.toml",
            ),
            (
                "a.toml",
                format!("revision = {text}"),
                "check --config a.toml",
            ),
            (
                "a.toml",
                format!("[[overrides]]\nfiles = [{text}]\nx = 1"),
                "check --config a.toml",
            ),
            ("a.toml", payload.to_owned(), "check --config a.toml"),
            (
                "known.json",
                format!("{{\"version\": {text}, {text}: 1}}"),
                "check --baseline known.json",
            ),
            (
                "known.json",
                payload.to_owned(),
                "check --baseline known.json",
            ),
            (
                "schema.json",
                json!({"type": payload, payload: 1, "$ref": payload}).to_string(),
                "check --schema schema.json",
            ),
            (
                "schema.json",
                json!({"properties": {payload: {"type": payload, "enum": [payload]}}}).to_string(),
                "check --schema schema.json",
            ),
            (
                "schema.json",
                hostile_schema(payload),
                "derive --diff old.schema schema.json",
            ),
            (
                "schema.json",
                hostile_schema(payload),
                "derive --output-format json --diff old.schema schema.json",
            ),
            (
                "page.md",
                format!(
                    "# {payload} resource type\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|{row}|{row}|{row}|\n"
                ),
                "derive page.md",
            ),
            (
                "page.md",
                format!(
                    "# x resource type\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|a|[{row}]({row})|{row}|\n"
                ),
                "derive page.md",
            ),
            (
                "page.md",
                payload.to_owned(),
                "derive --check-samples page.md",
            ),
        ];
        for (name, text, words) in files {
            folder.write(name, &text);
            let run = folder.run(words);
            assert_harmless(&format!("{words}: {text}"), &run);
            folder.remove(name);
        }
    }
}

//! Payloads of resources other than the Autopilot event: by the schema of their documentation page,
//! by one written for the purpose, and by what the command line makes of schema files.
//!
//! The pages are beside the project: where they are absent those tests are skipped.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::library::derive::{self, Sample, SampleKind};
use crate::library::{Edm, Linter, Member, Options, SchemaOptions, Scratch, TypeRef, from_schema};
use crate::support::{binary, shared};

fn linter(schema: &Value) -> Linter {
    let model = from_schema(schema).expect("a resource");
    Linter::with_model(model, &Options::default()).expect("any revision")
}

/// Rule, token, and byte of the token of each finding.
fn findings(linter: &Linter, text: &str) -> Vec<(String, String, usize)> {
    let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
    let found = outcome.diagnostics.iter().map(|found| {
        let token = &text[found.span.start..found.span.end];
        (
            found.rule.name.to_owned(),
            token.to_owned(),
            found.span.start,
        )
    });
    found.collect()
}

/// Each page of another resource that shows payloads: its name, the linter of its schema, and the
/// texts.
fn pages() -> Option<Vec<(String, Linter, Vec<String>)>> {
    let root = shared::part("pages")?;
    let mut pages = Vec::new();
    for corpus in fs::read_dir(root).expect("a folder") {
        let corpus = corpus.expect("an entry").path();
        for part in ["beta", "v1.0"] {
            let folder = corpus.join("api-reference").join(part).join("api");
            for page in fs::read_dir(folder).into_iter().flatten() {
                pages.extend(shown(&corpus, &page.expect("an entry").path()));
            }
        }
    }
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    Some(pages)
}

fn shown(corpus: &Path, page: &Path) -> Option<(String, Linter, Vec<String>)> {
    let key = page.strip_prefix(corpus).ok()?.to_str()?;
    let load = |key: &str| fs::read_to_string(corpus.join(key)).ok();
    if key.contains("devicemanagementautopilotevent") {
        return None;
    }
    let derived = derive::derive(key, &load, &derive::Options::default()).ok()?;
    let markdown = load(key)?;
    let real = |sample: &Sample<'_>| sample.kind != SampleKind::Representation;
    let samples = derive::samples(&markdown);
    let texts: Vec<_> = samples.iter().filter(|one| real(one)).collect();
    let texts = texts.iter().map(|one| one.text.to_owned()).collect();
    let schema = derived.to_json_schema(&SchemaOptions::default());
    Some((page.display().to_string(), linter(&schema), texts))
}

#[test]
fn the_documentation_of_other_resources_is_clean() {
    let Some(pages) = pages() else { return };
    let (mut payloads, mut resources) = (0, BTreeSet::new());
    for (page, linter, texts) in &pages {
        for text in texts {
            assert_eq!(findings(linter, text), [], "{page}: {text}");
            let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
            assert_eq!(outcome.payloads, 1, "{page}");
            payloads += outcome.payloads;
            resources.insert(linter.model().resource().name.clone());
        }
    }
    assert!(resources.len() >= 10 && payloads >= 60, "{resources:?}");
}

/// Faults in the value of a member: what is written, and the rule that finds it.
fn faults(member: &Member) -> Vec<(&'static str, &'static str)> {
    if member.collection {
        return vec![("{}", "wrong-type"), ("7", "wrong-type")];
    }
    match member.type_ref {
        TypeRef::Structured(_) => vec![(r#""x""#, "wrong-type"), ("[]", "wrong-type")],
        TypeRef::Enumeration(_) => vec![
            (r#""noSuchMember""#, "unknown-enum-member"),
            ("1", "wrong-type"),
        ],
        TypeRef::Edm(edm) => match edm {
            Edm::Boolean => vec![(r#""true""#, "wrong-type"), ("0", "wrong-type")],
            Edm::Int32 | Edm::Int64 => vec![
                (r#""3""#, "wrong-type"),
                ("3.5", "integer-form"),
                ("9223372036854775808", "integer-range"),
            ],
            Edm::Double => vec![(r#""1.5""#, "wrong-type"), ("1e400", "integer-range")],
            Edm::String => vec![("7", "wrong-type"), ("false", "wrong-type")],
            Edm::Binary => vec![(r#""%""#, "wrong-type"), ("7", "wrong-type")],
            Edm::DateTimeOffset => vec![
                (r#""2017-01-01 00:00:35Z""#, "date-time-syntax"),
                (r#""2017-02-30T00:00:35Z""#, "date-time-range"),
                ("7", "wrong-type"),
            ],
            Edm::Duration => vec![(r#""P1W""#, "duration-syntax")],
            Edm::Guid => vec![(r#""x""#, "guid-syntax")],
            _ => Vec::new(),
        },
    }
}

/// The name of a member in a text and its value, where the name stands there once.
fn member_of(text: &str, name: &str) -> Option<(usize, std::ops::Range<usize>)> {
    let quoted = format!("\"{name}\":");
    let at = text.find(&quoted)?;
    if text.matches(&quoted).count() > 1 {
        return None;
    }
    let after = at + quoted.len();
    let start = after + (text[after..].len() - text[after..].trim_start().len());
    let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
    values.next()?.ok()?;
    Some((at, start..start + values.byte_offset()))
}

#[test]
fn one_fault_in_a_sample_is_found_where_it_is() {
    let Some(pages) = pages() else { return };
    let (mut count, mut rules) = (0, BTreeSet::new());
    for (page, linter, texts) in &pages {
        for text in texts {
            let resource = linter.model().resource();
            for member in &resource.members {
                let Some((at, value)) = member_of(text, &member.name) else {
                    continue;
                };
                for (fault, rule) in faults(member) {
                    let faulty = [&text[..value.start], fault, &text[value.end..]].concat();
                    let expected = (rule.to_owned(), fault.to_owned(), value.start);
                    assert_eq!(
                        findings(linter, &faulty),
                        [expected],
                        "{page}: {}",
                        member.name
                    );
                    rules.insert(rule);
                    count += 1;
                }
                if !resource.open {
                    let name = format!("\"{}Zz\"", member.name);
                    let rest = &text[at + member.name.len() + 2..];
                    let faulty = [&text[..at], &name, rest].concat();
                    let expected = ("unknown-member".to_owned(), name, at);
                    assert_eq!(findings(linter, &faulty), [expected], "{page}");
                    count += 1;
                }
            }
        }
    }
    assert!(
        count > 1_000 && rules.len() >= 6,
        "{count} faults: {rules:?}"
    );
}

/// A resource with a member of every type.
fn every_type() -> Value {
    let edm = |name: &str| json!({ "x-edm-type": name, "type": ["string", "null"] });
    let number = |name: &str, kind: &str| json!({ "x-edm-type": name, "type": kind });
    json!({
        "x-edm-type": "microsoft.graph.specimen",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "id": edm("Edm.String"),
            "date": edm("Edm.Date"),
            "time": edm("Edm.TimeOfDay"),
            "guid": edm("Edm.Guid"),
            "bytes": edm("Edm.Binary"),
            "stream": edm("Edm.Stream"),
            "ratio": { "x-edm-type": "Edm.Double", "type": "number" },
            "single": { "x-edm-type": "Edm.Single", "type": "number" },
            "price": number("Edm.Decimal", "number"),
            "big": number("Edm.Int64", "integer"),
            "small": number("Edm.Byte", "integer"),
            "yes": number("Edm.Boolean", "boolean"),
            "lengths": { "type": "array", "items": { "type": "string", "format": "duration" } },
            "color": { "enum": ["red", "blue"] },
            "colors": { "type": "array", "items": { "enum": ["red", "blue"] } },
            "days": { "$ref": "#/$defs/days" },
            "inner": { "$ref": "#/$defs/inner" },
            "inners": { "type": "array", "items": { "$ref": "#/$defs/inner" } },
            "bag": { "type": "object", "properties": { "known": { "type": "integer" } } },
        },
        "$defs": {
            "days": {
                "type": "string",
                "x-flags": true,
                "x-enum-values": { "monday": {}, "tuesday": {} },
            },
            "inner": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "self": { "$ref": "#/$defs/inner" },
                    "at": { "type": "string", "format": "date-time" },
                },
            },
        },
    })
}

#[test]
fn values_of_every_type() {
    let right = [
        r#""date": "2024-02-29""#,
        r#""time": "23:59""#,
        r#""guid": "3e455cab-5cab-3e45-ab5c-453eab5c453e""#,
        r#""bytes": "-_-_Zg==""#,
        r#""ratio": 1.5"#,
        r#""ratio": "-INF""#,
        r#""single": "NaN""#,
        r#""price": 0.10"#,
        r#""big": 9223372036854775807"#,
        r#""lengths": ["PT1S", "P1D"]"#,
        r#""colors": ["red"]"#,
        r#""days": "tuesday,monday""#,
        r#""inner": {"self": {"self": {"at": "2024-01-01T00:00Z"}}}"#,
        r##""inner": {"@odata.type": "#microsoft.graph.innerDerived", "more": 1}"##,
        r#""bag": {"known": 1, "unknown": [{}]}"#,
    ];
    // Between the marks: the token that is found.
    let wrong = [
        (r#""date": <"2024-1-1">"#, "date-time-syntax"),
        (r#""date": <"2024-01-01T00:00:00Z">"#, "date-time-syntax"),
        (r#""date": <"2023-02-29">"#, "date-time-range"),
        (r#""time": <"24:00:00">"#, "date-time-syntax"),
        (r#""time": <"23:59:60">"#, "date-time-range"),
        (r#""time": <"00:00:00.12345678">"#, "precision-loss"),
        (r#""guid": <"{x}">"#, "guid-syntax"),
        (r#""bytes": <"Zg=">"#, "wrong-type"),
        (r#""stream": <1>"#, "wrong-type"),
        (r#""ratio": <"1.5">"#, "wrong-type"),
        (r#""ratio": <"Infinity">"#, "wrong-type"),
        (r#""ratio": <1e400>"#, "integer-range"),
        (r#""single": <1e39>"#, "integer-range"),
        (r#""price": <"0.10">"#, "wrong-type"),
        (r#""price": <1e29>"#, "integer-range"),
        (r#""big": <"9223372036854775807">"#, "wrong-type"),
        (r#""small": <256>"#, "integer-range"),
        (r#""yes": <"true">"#, "wrong-type"),
        (r#""lengths": ["PT1S", <"1 s">]"#, "duration-syntax"),
        (r#""lengths": [<null>]"#, "null-not-allowed"),
        (r#""lengths": <"PT1S">"#, "wrong-type"),
        (r#""color": <"Red">"#, "unknown-enum-member"),
        (r#""colors": ["red", <"green">]"#, "unknown-enum-member"),
        (r#""days": <"monday, tuesday">"#, "unknown-enum-member"),
        (r#""days": <"monday,">"#, "unknown-enum-member"),
        (r#""inner": <[]>"#, "wrong-type"),
        (
            r#""inner": {"self": {<"At">: "2024-01-01T00:00:00Z"}}"#,
            "unknown-member",
        ),
        (
            r#""inners": [{}, {"self": {"at": <"2024-01-01">}}]"#,
            "date-time-syntax",
        ),
        (r#""inners": [<1>]"#, "wrong-type"),
        (r#""bag": {"known": <1.0>}"#, "integer-form"),
        (
            r##""small": 1, "big": 2, "@odata.type": <"#microsoft.graph.other">"##,
            "odata-type-mismatch",
        ),
    ];
    let linter = linter(&every_type());
    let payload = |members: &str| format!(r#"{{"id": "x", "yes": true, "small": 1, {members}}}"#);
    for members in right {
        assert_eq!(findings(&linter, &payload(members)), [], "{members}");
    }
    for (members, rule) in wrong {
        // A member that is already there would be a second fault.
        let marked = format!(r#"{{"id": "x", {members}}}"#);
        let start = marked.find('<').expect("a mark");
        let text = marked.replacen('<', "", 1).replacen('>', "", 1);
        let end = marked.find('>').expect("a mark") - 1;
        let expected = (rule.to_owned(), text[start..end].to_owned(), start);
        assert_eq!(findings(&linter, &text), [expected], "{members}");
    }
}

#[test]
fn messages_name_the_resource() {
    let linter = linter(&every_type());
    for (text, message) in [
        ("1", "a number where a specimen is expected"),
        ("[1]", "a list that holds no specimen"),
        (r#"{"error": {}}"#, "an error response, not a specimen"),
        (r#"{"zz": 1}"#, "valid JSON, but no specimen"),
    ] {
        let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
        let messages: Vec<_> = outcome.diagnostics.iter().map(|one| &one.message).collect();
        assert_eq!(messages, [message], "{text}");
    }
}

#[test]
fn rules_on_what_an_event_means_leave_other_resources_alone() {
    let schema = json!({
        "title": "visit",
        "type": "object",
        "properties": {
            "deploymentStartDateTime": { "type": "string", "format": "date-time" },
            "deploymentEndDateTime": { "type": "string", "format": "date-time" },
            "deploymentDuration": { "type": "string", "format": "duration" },
        },
    });
    let text = r#"{"deploymentStartDateTime": "1999-01-02T00:00:00Z",
        "deploymentEndDateTime": "1999-01-01T00:00:00Z", "deploymentDuration": "-PT1S"}"#;
    assert_eq!(findings(&linter(&schema), text), []);
}

#[test]
fn types_of_one_name_are_kept_apart() {
    let place = |member: &str| {
        json!({ "type": "object", "additionalProperties": false,
        "properties": { "place": { "type": "object", "additionalProperties": false,
            "properties": { member: { "type": "string" } } } } })
    };
    let schema = json!({ "title": "trip", "type": "object",
        "properties": { "from": place("port"), "to": place("airport") } });
    let text = r#"{"from": {"place": {"port": "x"}}, "to": {"place": {"airport": "y"}}}"#;
    assert_eq!(findings(&linter(&schema), text), []);
    let text = text.replace("airport", "port");
    let found = findings(&linter(&schema), &text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].2, text.rfind("\"port\"").expect("there"));
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn a_schema_file_decides_what_is_checked() {
    let schema = every_type().to_string();
    let folder = folder(&[
        ("schema.json", &schema),
        ("right.json", r#"{"id": "x", "yes": true}"#),
        ("wrong.json", "{\n \"id\": \"x\",\n \"yes\": \"true\"\n}"),
    ]);
    let check = |name: &str| {
        let line = "autopilot-lint check --quiet --output-format concise --schema schema.json";
        binary::run_line(line, &[name], folder.path())
    };
    assert_eq!(check("right.json").status, Some(0));
    let wrong = check("wrong.json");
    assert_eq!(wrong.status, Some(1));
    assert!(
        wrong.stdout.starts_with(
            "wrong.json:3:9: error[wrong-type] yes is a string, expected a boolean (Edm.Boolean)"
        ),
        "{}",
        wrong.stdout
    );
}

#[test]
fn a_schema_file_that_gives_no_resource_is_one_message() {
    let folder = folder(&[
        ("a.json", "{}"),
        ("broken.json", "{\"type\": }"),
        ("list.json", "[]"),
        ("enum.json", r#"{"title": "e", "enum": ["a", "b"]}"#),
        ("string.json", r#"{"type": "string"}"#),
        (
            "far.json",
            r#"{"type": "object", "properties": {"a": {"$ref": "other.json"}}}"#,
        ),
    ]);
    for (name, message) in [
        ("none.json", "No such file"),
        ("broken.json", "line 1 column 10"),
        ("list.json", "an array"),
        ("enum.json", "enumeration"),
        ("string.json", "schema at ``"),
        ("far.json", "`/properties/a`"),
    ] {
        let outcome = binary::run_line(
            "autopilot-lint check a.json --schema",
            &[name],
            folder.path(),
        );
        assert_eq!(outcome.status, Some(2), "{name}");
        assert_eq!(outcome.stdout, "", "{name}");
        let lines: Vec<_> = outcome.stderr.lines().collect();
        assert_eq!(lines.len(), 1, "{name}: {}", outcome.stderr);
        assert!(
            lines[0].starts_with(&format!("error: {name}: ")),
            "{lines:?}"
        );
        assert!(lines[0].contains(message), "{lines:?}");
    }
}

const PAGE: &str = "# Create visit\n\n## Request body\n\n|Property|Type|Description|\n\
    |:---|:---|:---|\n|id|String|Key.|\n|guests|Int32|How many.|\n|arrival|DateTimeOffset|When.|\n\n\
    ## Example\n### Request\n``` http\nPOST https://graph.microsoft.com/beta/visits\n\n{\n  \
    \"@odata.type\": \"#microsoft.graph.visit\",\n  \"guests\": \"4\",\n  \
    \"arrival\": \"2017-01-01T00:00:35Z\"\n}\n```\n";

#[test]
fn samples_are_checked_where_they_stand_in_the_page() {
    let right = PAGE.replace("\"4\"", "4");
    let folder = folder(&[("wrong.md", PAGE), ("right.md", &right)]);
    let check = |name: &str| {
        let line = "autopilot-lint derive --check-samples --output-format concise";
        binary::run_line(line, &[name], folder.path())
    };
    let clean = check("right.md");
    assert_eq!(
        (clean.status, clean.stdout.as_str()),
        (Some(0), ""),
        "{}",
        clean.stderr
    );
    let wrong = check("wrong.md");
    assert_eq!(wrong.status, Some(1), "{}", wrong.stderr);
    let line = PAGE
        .lines()
        .position(|line| line.contains("\"4\""))
        .expect("there")
        + 1;
    assert!(
        wrong
            .stdout
            .starts_with(&format!("wrong.md:{line}:13: error[wrong-type]")),
        "{}",
        wrong.stdout
    );
}

#[test]
fn pages_and_schemas_are_compared() {
    let changed = PAGE
        .replace("|guests|Int32|", "|guests|Int64|")
        .replace("|arrival|DateTimeOffset|When.|\n", "");
    let folder = folder(&[("old.md", PAGE), ("new.md", &changed)]);
    let run = |line: &str| binary::run_line(line, &[], folder.path());
    let schema = run("autopilot-lint derive --single-file new.md");
    assert_eq!(schema.status, Some(0), "{}", schema.stderr);
    fs::write(folder.path().join("new.json"), &schema.stdout).expect("a file");
    for new in ["new.md", "new.json"] {
        let words = run(&format!("autopilot-lint derive --diff old.md {new}"));
        assert_eq!(
            words.stdout,
            "changed type of member visit.guests: Edm.Int32 -> Edm.Int64\n\
             removed member visit.arrival: Edm.DateTimeOffset\n"
        );
        assert_eq!(words.status, Some(0));
    }
    let data = run("autopilot-lint derive --diff old.md new.json --output-format json");
    let data: Value = serde_json::from_str(&data.stdout).expect("JSON");
    assert_eq!(data[0]["subject"], "member-type");
    assert_eq!(data[1]["kind"], "removed");
    let same = run("autopilot-lint derive --diff new.md new.json --output-format json");
    assert_eq!(same.stdout, "[]\n");
}

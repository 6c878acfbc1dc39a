//! The JSON that the tool writes, held to the schemas that it ships.

use serde_json::{Map, Value};

use crate::library::{Category, Severity};
use crate::support::FAULTY;
use crate::support::folder::Folder;

/// What a schema is of, and the file that has it.
const SHIPPED: [(&str, &str); 3] = [
    ("report", "report.schema.json"),
    ("baseline", "baseline.schema.json"),
    ("configuration", "autopilot-lint.schema.json"),
];

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn schema(of: &str) -> Value {
    json(&Folder::repository(&[]).run(&format!("schema {of}")).stdout)
}

/// The schema with all members forbidden that it does not name: a report may gain members, but then
/// the schema shall too.
fn closed(mut schema: Value) -> Value {
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(close);
            if object.get("type") == Some(&Value::from("object")) {
                object.insert("additionalProperties".to_owned(), false.into());
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(close),
        _ => {}
    }
}

/// The schema of a line of `json-lines`.
fn of_a_line(mut report: Value) -> Value {
    let root = report.as_object_mut().expect("an object");
    root.retain(|name, _| name == "$schema" || name == "$defs");
    let lines = ["diagnostic", "error"].map(|name| Map::from_iter([reference(name)]));
    root.insert("oneOf".to_owned(), lines.to_vec().into());
    report
}

fn reference(name: &str) -> (String, Value) {
    ("$ref".to_owned(), format!("#/$defs/{name}").into())
}

#[track_caller]
fn hold(schema: &Value, instance: &Value) {
    let validator = jsonschema::draft202012::new(schema).expect("a schema");
    if let Some(error) = validator.iter_errors(instance).next() {
        panic!("{error} at {}: {instance:#}", error.instance_path());
    }
}

/// Files with findings of every rule, some that cannot be read, and ways to report them.
fn runs() -> Vec<(Folder, String)> {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let all = format!("--select all {fixtures} gone.json");
    let options = [
        "",
        "--redact",
        "-qq",
        "--max-diagnostics 1",
        "--mode create",
    ];
    let runs = options.map(|options| (Folder::repository(&[]), format!("{options} {all}")));
    let clean = (Folder::repository(&[]), ".".to_owned());
    runs.into_iter().chain([clean]).collect()
}

#[test]
fn every_report_fits_its_schema() {
    let report = closed(schema("report"));
    let line = of_a_line(report.clone());
    for (folder, words) in runs() {
        let words = words.trim();
        let printed = folder.run(&format!("check --format json {words}")).stdout;
        let printed = json(&printed);
        hold(&report, &printed);
        let lines = folder.run(&format!("check --format json-lines {words}"));
        let lines: Vec<Value> = lines.stdout.lines().map(json).collect();
        for one in &lines {
            hold(&line, one);
        }
        let [diagnostics, errors] = ["diagnostics", "errors"].map(|name| &printed[name]);
        let elements = [diagnostics, errors].map(|all| all.as_array().expect("an array").clone());
        assert_eq!(lines, elements.concat(), "{words}");
    }
}

#[test]
fn every_baseline_fits_its_schema() {
    let baseline = schema("baseline");
    for (folder, words) in runs() {
        let words = words.trim();
        folder.run(&format!("check --write-baseline known.json {words}"));
        hold(&baseline, &json(&folder.read("known.json")));
    }
}

/// No member may go but a fix, and none may be of another type.
#[test]
fn the_schemas_refuse_what_is_none() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let report = folder.run("check --format json a.json gone.json").stdout;
    folder.run("check --write-baseline known.json a.json");
    for (of, text) in [("report", report), ("baseline", folder.read("known.json"))] {
        let validator = jsonschema::draft202012::new(&schema(of)).expect("a schema");
        let whole = json(&text);
        assert!(validator.is_valid(&whole));
        let mut places = Vec::new();
        members(&whole, "", &mut places);
        assert!(places.len() > 6, "{places:?}");
        for place in places {
            let (parent, name) = place.rsplit_once('/').expect("a pointer");
            for other in [None, Some(Value::from(true))] {
                let mut changed = whole.clone();
                // The one member that is not always there.
                if other.is_none() && name == "fix" {
                    continue;
                }
                let object = changed.pointer_mut(parent).expect("an object");
                let object = object.as_object_mut().expect("an object");
                match other {
                    None => object.remove(name),
                    Some(other) => object.insert(name.to_owned(), other),
                };
                assert!(!validator.is_valid(&changed), "{place}");
            }
        }
    }
}

/// Pointers to all members of objects.
fn members(value: &Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                places.push(format!("{at}/{name}"));
                members(value, &format!("{at}/{name}"), places);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                members(element, &format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}

#[test]
fn names_in_the_schema_of_reports_are_those_of_the_rules() {
    let report = schema("report");
    let properties = &report["$defs"]["diagnostic"]["properties"];
    let named = properties["severity"]["enum"].as_array().expect("names");
    let severities = Severity::ALL.map(|(_, name)| Value::from(name));
    assert!(severities.iter().all(|name| named.contains(name)));
    assert_eq!(named.len(), severities.len());
    let category = jsonschema::draft202012::new(&properties["category"]).expect("a schema");
    for one in Category::ALL {
        assert!(category.is_valid(&one.name().into()), "{}", one.name());
    }
}

#[test]
fn the_command_prints_what_is_shipped() {
    let folder = Folder::repository(&[]);
    for (of, file) in SHIPPED {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");
        let shipped = std::fs::read_to_string(format!("{path}/{file}")).expect("a file");
        let printed = folder.run(&format!("schema {of}"));
        assert_eq!((printed.status, &*printed.stderr), (Some(0), ""));
        assert_eq!(json(&printed.stdout), json(&shipped), "{of}");
        assert!(
            jsonschema::draft202012::meta::is_valid(&json(&shipped)),
            "{of}"
        );
        for option in ["--revision latest", "--mode create"] {
            let refused = folder.run(&format!("schema {of} {option}"));
            assert_eq!((refused.status, &*refused.stdout), (Some(2), ""));
        }
    }
    assert_eq!(
        folder.run("schema payload").stdout,
        folder.run("schema").stdout
    );
}

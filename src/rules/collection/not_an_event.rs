//! Documents without an event.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::{Kind, Node};
use crate::model::Model;
use crate::rules::content::placeholder_value::truncated;
use crate::rules::schema::wrong_type::{actual, unwrapping};
use crate::rules::{Check, Declaration};
use crate::text::words::{Words, ours, quoted, words};
use crate::view::{Anchor, Enclosure, Findings, Stranger};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "not-an-event",
        category: Category::Collection,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "valid JSON that contains no event",
        why: "A file that is expected to hold an event and holds something else is usually the \
            wrong file, or an error response saved in place of the data. With `--schema`, the \
            resource of that schema takes the place of the event.",
        source: "OData JSON format 4.01 section 21; documentation of change notifications and batching",
        bad: &[
            Example::new(r#"⟦{"error": {"code": "Forbidden", "message": "no"}}⟧"#),
            Example::new(r"⟦[1, 2]⟧"),
            Example::new(
                r#"⟦{"id": "x", "eventDateTime": "2024-05-02T09:14:03Z", "enrollmentType": "unknown", "failureCategory": "x"}⟧"#,
            ),
            Example::new(
                r#"[{"deploymentState": "success"}, ⟦{"displayName": "x", "jailBroken": "False"}⟧]"#,
            ),
        ],
        good: &[
            Example::new(r#"{"value": []}"#),
            Example::new(r#"{"osVersion": "10.0.26200.8893", "userPrincipalName": ""}"#),
            Example::new(r#"{"value": {"deploymentState": "success"}}"#),
        ],
    },
    checks: &[Check::Document(check)],
};

fn check(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    let noun = noun(enclosure.resource);
    let one = words!("{} {}", article(noun), ours(noun));
    for (node, stranger) in &enclosure.strangers {
        let message = match stranger {
            Stranger::NotAnObject(_) if holds_json(*node) => {
                words!("a string that holds JSON, where {} is expected", one)
            }
            Stranger::NotAnObject(kind) if node.kind() == *kind => {
                words!("{} where {} is expected", actual(*kind), one)
            }
            Stranger::NotAnObject(_) => words!("a list that holds no {}", ours(noun)),
            Stranger::Error => error(*node, &one),
            Stranger::Batch => words!("a $batch request or response, not {}", one),
            Stranger::Notification => words!("a change notification, not {}", one),
            Stranger::Mocks => words!("a Dev Proxy mock file, not {}", one),
            Stranger::Schema => words!("a JSON Schema, not {}", one),
            Stranger::Page => words!("a collection within an array, not {}", one),
            Stranger::OtherType | Stranger::OtherContext | Stranger::OtherObject => {
                other((*node, *stranger), enclosure.resource, &one)
            }
        };
        let help = help(*node, *stranger, noun);
        findings.report(Anchor::Outline(*node), message).help(help);
    }
}

/// What is expected, in a word.
fn noun(resource: &str) -> &str {
    match resource {
        Model::AUTOPILOT_EVENT => "event",
        other => other,
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    }
}

fn help(node: Node<'_>, stranger: Stranger, noun: &str) -> Words {
    let example = Stranger::example(node).string();
    if example.is_some_and(|text| truncated(&text)) {
        return "PowerShell writes this for an object that it does not go into: give \
                `ConvertTo-Json` a greater `-Depth`"
            .into();
    }
    if let Some(help) = node.get("value").and_then(unwrapping) {
        return help.into();
    }
    if holds_json(node) || node.elements().next().is_some_and(holds_json) {
        return "write the text of the string instead of the string, for example with `jq -r .` or \
                 `jq fromjson`: it was encoded twice"
            .into();
    }
    if stranger == Stranger::Page {
        return words!("write the {}s of all pages into one list", ours(noun));
    }
    let one = words!("{} {}", article(noun), ours(noun));
    words!(
        "{}, a list of {}s, or a Graph collection `{\"value\": [...]}` is expected",
        one,
        ours(noun)
    )
}

/// Whether a string is JSON that was encoded once more: its text begins and ends as an object or
/// array does. It is not decoded for that.
fn holds_json(node: Node<'_>) -> bool {
    if node.kind() != Kind::String {
        return false;
    }
    let raw = node.raw().trim_matches('"');
    let blanks = ["\\n", "\\r", "\\t", " "];
    let (mut begin, mut end) = (raw, raw);
    while let Some(rest) = blanks.iter().find_map(|blank| begin.strip_prefix(blank)) {
        begin = rest;
    }
    while let Some(rest) = blanks.iter().find_map(|blank| end.strip_suffix(blank)) {
        end = rest;
    }
    begin.starts_with('{') && end.ends_with('}') || begin.starts_with('[') && end.ends_with(']')
}

/// An error response, with its code where it gives one.
fn error(node: Node<'_>, expected: &Words) -> Words {
    let object = Stranger::example(node);
    let error = object.get("error").or_else(|| object.get("Error"));
    let code = error.and_then(|error| {
        let code = error.get("code").or_else(|| error.get("Code"));
        code.unwrap_or(error).string()
    });
    match code {
        Some(code) if !code.is_empty() => {
            words!(
                "an error response ({}), not {}",
                quoted(&code),
                expected.clone()
            )
        }
        _ => words!("an error response, not {}", expected.clone()),
    }
}

/// Another resource, by its name where it or what is around it gives one.
fn other((node, stranger): (Node<'_>, Stranger), resource: &str, expected: &Words) -> Words {
    let object = [node, Stranger::example(node)].into_iter();
    let named = match stranger {
        Stranger::OtherContext => Stranger::path_of(node),
        _ => object
            .filter_map(Stranger::type_of)
            .find_map(|named| Some(named.string()?.into_owned())),
    };
    let expected = expected.clone();
    match named {
        Some(path) if stranger == Stranger::OtherContext => {
            words!(
                "{} by its `@odata.context`, not {}",
                quoted(&path),
                expected
            )
        }
        Some(name) => words!("{}, not {}", quoted(&name), expected),
        None => words!("valid JSON, but no {}", ours(resource)),
    }
}

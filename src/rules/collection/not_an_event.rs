//! Documents without an event.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::model::Model;
use crate::rules::content::placeholder_value::truncated;
use crate::rules::schema::wrong_type::actual;
use crate::rules::{Check, Declaration};
use crate::text::quote::quote;
use crate::view::{Enclosure, Findings, Stranger};

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
    let one = format!("{} {noun}", article(noun));
    for (node, stranger) in &enclosure.strangers {
        let message = match stranger {
            Stranger::NotAnObject(kind) if node.kind() == *kind => {
                format!("{} where {one} is expected", actual(*kind))
            }
            Stranger::NotAnObject(_) => format!("a list that holds no {noun}"),
            Stranger::Error => format!("an error response, not {one}"),
            Stranger::Batch => format!("a $batch request or response, not {one}"),
            Stranger::Notification => format!("a change notification, not {one}"),
            Stranger::Mocks => format!("a Dev Proxy mock file, not {one}"),
            Stranger::Schema => format!("a JSON Schema, not {one}"),
            Stranger::Page => format!("a collection within an array, not {one}"),
            Stranger::OtherType | Stranger::OtherObject => other(*node, enclosure.resource, &one),
        };
        let help = help(*node, *stranger, noun);
        findings.report(*node, message).help(help);
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

fn help(node: Node<'_>, stranger: Stranger, noun: &str) -> String {
    let text = |node: Node<'_>| node.string().is_some_and(|text| truncated(&text));
    if text(node) || node.elements().next().is_some_and(text) {
        return "PowerShell writes this for an object that it does not go into: give \
                `ConvertTo-Json` a greater `-Depth`"
            .to_owned();
    }
    if stranger == Stranger::Page {
        return format!("write the {noun}s of all pages into one list");
    }
    let article = article(noun);
    format!(
        "{article} {noun}, a list of {noun}s, or a Graph collection `{{\"value\": [...]}}` is expected"
    )
}

/// Another resource, by its name where it gives one.
fn other(node: Node<'_>, resource: &str, expected: &str) -> String {
    let named = node.get("@odata.type").and_then(|value| value.string());
    named.map_or_else(
        || format!("valid JSON, but no {resource}"),
        |name| format!("{}, not {expected}", quote(&name)),
    )
}

//! Documents without an event.

use crate::json::Node;
use crate::lint::{Enclosure, Findings, Stranger};
use crate::quote::quote;
use crate::rules::content::placeholder_value::truncated;
use crate::rules::schema::wrong_type::actual;
use crate::rules::{Category, Check, Example, Rule, Severity};

/// The declaration.
pub static RULE: Rule = Rule {
    name: "not-an-event",
    category: Category::Collection,
    default: Some(Severity::Error),
    summary: "valid JSON that holds no event",
    why: "A file that is checked as an event and holds something else is usually a wrong file, or \
        an error response that was saved in place of the data.",
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
    checks: &[Check::Document(check)],
};

fn check(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    for (node, stranger) in &enclosure.strangers {
        let message = match stranger {
            Stranger::NotAnObject(kind) if node.kind() == *kind => {
                format!("{} where an event is expected", actual(*kind))
            }
            Stranger::NotAnObject(_) => "a list that holds no event".to_owned(),
            Stranger::Error => "an error response, not an event".to_owned(),
            Stranger::Batch => "a $batch request or response, not an event".to_owned(),
            Stranger::Notification => "a change notification, not an event".to_owned(),
            Stranger::Mocks => "a Dev Proxy mock file, not an event".to_owned(),
            Stranger::Schema => "a JSON Schema, not an event".to_owned(),
            Stranger::Page => "a collection within an array, not an event".to_owned(),
            Stranger::OtherType | Stranger::OtherObject => other(*node),
        };
        findings.report(*node, message).help(help(*node, *stranger));
    }
}

fn help(node: Node<'_>, stranger: Stranger) -> &'static str {
    let text = |node: Node<'_>| node.string().is_some_and(|text| truncated(&text));
    if text(node) || node.elements().next().is_some_and(text) {
        return "PowerShell writes this for an object that it does not go into: give \
                `ConvertTo-Json` a greater `-Depth`";
    }
    if stranger == Stranger::Page {
        return "write the events of all pages into one list";
    }
    "an event, a list of events, or a Graph collection `{\"value\": [...]}` is expected"
}

/// Another resource, by its name where it gives one.
fn other(node: Node<'_>) -> String {
    let named = node.get("@odata.type").and_then(|value| value.string());
    named.map_or_else(
        || "valid JSON, but no deviceManagementAutopilotEvent".to_owned(),
        |name| format!("{}, not an event", quote(&name)),
    )
}

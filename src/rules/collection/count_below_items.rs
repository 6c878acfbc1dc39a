//! Fewer items counted than there are.

use super::control;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::integer;
use crate::json::{Kind, Node};
use crate::rules::{Check, Declaration};
use crate::text::words::words;
use crate::view::{Annotation, Enclosure, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "count-below-items",
        category: Category::Collection,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "an `@odata.count` below the number of items present",
        why: "The count covers the items on all pages, so it is never less than the number on one \
            of them. Adding to a list by hand leaves such a count behind.",
        source: "OData JSON format 4.01 section 4.5.4",
        bad: &[
            Example::new(
                r#"{"@odata.count": ⟦1⟧, "value": [{"deploymentState": "success"}, {"deploymentState": "failure"}]}"#,
            ),
            Example::new(
                r#"{"policyStatusDetails@odata.count": ⟦0⟧, "policyStatusDetails": [{"displayName": "x"}], "deploymentState": "success"}"#,
            ),
        ],
        good: &[
            Example::new(r#"{"@odata.count": 250, "value": [{"deploymentState": "success"}]}"#),
            Example::new(r#"{"@odata.count": "1", "value": [{"deploymentState": "success"}]}"#),
            Example::new(r#"{"@odata.count": 0, "value": []}"#),
        ],
    },
    checks: &[Check::Document(envelope), Check::Annotation(annotation)],
};

fn envelope(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    if let (Some(count), Some(items)) = (control(enclosure, "count"), enclosure.items) {
        compare(count.value, items, findings);
    }
}

fn annotation(annotation: &Annotation<'_>, findings: &mut Findings<'_>) {
    if matches!(annotation.term, "odata.count" | "count") && !annotation.target.is_empty() {
        let items = annotation.annotated();
        if let Some(items) = items.filter(|items| items.kind() == Kind::Array) {
            compare(annotation.value, items.len(), findings);
        }
    }
}

fn compare(count: Node<'_>, present: usize, findings: &mut Findings<'_>) {
    // A string where the client asked for IEEE 754 compatible numbers.
    let text = count.plain_str().unwrap_or_else(|| count.raw());
    let Ok(counted) = integer::parse(text, integer::INT64) else {
        return;
    };
    if i64::try_from(present).is_ok_and(|present| counted < present) {
        let noun = if present == 1 { "item is" } else { "items are" };
        findings
            .report(
                count,
                words!("the count is {}, but {} {} here", counted, present, noun),
            )
            .help("leave the count out, or write how many items all pages hold together");
    }
}

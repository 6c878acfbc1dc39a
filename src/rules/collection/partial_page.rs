//! One page of several.

use super::link;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Enclosure, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "partial-page",
        category: Category::Collection,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "an `@odata.nextLink`, which says that more pages follow",
        why: "The service returns long lists in pages. An export that stops after the first one \
            looks complete but is not.",
        source: "OData JSON format 4.01 section 4.5.5",
        bad: &[Example::new(
            r#"{⟦"@odata.nextLink"⟧: "https://graph.microsoft.com/beta/deviceManagement/autopilotEvents?$skiptoken=x", "value": [{"deploymentState": "success"}]}"#,
        )],
        good: &[
            Example::new(r#"{"value": [{"deploymentState": "success"}]}"#),
            Example::new(
                r#"{"@odata.nextLink": null, "@microsoft.graph.tips": "x", "value": [{"deploymentState": "success"}]}"#,
            ),
        ],
    },
    checks: &[Check::Document(check)],
};

fn check(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    if link(enclosure, "deltaLink").is_some() {
        return;
    }
    if let Some(next) = link(enclosure, "nextLink") {
        findings
            .report(next.name, "this is one page of several")
            .help("follow the link until a page has none");
    }
}

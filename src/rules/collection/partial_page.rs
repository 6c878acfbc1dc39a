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
        summary: "a `@odata.nextLink`: there are more pages than this one",
        why: "The service gives long lists in pages. An export that stops at the first one looks \
        complete and is not.",
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

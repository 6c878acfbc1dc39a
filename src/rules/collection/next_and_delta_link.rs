//! A last page that is not the last.

use super::link;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::view::{Enclosure, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "next-and-delta-link",
        category: Category::Collection,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a page with both `@odata.nextLink` and `@odata.deltaLink`",
        why: "A next link says that more pages follow; a delta link marks the last one. A client \
            that meets both stops too early or never.",
        source: "OData JSON format 4.01 sections 4.5.5 and 4.5.6",
        bad: &[Example::new(
            r#"{"@odata.nextLink": "https://graph.microsoft.com/x", ⟦"@odata.deltaLink"⟧: "https://graph.microsoft.com/y", "value": [{"deploymentState": "success"}]}"#,
        )],
        good: &[
            Example::new(
                r#"{"@odata.deltaLink": "https://graph.microsoft.com/y", "value": [{"deploymentState": "success"}]}"#,
            ),
            Example::new(
                r#"{"@odata.nextLink": null, "@odata.deltaLink": "https://graph.microsoft.com/y", "value": []}"#,
            ),
        ],
    },
    checks: &[Check::Document(check)],
};

fn check(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    if let (Some(next), Some(delta)) = (link(enclosure, "nextLink"), link(enclosure, "deltaLink")) {
        findings
            .report(
                delta.name,
                "a page has a next link or a delta link, not both",
            )
            .label(next.name, "the next link")
            .help("leave out the one that is wrong; a merged list needs neither");
    }
}

//! One name twice in one object.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::duplicates::Duplicate;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, quoted, words};
use crate::view::Findings;

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "duplicate-member",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a name that appears twice in one object",
        why: "Readers disagree on which value wins: most take the last, some the first, and the \
            OData library rejects the document. Names are compared after resolving their escapes.",
        source: "RFC 8259 section 4; behaviour of the OData library",
        bad: &[
            Example::new(r#"{"targetedAppCount": 3, ⟦"targetedAppCount"⟧: 3}"#),
            Example::new(r#"{"targetedAppCount": 3, ⟦"\u0074argetedAppCount"⟧: 3}"#),
        ],
        good: &[Example::new(
            r#"{"targetedAppCount": 3, "targetedPolicyCount": 3}"#,
        )],
    },
    checks: &[Check::Reader],
};

/// Reports the second of two names.
pub(crate) fn report(duplicate: &Duplicate<'_>, findings: &mut Findings<'_>) {
    let name = duplicate.again.text();
    let name = quoted(&name).kind(Kind::Name);
    findings
        .report(
            duplicate.again,
            words!("{} appears twice in this object", name),
        )
        .label(duplicate.first, "first here")
        .help("remove one of the two: readers disagree on which one counts");
}

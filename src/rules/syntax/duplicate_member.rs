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
        summary: "a name appears twice in one object",
        why: "Readers disagree on which of the two counts: most take the last, some the first, and the \
        OData library refuses the document. Names are compared with their escapes resolved.",
        source: "RFC 8259 section 4; the OData library reports an error",
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

//! One event twice.

use crate::diagnostic::{Category, Diagnostic, Example, Rule, Severity};
use crate::json::{Pointer, PointerToken};
use crate::rules::{Check, Declaration};
use crate::text::quote::quote;
use crate::view::{EventId, Findings, Repeated};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "duplicate-event-id",
        category: Category::Collection,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "an id used twice in a collection or file, or across files with `--across-files`",
        why: "The identifier is the key of an event. Overlapping pages and concatenated lists \
            count the same deployment twice. Several events of one device are normal; each has an \
            identifier of its own.",
        source: "CSDL of the resource: id is its key",
        bad: &[Example::new(
            r#"[{"id": "3e455cab-5cab-3e45-ab5c-453eab5c453e", "deploymentState": "failure"}, {"id": ⟦"3E455CAB-5CAB-3E45-AB5C-453EAB5C453E"⟧, "deploymentState": "success"}]"#,
        )],
        good: &[
            Example::new(
                r#"[{"id": "3e455cab-5cab-3e45-ab5c-453eab5c453e", "deviceId": "0b1d6bd2-6bd2-0b1d-d26b-1d0bd26b1d0b", "deploymentState": "failure"}, {"id": "3e455cab-5cab-3e45-ab5c-453eab5c453f", "deviceId": "0b1d6bd2-6bd2-0b1d-d26b-1d0bd26b1d0b", "deploymentState": "success"}]"#,
            ),
            Example::new(
                r#"[{"id": "", "deploymentState": "success"}, {"id": "", "deploymentState": "success"}]"#,
            ),
            Example::new(r#"[{"deploymentState": "success"}, {"deploymentState": "success"}]"#),
        ],
    },
    checks: &[Check::Repeated(check)],
};

const HELP: &str = "remove the one that is out of date; pages that overlap hold events twice";

fn check(repeated: &Repeated<'_>, findings: &mut Findings<'_>) {
    let id = quote(&repeated.again.string().unwrap_or_default());
    findings
        .report(
            repeated.again,
            format!("another event has the id {id} already"),
        )
        .label(repeated.first, "first here")
        .help(HELP);
}

/// The finding for an identifier that another document had before; `first` says where.
pub(crate) fn diagnostic(id: &EventId, first: &str) -> Diagnostic {
    let message = format!("another event has the same id already: {first}");
    let mut diagnostic = Diagnostic::of_text(&RULE.rule, id.span, message);
    let payload = id.place.pointer();
    let mut pointer: Pointer = payload.clone();
    pointer.push(PointerToken::Name("id"));
    diagnostic.pointer = pointer;
    diagnostic.payload = Some(payload);
    diagnostic.identity = id.identity();
    diagnostic.help = Some(HELP.to_owned());
    diagnostic
}

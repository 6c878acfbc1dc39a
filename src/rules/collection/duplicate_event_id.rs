//! One event twice.

use crate::diagnostic::{Category, Diagnostic, Example, Identity, Rule, Severity};
use crate::json::{Pointer, PointerToken};
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, ours, quoted, words};
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
    let id = repeated.again.text();
    let id = quoted(&id).kind(Kind::Guid);
    findings
        .report(
            repeated.again,
            words!("another event has the id {} already", id),
        )
        .label(repeated.first, "first here")
        .help(HELP);
}

/// The finding for an identifier that another document had before; `first` says where.
pub(crate) fn diagnostic(id: &EventId, first: &str) -> Diagnostic {
    let message = words!("another event has the same id already: {}", ours(first));
    let mut diagnostic = Diagnostic::of_text(&RULE.rule, id.span, message);
    let payload = id.place.pointer();
    let mut pointer: Pointer = payload.clone();
    pointer.push(PointerToken::Name("id"));
    diagnostic.pointer = pointer;
    diagnostic.payload = Some(payload);
    // The other one is not told apart by what identifies it: see [`Identity`].
    let mut identity = Identity::default();
    identity.add("id");
    identity.add(&(id.span.end - id.span.start).to_string());
    diagnostic.identity = identity.0;
    diagnostic.help = Some(HELP.into());
    diagnostic
}

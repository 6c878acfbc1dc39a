//! Members that the other side writes.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::model::{self, Mode};
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, quoted, words};
use crate::view::{Anchor, Event, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "member-not-in-mode",
        category: Category::Schema,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a member that does not belong in the selected mode",
        why: "The service sets `id` and the control information of responses itself and ignores \
            them in requests. An update without any member asks for nothing.",
        source: "documentation of the operations; OData JSON format 4.01 section 4.5",
        bad: &[
            Example::new(
                r#"{⟦"id"⟧: "3e455cab-5cab-3e45-ab5c-453eab5c453e", "deploymentState": "success"}"#,
            )
            .mode(Mode::Update),
            Example::new(r"⟦{⟧}").mode(Mode::Update),
        ],
        good: &[Example::new(r#"{"deploymentState": "success"}"#).mode(Mode::Update)],
    },
    checks: &[Check::Event(check)],
};

/// Control information of responses (OData JSON format 4.01 section 4.5).
const RESPONSE_ONLY: [&str; 6] = [
    "etag",
    "editLink",
    "readLink",
    "navigationLink",
    "associationLink",
    "count",
];

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let mode = event.context.mode;
    if mode == Mode::Any {
        return;
    }
    let object = event.payload().node;
    let mut report = |name: Node<'_>, reason: Option<&'static str>| {
        if let Some(reason) = reason {
            let text = name.text();
            let text = quoted(&text).kind(Kind::Name);
            findings.report(name, words!("{} {}", text, reason));
        }
    };
    for member in object.members() {
        report(member.name, control(&member.name_text(), mode));
    }
    for (member, name) in event.members() {
        report(name, declared(member, mode));
    }
    if mode == Mode::Update && !object.members().any(|member| changes(&member.name_text())) {
        findings.report(Anchor::Opening(object), "the update changes nothing");
    }
}

/// Whether a member of this name makes an update ask for something.
pub(crate) fn changes(name: &str) -> bool {
    !name.contains('@') || name.ends_with("@odata.bind")
}

/// Why a piece of control information has no place in a mode.
pub(crate) fn control(name: &str, mode: Mode) -> Option<&'static str> {
    let (_, term) = name.split_once('@')?;
    // The prefix may be left out since OData 4.01; annotations have a namespace of their own.
    let term = term.strip_prefix("odata.").unwrap_or(term);
    match mode {
        Mode::Create | Mode::Update if RESPONSE_ONLY.contains(&term) => {
            Some("is control information of responses; requests ignore it")
        }
        Mode::Response if term == "bind" => Some("has its place in requests only"),
        _ => None,
    }
}

/// Why a declared member has no place in a mode.
pub(crate) fn declared(member: &model::Member, mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::Create if member.name == "id" => {
            Some("is given by the service, not by a create request")
        }
        Mode::Update if member.name == "id" => {
            Some("stands in the address of an update, not in its body")
        }
        Mode::Update if member.navigation => Some("cannot be updated through its owner"),
        _ => None,
    }
}

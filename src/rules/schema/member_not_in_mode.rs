//! Members that the other side writes.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Member;
use crate::model::{Mode, Model};
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
    for member in object.members() {
        if let Some(reason) = reason(&member.name_text(), mode, event.context.model) {
            findings.report(
                member.name,
                words!(
                    "{} {}",
                    quoted(&member.name_text()).kind(Kind::Name),
                    reason
                ),
            );
        }
    }
    let changes = |member: Member<'_>| {
        let name = member.name_text();
        !name.contains('@') || name.ends_with("@odata.bind")
    };
    if mode == Mode::Update && !object.members().any(changes) {
        findings.report(Anchor::Opening(object), "the update changes nothing");
    }
}

/// Why a name has no place in a mode.
fn reason(name: &str, mode: Mode, model: &Model) -> Option<&'static str> {
    // The prefix may be left out since OData 4.01; annotations have a namespace of their own.
    let control = name.split_once('@').map(|(_, term)| {
        let control = term.strip_prefix("odata.");
        control.unwrap_or(term)
    });
    let navigation = || {
        let members = &model.resource().members;
        members
            .iter()
            .any(|member| member.navigation && member.name == name)
    };
    match (mode, control) {
        (Mode::Create | Mode::Update, Some(control)) if RESPONSE_ONLY.contains(&control) => {
            Some("is control information of responses; requests ignore it")
        }
        (Mode::Response, Some("bind")) => Some("has its place in requests only"),
        (Mode::Create, None) if name == "id" => {
            Some("is given by the service, not by a create request")
        }
        (Mode::Update, None) if name == "id" => {
            Some("stands in the address of an update, not in its body")
        }
        (Mode::Update, None) if navigation() => Some("cannot be updated through its owner"),
        _ => None,
    }
}

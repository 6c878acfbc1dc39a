//! Members that the mode requires.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::{Member, Node};
use crate::meant::meant;
use crate::model::{Mode, StructuredType};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Anchor, Context, ContextUrl, Findings, Payload};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
    name: "missing-member",
    category: Category::Schema,
    default: Some(Severity::Error),
    exceptions: &[],
    summary: "a member that the selected mode requires and the event lacks",
    why: "A response contains every member of its revision except those that `$select` left out; a \
        create request contains all of them except `id`. Updates require none, and neither does \
        `--mode any`.",
    source: "documentation of the operations; OData JSON format 4.01 section 4.5.8",
    bad: &[
        Example::new(r#"⟦{⟧"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents(deploymentState,osVersion)/$entity", "deploymentState": "success"}"#).mode(Mode::Response),
    ],
    good: &[
        Example::new(r#"{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents(deploymentState)/$entity", "deploymentState": "success"}"#).mode(Mode::Response),
        Example::new(r#"{"deploymentState": "success"}"#),
        Example::new(r#"{"deploymentState": "success"}"#).mode(Mode::Update),
    ],
},
    checks: &[Check::Schema],
};

/// Reports the absence of `name` from `object`.
pub(crate) fn report(
    object: Node<'_>,
    declared: &StructuredType,
    name: &str,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let mode = context.mode.name();
    let message = words!(
        "{} lacks {}, which mode {} requires",
        ours(&declared.name),
        ours(name),
        mode
    );
    findings
        .report(Anchor::Opening(object), message)
        .identified_by(name);
}

/// Whether something accounts for the absence of `name` from `object`: an annotation in its place,
/// a misspelt name, which has a finding of its own, or a `$select` that left it out.
pub(crate) fn accounted_for(
    payload: &Payload<'_>,
    object: Node<'_>,
    declared: &StructuredType,
    name: &str,
) -> bool {
    let top = object.index() == payload.node.index();
    let known = declared.member_names();
    let left_out = |names: Vec<String>| !names.iter().any(|selected| selected == name);
    object
        .members()
        .take(MOST_MEMBERS)
        .any(|member| stands_for(member, &known, name))
        || top && selected(payload).is_some_and(left_out)
}

/// Members of an object that are compared with an absent name: more than any event has.
const MOST_MEMBERS: usize = 100;

fn stands_for(member: Member<'_>, known: &[&str], name: &str) -> bool {
    let text = member.name_text();
    if let Some((target, _)) = text.split_once('@') {
        return target == name;
    }
    !known.contains(&&*text) && meant(&text, known).is_some_and(|meant| meant.name == name)
}

/// The members that the context URL says were selected.
fn selected(payload: &Payload<'_>) -> Option<Vec<String>> {
    let around = payload.envelope.unwrap_or(payload.node);
    let url = around.get("@odata.context")?.string()?;
    let names = ContextUrl::read(&url)?.selected()?;
    Some(names.into_iter().map(str::to_owned).collect())
}

//! Members that the mode requires.

use crate::json::Node;
use crate::lint::{Context, Findings, Payload, Place};
use crate::model::{Mode, StructuredType};
use crate::rules::{Category, Check, Example, Rule, Severity};

/// The declaration.
pub static RULE: Rule = Rule {
    name: "missing-member",
    category: Category::Schema,
    default: Some(Severity::Error),
    summary: "a member that the selected mode requires is absent",
    why: "A response holds every member of its revision, but for those that `$select` left out; a \
        create request holds them all but `id`. With `--mode any` and in an update nothing is \
        required.",
    source: "documentation of the operations; OData JSON format 4.01 section 4.5.8",
    bad: &[
        Example::new(r#"⟦{⟧"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents(deploymentState,osVersion)/$entity", "deploymentState": "success"}"#).mode(Mode::Response),
    ],
    good: &[
        Example::new(r#"{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents(deploymentState)/$entity", "deploymentState": "success"}"#).mode(Mode::Response),
        Example::new(r#"{"deploymentState": "success"}"#),
        Example::new(r#"{"deploymentState": "success"}"#).mode(Mode::Update),
    ],
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
    let message = format!("{} lacks {name}, which mode {mode} requires", declared.name);
    findings
        .report(Place::Opening(object), message)
        .identified_by(name);
}

/// Whether something accounts for the absence of `name` from `object`: an annotation in its place,
/// or a `$select` that left it out.
pub(crate) fn accounted_for(payload: &Payload<'_>, object: Node<'_>, name: &str) -> bool {
    let annotation = format!("{name}@");
    let annotated = object
        .members()
        .any(|member| member.name_text().starts_with(&annotation));
    let top = object.index() == payload.node.index();
    let left_out = |names: Vec<String>| !names.iter().any(|selected| selected == name);
    annotated || top && selected(payload).is_some_and(left_out)
}

/// The members that the context URL says were selected.
fn selected(payload: &Payload<'_>) -> Option<Vec<String>> {
    let context = payload
        .envelope
        .unwrap_or(payload.node)
        .get("@odata.context")?;
    let text = context.string()?;
    let (_, list) = text.split_once('(')?;
    let (list, _) = list.split_once(')')?;
    Some(list.split(',').map(|name| name.trim().to_owned()).collect())
}

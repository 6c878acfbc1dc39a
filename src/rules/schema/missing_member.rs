//! Members that the mode requires.

use crate::json::{Member, Node};
use crate::lint::{Context, Findings, Payload, Place};
use crate::model::{Mode, StructuredType};
use crate::rules::meant::meant;
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

/// The members that the context URL says were selected (OData context URL of an entity set or
/// entity, Part 1 section 10). One that lists expanded members only has all the others too.
fn selected(payload: &Payload<'_>) -> Option<Vec<String>> {
    let around = payload.envelope.unwrap_or(payload.node);
    let context = around.get("@odata.context")?.string()?;
    let (_, fragment) = context.split_once('#')?;
    let set = fragment.trim_end_matches("/$entity");
    let list = set.strip_suffix(')')?;
    let names: Vec<_> = top_level(&list[opening(list)? + 1..]);
    let names: Vec<_> = names
        .into_iter()
        .filter(|name| !name.is_empty() && !name.contains('('))
        .collect();
    let all = names.is_empty() || names.contains(&"*");
    (!all).then(|| names.into_iter().map(str::to_owned).collect())
}

/// Where the parenthesis opens that closes after the end of `text`.
fn opening(text: &str) -> Option<usize> {
    let mut closed = 0;
    text.bytes().rposition(|byte| {
        closed += i32::from(byte == b')') - i32::from(byte == b'(');
        closed < 0
    })
}

/// The parts of a list between the commas that stand in no parentheses.
fn top_level(list: &str) -> Vec<&str> {
    let mut depth = 0;
    list.split(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    })
    .map(str::trim)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Tape, parse};
    use crate::lint::PayloadPlace;

    #[test]
    fn selected_members_are_read_from_the_context() {
        for (context, expected) in [
            ("#deviceManagement/autopilotEvents", None),
            ("#deviceManagement/autopilotEvents/$entity", None),
            (
                "#x(id,deploymentState)",
                Some(vec!["id", "deploymentState"]),
            ),
            ("#x(id, osVersion)/$entity", Some(vec!["id", "osVersion"])),
            ("#x('7')/y(id)", Some(vec!["id"])),
            (
                "#x(policyStatusDetails(id),osVersion)",
                Some(vec!["osVersion"]),
            ),
            ("#x(policyStatusDetails())", None),
            ("#x(*,policyStatusDetails())", None),
            ("#x)", None),
            ("x(id)", None),
        ] {
            let text = serde_json::json!({ "@odata.context": context }).to_string();
            let mut tape = Tape::new();
            parse(&text, &mut tape).expect("JSON");
            let payload = Payload {
                node: Document::new(&text, &tape).root(),
                place: PayloadPlace::Root,
                envelope: None,
            };
            let names = selected(&payload);
            let names = names
                .as_ref()
                .map(|names| names.iter().map(String::as_str).collect());
            assert_eq!(names, expected, "{context}");
        }
    }
}

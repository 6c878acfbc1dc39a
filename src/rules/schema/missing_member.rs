//! Members that the mode requires.

use foldhash::HashSet;

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::model::{Mode, StructuredType};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::naming::Naming;
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

/// Names of members that are listed; more than the resource has.
const MOST_LISTED: usize = 50;

/// Reports the absence of `names` from `object`; nothing where there are none.
pub(crate) fn report(
    object: Node<'_>,
    declared: &StructuredType,
    names: &[&str],
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let (of, mode) = (ours(&declared.name), context.mode.name());
    let message = match names {
        [] => return,
        [name] => words!("{} lacks {}, which mode {} requires", of, ours(name), mode),
        [first, others @ ..] => {
            let mut list = words!("{}", ours(first));
            for name in others.iter().take(MOST_LISTED - 1) {
                list = words!("{}, {}", list, ours(name));
            }
            if names.len() > MOST_LISTED {
                list = words!("{} and {} more", list, names.len() - MOST_LISTED);
            }
            words!(
                "{} lacks {} members that mode {} requires: {}",
                of,
                names.len(),
                mode,
                list
            )
        }
    };
    let mut finding = findings.report(Anchor::Opening(object), message);
    for name in names {
        finding.identified_by(name);
    }
}

/// What accounts for the absence of members from an object: an annotation in their place, a
/// misspelt name, which has a finding of its own, or a `$select` that left them out.
pub(crate) struct Accounted {
    named: HashSet<String>,
    selected: Option<HashSet<String>>,
}

impl Accounted {
    pub(crate) fn new(payload: &Payload<'_>, object: Node<'_>, naming: &Naming<'_>) -> Self {
        let named = object.members().filter_map(|member| {
            let text = member.name_text();
            match text.split_once('@') {
                Some((target, _)) => Some(target.to_owned()),
                None => Some(naming.get(member.name)?.meant?.name.to_owned()),
            }
        });
        let top = object.index() == payload.node.index();
        Self {
            named: named.collect(),
            selected: top.then(|| selected(payload)).flatten(),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        let left_out = |selected: &HashSet<String>| !selected.contains(name);
        self.named.contains(name) || self.selected.as_ref().is_some_and(left_out)
    }
}

/// The members that the context URL says were selected.
fn selected(payload: &Payload<'_>) -> Option<HashSet<String>> {
    let around = payload.envelope.unwrap_or(payload.node);
    let url = around.get("@odata.context")?.string()?;
    let names = ContextUrl::read(&url)?.selected()?;
    Some(names.into_iter().map(str::to_owned).collect())
}

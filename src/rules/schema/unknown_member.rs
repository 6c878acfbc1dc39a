//! Names that no revision declares.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::{Member, Node};
use crate::meant;
use crate::model::StructuredType;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, Words, ours, quoted, words};
use crate::view::naming::{OtherStyle, WrongName};
use crate::view::{Anchor, Context, Enclosure, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "unknown-member",
        category: Category::Schema,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a member that no revision of the resource declares",
        why: "The resource is a closed type: the service rejects members it does not know, and \
            consumers never see the value of a misspelt one. Where it is certain what a name stands \
            for, its value is checked as well; an event whose names are all in another style is one \
            finding.",
        source: "CSDL of the resource, which is not an open type",
        bad: &[
            Example::new(r#"{"deploymentState": "success", ⟦"osVersoin"⟧: "10.0.26200.8893"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"OsVersion"⟧: "10.0.26200.8893"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"девицесериалнумбер"⟧: "PC6TLVBTR"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"AdditionalProperties"⟧: {}}"#),
            Example::new(
                r#"{⟦"DeploymentState"⟧: "success", "OsVersion": "10.0.26200.8893", "UserId": "", "AdditionalProperties": {}}"#,
            ),
        ],
        good: &[Example::new(
            r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893", "osVersion@vendor.note": 1}"#,
        )],
    },
    checks: &[Check::Names, Check::Document(check_envelope)],
};

fn check_envelope(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    let Some(value) = enclosure.value.filter(|value| !value.is_named("value")) else {
        return;
    };
    let name = value.name_text();
    let name = quoted(&name).kind(Kind::Name);
    findings
        .report(
            value.name,
            words!("{} is not the member that holds the events", name),
        )
        .help("member names are case-sensitive: write `value`");
}

/// Names that tools add to what they export, with what to do about them.
const ADDED: [(&str, &str); 9] = [
    ("AdditionalData", SDK),
    ("AdditionalProperties", SDK),
    ("BackingStore", SDK),
    ("OdataType", TYPE),
    ("odataType", TYPE),
    ("odata.type", TYPE),
    ("PSComputerName", REMOTING),
    ("PSShowComputerName", REMOTING),
    ("RunspaceId", REMOTING),
];
const SDK: &str = "the Graph SDKs add it to their objects; leave it out";
const TYPE: &str = "control information has an `@`: write `@odata.type`";
const REMOTING: &str = "PowerShell remoting adds it to its objects; leave it out";

/// How an export in `PascalCase` is avoided.
const KEEPING: &str = "`Invoke-MgGraphRequest -OutputType Json` keeps the names of the service";

/// Reports a name that the type does not declare; `wrong` is what is known of it.
pub(crate) fn report(
    member: Member<'_>,
    wrong: Option<&WrongName<'_>>,
    declared: &StructuredType,
    findings: &mut Findings<'_>,
) {
    let name = member.name_text();
    let added = ADDED.iter().find(|(added, _)| *added == name);
    let message = words!(
        "{} is not a member of {}",
        quoted(&name).kind(Kind::Name).shown_if(added.is_some()),
        ours(&declared.name)
    );
    if findings.are_only_counted() {
        findings.report(member.name, message);
        return;
    }
    let help = match (added, wrong.and_then(|wrong| wrong.meant)) {
        (Some((_, help)), _) => Words::from(*help),
        (None, Some(meant)) if wrong.is_some_and(|wrong| wrong.twin) => {
            words!("leave it out: `{}` is there already", ours(meant.name))
        }
        (None, Some(meant)) => meant.help("member names"),
        (None, None) => {
            let known = declared.members.iter().take(meant::MAX_KNOWN);
            let known = known.map(|member| member.name.as_str());
            meant::one_of_few(&name, known)
                .unwrap_or_else(|| "leave it out: no revision has it".into())
        }
    };
    findings.report(member.name, message).help(help);
}

/// Whether what wrote names in another style also adds this one.
pub(crate) fn is_added(name: &WrongName<'_>, other: &OtherStyle<'_, '_>) -> bool {
    let text = name.member.name_text();
    let added = ADDED.iter().any(|(added, _)| *added == text);
    added && text.starts_with(|c: char| c.is_ascii_uppercase()) && other.style.is_pascal()
}

/// Reports the names in `event` that are declared in another style, and those that were added on the
/// same way, in one finding.
pub(crate) fn report_style(
    other: &OtherStyle<'_, '_>,
    added: &[&WrongName<'_>],
    event: Node<'_>,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let [first, ..] = &*other.names else {
        return;
    };
    let (of, style) = (&context.model.resource().name, other.style);
    let count = other.names.len();
    let message = match other.declared {
        Some(declared) if declared != style => {
            let origin = style.origin();
            let (as_origin, origin) = origin.map_or(("", ""), |origin| (", as ", origin));
            words!(
                "{} names are in {}{}{}; {} has {}",
                count,
                style.name(),
                as_origin,
                origin,
                ours(of),
                declared.name()
            )
        }
        _ => words!(
            "{} names differ from those of {} in letter case or in what parts their words",
            count,
            ours(of)
        ),
    };
    let wrong = first.member.name_text();
    let right = first.meant.map_or("", |meant| meant.name);
    let mut help = words!(
        "write `{}` for {}, and so on",
        ours(right),
        quoted(&wrong).kind(Kind::Name)
    );
    if style.is_pascal() && context.model.is_autopilot_event() {
        help = words!("{}; {}", help, KEEPING);
    }
    for (index, name) in added.iter().enumerate() {
        let name = name.member.name_text();
        let joint = if index == 0 { "; leave out" } else { "," };
        let name = quoted(&name).kind(Kind::Name).shown_if(true);
        help = words!("{}{} {}", help, joint, name);
    }
    let place = Anchor::FirstName {
        name: first.member.name,
        object: event,
    };
    findings
        .report(place, message)
        .identified_by(style.name())
        .help(help);
}

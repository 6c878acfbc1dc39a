//! Names that no revision declares.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Member;
use crate::meant::meant;
use crate::model::StructuredType;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, Words, ours, quoted, words};
use crate::view::Findings;

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "unknown-member",
        category: Category::Schema,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a member that no revision of the resource declares",
        why: "The resource is a closed type: the service rejects members it does not know, and \
            consumers never see the value of a misspelt one.",
        source: "CSDL of the resource, which is not an open type",
        bad: &[
            Example::new(r#"{"deploymentState": "success", ⟦"deploymentStat"⟧: "success"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"OsVersion"⟧: "10.0.26200.8893"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"девицесериалнумбер"⟧: "PC6TLVBTR"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"AdditionalProperties"⟧: {}}"#),
        ],
        good: &[Example::new(
            r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893", "osVersion@vendor.note": 1}"#,
        )],
    },
    checks: &[Check::Names],
};

/// Names that tools add to what they export, with what to do about them.
const ADDED: [(&str, &str); 8] = [
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

/// Reports a name that the type does not declare.
pub(crate) fn report(member: Member<'_>, declared: &StructuredType, findings: &mut Findings<'_>) {
    let name = member.name_text();
    let added = ADDED.iter().find(|(added, _)| *added == name);
    let message = words!(
        "{} is not a member of {}",
        quoted(&name).kind(Kind::Name).shown_if(added.is_some()),
        ours(&declared.name)
    );
    let help = match added {
        Some((_, help)) => Words::from(*help),
        None => meant(&name, &declared.member_names()).map_or_else(
            || "leave it out: no revision has it".into(),
            |meant| meant.help("member names"),
        ),
    };
    findings.report(member.name, message).help(help);
}

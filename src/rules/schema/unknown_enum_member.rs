//! Names that the enumeration lacks.

use crate::json::Node;
use crate::lint::{Context, Findings};
use crate::model::Enumeration;
use crate::quote::quote;
use crate::rules::nearest::nearest;
use crate::rules::{Category, Check, Example, Rule, Severity};

/// The declaration.
pub static RULE: Rule = Rule {
    name: "unknown-enum-member",
    category: Category::Schema,
    default: Some(Severity::Error),
    summary: "not a member of the enumeration in any revision",
    why: "Member names are case-sensitive, and none of these enumerations has a catch-all member: \
        a reader that meets another name fails or drops the event.",
    source: "CSDL of the enumerations",
    bad: &[
        Example::new(r#"{"deploymentState": ⟦"Success"⟧}"#),
        Example::new(r#"{"deploymentState": ⟦"failed"⟧}"#),
        Example::new(r#"{"enrollmentType": ⟦"userDrivenAADJoin"⟧}"#),
    ],
    good: &[Example::new(
        r#"{"deploymentState": "failure", "enrollmentState": "failed"}"#,
    )],
    checks: &[Check::Schema],
};

/// Names that belong to one enumeration and are often written in the other.
const SYNONYMS: [(&str, &str); 2] = [("failed", "failure"), ("failure", "failed")];

/// Reports a text that is no member.
pub(crate) fn report(
    value: Node<'_>,
    enumeration: &Enumeration,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let text = value.string().unwrap_or_default();
    let message = format!("{} is not a member of {}", quote(&text), enumeration.name);
    let present = enumeration
        .members
        .iter()
        .filter(|member| context.has(member.life));
    let names: Vec<&str> = present.map(|member| member.name.as_str()).collect();
    findings
        .report(value, message)
        .help(help(&text, enumeration, &names));
}

fn help(text: &str, enumeration: &Enumeration, names: &[&str]) -> String {
    let synonym = SYNONYMS
        .iter()
        .find(|(from, to)| *from == text && names.contains(to));
    if let Some((from, to)) = synonym {
        return format!(
            "`{from}` belongs to another enumeration; {} has `{to}`",
            enumeration.name
        );
    }
    let numbered = enumeration
        .members
        .iter()
        .find(|member| member.value.is_some_and(|value| value.to_string() == text));
    if let Some(member) = numbered {
        return format!("write the member's name: `{}`", member.name);
    }
    nearest(text, names.iter().copied()).map_or_else(
        || {
            format!(
                "one of {}",
                names
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        },
        |near| near.help("enumeration members"),
    )
}

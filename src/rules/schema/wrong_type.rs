//! JSON types that the Edm type does not have.

use crate::edm::{date_time, duration, integer};
use crate::json::{Kind, Node};
use crate::lint::{Context, Expected, Findings};
use crate::model::{Edm, Enumeration, TypeRef};
use crate::rules::{Category, Check, Example, Rule, Severity};

/// The declaration.
pub static RULE: Rule = Rule {
    name: "wrong-type",
    category: Category::Schema,
    default: Some(Severity::Error),
    summary: "the JSON type does not fit the declared type",
    why: "A number in quotes, a duration as an object, an enumeration member as its number: each \
        comes from a writer that does not know the OData JSON format, and a strict reader \
        refuses it.",
    source: "OData JSON format 4.01 section 7.1",
    bad: &[
        Example::new(r#"{"targetedAppCount": ⟦"3"⟧}"#),
        Example::new(r#"{"deploymentState": ⟦1⟧}"#),
        Example::new(
            r#"{"deploymentDuration": ⟦{"Ticks": 2015549443, "Days": 0, "TotalSeconds": 201.5549443}⟧}"#,
        ),
        Example::new(r#"{"policyStatusDetails": ⟦{}⟧, "targetedAppCount": 3}"#),
    ],
    good: &[Example::new(
        r#"{"targetedAppCount": 3, "deploymentState": "success", "deploymentDuration": "PT3M21.5549443S"}"#,
    )],
    checks: &[Check::Schema],
};

/// Reports a value of the wrong JSON type.
pub(crate) fn report(
    value: Node<'_>,
    expected: Expected<'_>,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let name = &expected.member.name;
    let element = if expected.element {
        "an element of "
    } else {
        ""
    };
    let message = format!(
        "{element}{name} is {}, expected {}",
        actual(value.kind()),
        wanted(expected, context),
    );
    findings
        .report(value, message)
        .maybe_help(help(value, expected, context));
}

/// The JSON type, with its article.
pub(crate) const fn actual(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::False | Kind::True => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}

fn wanted(expected: Expected<'_>, context: Context<'_>) -> String {
    let noun = match expected.member.type_ref {
        TypeRef::Edm(edm) => format!("{} ({})", json_type(edm), edm.name()),
        TypeRef::Enumeration(index) => {
            format!("a string ({})", context.model.enumerations[index].name)
        }
        TypeRef::Structured(index) => format!("an object ({})", context.model.types[index].name),
    };
    if expected.collection() {
        let bare = noun.trim_start_matches("an ").trim_start_matches("a ");
        let (kind, of) = bare.split_once(' ').unwrap_or((bare, ""));
        format!("an array of {kind}s {of}")
    } else {
        noun
    }
}

const fn json_type(edm: Edm) -> &'static str {
    match edm {
        Edm::Boolean => "a boolean",
        Edm::Byte | Edm::SByte | Edm::Int16 | Edm::Int32 | Edm::Int64 => "an integer",
        Edm::Decimal | Edm::Double | Edm::Single => "a number",
        _ => "a string",
    }
}

/// What the writer meant, and the right value where it can be computed.
fn help(value: Node<'_>, expected: Expected<'_>, context: Context<'_>) -> Option<String> {
    if expected.collection() {
        return (value.kind() == Kind::Object).then(|| "put the object in an array".to_owned());
    }
    match expected.member.type_ref {
        TypeRef::Edm(edm) => literal_help(value, edm),
        TypeRef::Enumeration(index) => enumeration_help(value, &context.model.enumerations[index]),
        TypeRef::Structured(_) => None,
    }
}

fn literal_help(value: Node<'_>, edm: Edm) -> Option<String> {
    let text = value.string();
    match edm {
        Edm::Boolean => {
            let text = text?.to_ascii_lowercase();
            matches!(&*text, "true" | "false").then(|| format!("write {text} without quotes"))
        }
        Edm::Duration => time_span(value),
        Edm::DateTimeOffset => date_object(value),
        Edm::String if value.kind() == Kind::Number => Some("put it in double quotes".to_owned()),
        _ => {
            let text = text?;
            let number = integer::parse(&text, integer::INT64).ok()?;
            Some(format!("write {number} without quotes"))
        }
    }
}

/// A .NET `TimeSpan` as `ConvertTo-Json` writes it, or a bare number of seconds.
fn time_span(value: Node<'_>) -> Option<String> {
    if value.kind() == Kind::Number {
        let meant = duration::meant(value.raw())?;
        return Some(meant.to_string());
    }
    let ticks = value.get("Ticks")?;
    let ticks = integer::parse(ticks.raw(), integer::INT64).ok()?;
    let literal = duration::canonical(ticks);
    Some(format!(
        "this is a .NET TimeSpan that PowerShell wrote as an object; write `{literal}`"
    ))
}

/// A .NET `DateTime` as Windows PowerShell writes it, or a number that counts from 1970.
fn date_object(value: Node<'_>) -> Option<String> {
    let meant = match value.kind() {
        Kind::Number => date_time::meant(value.raw())?,
        _ => date_time::meant(&value.get("value")?.string()?)?,
    };
    Some(meant.to_string())
}

fn enumeration_help(value: Node<'_>, enumeration: &Enumeration) -> Option<String> {
    let number = integer::parse(value.raw(), integer::INT64).ok()?;
    let member = enumeration
        .members
        .iter()
        .find(|member| member.value == Some(number))?;
    Some(format!("write the member's name: `{}`", member.name))
}

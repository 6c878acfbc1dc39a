//! JSON types that the Edm type does not have.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::number::{self, Written};
use crate::edm::{Grammar, binary, integer, shape};
use crate::json::{Kind, Node};
use crate::meant::{MAX_KNOWN, objects};
use crate::model::{Enumeration, JsonType, Member, Role, TypeRef};
use crate::rules::content::placeholder_value;
use crate::rules::value::negative_count::is_below_zero;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind as WordKind, Words, ours, quoted, words};
use crate::view::{Context, Expected, Findings, no_value, says_nothing};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "wrong-type",
        category: Category::Schema,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a value whose JSON type does not match its declared type",
        why: "A number in quotes, a duration as an object, an enumeration member as a number: each \
            comes from a writer that does not follow the OData JSON format, and strict readers \
            reject it. In other resources, an Edm.Double may also be the string `INF`, `-INF` or \
            `NaN`, and an Edm.Binary must be base64url.",
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
    },
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
    let message = words!(
        "{}{} is {}, expected {}",
        element,
        ours(name),
        actual(value.kind()),
        ours(&wanted(expected, context)),
    );
    findings
        .report(value, message)
        .maybe_help(help(value, expected, context));
}

/// Reports a text that stands for no bytes.
pub(crate) fn report_binary(value: Node<'_>, expected: Expected<'_>, findings: &mut Findings<'_>) {
    let text = value.string().unwrap_or_default();
    if let Err(fault) = binary::parse(&text) {
        let (name, text) = (ours(&expected.member.name), quoted(&text));
        let message = words!(
            "{} {} is not an Edm.Binary: {}",
            name,
            text,
            fault.message()
        );
        findings.report(value, message);
    }
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

/// The JSON type of the declared one, with its name.
fn wanted(expected: Expected<'_>, context: Context<'_>) -> String {
    let of = expected.member.type_ref;
    // Of a type that takes any value, it is a collection that is looked at.
    let json = of.json_type().unwrap_or(JsonType::String);
    let (json, article) = (json.name(), json.article());
    let name = context.model.type_name(of);
    if expected.collection() {
        format!("an array of {json}s ({name})")
    } else {
        format!("{article} {json} ({name})")
    }
}

/// What the writer meant, and the right value where it can be computed.
fn help(value: Node<'_>, expected: Expected<'_>, context: Context<'_>) -> Option<Words> {
    if let Some(text) = value.string()
        && let Some(placeholder) = placeholder_value::recognise(&text, context.model)
    {
        return Some(placeholder.help());
    }
    if expected.collection() {
        return collection_help(value);
    }
    let specific = match expected.member.type_ref {
        TypeRef::Edm(edm) => literal_help(value, edm.grammar(), expected.member),
        TypeRef::Enumeration(index) => {
            enumeration_help(value, &context.model.enumerations[index], context)
        }
        TypeRef::Structured(_) => text_of_json(value),
    };
    specific
        .or_else(|| container_help(value, expected, context))
        .or_else(|| {
            let nothing = value.string().is_some_and(|text| says_nothing(&text));
            (nothing && !expected.element).then(|| no_value(expected.member, context).words())
        })
}

/// What to do with an object in which Windows PowerShell wrote a list; `None` for any other value.
pub(crate) fn unwrapping(value: Node<'_>) -> Option<&'static str> {
    let list = value.get("value").filter(|list| list.kind() == Kind::Array);
    list.and_then(|_| value.get("Count")).map(|_| {
        "Windows PowerShell put the list into an object of its own: write the array in place of \
         that object"
    })
}

fn collection_help(value: Node<'_>) -> Option<Words> {
    if let Some(help) = unwrapping(value) {
        return Some(help.into());
    }
    match value.kind() {
        Kind::Object => Some(
            "put the object in an array; PowerShell takes a single one out of its array".into(),
        ),
        Kind::String if value.plain_str() == Some("") => {
            Some("write `[]` where there are none".into())
        }
        _ => text_of_json(value),
    }
}

/// JSON that was written as a string once more.
fn text_of_json(value: Node<'_>) -> Option<Words> {
    let text = value.string()?;
    let json = text.trim_start().starts_with(['{', '[']);
    json.then(|| "it is the text of a JSON value; write the value itself".into())
}

/// An object or array in the place of one value.
fn container_help(value: Node<'_>, expected: Expected<'_>, context: Context<'_>) -> Option<Words> {
    const EMPTY: &str = "PowerShell writes an empty object where there is no value";
    match value.kind() {
        Kind::Object if value.is_empty() && expected.element => {
            Some(words!("{}; take it out of the array", EMPTY))
        }
        Kind::Object if value.is_empty() && expected.member.nullable => {
            Some(words!("{}; write null", EMPTY))
        }
        Kind::Object if value.is_empty() => {
            Some(words!("{}; {}", EMPTY, no_value(expected.member, context).words()))
        }
        Kind::Array if value.len() == 1 => Some("take the value out of the array".into()),
        _ => None,
    }
}

fn literal_help(value: Node<'_>, grammar: &Grammar, member: &Member) -> Option<Words> {
    match grammar {
        Grammar::Boolean => boolean(value),
        Grammar::Duration => objects::duration(value),
        Grammar::DateTime => objects::instant(value),
        Grammar::Text => text(value, member.role),
        Grammar::Decimal | Grammar::Double | Grammar::Single => {
            let text = value.string()?;
            let text = text.trim();
            let written = Written::Number(text);
            match grammar {
                Grammar::Double => number::parse_double(written).map(drop),
                Grammar::Single => number::parse_single(written).map(drop),
                _ => number::parse_decimal(written).map(drop),
            }
            .ok()?;
            Some(without_quotes(text))
        }
        Grammar::Integer(range) => {
            let text = value.string()?;
            let number = integer::parse(text.trim(), range.clone()).ok()?;
            (!is_below_zero(member, number)).then(|| without_quotes(&number.to_string()))
        }
        _ => None,
    }
}

/// A number or boolean in the place of a text; what a GUID or a user's name would be, nobody can
/// tell from it.
fn text(value: Node<'_>, role: Option<Role>) -> Option<Words> {
    const OF_VERSION: &str = "a version has four numbers; write it in double quotes";
    match (value.kind(), role) {
        (Kind::Number, Some(Role::OsVersion)) => Some(OF_VERSION.into()),
        (_, Some(Role::OsVersion | Role::Guid | Role::UserPrincipalName)) => None,
        (Kind::Number | Kind::True | Kind::False, _) => Some("put it in double quotes".into()),
        _ => None,
    }
}

/// What to write for the text of a number.
fn without_quotes(text: &str) -> Words {
    let number = quoted(text)
        .bare()
        .kind(WordKind::Number)
        .shown_if(shape::is_short_number(text));
    words!("write {} without quotes", number)
}

fn boolean(value: Node<'_>) -> Option<Words> {
    let text = value.string().unwrap_or_else(|| value.raw().into());
    match &*text.trim().to_ascii_lowercase() {
        "true" | "$true" | "1" => Some("write true without quotes".into()),
        "false" | "$false" | "0" => Some("write false without quotes".into()),
        _ => None,
    }
}

fn enumeration_help(
    value: Node<'_>,
    enumeration: &Enumeration,
    context: Context<'_>,
) -> Option<Words> {
    let number = integer::parse(value.raw(), integer::INT64).ok()?;
    let mut present = enumeration.members.iter().take(MAX_KNOWN);
    let member = present.find(|member| member.value == Some(number) && context.has(member.life))?;
    Some(words!("write the member's name: `{}`", ours(&member.name)))
}

#[cfg(test)]
mod tests {
    use crate::lint::{Linter, Options, Scratch};

    fn help(member: &str, value: &str) -> Option<String> {
        let text = format!(r#"{{"deploymentState": "success", "{member}": {value}}}"#);
        let linter = Linter::new(&Options::default()).expect("any revision");
        let found = linter
            .check(text.as_bytes(), &mut Scratch::default())
            .diagnostics;
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].rule.name, "wrong-type", "{text}");
        found[0].help.as_ref().map(ToString::to_string)
    }

    #[test]
    fn the_right_value_is_named() {
        const SPAN: &str =
            "it is a .NET TimeSpan that PowerShell wrote as an object; write `PT3M21.5549443S`";
        for (member, value, expected) in [
            ("targetedAppCount", r#""3""#, Some("write 3 without quotes")),
            (
                "targetedAppCount",
                r#""Integer""#,
                Some("it is the name of a type in the place of a value"),
            ),
            ("managedDeviceName", "10", Some("put it in double quotes")),
            ("managedDeviceName", "true", Some("put it in double quotes")),
            (
                "osVersion",
                "10.0",
                Some("a version has four numbers; write it in double quotes"),
            ),
            ("deviceId", "7", None),
            ("targetedAppCount", r#""-3""#, None),
            ("targetedAppCount", r#""2147483648""#, None),
            (
                "osVersion",
                "{}",
                Some("PowerShell writes an empty object where there is no value; write null"),
            ),
            (
                "osVersion",
                r#"["10"]"#,
                Some("take the value out of the array"),
            ),
            ("osVersion", "[1, 2]", None),
            (
                "deploymentDuration",
                r#"{"Ticks": 2015549443, "Days": 0}"#,
                Some(SPAN),
            ),
            ("deploymentDuration", r#"{"ticks": 2015549443}"#, Some(SPAN)),
            (
                "deploymentDuration",
                r#"{"Minutes": 3, "TotalSeconds": 201.5549443}"#,
                Some(SPAN),
            ),
            (
                "deploymentDuration",
                r#"{"Days": 1, "Hours": 0, "Minutes": 3, "Seconds": 21, "Milliseconds": 554}"#,
                Some(
                    "it is a .NET TimeSpan that PowerShell wrote as an object; write \
                     `P1DT3M21.554S`",
                ),
            ),
            ("deploymentDuration", r#"{"length": 3}"#, None),
            (
                "deploymentDuration",
                "201.5",
                Some("perhaps it counts seconds; write `PT3M21.5S`"),
            ),
        ] {
            assert_eq!(
                help(member, value).as_deref(),
                expected,
                "{member}: {value}"
            );
        }
    }

    #[test]
    fn what_powershell_made_of_a_value_is_named() {
        const DATE: &str = "it is a date-time written as an object; write `2024-05-02T09:14:03Z`";
        const CUT: &str = "it is what PowerShell writes for an object that it does not go into; \
            give `ConvertTo-Json` a greater `-Depth`";
        for (member, value, expected) in [
            (
                "eventDateTime",
                r#"{"value": "/Date(1714641243000)/", "DisplayHint": 2, "DateTime": "x"}"#,
                Some(DATE),
            ),
            (
                "eventDateTime",
                r#"{"value": "2024-05-02T09:14:03Z"}"#,
                Some(DATE),
            ),
            (
                "eventDateTime",
                r#"{"DateTime": "x", "UtcDateTime": "/Date(1714641243000)/"}"#,
                Some(DATE),
            ),
            (
                "eventDateTime",
                r#"{"dateTime": "2024-05-02T09:14:03", "timeZone": "UTC"}"#,
                Some(DATE),
            ),
            (
                "eventDateTime",
                r#"{"dateTime": "2024-05-02T09:14:03", "timeZone": "CET"}"#,
                None,
            ),
            ("policyStatusDetails", r#""System.Object[]""#, Some(CUT)),
            (
                "policyStatusDetails",
                r#"["@{id=1; displayName=x}"]"#,
                Some(CUT),
            ),
            (
                "policyStatusDetails",
                r#""""#,
                Some("write `[]` where there are none"),
            ),
            (
                "policyStatusDetails",
                r#""[{}]""#,
                Some("it is the text of a JSON value; write the value itself"),
            ),
            (
                "enrollmentState",
                "3",
                Some("write the member's name: `failed`"),
            ),
        ] {
            assert_eq!(
                help(member, value).as_deref(),
                expected,
                "{member}: {value}"
            );
        }
    }
}

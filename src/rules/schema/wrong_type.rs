//! JSON types that the Edm type does not have.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::number::{self, Written};
use crate::edm::{
    Grammar, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, binary, date_time,
    duration, integer, meant, shape,
};
use crate::json::{Kind, Node};
use crate::meant::MAX_KNOWN;
use crate::model::{Enumeration, JsonType, TypeRef};
use crate::rules::content::placeholder_value;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind as WordKind, Words, ours, quoted, words};
use crate::view::{Context, Expected, Findings};

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
        TypeRef::Edm(edm) => literal_help(value, edm.grammar()),
        TypeRef::Enumeration(index) => enumeration_help(value, &context.model.enumerations[index]),
        TypeRef::Structured(_) => text_of_json(value),
    };
    specific.or_else(|| container_help(value, expected))
}

fn collection_help(value: Node<'_>) -> Option<Words> {
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
fn container_help(value: Node<'_>, expected: Expected<'_>) -> Option<Words> {
    match value.kind() {
        Kind::Object if value.is_empty() && expected.member.nullable => {
            Some("PowerShell writes an empty object where there is no value; write null".into())
        }
        Kind::Object if value.is_empty() => Some(
            "PowerShell writes an empty object where there is no value; leave the member out"
                .into(),
        ),
        Kind::Array if value.len() == 1 => Some("take the value out of the array".into()),
        _ => None,
    }
}

fn literal_help(value: Node<'_>, grammar: &Grammar) -> Option<Words> {
    match grammar {
        Grammar::Boolean => boolean(value),
        Grammar::Duration => time_span(value),
        Grammar::DateTime => date_object(value),
        Grammar::Text => {
            let scalar = matches!(value.kind(), Kind::Number | Kind::True | Kind::False);
            scalar.then(|| "put it in double quotes".into())
        }
        Grammar::Decimal | Grammar::Double | Grammar::Single => {
            let text = value.string()?;
            number::parse_decimal(Written::Text(&text)).ok()?;
            Some(without_quotes(&text))
        }
        Grammar::Integer(_) => {
            let text = value.string()?;
            let number = integer::parse(text.trim(), integer::INT64).ok()?;
            Some(without_quotes(&number.to_string()))
        }
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

/// The value of the member of this name, in whatever letter case: writers of .NET objects differ.
fn part<'a>(object: Node<'a>, name: &str) -> Option<Node<'a>> {
    let mut members = object.members();
    members
        .find(|member| member.name_text().eq_ignore_ascii_case(name))
        .map(|member| member.value)
}

/// A .NET `TimeSpan` as `ConvertTo-Json` writes it, or a bare number of seconds.
fn time_span(value: Node<'_>) -> Option<Words> {
    if value.kind() == Kind::Number {
        return Some(
            meant::duration(value.raw())?
                .words(WordKind::Duration, shape::is_short_number(value.raw())),
        );
    }
    let literal = ticks(value)
        .map(duration::canonical)
        .or_else(|| {
            Some(
                meant::duration(part(value, "TotalSeconds")?.raw())?
                    .literal()?
                    .to_owned(),
            )
        })
        .or_else(|| components(value).map(duration::canonical))?;
    Some(words!(
        "it is a .NET TimeSpan that PowerShell wrote as an object; write {}",
        quoted(&literal).kind(WordKind::Duration)
    ))
}

fn ticks(span: Node<'_>) -> Option<i64> {
    integer::parse(part(span, "Ticks")?.raw(), integer::INT64).ok()
}

/// The sum of a duration's parts; `None` where it has none.
fn components(span: Node<'_>) -> Option<i64> {
    const PARTS: [(&str, i64); 6] = [
        ("Days", TICKS_PER_DAY),
        ("Hours", TICKS_PER_HOUR),
        ("Minutes", TICKS_PER_MINUTE),
        ("Seconds", TICKS_PER_SECOND),
        ("Milliseconds", TICKS_PER_SECOND / 1_000),
        ("Microseconds", TICKS_PER_SECOND / 1_000_000),
    ];
    let given = PARTS
        .into_iter()
        .filter_map(|(name, unit)| Some((part(span, name)?, unit)));
    let mut total = None;
    for (count, unit) in given {
        let count = integer::parse(count.raw(), integer::INT32).ok()?;
        total = Some(count.checked_mul(unit)?.checked_add(total.unwrap_or(0))?);
    }
    total
}

/// A .NET `DateTime` or `DateTimeOffset` as Windows PowerShell writes it, the date-time of other
/// Graph resources, or a number that counts from 1970.
fn date_object(value: Node<'_>) -> Option<Words> {
    if value.kind() == Kind::Number {
        return Some(meant::date_time(value.raw())?.words(WordKind::DateTime, false));
    }
    let mut parts = ["value", "UtcDateTime", "$date", "DateTime"]
        .into_iter()
        .filter_map(|name| part(value, name)?.string());
    let utc = part(value, "timeZone")
        .and_then(|zone| zone.string())
        .is_some_and(|zone| zone == "UTC");
    let (text, literal) = parts.find_map(|text| {
        let literal = instant(&text, utc)?;
        Some((text, literal))
    })?;
    Some(words!(
        "it is a date-time written as an object; write {}",
        quoted(&literal)
            .kind(WordKind::DateTime)
            .shown_if(shape::is_instant(&text))
    ))
}

/// The literal of an instant, however it is spelled.
fn instant(text: &str, utc: bool) -> Option<String> {
    let zoned = format!("{text}Z");
    if date_time::parse(text).is_ok() {
        Some(text.to_owned())
    } else if utc && date_time::parse(&zoned).is_ok() {
        Some(zoned)
    } else {
        Some(meant::date_time(text)?.literal()?.to_owned())
    }
}

fn enumeration_help(value: Node<'_>, enumeration: &Enumeration) -> Option<Words> {
    let number = integer::parse(value.raw(), integer::INT64).ok()?;
    let member = enumeration
        .members
        .iter()
        .take(MAX_KNOWN)
        .find(|member| member.value == Some(number))?;
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
            ("osVersion", "10", Some("put it in double quotes")),
            ("osVersion", "true", Some("put it in double quotes")),
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
                Some("it reads as a number of seconds; write `PT3M21.5S`"),
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

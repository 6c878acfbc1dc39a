//! JSON types that the Edm type does not have.

use crate::diagnostic::{Applicability, Category, Edit, Example, Fix, Rule, Severity};
use crate::edm::number::{self, Written};
use crate::edm::{Grammar, binary, integer, shape};
use crate::json::{self, Kind, Node, Span};
use crate::meant::MAX_KNOWN;
use crate::meant::objects::{self, Spelled};
use crate::model::{EnumMember, Enumeration, JsonType, Member, Role, TypeRef};
use crate::rules::content::placeholder_value;
use crate::rules::schema::unknown_enum_member;
use crate::rules::value::negative_count::is_below_zero;
use crate::rules::{Check, Cure, Declaration};
use crate::text::words::{Kind as WordKind, ours, quoted, words};
use crate::view::{Context, Expected, Findings, NoValue, edits, no_value, says_nothing};

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
            Example::new(r#"{"targetedAppCount": ⟦"3"⟧}"#).fixed(r#"{"targetedAppCount": 3}"#),
            Example::new(r#"{"deploymentState": ⟦1⟧}"#)
                .fixed(r#"{"deploymentState": "success"}"#),
            Example::new(
                r#"{"deploymentDuration": ⟦{"Ticks": 2015549443, "Days": 0, "TotalSeconds": 201.5549443}⟧}"#,
            )
            .fixed(r#"{"deploymentDuration": "PT3M21.5549443S"}"#),
            Example::new(r#"{"deploymentDuration": ⟦201.5⟧}"#)
                .fixed_unsafely(r#"{"deploymentDuration": "PT3M21.5S"}"#),
            Example::new(r#"{"policyStatusDetails": ⟦{}⟧, "targetedAppCount": 3}"#)
                .fixed(r#"{"policyStatusDetails": [{}], "targetedAppCount": 3}"#),
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
    let cure = cure(value, expected, context, findings).unwrap_or_default();
    findings
        .report(value, message)
        .maybe_fix(cure.fix)
        .maybe_help(cure.help);
}

/// Reports a text that stands for no bytes.
pub(crate) fn report_binary(value: Node<'_>, expected: Expected<'_>, findings: &mut Findings<'_>) {
    let text = value.string().unwrap_or_default();
    if let Err(fault) = binary::parse(&text) {
        let fix = (!findings.are_only_counted())
            .then(|| without_blanks(value, &text))
            .flatten();
        let (name, text) = (ours(&expected.member.name), quoted(&text));
        let message = words!(
            "{} {} is not an Edm.Binary: {}",
            name,
            text,
            fault.message()
        );
        findings.report(value, message).maybe_fix(fix);
    }
}

/// Mail programs and certificates break base64 into lines.
fn without_blanks(value: Node<'_>, text: &str) -> Option<Fix> {
    let joined: String = text.split_ascii_whitespace().collect();
    let right = joined != text && binary::parse(&joined).is_ok();
    right.then(|| {
        let edits = edits(value, &json::string_token(&joined), false);
        Fix::safe("take the blanks out of it", edits)
    })
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
fn cure(
    value: Node<'_>,
    expected: Expected<'_>,
    context: Context<'_>,
    findings: &Findings<'_>,
) -> Option<Cure> {
    if findings.are_only_counted() {
        return None;
    }
    if let Some(text) = value.string()
        && let Some(placeholder) = placeholder_value::recognise(&text, context.model)
    {
        return Some(Cure::help(placeholder.help()));
    }
    if expected.collection() {
        return of_collection(value, expected, context);
    }
    let specific = match expected.member.type_ref {
        TypeRef::Edm(edm) => of_literal(value, edm.grammar(), expected.member),
        TypeRef::Enumeration(index) => {
            of_enumeration(value, &context.model.enumerations[index], context)
        }
        TypeRef::Structured(_) => text_of_json(value),
    };
    specific
        .or_else(|| of_container(value, expected, context, findings))
        .or_else(|| {
            let nothing = value.string().is_some_and(|text| says_nothing(&text));
            (nothing && !expected.element).then(|| {
                let none = no_value(expected.member, context);
                let fix = none.fix(value, expected.member, context, findings);
                Cure::new(none.words(), fix)
            })
        })
}

/// What to do with an object in which Windows PowerShell wrote a list; `None` for any other value.
pub(crate) fn unwrapping(value: Node<'_>) -> Option<&'static str> {
    wrapped(value).map(|_| {
        "Windows PowerShell put the list into an object of its own: write the array in place of \
         that object"
    })
}

/// The list that Windows PowerShell wrote into an object.
fn wrapped(value: Node<'_>) -> Option<Node<'_>> {
    let list = value.get("value").filter(|list| list.kind() == Kind::Array);
    list.filter(|_| value.get("Count").is_some())
}

fn of_collection(value: Node<'_>, expected: Expected<'_>, context: Context<'_>) -> Option<Cure> {
    let element = Expected {
        element: true,
        ..expected
    };
    // What was not looked at before must not be at fault itself.
    let is_right = |value| conforms(value, element.member, context);
    if let Some(list) = wrapped(value) {
        let fix = list.elements().all(is_right).then(|| {
            let (whole, list) = (value.span(), list.span());
            let around = [
                Span::new(whole.start, list.start),
                Span::new(list.end, whole.end),
            ];
            Fix::safe("write the array alone", around.map(Edit::delete))
        });
        return Some(Cure::new(unwrapping(value)?, fix));
    }
    match value.kind() {
        Kind::Object => {
            let span = value.span();
            let bracket = |at, bracket: &str| Edit::replace(Span::new(at, at), bracket);
            let around = [bracket(span.start, "["), bracket(span.end, "]")];
            let fix = is_right(value).then(|| Fix::safe("put it in an array", around));
            Some(Cure::new(
                "put the object in an array; PowerShell takes a single one out of its array",
                fix,
            ))
        }
        Kind::String if value.plain_str() == Some("") => {
            let fix = Fix::safe("write `[]`", edits(value, "[]", true));
            Some(Cure::new("write `[]` where there are none", fix))
        }
        _ => text_of_json(value),
    }
}

/// Whether nothing but literals can be wrong with a value of a member, or an element of it, that has
/// no annotations.
fn conforms(value: Node<'_>, member: &Member, context: Context<'_>) -> bool {
    let kind = value.kind();
    match member.type_ref {
        TypeRef::Edm(edm) => match edm.json_types() {
            [] => true,
            [usual, ..] => usual.takes(kind) && *edm.grammar() != Grammar::Binary,
        },
        TypeRef::Enumeration(index) => {
            let text = value.text();
            let members = &context.model.enumerations[index].members;
            let known = members.iter().take(MAX_KNOWN);
            let mut present = known.filter(|member| context.has(member.life));
            kind == Kind::String && present.any(|member| member.name == text)
        }
        TypeRef::Structured(index) => {
            let members = &context.model.types[index].members;
            let find = |name: &str| members.iter().find(|member| member.name == name);
            let has_all = || {
                let mut required = members.iter().filter(|one| context.mode.requires(one));
                required
                    .all(|member| !context.has(member.life) || value.get(&member.name).is_some())
            };
            let is_right = |found: json::Member<'_>| {
                let declared = find(&found.name_text()).filter(|member| context.has(member.life));
                declared.is_some_and(|member| match found.value.kind() {
                    Kind::Null => member.nullable,
                    Kind::Array if member.collection => {
                        let mut elements = found.value.elements();
                        elements.all(|element| conforms(element, member, context))
                    }
                    _ => !member.collection && conforms(found.value, member, context),
                })
            };
            kind == Kind::Object && value.members().all(is_right) && has_all()
        }
    }
}

/// JSON that was written as a string once more.
fn text_of_json(value: Node<'_>) -> Option<Cure> {
    let text = value.string()?;
    let json = text.trim_start().starts_with(['{', '[']);
    json.then(|| Cure::help("it is the text of a JSON value; write the value itself"))
}

/// An object or array in the place of one value.
fn of_container(
    value: Node<'_>,
    expected: Expected<'_>,
    context: Context<'_>,
    findings: &Findings<'_>,
) -> Option<Cure> {
    const EMPTY: &str = "PowerShell writes an empty object where there is no value";
    match value.kind() {
        Kind::Object if value.is_empty() && expected.element => {
            let edit = Edit::delete(value.removal());
            let fix = Fix::not_safe("take it out of the array", [edit]);
            Some(Cure::new(
                words!("{}; take it out of the array", EMPTY),
                fix,
            ))
        }
        Kind::Object if value.is_empty() => {
            let none = no_value(expected.member, context);
            let fix = none.fix(value, expected.member, context, findings);
            let then = match none {
                NoValue::Null => "write null".into(),
                none => none.words(),
            };
            Some(Cure::new(words!("{}; {}", EMPTY, then), fix))
        }
        Kind::Array if value.len() == 1 => Some(Cure::help("take the value out of the array")),
        _ => None,
    }
}

fn of_literal(value: Node<'_>, grammar: &Grammar, member: &Member) -> Option<Cure> {
    match grammar {
        Grammar::Boolean => boolean(value),
        Grammar::Duration => Some(spelled(
            value,
            objects::duration(value)?,
            WordKind::Duration,
        )),
        Grammar::DateTime => Some(spelled(value, objects::instant(value)?, WordKind::DateTime)),
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
            Some(without_quotes(value, text))
        }
        Grammar::Integer(range) => {
            let text = value.string()?;
            let number = integer::parse(text.trim(), range.clone()).ok()?;
            let right = !is_below_zero(member, number);
            right.then(|| without_quotes(value, &number.to_string()))
        }
        _ => None,
    }
}

/// A date or duration that is written as something else than text.
fn spelled(value: Node<'_>, spelled: Spelled, kind: WordKind) -> Cure {
    let fix = spelled.literal.map(|(literal, certain)| {
        let quotation = quoted(&literal).kind(kind).shown_if(spelled.shown);
        let edits = edits(value, &json::string_token(&literal), spelled.shown);
        Fix::new(sure(certain), words!("write {}", quotation), edits)
    });
    Cure::new(spelled.help, fix)
}

const fn sure(certain: bool) -> Applicability {
    if certain {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    }
}

/// A number or boolean in the place of a text; what a GUID or a user's name would be, nobody can
/// tell from it.
fn text(value: Node<'_>, role: Option<Role>) -> Option<Cure> {
    const OF_VERSION: &str = "a version has four numbers; write it in double quotes";
    match (value.kind(), role) {
        (Kind::Number, Some(Role::OsVersion)) => Some(Cure::help(OF_VERSION)),
        (_, Some(Role::OsVersion | Role::Guid | Role::UserPrincipalName)) => None,
        (Kind::Number | Kind::True | Kind::False, _) => {
            let edits = edits(value, &json::string_token(value.raw()), false);
            // The text may have had zeros at its front, or more digits than a number keeps.
            let fix = Fix::not_safe("put it in double quotes", edits);
            Some(Cure::new("put it in double quotes", fix))
        }
        _ => None,
    }
}

/// What to write for the text of a number.
fn without_quotes(value: Node<'_>, text: &str) -> Cure {
    let shown = shape::is_short_number(text);
    let number = quoted(text).bare().kind(WordKind::Number).shown_if(shown);
    let fix = Fix::safe(words!("write {}", number), edits(value, text, shown));
    Cure::new(words!("write {} without quotes", number), fix)
}

fn boolean(value: Node<'_>) -> Option<Cure> {
    let text = value.string().unwrap_or_else(|| value.raw().into());
    let (right, help, certain) = match &*text.trim().to_ascii_lowercase() {
        "true" | "$true" => ("true", "write true without quotes", true),
        "false" | "$false" => ("false", "write false without quotes", true),
        "1" => ("true", "write true without quotes", false),
        "0" => ("false", "write false without quotes", false),
        _ => return None,
    };
    let fix = Fix::new(
        sure(certain),
        words!("write {}", right),
        edits(value, right, true),
    );
    Some(Cure::new(help, fix))
}

fn of_enumeration(
    value: Node<'_>,
    enumeration: &Enumeration,
    context: Context<'_>,
) -> Option<Cure> {
    let number = integer::parse(value.raw(), integer::INT64).ok()?;
    let members = enumeration.members.iter().take(MAX_KNOWN);
    let of_number = |member: &&EnumMember| member.value == Some(number) && context.has(member.life);
    let mut present = members.filter(of_number);
    let member = present.next()?;
    let help = words!("write the member's name: `{}`", ours(&member.name));
    let only = present.next().is_none();
    let fix = only.then(|| unknown_enum_member::write(value, Applicability::Safe, &member.name));
    Some(Cure::new(help, fix))
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

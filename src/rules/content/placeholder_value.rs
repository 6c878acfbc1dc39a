//! Texts that stand for a value and are none.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::meant::same_words;
use crate::model::Model;
use crate::rules::{Check, Declaration};
use crate::text::words::{Words, ours, words};
use crate::view::{Findings, TextLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "placeholder-value",
        category: Category::Content,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a placeholder from the documentation or a generator",
        why: "The documentation's samples contain the name of the member and the word `value`, its \
            skeletons the name of the type. Templates contain fields to be filled in, and \
            PowerShell writes the name of a .NET type for anything nested too deeply. None of \
            these is a value.",
        source: "documentation of the resource; documentation of ConvertTo-Json",
        bad: &[
            Example::new(r#"{"osVersion": ⟦"Os Version value"⟧, "deploymentState": "success"}"#),
            Example::new(r#"{"deviceId": ⟦"String (identifier)"⟧, "deploymentState": "success"}"#),
            Example::new(
                r#"{"managedDeviceName": ⟦"{{deviceName}}"⟧, "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"enrollmentFailureDetails": ⟦"System.Object[]"⟧, "deploymentState": "failure"}"#,
            ),
        ],
        good: &[
            Example::new(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": "High value", "managedDeviceName": "STRING-7", "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"windowsAutopilotDeploymentProfileDisplayName": "<All users> {EU}", "deploymentState": "success"}"#,
            ),
        ],
    },
    checks: &[Check::Text(unlike_any, check)],
};

/// Names of types as skeletons and generators write them in the place of a value.
const TYPES: [&str; 9] = [
    "String",
    "string",
    "Integer",
    "integer",
    "Boolean",
    "boolean",
    "Int32",
    "Timestamp",
    "Duration",
];

/// What PowerShell's text of a nested object or array begins with.
const NET_TYPES: [&str; 4] = [
    "System.Object[]",
    "System.Collections.",
    "System.Management.Automation.",
    "Microsoft.Graph.PowerShell.",
];

fn check(literal: &TextLiteral<'_>, findings: &mut Findings<'_>) {
    let Some(placeholder) = recognise(literal.text, literal.context.model) else {
        return;
    };
    let text = literal
        .quoted()
        .shown_if(placeholder.is_fixed(literal.text));
    let name = ours(&literal.member.name);
    findings
        .report(
            literal.node,
            words!("{} is {}, {}", name, text, placeholder.what()),
        )
        .maybe_help(placeholder.advice().map(Words::from));
}

/// What a text that is no value is instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    /// A member's name and `value`.
    Sample,
    /// The name of a type, with or without a note.
    Type,
    /// A mark of a template.
    Template,
    /// PowerShell's text of an object that it did not go into.
    Truncated,
}

impl Placeholder {
    /// A noun phrase for messages.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Sample => "a placeholder of the documentation's samples",
            Self::Type => "the name of a type in the place of a value",
            Self::Template => "a mark of a template that was not filled in",
            Self::Truncated => "what PowerShell writes for an object that it does not go into",
        }
    }

    /// What to do about it, where that can be said.
    pub(crate) const fn advice(self) -> Option<&'static str> {
        match self {
            Self::Truncated => Some("give `ConvertTo-Json` a greater `-Depth`"),
            _ => None,
        }
    }

    /// Whether a text is nothing but the placeholder, which is the same everywhere.
    fn is_fixed(self, text: &str) -> bool {
        match self {
            Self::Sample => true,
            Self::Type => TYPES.contains(&text),
            Self::Truncated => text == NET_TYPES[0],
            Self::Template => false,
        }
    }

    /// A sentence for the help of a rule that refuses the text anyway.
    pub(crate) fn help(self) -> Words {
        if let Some(advice) = self.advice() {
            words!("it is {}; {}", self.what(), advice)
        } else {
            words!("it is {}", self.what())
        }
    }
}

/// How the values of the documentation's samples end, after the words of the member's name.
const SAMPLE_ENDING: &str = " value";

/// Whether a text is no placeholder of any resource.
fn unlike_any(text: &str) -> bool {
    by_form(text).is_none() && !text.ends_with(SAMPLE_ENDING)
}

/// The placeholder that a text is.
#[must_use]
pub(crate) fn recognise(text: &str, model: &Model) -> Option<Placeholder> {
    match by_form(text) {
        Some(Placeholder::Truncated) => Some(Placeholder::Truncated),
        _ if sample(text, model) => Some(Placeholder::Sample),
        form => form,
    }
}

/// The placeholder that a text is whatever the resource.
fn by_form(text: &str) -> Option<Placeholder> {
    match (text.as_bytes().first()?, text.as_bytes().last()?) {
        (b'@' | b'S' | b'M', _) if truncated(text) => Some(Placeholder::Truncated),
        (b'<' | b'{' | b'$' | b'%', b'>' | b'}' | b'%') if template(text) => {
            Some(Placeholder::Template)
        }
        (b'S' | b's' | b'I' | b'i' | b'B' | b'b' | b'T' | b'D', _) if type_name(text) => {
            Some(Placeholder::Type)
        }
        _ => None,
    }
}

/// Whether a text is one that PowerShell writes for an object.
#[must_use]
pub(crate) fn truncated(text: &str) -> bool {
    NET_TYPES.iter().any(|name| text.starts_with(name))
        || text.starts_with("@{") && text.ends_with('}') && text.contains('=')
}

/// `Os Version value`: the name of any member, so that a value copied to another member counts.
fn sample(text: &str, model: &Model) -> bool {
    let Some(name) = text.strip_suffix(SAMPLE_ENDING) else {
        return false;
    };
    let mut members = model.types.iter().flat_map(|one| &one.members);
    members.any(|member| same_words(name, &member.name))
}

/// `String`, `String (timestamp)`.
fn type_name(text: &str) -> bool {
    let note = |name: &&str| text.strip_prefix(*name);
    let mut notes = TYPES.iter().filter_map(note);
    notes.any(|note| note.is_empty() || note.starts_with(" (") && note.ends_with(')'))
}

/// `<device-id>`, `{{deviceId}}`, `${DEVICE_ID}`, `{id}`, `%DEVICE%`; digits alone, and GUIDs in
/// braces, are none.
fn template(text: &str) -> bool {
    const MARKS: [(&str, &str); 5] = [
        ("{{", "}}"),
        ("${", "}"),
        ("{", "}"),
        ("<", ">"),
        ("%", "%"),
    ];
    let name = |text: &str| {
        let name = text.trim();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            && crate::edm::guid::parse(name).is_err()
    };
    let between = |(open, close)| text.strip_prefix(open)?.strip_suffix(close);
    MARKS.into_iter().find_map(between).is_some_and(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_recognised() {
        let model = crate::model::table::autopilot_event();
        for (text, expected) in [
            ("Os Version value", Some(Placeholder::Sample)),
            (
                "Windows10Enrollment Completion Page Configuration Display Name value",
                Some(Placeholder::Sample),
            ),
            ("Display Name value", Some(Placeholder::Sample)),
            ("Default value", None),
            ("value", None),
            ("String", Some(Placeholder::Type)),
            ("String (timestamp)", Some(Placeholder::Type)),
            ("Integer", Some(Placeholder::Type)),
            ("Strings", None),
            ("String theory", None),
            ("<device-id>", Some(Placeholder::Template)),
            ("{{ deviceId }}", Some(Placeholder::Template)),
            ("${SERIAL}", Some(Placeholder::Template)),
            ("{id}", Some(Placeholder::Template)),
            ("{a1b2c3d4-0000-0000-0000-000000000001}", None),
            ("<>", None),
            ("<b>bold</b>", None),
            ("System.Object[]", Some(Placeholder::Truncated)),
            (
                "System.Collections.Generic.Dictionary`2[System.String,System.Object]",
                Some(Placeholder::Truncated),
            ),
            ("@{id=1; displayName=x}", Some(Placeholder::Truncated)),
            ("@{}", None),
            ("", None),
        ] {
            assert_eq!(recognise(text, &model), expected, "{text}");
        }
    }
}

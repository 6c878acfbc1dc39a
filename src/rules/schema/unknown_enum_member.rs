//! Names that the enumeration lacks.

use std::collections::HashSet;

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::meant::translated::{self, Origin};
use crate::meant::{self, meant};
use crate::model::{Enumeration, Model};
use crate::rules::content::placeholder_value::{self, Placeholder};
use crate::rules::{Check, Declaration};
use crate::text::misread;
use crate::text::words::{Words, ours, quoted, words};
use crate::view::{Context, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "unknown-enum-member",
        category: Category::Schema,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a value that the enumeration has in no revision",
        why: "Member names are case-sensitive, and none of these enumerations has a catch-all \
            member: a reader that meets an unknown name fails or drops the event. In a flags \
            enumeration, members are separated by commas without spaces.",
        source: "CSDL of the enumerations",
        bad: &[
            Example::new(r#"{"deploymentState": ⟦"Success"⟧}"#),
            Example::new(r#"{"deploymentState": ⟦"failed"⟧}"#),
            Example::new(r#"{"deploymentState": ⟦"сбой"⟧}"#),
            Example::new(r#"{"enrollmentType": ⟦"userDrivenAADJoin"⟧}"#),
        ],
        good: &[Example::new(
            r#"{"deploymentState": "failure", "enrollmentState": "failed"}"#,
        )],
    },
    checks: &[Check::Schema],
};

/// Names that a help lists.
const MAX_LISTED: usize = 100;

/// A member that SDKs have for what they do not know.
const SENTINEL: &str = "unknownFutureValue";

/// Members of `managedDevice.deviceEnrollmentType`, which is often taken for `enrollmentType`.
const DEVICE_ENROLLMENT_TYPES: [&str; 10] = [
    "appleBulkWithUser",
    "appleBulkWithoutUser",
    "deviceEnrollmentManager",
    "userEnrollment",
    "windowsAutoEnrollment",
    "windowsAzureADJoin",
    "windowsAzureADJoinUsingDeviceAuth",
    "windowsBulkAzureDomainJoin",
    "windowsBulkUserless",
    "windowsCoManagement",
];

/// Reports a text that is no member.
pub(crate) fn report(
    value: Node<'_>,
    enumeration: &Enumeration,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let text = value.string().unwrap_or_default();
    let text = unknown_part(&text, enumeration);
    let is_other_word = translated::is_known(text) || text == SENTINEL;
    let message = words!(
        "{} is not a member of {}",
        quoted(text).shown_if(is_other_word || DEVICE_ENROLLMENT_TYPES.contains(&text)),
        ours(&enumeration.name)
    );
    if findings.are_only_counted() {
        findings.report(value, message);
        return;
    }
    let misread = misread::undo(text);
    let text = misread.as_ref().map_or(text, |misread| &misread.mended);
    let present = enumeration
        .members
        .iter()
        .filter(|member| context.has(member.life));
    let names = present.map(|member| member.name.as_str());
    let names: Vec<&str> = names.take(meant::MAX_KNOWN).collect();
    let help = special(text, enumeration, context.model)
        .or_else(|| other_enumeration(text, enumeration, &names, context.model))
        .or_else(|| Some(meant(text, &names)?.help("enumeration members")))
        .or_else(|| other_word(text, &names))
        .unwrap_or_else(|| one_of(&names));
    findings.report(value, message).help(help);
}

/// The first name of a flags enumeration that is no member; the whole text of another one.
fn unknown_part<'a>(text: &'a str, enumeration: &Enumeration) -> &'a str {
    if !enumeration.flags {
        return text;
    }
    let known = enumeration.members.iter().map(|known| known.name.as_str());
    let known: HashSet<&str> = known.collect();
    let mut parts = text.split(',');
    parts.find(|name| !known.contains(name)).unwrap_or(text)
}

/// Texts that are no name at all, and the sentinel.
fn special(text: &str, enumeration: &Enumeration, model: &Model) -> Option<Words> {
    if text == SENTINEL {
        return Some(
            "it is a mark of SDKs for members that they do not know; the service never gives it"
                .into(),
        );
    }
    let mut members = enumeration.members.iter().take(meant::MAX_KNOWN);
    let is_number = |value: i64| value.to_string() == text;
    if let Some(member) = members.find(|member| member.value.is_some_and(is_number)) {
        return Some(words!("write the member's name: `{}`", ours(&member.name)));
    }
    placeholder_value::recognise(text, model).map(Placeholder::help)
}

/// Members of other enumerations, with this one's word for it.
fn other_enumeration(
    text: &str,
    enumeration: &Enumeration,
    names: &[&str],
    model: &Model,
) -> Option<Words> {
    let others = model.enumerations.iter().flat_map(|other| {
        let members = other.members.iter();
        members.map(move |member| (other, member.name.as_str()))
    });
    let mut others = others.take(meant::MAX_KNOWN);
    let owner = others
        .find(|(_, name)| *name == text)
        .map(|(other, _)| other);
    let owner = match owner {
        Some(other) => other.name.as_str(),
        None if DEVICE_ENROLLMENT_TYPES.contains(&text) => "managedDevice.deviceEnrollmentType",
        None => return None,
    };
    let instead = if let Some((name, _)) = translated::member(text, names) {
        words!("{} has `{}`", ours(&enumeration.name), ours(name))
    } else {
        words!("write {}", one_of(names))
    };
    Some(words!(
        "`{}` belongs to {}; {}",
        ours(text),
        ours(owner),
        instead
    ))
}

/// Members in other words.
fn other_word(text: &str, names: &[&str]) -> Option<Words> {
    let (name, origin) = translated::member(text, names)?;
    Some(match origin {
        Origin::Translation => {
            words!(
                "it is a translation; members are written in English: `{}`",
                ours(name)
            )
        }
        Origin::Synonym => words!("did you mean `{}`?", ours(name)),
    })
}

fn one_of(names: &[&str]) -> Words {
    let listed = names.iter().take(MAX_LISTED);
    let quoted: Vec<_> = listed.map(|name| format!("`{name}`")).collect();
    let others = if names.len() > MAX_LISTED {
        " and others"
    } else {
        ""
    };
    words!("one of {}{}", ours(&quoted.join(", ")), ours(others))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_help_lists_no_more_than_anyone_reads() {
        let names: Vec<String> = (0..=MAX_LISTED).map(|at| format!("n{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let listed = |names: &[&str]| one_of(names).to_string();
        assert_eq!(listed(&names[..2]), "one of `n0`, `n1`");
        assert!(listed(&names[..MAX_LISTED]).ends_with("`n98`, `n99`"));
        assert!(listed(&names).ends_with("`n98`, `n99` and others"));
    }
}

//! Names that the enumeration lacks.

use std::collections::HashSet;

use crate::diagnostic::{Applicability, Category, Example, Fix, Rule, Severity};
use crate::json::{self, Node};
use crate::meant::translated::{self, Another, Origin};
use crate::meant::{self, meant};
use crate::model::{EnumMember, Enumeration, Model};
use crate::rules::content::placeholder_value;
use crate::rules::{Check, Declaration};
use crate::text::misread;
use crate::text::words::{Words, ours, quoted, words};
use crate::view::{Context, Findings, edits};

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
            Example::new(r#"{"deploymentState": ⟦"Success"⟧}"#)
                .fixed(r#"{"deploymentState": "success"}"#),
            Example::new(r#"{"deploymentState": ⟦"failed"⟧}"#)
                .fixed_unsafely(r#"{"deploymentState": "failure"}"#),
            Example::new(r#"{"deploymentState": ⟦"сбой"⟧}"#)
                .fixed(r#"{"deploymentState": "failure"}"#),
            Example::new(r#"{"deploymentState": ⟦"succes"⟧}"#)
                .fixed_unsafely(r#"{"deploymentState": "success"}"#),
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
    let whole = value.string().unwrap_or_default();
    let text = unknown_part(&whole, enumeration);
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
    let present = enumeration
        .members
        .iter()
        .filter(|member| context.has(member.life));
    let names = present.map(|member| member.name.as_str());
    let known = Known {
        enumeration,
        names: names.take(meant::MAX_KNOWN).collect(),
        model: context.model,
    };
    let proposal = known.proposal(text);
    let fix = known.fix(value, &whole, &proposal);
    findings
        .report(value, message)
        .maybe_fix(fix)
        .help(proposal.help);
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

/// What a text was meant to be.
struct Proposal<'a> {
    help: Words,
    /// The member, and how sure that is; `None` where any may be meant.
    right: Option<(&'a str, Applicability)>,
}

impl<'a> Proposal<'a> {
    fn new(help: Words, name: &'a str, certain: bool) -> Self {
        let sure = if certain {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
        let right = Some((name, sure));
        Self { help, right }
    }

    fn unknown(help: impl Into<Words>) -> Self {
        Self {
            help: help.into(),
            right: None,
        }
    }
}

/// An enumeration with those of its members that the selected revision has.
struct Known<'a> {
    enumeration: &'a Enumeration,
    names: Vec<&'a str>,
    model: &'a Model,
}

impl<'a> Known<'a> {
    /// What a single name that is none was meant to be.
    fn proposal(&self, text: &str) -> Proposal<'a> {
        let misread = misread::undo(text);
        let text = misread.as_ref().map_or(text, |misread| &misread.mended);
        let mut proposal = self
            .special(text)
            .or_else(|| self.of_another(text))
            .or_else(|| {
                let meant = meant(text, &self.names)?;
                let help = meant.help("enumeration members");
                Some(Proposal::new(help, meant.name, !meant.is_guess()))
            })
            .or_else(|| self.other_word(text))
            .unwrap_or_else(|| Proposal::unknown(one_of(&self.names)));
        if let Some((_, sure)) = &mut proposal.right
            && misread.is_some()
        {
            *sure = Applicability::Unsafe;
        }
        proposal
    }

    /// What mends a text of one name, or of several in a flags enumeration, the first unknown one of
    /// which was meant to be what `proposal` says.
    fn fix(&self, value: Node<'_>, text: &str, proposal: &Proposal<'a>) -> Option<Fix> {
        /// Unknown names that are looked at: each may be compared with a thousand known ones.
        const MOST_UNKNOWN: usize = 8;
        let (first, mut sure) = proposal.right?;
        if !self.enumeration.flags {
            return Some(write(value, sure, first));
        }
        let present: HashSet<&str> = self.names.iter().copied().collect();
        let mut unknown = 0;
        let mut right = Vec::new();
        for part in text.split(',') {
            if let Some(name) = present.get(part) {
                right.push(*name);
                continue;
            }
            unknown += 1;
            let (name, this) = match unknown {
                1 => (first, sure),
                2..=MOST_UNKNOWN => self.proposal(part).right?,
                _ => return None,
            };
            sure = sure.max(this);
            right.push(name);
        }
        Some(write(value, sure, &right.join(",")))
    }

    /// Texts that are no name at all, and the sentinel.
    fn special(&self, text: &str) -> Option<Proposal<'a>> {
        if text == SENTINEL {
            return Some(Proposal::unknown(
                "it is a mark of SDKs for members that they do not know; the service never gives it",
            ));
        }
        let is_number = |value: i64| value.to_string() == text;
        if let Some(member) = numbered(self.enumeration, is_number).next() {
            return Some(self.of_number(member));
        }
        placeholder_value::recognise(text, self.model)
            .map(|placeholder| Proposal::unknown(placeholder.help()))
    }

    /// The member that a number stands for.
    fn of_number(&self, member: &'a EnumMember) -> Proposal<'a> {
        let help = words!("write the member's name: `{}`", ours(&member.name));
        let name = member.name.as_str();
        let mut same = numbered(self.enumeration, |value| Some(value) == member.value);
        let only = same.nth(1).is_none() && self.names.contains(&name);
        if only {
            Proposal::new(help, name, true)
        } else {
            Proposal::unknown(help)
        }
    }

    /// Members of other enumerations, with this one's word for it.
    fn of_another(&self, text: &str) -> Option<Proposal<'a>> {
        let others = self.model.enumerations.iter().flat_map(|other| {
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
        let help = |instead| {
            let (text, owner) = (ours(text), ours(owner));
            words!("`{}` belongs to {}; {}", text, owner, instead)
        };
        Some(match translated::member(text, &self.names) {
            Some(Another { name, .. }) => {
                let of = ours(&self.enumeration.name);
                Proposal::new(help(words!("{} has `{}`", of, ours(name))), name, false)
            }
            None => Proposal::unknown(help(words!("write {}", one_of(&self.names)))),
        })
    }

    /// Members in other words.
    fn other_word(&self, text: &str) -> Option<Proposal<'a>> {
        let Another {
            name,
            origin,
            certain,
        } = translated::member(text, &self.names)?;
        let help = match origin {
            Origin::Translation => {
                words!(
                    "it is a translation; members are written in English: `{}`",
                    ours(name)
                )
            }
            Origin::Synonym => words!("did you mean `{}`?", ours(name)),
        };
        Some(Proposal::new(help, name, certain))
    }
}

/// The members that have a number for which `is` holds.
fn numbered(
    enumeration: &Enumeration,
    is: impl Fn(i64) -> bool,
) -> impl Iterator<Item = &EnumMember> {
    let members = enumeration.members.iter().take(meant::MAX_KNOWN);
    members.filter(move |member| member.value.is_some_and(&is))
}

/// Writes members of the enumeration in the place of a value.
pub(crate) fn write(value: Node<'_>, sure: Applicability, names: &str) -> Fix {
    let edits = edits(value, &json::string_token(names), true);
    Fix::new(sure, words!("write `{}`", ours(names)), edits)
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

//! How an event says that a member has no value.
//!
//! Owns which ways are open to a member, so that no help and no fix leads to another finding.

use crate::diagnostic::{Edit, Fix};
use crate::edm::{Grammar, date_time};
use crate::json::{self, Kind, Node};
use crate::model::{Member, Mode, TypeRef};
use crate::text::words::{Words, ours, words};

use super::rewriting::edits;
use super::{Context, Findings};

/// The enumeration member that says so.
const UNKNOWN: &str = "unknown";

/// What an event writes for a member without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoValue {
    /// `null`.
    Null,
    /// Nothing.
    LeftOut,
    /// A text that says so.
    Text(String),
    /// There is no way: this mode requires a value.
    Required(Mode),
}

/// What to do where the member has no value.
pub(crate) fn no_value(member: &Member, context: Context<'_>) -> NoValue {
    if member.nullable {
        return NoValue::Null;
    }
    if !context.mode.requires(member) {
        return NoValue::LeftOut;
    }
    match member.type_ref {
        TypeRef::Edm(edm) if *edm.grammar() == Grammar::DateTime => {
            NoValue::Text(date_time::canonical(0, 0))
        }
        TypeRef::Enumeration(index) => {
            let members = &context.model.enumerations[index].members;
            let known = members
                .iter()
                .any(|one| one.name == UNKNOWN && context.has(one.life));
            if known {
                NoValue::Text(UNKNOWN.to_owned())
            } else {
                NoValue::Required(context.mode)
            }
        }
        _ => NoValue::Required(context.mode),
    }
}

impl NoValue {
    /// As a clause.
    pub(crate) fn words(&self) -> Words {
        match self {
            Self::Null => "write null where there is no value".into(),
            Self::LeftOut => "leave the member out where there is no value".into(),
            Self::Text(text) => words!("write `{}` where there is no value", ours(text)),
            Self::Required(mode) => words!("mode {} requires a value", mode.name()),
        }
    }

    /// The fix that says so in the place of a value: that there is none is a guess.
    pub(crate) fn fix(
        &self,
        value: Node<'_>,
        member: &Member,
        context: Context<'_>,
        findings: &Findings<'_>,
    ) -> Option<Fix> {
        if findings.are_only_counted() {
            return None;
        }
        match self {
            Self::Null => Some(Fix::not_safe("write null", edits(value, "null", true))),
            Self::LeftOut => left_out(value, member, context, findings),
            Self::Text(text) => {
                let edits = edits(value, &json::string_token(text), true);
                Some(Fix::not_safe(words!("write `{}`", ours(text)), edits))
            }
            Self::Required(_) => None,
        }
    }
}

/// The fix that takes a member out; `None` where too little would be left to be an event, and for a
/// name that has to be put right first.
fn left_out(
    value: Node<'_>,
    declared: &Member,
    context: Context<'_>,
    findings: &Findings<'_>,
) -> Option<Fix> {
    let found = value.member()?;
    if !found.is_named(&declared.name) {
        return None;
    }
    let is_known = |name: &str| {
        let mut members = context.model.types.iter().flat_map(|one| &one.members);
        members.any(|member| member.name == name)
    };
    let mut others = findings.holder(value).members().filter(|other| {
        let is_other = other.name.index() != found.name.index();
        is_other && other.value.kind() != Kind::Null && is_known(&other.name_text())
    });
    others.next()?;
    let message = words!("remove `{}`", ours(&declared.name));
    Some(Fix::not_safe(message, [Edit::delete(found.removal())]))
}

/// Whether a text stands for no value, as writers of other notations have it.
pub(crate) fn says_nothing(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "",
        "-",
        "--",
        "n/a",
        "na",
        "nan",
        "nat",
        "never",
        "nil",
        "none",
        "null",
        "undefined",
        "unset",
    ];
    let text = text.trim();
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_known() {
        for text in ["", " ", "N/A", "NaT", "None", "null"] {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in ["0", "nobody", "2024-05-02", "PT0S"] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }
}

//! How an event says that a member has no value.
//!
//! Owns which ways are open to a member, so that no help leads to another finding.

use crate::edm::{Grammar, date_time};
use crate::model::{Member, TypeRef};
use crate::text::words::{Words, ours, words};

use super::Context;

/// The enumeration member that says so.
const UNKNOWN: &str = "unknown";

/// What to do where the member has no value, as a clause.
pub(crate) fn no_value(member: &Member, context: Context<'_>) -> Words {
    if member.nullable {
        return "write null where there is no value".into();
    }
    if !context.mode.requires(member) {
        return "leave the member out where there is no value".into();
    }
    match member.type_ref {
        TypeRef::Edm(edm) if *edm.grammar() == Grammar::DateTime => {
            let unset = date_time::canonical(0, 0);
            words!("write `{}` where there is no value", ours(&unset))
        }
        TypeRef::Enumeration(index) => {
            let members = &context.model.enumerations[index].members;
            let known = members
                .iter()
                .any(|one| one.name == UNKNOWN && context.has(one.life));
            if known {
                words!("write `{}` where there is no value", UNKNOWN)
            } else {
                words!("mode {} requires a value", context.mode.name())
            }
        }
        _ => words!("mode {} requires a value", context.mode.name()),
    }
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

//! The members of an enumeration, as the row of a property and the enumeration's page list them.
//!
//! Where two lists differ, one is taken as a whole, and what differs is put in words. Knows nothing
//! of where pages come from.

use super::page::{Listed, Property};
use crate::model::{EnumMember, Enumeration};

/// The list in the row itself.
pub(super) fn inline(row: &Property) -> Vec<Listed> {
    let listed = |name: &String| Listed {
        name: name.clone(),
        value: None,
        line: row.line,
    };
    row.listed.iter().map(listed).collect()
}

/// The list to take, of that on the linked page and that in the row, and how they differ, if they
/// do. The page wins where it has all that the row has, as rows lag behind.
pub(super) fn settle(row: &Property, linked: &[Listed]) -> (Vec<Listed>, Option<String>) {
    let in_page = |name: &String| linked.iter().any(|member| member.name == *name);
    let missing: Vec<&str> = row
        .listed
        .iter()
        .filter(|name| !in_page(name))
        .map(String::as_str)
        .collect();
    let extra: Vec<&str> = linked
        .iter()
        .filter(|member| !row.listed.is_empty() && !row.listed.contains(&member.name))
        .map(|member| member.name.as_str())
        .collect();
    if missing.is_empty() && extra.is_empty() {
        return (linked.to_vec(), None);
    }
    let (members, taken) = if missing.is_empty() {
        (linked.to_vec(), "the page")
    } else {
        (with_values(inline(row), linked), "the row")
    };
    let difference = format!(
        "the values of `{}` differ: only in the row: {}; only on the linked page: {}; \
         using those of {taken}",
        row.name,
        quoted(&missing),
        quoted(&extra)
    );
    (members, Some(difference))
}

/// `members` with the numeric values that they have in another list.
fn with_values(mut members: Vec<Listed>, other: &[Listed]) -> Vec<Listed> {
    let value = |name: &str| other.iter().find(|member| member.name == name)?.value;
    for member in &mut members {
        member.value = value(&member.name);
    }
    members
}

/// An enumeration of the model, with or without the numeric values of its members.
pub(super) fn enumeration(name: &str, members: &[Listed], values: bool) -> Enumeration {
    let member = |listed: &Listed| EnumMember {
        name: listed.name.clone(),
        value: listed.value.filter(|_| values),
        ..EnumMember::default()
    };
    Enumeration {
        name: name.to_owned(),
        members: members.iter().map(member).collect(),
        ..Enumeration::default()
    }
}

/// Puts the members of `new` before those that only `old` has; gives whether it has any that `old`
/// lacks, without which nothing is done.
pub(super) fn join(old: &mut Vec<EnumMember>, new: Vec<EnumMember>) -> bool {
    let has = |list: &[EnumMember], name: &str| list.iter().any(|one| one.name == name);
    let more = new.iter().any(|member| !has(old, &member.name));
    if more {
        old.retain(|member| !has(&new, &member.name));
        old.splice(..0, new);
    }
    more
}

fn quoted(names: &[&str]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

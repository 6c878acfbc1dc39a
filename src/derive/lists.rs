//! The members of an enumeration, as the row of a property and the enumeration's page list them.
//!
//! Where two lists differ, one is taken as a whole, and what differs is put in words. Knows nothing
//! of where pages come from.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::page::{Listed, Property};
use crate::model::{EnumMember, Enumeration};

/// Names that a message lists.
const MAX_QUOTED: usize = 50;

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
pub(super) fn settle(row: &Property, page: &Rc<EnumerationPage>) -> (Taken, Option<String>) {
    if row.listed.is_empty() {
        return (Taken::Page(Rc::clone(page)), None);
    }
    let listed: HashSet<&str> = row.listed.iter().map(String::as_str).collect();
    let in_page = |name: &&&String| page.value_of.contains_key(**name);
    let missing: Vec<&str> = row
        .listed
        .iter()
        .filter(|name| !in_page(&name))
        .map(String::as_str)
        .collect();
    let both = listed.len() - missing.len();
    let extra = page.members.len() - both;
    if missing.is_empty() && extra == 0 {
        return (Taken::Page(Rc::clone(page)), None);
    }
    let names = page.members.iter().map(|member| member.name.as_str());
    let only_in_page = names.filter(|name| !listed.contains(name));
    let (only_in_row, only_in_page) = (
        quoted(missing.iter().copied(), missing.len()),
        quoted(only_in_page, extra),
    );
    let (members, taken) = if missing.is_empty() {
        (Taken::Page(Rc::clone(page)), "the page")
    } else {
        (Taken::Row(page.with_values(inline(row))), "the row")
    };
    let difference = format!(
        "the values of `{}` differ: only in the row: {only_in_row}; only on the linked page: \
         {only_in_page}; using those of {taken}",
        row.name
    );
    (members, Some(difference))
}

/// The members that an enumeration's own page lists, each once.
#[derive(Debug)]
pub(super) struct EnumerationPage {
    members: Vec<Listed>,
    value_of: HashMap<String, Option<i64>>,
}

impl EnumerationPage {
    pub(super) fn new(members: Vec<Listed>) -> Self {
        let values = members.iter().map(|one| (one.name.clone(), one.value));
        Self {
            value_of: values.collect(),
            members,
        }
    }

    /// `members` with the numeric values that they have here.
    fn with_values(&self, mut members: Vec<Listed>) -> Vec<Listed> {
        for member in &mut members {
            member.value = self.value_of.get(&member.name).copied().flatten();
        }
        members
    }
}

/// A list of members that was taken.
#[derive(Debug, Clone)]
pub(super) enum Taken {
    Page(Rc<EnumerationPage>),
    Row(Vec<Listed>),
}

impl Taken {
    fn members(&self) -> &[Listed] {
        match self {
            Self::Page(page) => &page.members,
            Self::Row(members) => members,
        }
    }
}

/// An enumeration whose members are being gathered from lists.
#[derive(Debug)]
pub(super) struct Gathered {
    name: String,
    values: bool,
    /// For each member the number of the list that it stands in, its place there and its value.
    members: HashMap<String, (usize, usize, Option<i64>)>,
    lists: usize,
    /// Pages all of whose members it has.
    pages: HashSet<*const EnumerationPage>,
}

impl Gathered {
    /// `values`: the numeric ones are kept.
    pub(super) fn new(name: String, members: &Taken, values: bool) -> Self {
        let mut gathered = Self {
            name,
            values,
            members: HashMap::new(),
            lists: 0,
            pages: HashSet::new(),
        };
        gathered.join(members);
        gathered
    }

    /// Puts these members before those that only it has; gives whether they have any that it
    /// lacks, without which nothing is done.
    pub(super) fn join(&mut self, members: &Taken) -> bool {
        if let Taken::Page(page) = members
            && !self.pages.insert(Rc::as_ptr(page))
        {
            return false;
        }
        let lacking = |member: &Listed| !self.members.contains_key(&member.name);
        let more = members.members().iter().any(lacking);
        if more {
            self.put(members);
        }
        more
    }

    fn put(&mut self, members: &Taken) {
        for (place, member) in members.members().iter().enumerate() {
            let stands = (self.lists, place, member.value);
            self.members.insert(member.name.clone(), stands);
        }
        self.lists += 1;
    }

    /// The enumeration: the members of the last list first.
    pub(super) fn finish(self) -> Enumeration {
        let mut members: Vec<_> = self.members.into_iter().collect();
        members.sort_unstable_by_key(|(_, (list, place, _))| (Reverse(*list), *place));
        let member = |(name, (.., value)): (String, (usize, usize, Option<i64>))| EnumMember {
            name,
            value: value.filter(|_| self.values),
            ..EnumMember::default()
        };
        Enumeration {
            name: self.name,
            members: members.into_iter().map(member).collect(),
            ..Enumeration::default()
        }
    }
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

/// The names, as many as a reader can make use of.
fn quoted<'a>(names: impl Iterator<Item = &'a str>, count: usize) -> String {
    if count == 0 {
        return "none".to_owned();
    }
    let quoted: Vec<String> = names
        .take(MAX_QUOTED)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = count - quoted.len();
    let quoted = quoted.join(", ");
    if more > 0 {
        format!("{quoted} and {more} more")
    } else {
        quoted
    }
}

//! Where the members of a model's types stand, by name.
//!
//! Short lists are searched. In a long one, as a schema from elsewhere may have, a search for each
//! name of a payload would take the product of both. Knows nothing of payloads.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::Model;

/// Names that are found as fast by looking at each.
const FEW: usize = 64;

/// Longest name that is found by its letters, in bytes.
const MAX_LETTERS: usize = 256;

/// A model, with the names of its members indexed.
#[derive(Debug)]
pub(crate) struct Lookup {
    model: Arc<Model>,
    members: Vec<Names>,
    enum_members: Vec<Names>,
    /// Built for a type when a wrong name is first met in an object of it.
    letters: Vec<OnceLock<HashMap<String, Spelt>>>,
}

/// Places by name; none for a list that is searched.
type Names = Option<HashMap<String, usize>>;

/// A member that is found by its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelt {
    /// Its index; where several have these letters, that of the first.
    pub(crate) member: usize,
    /// No other has them.
    pub(crate) only: bool,
}

impl Lookup {
    pub(crate) fn new(model: Arc<Model>) -> Self {
        let members = model.types.iter().map(|of| {
            let names = of.members.iter().map(|member| member.name.as_str());
            names_of(names)
        });
        let enum_members = model.enumerations.iter().map(|of| {
            let names = of.members.iter().map(|member| member.name.as_str());
            names_of(names)
        });
        Self {
            members: members.collect(),
            enum_members: enum_members.collect(),
            letters: model.types.iter().map(|_| OnceLock::new()).collect(),
            model,
        }
    }

    /// The model.
    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// Index of the member of this name of the type `of`.
    pub(crate) fn member(&self, of: usize, name: &str) -> Option<usize> {
        if let Some(names) = &self.members[of] {
            return names.get(name).copied();
        }
        let mut members = self.model.types[of].members.iter();
        members.position(|member| member.name == name)
    }

    /// The same in whatever letter case.
    pub(crate) fn member_in_any_case(&self, of: usize, name: &str) -> Option<usize> {
        let members = &self.model.types[of].members;
        if self.members[of].is_none() {
            return members
                .iter()
                .position(|member| member.name.eq_ignore_ascii_case(name));
        }
        self.member(of, name).or_else(|| {
            let Spelt { member, .. } = self.member_of_letters(of, name)?;
            let same = members[member].name.eq_ignore_ascii_case(name);
            same.then_some(member)
        })
    }

    /// The member of the type `of` that has the letters and digits of `name`, whatever their case
    /// and what parts its words.
    pub(crate) fn member_of_letters(&self, of: usize, name: &str) -> Option<Spelt> {
        let by_letters = self.letters[of].get_or_init(|| {
            let mut spelt: HashMap<String, Spelt> = HashMap::new();
            for (member, known) in self.model.types[of].members.iter().enumerate() {
                if let Some(letters) = letters(&known.name) {
                    let first = spelt.entry(letters);
                    first
                        .and_modify(|first| first.only = false)
                        .or_insert(Spelt { member, only: true });
                }
            }
            spelt
        });
        by_letters.get(&letters(name)?).copied()
    }

    /// Index of the member of this name of the enumeration `of`.
    pub(crate) fn enum_member(&self, of: usize, name: &str) -> Option<usize> {
        if let Some(names) = &self.enum_members[of] {
            return names.get(name).copied();
        }
        let mut members = self.model.enumerations[of].members.iter();
        members.position(|member| member.name == name)
    }
}

/// The letters and digits of a name in lower case, without what parts its words; `None` where
/// there are other characters, none of these, or too many.
#[must_use]
pub(crate) fn letters(name: &str) -> Option<String> {
    if name.len() > MAX_LETTERS {
        return None;
    }
    let mut letters = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            ' ' | '-' | '_' | '.' => {}
            c if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    (!letters.is_empty()).then_some(letters)
}

fn names_of<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> Names {
    if names.len() <= FEW {
        return None;
    }
    let mut places = HashMap::new();
    for (place, name) in names.enumerate() {
        places.entry(name.to_owned()).or_insert(place);
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::super::{EnumMember, Enumeration};
    use super::*;

    #[test]
    fn a_name_is_found_where_it_stands_first() {
        for count in [0, 1, FEW, FEW + 1, 1000] {
            let mut model = crate::model::table::autopilot_event();
            let names = (0..count).map(|number| format!("n{}", number % 100));
            let member = |name| EnumMember {
                name,
                ..EnumMember::default()
            };
            model.enumerations = vec![Enumeration {
                members: names.map(member).collect(),
                ..Enumeration::default()
            }];
            let lookup = Lookup::new(Arc::new(model));
            for number in 0..120 {
                let found = lookup.enum_member(0, &format!("n{number}"));
                assert_eq!(found, (number < count.min(100)).then_some(number));
            }
        }
    }

    /// A lookup in a type whose members have these names.
    fn lookup(names: &[String]) -> Lookup {
        let mut model = crate::model::table::autopilot_event();
        let members = &mut model.types[0].members;
        let member = members[0].clone();
        members.clear();
        members.extend(names.iter().map(|name| super::super::Member {
            name: name.clone(),
            ..member.clone()
        }));
        Lookup::new(Arc::new(model))
    }

    #[test]
    fn a_name_is_found_by_its_letters_in_lists_of_any_length() {
        for count in [0, FEW, 10 * FEW] {
            let filler = (0..count).map(|number| format!("n{number}"));
            let names = ["osVersion", "user_id", "userId", "größe"].map(str::to_owned);
            let lookup = lookup(&names.into_iter().chain(filler).collect::<Vec<_>>());
            for (name, any_case, spelt) in [
                ("osVersion", Some(0), Some((0, true))),
                ("OSVERSION", Some(0), Some((0, true))),
                ("os-version", None, Some((0, true))),
                ("Os Version", None, Some((0, true))),
                ("user.id", None, Some((1, false))),
                ("User_Id", Some(1), Some((1, false))),
                ("userId", Some(2), Some((1, false))),
                ("größe", Some(3), None),
                ("osVersiоn", None, None),
                ("", None, None),
                ("-", None, None),
                (&"o".repeat(1_000_000), None, None),
            ] {
                assert_eq!(lookup.member_in_any_case(0, name), any_case, "{name}");
                let found = lookup.member_of_letters(0, name);
                let found = found.map(|spelt| (spelt.member, spelt.only));
                assert_eq!(found, spelt, "{name}");
            }
        }
    }
}

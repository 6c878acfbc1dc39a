//! Where the members of a model's types stand, by name.
//!
//! Short lists are searched. In a long one, as a schema from elsewhere may have, a search for each
//! name of a payload would take the product of both. Knows nothing of payloads.

use std::collections::HashMap;

use super::Model;

/// Names that are found as fast by looking at each.
const FEW: usize = 64;

/// The names of a model's members.
#[derive(Debug)]
pub(crate) struct Lookup {
    members: Vec<Names>,
    enum_members: Vec<Names>,
}

/// Places by name; none for a list that is searched.
type Names = Option<HashMap<String, usize>>;

impl Lookup {
    pub(crate) fn new(model: &Model) -> Self {
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
        }
    }

    /// Index of the member of this name of the type `of`.
    pub(crate) fn member(&self, model: &Model, of: usize, name: &str) -> Option<usize> {
        if let Some(names) = &self.members[of] {
            return names.get(name).copied();
        }
        let mut members = model.types[of].members.iter();
        members.position(|member| member.name == name)
    }

    /// Index of the member of this name of the enumeration `of`.
    pub(crate) fn enum_member(&self, model: &Model, of: usize, name: &str) -> Option<usize> {
        if let Some(names) = &self.enum_members[of] {
            return names.get(name).copied();
        }
        let mut members = model.enumerations[of].members.iter();
        members.position(|member| member.name == name)
    }
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
            let lookup = Lookup::new(&model);
            for number in 0..120 {
                let found = lookup.enum_member(&model, 0, &format!("n{number}"));
                assert_eq!(found, (number < count.min(100)).then_some(number));
            }
        }
    }
}

//! The names of a model's types, and whose they are.
//!
//! Two types of one name from different pages are two types: the second one is numbered. Knows
//! nothing of what the types are.

use std::collections::HashMap;

/// What bears a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) enumeration: bool,
    /// Key of its page where it has one.
    pub(super) page: Option<String>,
}

impl Owner {
    fn is(&self, other: &Self) -> bool {
        let somewhere_else = self.page.is_some() && other.page.is_some() && self.page != other.page;
        self.enumeration == other.enumeration && !somewhere_else
    }
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Claims {
    owners: HashMap<String, Owner>,
    series: HashMap<String, Series>,
}

/// A name and the same with numbers, as far as they were looked at.
#[derive(Debug, Default)]
struct Series {
    /// How many.
    length: usize,
    /// The first one of a kind, whatever its page.
    of_kind: HashMap<bool, usize>,
    /// The first one of each owner.
    of_owner: HashMap<(bool, Option<String>), usize>,
}

/// The name under which a type stands in the model.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) name: String,
    /// Its own name was another type's, and this one is new.
    pub(super) renamed: bool,
}

impl Claims {
    /// The name that stands for `owner` already or, if there is none, the first that is free.
    pub(super) fn claim(&mut self, name: &str, owner: Owner) -> Claim {
        let series = self.series.entry(name.to_owned()).or_default();
        if let Some(index) = series.find(&owner) {
            return Claim {
                name: numbered(name, index),
                renamed: false,
            };
        }
        loop {
            let index = series.length;
            let numbered = numbered(name, index);
            let Some(other) = self.owners.get(&numbered) else {
                series.push(&owner);
                self.owners.insert(numbered.clone(), owner);
                return Claim {
                    name: numbered,
                    renamed: index > 0,
                };
            };
            series.push(other);
            if other.is(&owner) {
                return Claim {
                    name: numbered,
                    renamed: false,
                };
            }
        }
    }
}

impl Series {
    /// The first one that may be the owner's.
    fn find(&self, owner: &Owner) -> Option<usize> {
        let kind = owner.enumeration;
        if owner.page.is_none() {
            return self.of_kind.get(&kind).copied();
        }
        let same = self.of_owner.get(&(kind, owner.page.clone()));
        let anywhere = self.of_owner.get(&(kind, None));
        same.into_iter().chain(anywhere).min().copied()
    }

    fn push(&mut self, owner: &Owner) {
        let index = self.length;
        self.length += 1;
        self.of_kind.entry(owner.enumeration).or_insert(index);
        let key = (owner.enumeration, owner.page.clone());
        self.of_owner.entry(key).or_insert(index);
    }
}

fn numbered(name: &str, index: usize) -> String {
    match index {
        0 => name.to_owned(),
        index => format!("{name}_{}", index + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by trying every number.
    #[derive(Default)]
    struct Tried(HashMap<String, Owner>);

    impl Tried {
        fn claim(&mut self, name: &str, owner: Owner) -> Claim {
            let mut index = 0;
            while let Some(other) = self.0.get(&numbered(name, index))
                && !other.is(&owner)
            {
                index += 1;
            }
            let name = numbered(name, index);
            let renamed = index > 0 && !self.0.contains_key(&name);
            self.0.entry(name.clone()).or_insert(owner);
            Claim { name, renamed }
        }
    }

    #[test]
    fn names_are_those_that_trying_every_number_gives() {
        let mut state = 1_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let (mut claims, mut tried) = (Claims::default(), Tried::default());
        for _ in 0..20_000 {
            let name = ["a", "a_2", "a_2_2", "b", "a_12"][next(5) as usize];
            let page = match next(40) {
                0 => None,
                number => Some(number.to_string()),
            };
            let owner = Owner {
                enumeration: next(3) == 0,
                page,
            };
            let expected = tried.claim(name, owner.clone());
            assert_eq!(claims.claim(name, owner), expected);
            if next(2000) == 0 {
                (claims, tried) = (Claims::default(), Tried::default());
            }
        }
    }
}

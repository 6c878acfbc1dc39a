//! Literals, decided while they are read, by the grammars of the full path.
//!
//! Owns which types can be decided on the way. Only accepts: what is not ordinary stays open.

use std::ops::RangeInclusive;

use crate::edm::{self, date_time, duration, guid, integer};
use crate::json::{Kind, Scalar};
use crate::lint::setup::Setup;
use crate::model::{Member, Role, TypeRef};
use crate::rules::OrdinaryText;
use crate::text::bytes::{Expected, find_quote_backslash_or_control};
use crate::view::Decoded;

use super::ordinary::Ordinary;

/// What decides the value of a declared member while it is read.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    nullable: bool,
    grammar: Grammar,
}

#[derive(Debug, Clone)]
enum Grammar {
    DateTime,
    Duration,
    Guid,
    Integer(RangeInclusive<i64>),
    /// The members that the selected revision has, each with the quotes around it.
    Enumeration(Vec<(Expected, Decoded)>),
    /// What the rules find ordinary, each predicate once.
    Text(Vec<OrdinaryText>),
    /// Left open.
    Other,
}

impl Literal {
    pub(super) fn of(setup: &Setup, member: &Member) -> Self {
        Self {
            nullable: member.nullable,
            grammar: Grammar::of(setup, member),
        }
    }

    /// Leaves every value open.
    pub(super) const OPEN: Self = Self {
        nullable: false,
        grammar: Grammar::Other,
    };

    /// Reads a value about which no rule on literals has anything to say; `None` = not sure.
    #[inline]
    pub(super) fn read(
        &self,
        setup: &Setup,
        whole: &str,
        at: usize,
        decoded: &mut Decoded,
    ) -> Option<Scalar> {
        let bytes = whole.as_bytes();
        let text = match bytes.get(at)? {
            b'"' => &bytes[at + 1..],
            b'n' if self.nullable && bytes[at..].starts_with(b"null") => {
                return Some(Scalar::plain(Kind::Null, at + 4));
            }
            _ => return self.number(whole, at),
        };
        let length = match &self.grammar {
            Grammar::DateTime => {
                let (value, length) = date_time::prefix(text)?;
                *decoded = Decoded::Instant(value);
                let ordinary = value.is_ordinary() && setup.finds_ordinary(&value);
                (ordinary && setup.accepts_spelling(value.remarks)).then_some(length)?
            }
            Grammar::Duration => {
                let (value, length) = duration::prefix(text, b'"')?;
                *decoded = Decoded::Duration(value);
                let ordinary = value.is_ordinary() && setup.accepts_spelling(value.remarks);
                ordinary.then_some(length)?
            }
            Grammar::Guid => {
                let guid = whole.get(at + 1..at + 1 + guid::LENGTH)?;
                *decoded = Decoded::Text;
                guid::parse(guid).is_ordinary().then_some(guid::LENGTH)?
            }
            Grammar::Enumeration(members) => {
                let mut members = members.iter();
                let (token, state) = members.find(|(token, _)| token.stands_at(bytes, at))?;
                *decoded = *state;
                token.len() - 2
            }
            Grammar::Text(rules) => {
                let length = find_quote_backslash_or_control(text, 0);
                let text = whole.get(at + 1..at + 1 + length)?;
                *decoded = Decoded::Text;
                rules
                    .iter()
                    .all(|ordinary| ordinary(text))
                    .then_some(length)?
            }
            Grammar::Integer(_) | Grammar::Other => return None,
        };
        let end = at + 1 + length;
        (bytes.get(end) == Some(&b'"')).then(|| Scalar::plain(Kind::String, end + 1))
    }

    fn number(&self, whole: &str, at: usize) -> Option<Scalar> {
        let Grammar::Integer(range) = &self.grammar else {
            return None;
        };
        if let Some((value, length)) = integer::prefix(&whole.as_bytes()[at..]) {
            let ordinary = range.contains(&value) && value.is_ordinary();
            return ordinary.then(|| Scalar::plain(Kind::Number, at + length));
        }
        let scalar = Scalar::read(whole.as_bytes(), at)?;
        let raw = whole.get(at..scalar.end())?;
        let value = integer::parse(raw, range.clone());
        value.is_ordinary().then_some(scalar)
    }
}

impl Grammar {
    fn of(setup: &Setup, member: &Member) -> Self {
        if member.collection {
            return Self::Other;
        }
        match member.type_ref {
            TypeRef::Edm(edm) => match edm.grammar() {
                edm::Grammar::DateTime => Self::DateTime,
                edm::Grammar::Duration => Self::Duration,
                edm::Grammar::Guid => Self::Guid,
                edm::Grammar::Text if member.role == Some(Role::Guid) => Self::Guid,
                edm::Grammar::Text => {
                    let rules = setup.checks.of_text(member.role);
                    let mut predicates: Vec<OrdinaryText> = Vec::new();
                    for (_, ordinary, _) in rules {
                        // Some rules share one, which is asked once.
                        let known = |asked: &OrdinaryText| std::ptr::fn_addr_eq(*asked, ordinary);
                        if !predicates.iter().any(known) {
                            predicates.push(ordinary);
                        }
                    }
                    Self::Text(predicates)
                }
                edm::Grammar::Integer(range) => Self::Integer(range.clone()),
                _ => Self::Other,
            },
            TypeRef::Enumeration(index) => {
                let members = setup.model.enumerations[index].members.iter().enumerate();
                let context = setup.context();
                let known = members.filter(|(_, member)| context.has(member.life));
                let token = |name: &str| Expected::new(format!("\"{name}\"").as_bytes());
                let state = |at| Decoded::state(index, at);
                let members = known.map(|(at, member)| (token(&member.name), state(at)));
                Self::Enumeration(members.collect())
            }
            TypeRef::Structured(_) => Self::Other,
        }
    }
}

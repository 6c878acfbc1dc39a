//! An event as rules see it: a slot for each declared member, with its value decoded once.
//!
//! Owns the binding of member names to declarations. Knows nothing of rules and findings.

use std::borrow::Cow;
use std::cell::Cell;

use super::{Field, Payload};
use crate::diagnostic::{self, Quantity};
use crate::edm::{date_time::DateTime, duration::Duration};
use crate::json::Node;
use crate::model::{Life, Member, Mode, Model, StructuredType};
use crate::text::bytes;

/// A member whose name holds an `@`: control information or an annotation (OData JSON 4.5, 20).
#[derive(Debug, Clone, Copy)]
pub struct Annotation<'a> {
    /// The name.
    pub name: Node<'a>,
    /// The value.
    pub value: Node<'a>,
    /// What stands before the `@`: the annotated member, empty where it is the object itself. The
    /// declared name, where it is written otherwise.
    pub target: &'a str,
    /// What stands after the `@`.
    pub term: &'a str,
    /// The object it stands in.
    pub object: Node<'a>,
    /// The declared type of that object.
    pub declared: &'a StructuredType,
    /// What it is checked against.
    pub context: Context<'a>,
}

/// Whether a member name is that of an annotation or of control information.
#[inline]
pub(crate) fn is_annotation(name: &str) -> bool {
    // Asked of every name of every event, and nearly all have none.
    bytes::contains(name.as_bytes(), b'@')
}

/// What a check is made against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The property table.
    pub model: &'a Model,
    /// Index of the selected revision; `None` = any.
    pub revision: Option<usize>,
    /// The selected mode.
    pub mode: Mode,
    /// The current time, in ticks of [`DateTime::ticks`], where the caller gave it.
    pub now: Option<i64>,
}

impl<'a> Annotation<'a> {
    /// What is annotated: the member as its name is written; `None` where it is absent.
    #[must_use]
    pub fn annotated(&self) -> Option<Node<'a>> {
        let text = self.name.text();
        let (target, _) = text.split_once('@')?;
        self.object.get(target)
    }
}

impl Context<'_> {
    /// Whether the selected revision has what lives in `life`; with no revision selected, any has.
    #[must_use]
    pub fn has(&self, life: Life) -> bool {
        self.revision.is_none_or(|revision| life.covers(revision))
    }

    /// Name of the selected revision, or `any`.
    #[must_use]
    pub fn revision_name(&self) -> &str {
        self.revision
            .map_or("any", |revision| &self.model.revisions[revision])
    }

    /// Since when, or until when, something exists, as seen from the selected revision.
    #[must_use]
    pub fn existence(&self, life: Life) -> String {
        let name = |revision: usize| &self.model.revisions[revision];
        match (self.revision, life.removed) {
            (Some(revision), Some(removed)) if revision >= removed => {
                format!("removed in {}", name(removed))
            }
            _ => format!("added in {}", name(life.since)),
        }
    }
}

/// The decoded value of a slot.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Decoded {
    /// Nothing that rules could use: absent, null, of the wrong type or not a literal.
    #[default]
    None,
    Instant(DateTime),
    Duration(Duration),
    /// An enumeration and its member, by their indices.
    State(u16, u16),
    Text,
}

impl Decoded {
    pub(crate) fn state(enumeration: usize, member: usize) -> Self {
        match (u16::try_from(enumeration), u16::try_from(member)) {
            (Ok(enumeration), Ok(member)) => Self::State(enumeration, member),
            _ => Self::None,
        }
    }
}

/// Where a declared member stands and what its value is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Slot {
    /// Tape index of the name; 0 = absent (0 is the root, never a name).
    pub(crate) name: u32,
    pub(crate) value: u32,
    pub(crate) decoded: Decoded,
}

/// An event: one payload with its slots.
#[derive(Debug)]
pub struct Event<'a> {
    pub(crate) payload: &'a Payload<'a>,
    /// What it is checked against.
    pub context: Context<'a>,
    pub(crate) slots: &'a [Slot],
    pub(crate) fields: &'a FieldMap,
    /// Where somebody wants to know what is read.
    pub(crate) reads: Option<&'a Cell<Reads>>,
}

/// Slots that were read, each a bit; all of them where it cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Reads(u64);

impl Reads {
    const ALL: Self = Self(u64::MAX);

    /// That of one slot; of those that have no bit of their own, all of them.
    pub(crate) fn of(slot: usize) -> Self {
        let bit = u32::try_from(slot)
            .ok()
            .and_then(|slot| 1_u64.checked_shl(slot));
        bit.map_or(Self::ALL, Self)
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn overlap(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A value with its place.
#[derive(Debug, Clone, Copy)]
pub struct FieldValue<'a, T> {
    payload: &'a Payload<'a>,
    /// Tape index of the value.
    index: u32,
    field: Field,
    /// The value.
    pub value: T,
}

impl<'a, T> FieldValue<'a, T> {
    /// Where the value stands.
    #[must_use]
    pub const fn node(&self) -> Node<'a> {
        self.payload.node.document().node(self.index)
    }

    /// Name of the member.
    #[must_use]
    pub fn member(&self) -> &'static str {
        self.field.name()
    }
}

impl<'a> Event<'a> {
    /// What the model declares of a field, for messages: it looks through all members.
    pub(crate) fn declared(&self, field: Field) -> Option<&'a Member> {
        let mut members = self.context.model.resource().members.iter();
        members.find(|member| member.name == field.name())
    }

    /// Where it stands, with all that is in it.
    #[must_use]
    pub fn payload(&self) -> &'a Payload<'a> {
        self.note(Reads::ALL);
        self.payload
    }

    /// The instant that a member gives; `None` for absent, null and unset (year 1) ones and for
    /// texts that are none.
    #[inline]
    #[must_use]
    pub fn instant(&self, field: Field) -> Option<FieldValue<'a, DateTime>> {
        let slot = self.slot(field)?;
        match slot.decoded {
            Decoded::Instant(value) if !value.unset => Some(self.operand(field, slot, value)),
            _ => None,
        }
    }

    /// The duration that a member gives, in ticks of 100 ns.
    #[inline]
    #[must_use]
    pub fn duration(&self, field: Field) -> Option<FieldValue<'a, i64>> {
        let slot = self.slot(field)?;
        match slot.decoded {
            Decoded::Duration(value) => Some(self.operand(field, slot, value.ticks)),
            _ => None,
        }
    }

    /// The name of the enumeration member that a member gives.
    #[inline]
    #[must_use]
    pub fn state(&self, field: Field) -> Option<FieldValue<'a, &'a str>> {
        let slot = self.slot(field)?;
        let Decoded::State(enumeration, member) = slot.decoded else {
            return None;
        };
        let enumeration = &self.context.model.enumerations[usize::from(enumeration)];
        let name = &enumeration.members[usize::from(member)].name;
        Some(self.operand(field, slot, name.as_str()))
    }

    /// The date of a member that is not set: one in year 1, as .NET writes it.
    #[inline]
    #[must_use]
    pub fn unset(&self, field: Field) -> Option<FieldValue<'a, DateTime>> {
        let slot = self.slot(field)?;
        match slot.decoded {
            Decoded::Instant(value) if value.unset => Some(self.operand(field, slot, value)),
            _ => None,
        }
    }

    /// The text that a member of type Edm.String gives, escapes resolved.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<FieldValue<'a, Cow<'a, str>>> {
        let slot = self.slot(field)?;
        match slot.decoded {
            Decoded::Text => {
                let text = self.value(field)?.string()?;
                Some(self.operand(field, slot, text))
            }
            _ => None,
        }
    }

    /// The value of a member, whatever it is; `None` where it is absent.
    #[inline]
    #[must_use]
    pub fn value(&self, field: Field) -> Option<Node<'a>> {
        let slot = self.slot(field)?;
        Some(self.payload.node.document().node(slot.value))
    }

    /// The declared members that are there, and their names: of a name that stands for a declared
    /// one, the declared one is given.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a crate::model::Member, Node<'a>)> {
        self.note(Reads::ALL);
        let document = self.payload.node.document();
        let members = self.context.model.resource().members.iter();
        let members = std::iter::zip(members, self.slots);
        let present = members.filter(|(_, slot)| slot.name != 0);
        present.map(move |(member, slot)| (member, document.node(slot.name)))
    }

    /// The dates and durations that are set, in the order of the property table.
    pub(crate) fn times(&self) -> impl Iterator<Item = diagnostic::Operand> {
        let members = &self.context.model.resource().members;
        members.iter().zip(self.slots).filter_map(|(member, slot)| {
            let quantity = match slot.decoded {
                Decoded::Instant(value) if !value.unset => Quantity::Instant(value.ticks),
                Decoded::Duration(value) => Quantity::Duration(value.ticks),
                _ => return None,
            };
            Some(diagnostic::Operand {
                name: member.name.clone(),
                quantity,
            })
        })
    }

    #[inline]
    fn slot(&self, field: Field) -> Option<&'a Slot> {
        let index = self.fields.slot(field)?;
        if self.reads.is_some() {
            self.note(Reads::of(index));
        }
        let slot = &self.slots[index];
        (slot.name != 0).then_some(slot)
    }

    #[cold]
    fn note(&self, reads: Reads) {
        if let Some(noted) = self.reads {
            noted.set(noted.get().and(reads));
        }
    }

    #[inline]
    const fn operand<T>(&self, field: Field, slot: &Slot, value: T) -> FieldValue<'a, T> {
        FieldValue {
            payload: self.payload,
            index: slot.value,
            field,
            value,
        }
    }
}

/// For each field that rules ask for, the slot of the model's member of that name.
#[derive(Debug)]
pub(crate) struct FieldMap([Option<u8>; Field::COUNT]);

impl FieldMap {
    pub(crate) fn new(model: &Model) -> Self {
        Self(Field::ALL.map(|field| {
            let members = &model.resource().members;
            let slot = members
                .iter()
                .position(|member| member.name == field.name());
            slot.and_then(|slot| u8::try_from(slot).ok())
        }))
    }

    #[inline]
    fn slot(&self, field: Field) -> Option<usize> {
        self.0[field as usize].map(usize::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_at_sign_is_found_wherever_it_stands() {
        for length in 0..40 {
            let plain = "é/A".repeat(length);
            assert!(!is_annotation(&plain), "{plain}");
            for at in (0..=plain.len()).filter(|at| plain.is_char_boundary(*at)) {
                let mut name = plain.clone();
                name.insert(at, '@');
                assert!(is_annotation(&name), "{name}");
            }
        }
    }
}

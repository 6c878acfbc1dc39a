//! What is certainly clean, decided before the full path and at a fraction of its cost.
//!
//! Owns the shapes of events that were clean: how they were written and what their names came to.
//! An event of such a shape is read by comparing, its literals are decided on the way by the same
//! grammars, and its values go through the very rules of the full path; where one of them has
//! anything to say, the answer is "not sure". Reports nothing; knows nothing of single rules.

use std::ops::RangeInclusive;

use crate::diagnostic::Diagnostic;
use crate::edm::guid::{self, GuidRemark};
use crate::edm::{Remarks, date_time, duration, integer};
use crate::json::{self, Document, Kind, Layout, Node, Scalar, Tape};
use crate::model::{Edm, Member, Role, TypeRef};

use super::event::{Decoded, Slot, is_annotation};
use super::literal::Walk;
use super::payload::{self, Payload, PayloadPlace};
use super::{EventId, Linter};

/// Shapes that are known at a time: of the revisions, and with or without the members that a
/// service leaves out.
const SHAPES: usize = 4;
/// Shapes learned one after the other, none of them met again, before only one in so many is.
const PATIENCE: u32 = 16;

/// The shapes that were learned, the last that fitted first.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// The linter they were learned from: another one may decide otherwise.
    linter: u64,
    shapes: Vec<Shape>,
    /// Events since one fitted.
    missed: u32,
    scratch: Reading,
}

/// What is used again from event to event.
#[derive(Debug, Default)]
struct Reading {
    /// Indices of the members that were not decided while they were read.
    open: Vec<usize>,
    /// Empty between events.
    diagnostics: Vec<Diagnostic>,
}

/// How a clean event was written, and what is known of every event that is written so.
#[derive(Debug)]
struct Shape {
    layout: Layout,
    /// For each member of the object in order.
    members: Vec<Bound>,
}

/// What the name of a member came to.
#[derive(Debug)]
enum Bound {
    Declared(Declared),
    /// Control information or an annotation, about which there is nothing to say as long as it is
    /// this very token.
    Token(Box<[u8]>, Scalar),
    /// Nothing looks at it.
    Unseen,
}

#[derive(Debug)]
struct Declared {
    /// Index of the declared member.
    index: usize,
    nullable: bool,
    grammar: Grammar,
}

/// What decides a value while it is read; all else is decided afterwards.
#[derive(Debug)]
enum Grammar {
    DateTime,
    Duration,
    Guid,
    Integer(RangeInclusive<i64>),
    /// The members that the selected revision has, each with the quotes around it, and its index.
    Enumeration(Vec<(Box<[u8]>, usize)>),
    Other,
}

impl Filter {
    /// Whether `text` is certainly one clean event, with the identifier if rules ask for it;
    /// `None` = not sure.
    pub(super) fn clean(
        &mut self,
        linter: &Linter,
        text: &str,
        tape: &mut Tape,
        slots: &mut Vec<Slot>,
    ) -> Option<Option<EventId>> {
        if self.linter != linter.id {
            return None;
        }
        self.missed = self.missed.saturating_add(1);
        for at in 0..self.shapes.len() {
            let shape = &self.shapes[at];
            let Some(document) = shape.read(linter, text, tape, slots, &mut self.scratch.open)
            else {
                continue;
            };
            let verdict = shape.decide(linter, document, slots, &mut self.scratch);
            self.scratch.diagnostics.clear();
            self.shapes[..=at].rotate_right(1);
            self.missed = 0;
            return verdict;
        }
        None
    }

    /// Learns the shape of a document that the full path found to be one clean event.
    pub(super) fn learn(&mut self, linter: &Linter, document: Document<'_>) {
        if self.linter != linter.id {
            self.linter = linter.id;
            self.shapes.clear();
        } else if self.missed == 0
            || self.missed > PATIENCE && !self.missed.is_multiple_of(PATIENCE)
        {
            return;
        }
        if let Some(shape) = Shape::of(linter, document.root()) {
            self.shapes.truncate(SHAPES - 1);
            self.shapes.insert(0, shape);
        }
    }
}

impl Shape {
    fn of(linter: &Linter, object: Node<'_>) -> Option<Self> {
        // Otherwise it takes more than the names to tell that it is one.
        if !payload::is_event(object, None, &linter.model) {
            return None;
        }
        let layout = Layout::learn(object)?;
        if !json::duplicates::of_object(object).is_empty() {
            return None;
        }
        let resource = linter.model.resource();
        let bind = |member: json::Member<'_>| {
            let name = member.name_text();
            let declared = resource.members.iter().position(|known| known.name == name);
            match declared {
                Some(index) => Bound::Declared(Declared::new(linter, index)),
                None if is_annotation(&name) || resource.open => {
                    let token = member.value.raw().as_bytes();
                    Scalar::read(token, 0)
                        .map_or(Bound::Unseen, |scalar| Bound::Token(token.into(), scalar))
                }
                None => Bound::Unseen,
            }
        };
        let members = object.members().map(bind).collect();
        Some(Self { layout, members })
    }

    /// Reads an event of this shape and fills its slots, but for the members in `open`.
    fn read<'a>(
        &self,
        linter: &Linter,
        text: &'a str,
        tape: &'a mut Tape,
        slots: &mut Vec<Slot>,
        open: &mut Vec<usize>,
    ) -> Option<Document<'a>> {
        let bytes = text.as_bytes();
        slots.clear();
        slots.resize(linter.model.resource().members.len(), Slot::default());
        open.clear();
        self.layout
            .read(text, tape, |index, at| match &self.members[index] {
                Bound::Declared(declared) => {
                    let Some((scalar, decoded)) = declared.decide(bytes, at) else {
                        open.push(index);
                        return Scalar::read(bytes, at);
                    };
                    slots[declared.index] = Slot {
                        name: name_index(index),
                        value: name_index(index) + 1,
                        decoded,
                    };
                    Some(scalar)
                }
                Bound::Token(token, scalar) => bytes[at..].starts_with(token).then(|| Scalar {
                    end: at + token.len(),
                    ..*scalar
                }),
                Bound::Unseen => Scalar::read(bytes, at),
            })
    }

    /// Asks the rules about an event that was read.
    fn decide(
        &self,
        linter: &Linter,
        document: Document<'_>,
        slots: &mut [Slot],
        Reading { open, diagnostics }: &mut Reading,
    ) -> Option<Option<EventId>> {
        let payload = Payload {
            node: document.root(),
            place: PayloadPlace::Root,
            envelope: None,
        };
        let known = &linter.model.resource().members;
        let mut walk = Walk::new(linter, &payload, diagnostics);
        for index in open {
            if let Bound::Declared(Declared { index: slot, .. }) = self.members[*index] {
                let name = document.node(name_index(*index));
                let value = document.node(name.index() + 1);
                slots[slot] = walk.bind(&known[slot], name, value);
            }
        }
        for (member, slot) in known.iter().zip(&*slots) {
            if let Decoded::Instant(instant) = slot.decoded {
                let node = document.node(slot.value);
                walk.instant(member, node, &node.text(), &instant);
            }
        }
        if !walk.conforms() {
            return None;
        }
        linter.check_event(&payload, slots, diagnostics);
        diagnostics.is_empty().then(|| linter.id_of(&payload))
    }
}

/// Tape index of the name of a member: name and value of each stand after the object itself.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a layout has fewer than 2^16 members"
)]
const fn name_index(member: usize) -> u32 {
    2 * member as u32 + 1
}

impl Declared {
    fn new(linter: &Linter, index: usize) -> Self {
        let member = &linter.model.resource().members[index];
        Self {
            index,
            nullable: member.nullable,
            grammar: Grammar::of(linter, member),
        }
    }

    /// Decides the value at `at`, if that is one about which no rule on literals has anything to
    /// say but those on instants.
    #[inline]
    fn decide(&self, bytes: &[u8], at: usize) -> Option<(Scalar, Decoded)> {
        let text = match bytes.get(at)? {
            b'"' => &bytes[at + 1..],
            b'n' if self.nullable && bytes[at..].starts_with(b"null") => {
                return Some((Scalar::plain(Kind::Null, at + 4), Decoded::None));
            }
            _ => return self.number(bytes, at),
        };
        let (decoded, length) = match &self.grammar {
            Grammar::DateTime => {
                let (value, length) = date_time::prefix(text)?;
                let ordinary = value.remarks == Remarks::default();
                (ordinary.then_some(Decoded::Instant(value))?, length)
            }
            Grammar::Duration => {
                let (value, length) = duration::prefix(text, b'"')?;
                let ordinary = value.remarks == Remarks::default() && value.ticks >= 0;
                (ordinary.then_some(Decoded::Duration(value))?, length)
            }
            Grammar::Guid => {
                let guid = str::from_utf8(text.get(..guid::LENGTH)?).ok()?;
                let ordinary = guid::parse(guid) == Ok(GuidRemark::Ordinary);
                (ordinary.then_some(Decoded::Text)?, guid::LENGTH)
            }
            Grammar::Enumeration(members) => {
                let mut members = members.iter();
                let (token, index) = members.find(|(token, _)| bytes[at..].starts_with(token))?;
                (Decoded::State(*index), token.len() - 2)
            }
            Grammar::Integer(_) | Grammar::Other => return None,
        };
        let end = at + 1 + length;
        (bytes.get(end) == Some(&b'"')).then(|| (Scalar::plain(Kind::String, end + 1), decoded))
    }

    fn number(&self, bytes: &[u8], at: usize) -> Option<(Scalar, Decoded)> {
        let Grammar::Integer(range) = &self.grammar else {
            return None;
        };
        let scalar = Scalar::read(bytes, at)?;
        let raw = str::from_utf8(&bytes[at..scalar.end]).ok()?;
        let ordinary = integer::parse(raw, range.clone()).is_ok_and(|value| value >= 0);
        ordinary.then_some((scalar, Decoded::None))
    }
}

impl Grammar {
    fn of(linter: &Linter, member: &Member) -> Self {
        if member.collection {
            return Self::Other;
        }
        match member.type_ref {
            TypeRef::Edm(Edm::DateTimeOffset) => Self::DateTime,
            TypeRef::Edm(Edm::Duration) => Self::Duration,
            TypeRef::Edm(Edm::Guid) => Self::Guid,
            TypeRef::Edm(Edm::String) if member.role == Some(Role::Guid) => Self::Guid,
            TypeRef::Edm(Edm::Int32) => Self::Integer(integer::INT32),
            TypeRef::Enumeration(index) => {
                let members = linter.model.enumerations[index].members.iter().enumerate();
                let context = linter.context();
                let known = members.filter(|(_, member)| context.has(member.life));
                let token = |name: &str| format!("\"{name}\"").into_bytes().into();
                Self::Enumeration(
                    known
                        .map(|(index, member)| (token(&member.name), index))
                        .collect(),
                )
            }
            _ => Self::Other,
        }
    }
}

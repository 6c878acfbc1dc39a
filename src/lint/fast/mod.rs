//! What is certainly clean, decided before the full path and at a fraction of its cost.
//!
//! Owns the shapes of events whose values were clean: how they were written and what their names
//! came to. An event of such a shape is read by comparing, its literals are decided on the way by
//! the same grammars, and its values go through the very rules of the full path; where one of them
//! has anything to say, the answer is "not sure". Finds nothing itself: what the full path found in
//! the names of a shape is repeated. Knows nothing of single rules.

mod ordinary;

use std::ops::RangeInclusive;

use crate::diagnostic::Diagnostic;
use crate::edm::{self, date_time, duration, guid, integer};
use crate::json::{self, Document, Kind, Layout, Node, Scalar};
use crate::model::{Member, Role, TypeRef};
use crate::rules::{self, OrdinaryText};
use crate::text::bytes::{self, Expected};
use crate::view::{
    Decoded, EventId, Payload, PayloadPlace, Reads, Slot, enclosure, identity, is_annotation,
};

use super::setup::{Checked, EventCheck, Setup};
use super::walk::Walk;
use ordinary::Ordinary;

/// Shapes that are known at a time: of the revisions, and with or without the members that a
/// service leaves out, each also with its constant values.
const SHAPES: usize = 8;
/// Events one after the other in which a value is the same, before it is compared with the names
/// around it.
const CONSTANT: u8 = 64;
/// Events without the usual value of a member before it is no longer looked for.
const MISSES: u8 = 16;
/// Shapes learned one after the other, none of them met again, before only one in so many is.
const PATIENCE: u32 = 16;

/// What may stand behind an event in its text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rest {
    /// Nothing but blanks.
    Blank,
    /// Whatever it is.
    Any,
}

/// The shapes that were learned, that of the last event that was settled first.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// Of what they are the events, a linter's documents or the elements of an array: elsewhere it
    /// may be decided otherwise.
    owner: u64,
    shapes: Vec<Shape>,
    /// Events since one fitted.
    missed: u32,
    /// Empty between events.
    diagnostics: Vec<Diagnostic>,
}

/// How a clean event was written, and what is known of every event that is written so.
#[derive(Debug)]
struct Shape {
    layout: Layout,
    values: Values,
    /// What was found in names, with their tape indices, in order.
    names: Vec<(u32, Diagnostic)>,
}

/// What is known of the values of a shape, in every event and in the last.
#[derive(Debug)]
struct Values {
    /// For each member of the object in order, but for those that are part of the layout.
    members: Vec<Bound>,
    /// The tape index of the identifier, and the line of the object that it stands on, from 1.
    id: Option<(u32, usize)>,
    /// The rules on whole events that may have something to say.
    rules: Checked<EventCheck>,
    /// Events settled since constant values were looked for.
    settled: u8,
    /// Of the last event; where its declared members stand, they do in every one.
    slots: Vec<Slot>,
    /// Indices of the members of the last event that were not decided while they were read.
    open: Vec<usize>,
}

/// What the name of a member came to.
#[derive(Debug, Clone)]
enum Bound {
    Declared(Declared),
    /// Control information or an annotation, about which there is nothing to say as long as it is
    /// this very token.
    Token(Token),
    /// Nothing looks at it.
    Unseen,
}

#[derive(Debug, Clone)]
struct Declared {
    /// Index of the declared member.
    index: usize,
    /// Tape index of the name.
    name: u32,
    nullable: bool,
    grammar: Grammar,
    /// A value that was clean, as long as it is met again: many are the same in every event.
    usual: Option<(Token, Decoded)>,
    /// Events since it was met.
    missed: u8,
    /// Events one after the other in which it was met.
    met: u8,
}

/// A scalar as it was written.
#[derive(Debug, Clone)]
struct Token {
    text: Expected,
    /// Of the text, were it at offset 0.
    scalar: Scalar,
}

impl Token {
    fn of(value: Node<'_>) -> Option<Self> {
        let text = value.raw().as_bytes();
        let scalar = Scalar::read(text, 0)?;
        let text = Expected::new(text);
        Some(Self { text, scalar })
    }

    /// Reads it again.
    #[inline]
    fn read(&self, bytes: &[u8], at: usize) -> Option<Scalar> {
        let stands = self.text.stands_at(bytes, at);
        stands.then(|| self.scalar.shifted(at))
    }
}

/// What decides a value while it is read; all else is decided afterwards.
#[derive(Debug, Clone)]
enum Grammar {
    DateTime,
    Duration,
    Guid,
    Integer(RangeInclusive<i64>),
    /// The members that the selected revision has, each with the quotes around it.
    Enumeration(Vec<(Expected, Decoded)>),
    /// What each rule finds ordinary.
    Text(Vec<OrdinaryText>),
    Other,
}

/// An event whose values are certainly clean.
#[derive(Debug)]
pub(super) struct Settled {
    /// Its identifier, if rules ask for it.
    pub(super) id: Option<EventId>,
    /// Where it ends.
    pub(super) end: usize,
}

impl Filter {
    /// Whether it has met an event of `owner`.
    pub(super) const fn is_of(&self, owner: u64) -> bool {
        self.owner == owner
    }

    /// Whether `text` certainly is, or begins with, one event whose values are clean; `None` = not
    /// sure. What its names give is added to `found`.
    pub(super) fn settle(
        &mut self,
        setup: &Setup,
        owner: u64,
        (text, rest): (&str, Rest),
        found: &mut Vec<Diagnostic>,
    ) -> Option<Settled> {
        if !self.is_of(owner) {
            return None;
        }
        self.missed = self.missed.saturating_add(1);
        for at in 0..self.shapes.len() {
            let Shape {
                layout,
                values,
                names,
            } = &mut self.shapes[at];
            let Some((document, end)) = values.read(layout, setup, (text, rest)) else {
                continue;
            };
            let clean = values.decide(setup, document, &mut self.diagnostics);
            self.diagnostics.clear();
            let settled = clean.then(|| {
                found.extend(names.iter().map(|(index, found)| Diagnostic {
                    span: document.node(*index).span(),
                    ..found.clone()
                }));
                Settled {
                    id: values.identify(setup, document),
                    end,
                }
            });
            self.missed = 0;
            if settled.is_some() {
                let constant = values.with_constants(setup, document);
                let constant = constant.map(|(layout, values)| Shape {
                    layout,
                    values,
                    names: names.clone(),
                });
                self.shapes[..=at].rotate_right(1);
                if let Some(shape) = constant {
                    self.add(shape);
                }
            }
            return settled;
        }
        None
    }

    /// Learns the shape of a document that is one event, with the slots that the full path filled
    /// and what it found, if it found nothing but in names.
    pub(super) fn learn(
        &mut self,
        setup: &Setup,
        owner: u64,
        document: Document<'_>,
        slots: &[Slot],
        found: &[Diagnostic],
    ) {
        if !self.is_of(owner) {
            // Of a single event nothing need be learned.
            self.owner = owner;
            self.shapes.clear();
            return;
        }
        if self.missed == 0 || self.missed > PATIENCE && !self.missed.is_multiple_of(PATIENCE) {
            return;
        }
        if let Some(shape) = Shape::of(setup, document.root(), slots, found) {
            self.add(shape);
        }
    }

    fn add(&mut self, shape: Shape) {
        self.shapes.truncate(SHAPES - 1);
        self.shapes.insert(0, shape);
    }
}

impl Shape {
    fn of(setup: &Setup, object: Node<'_>, slots: &[Slot], found: &[Diagnostic]) -> Option<Self> {
        if !found.iter().all(is_of_names) {
            return None;
        }
        // Otherwise it takes more than the names to tell that it is one.
        if !enclosure::is_event(object, None, &setup.model) {
            return None;
        }
        let layout = Layout::learn(object, |_| false)?;
        if !json::duplicates::of_object(object).is_empty() {
            return None;
        }
        let names = by_member(setup, object, found)?;
        let resource = setup.model.resource();
        let bind = |(at, member): (usize, json::Member<'_>)| {
            let name = member.name_text();
            let declared = resource.members.iter().position(|known| known.name == name);
            match declared {
                Some(index) => {
                    let usual = Token::of(member.value)?;
                    let usual = (usual, slots[index].decoded);
                    let places = (index, name_index(at));
                    Some(Bound::Declared(Declared::new(setup, places, usual)))
                }
                None if is_annotation(&name) || resource.open => {
                    Token::of(member.value).map(Bound::Token)
                }
                None => Some(Bound::Unseen),
            }
        };
        let members: Option<Vec<_>> = object.members().enumerate().map(bind).collect();
        let members = members?;
        let is_id = |member: json::Member<'_>| member.is_named("id");
        let id = object
            .members()
            .position(is_id)
            .map(|index| (name_index(index) + 1, line_of(object, index)));
        let mut slots = vec![Slot::default(); resource.members.len()];
        for member in &members {
            if let Bound::Declared(declared) = member {
                slots[declared.index].name = declared.name;
                slots[declared.index].value = declared.name + 1;
            }
        }
        let values = Values {
            members,
            id,
            rules: setup.checks.event.clone(),
            settled: 0,
            slots,
            open: Vec::new(),
        };
        Some(Self {
            layout,
            values,
            names,
        })
    }
}

/// Whether the next event with these names gets the same finding.
fn is_of_names(found: &Diagnostic) -> bool {
    rules::is_of_names(found.rule) && found.labels.is_empty() && found.times.is_none()
}

/// What rules that run found in the names of an object, with their tape indices, in order; `None`
/// where something was found elsewhere.
fn by_member(
    setup: &Setup,
    object: Node<'_>,
    found: &[Diagnostic],
) -> Option<Vec<(u32, Diagnostic)>> {
    let mut found: Vec<_> = found.iter().collect();
    found.sort_by_key(|found| found.span.start);
    // In the order of the members, so that each of them is passed once, however many there are.
    let mut members = object.members().enumerate();
    let mut names = Vec::new();
    for found in found {
        let (index, _) = members.find(|(_, member)| member.name.span() == found.span)?;
        if setup.rules.contains(found.rule) {
            names.push((name_index(index), found.clone()));
        }
    }
    Some(names)
}

impl Values {
    /// Reads an event with its values, and gives its end; what cannot be decided at once is left
    /// open.
    #[inline]
    fn read<'a>(
        &mut self,
        layout: &'a mut Layout,
        setup: &Setup,
        (text, rest): (&'a str, Rest),
    ) -> Option<(Document<'a>, usize)> {
        let Self {
            members,
            slots,
            open,
            ..
        } = self;
        open.clear();
        let bytes = text.as_bytes();
        let value = |(index, member): (usize, &mut Bound), at: usize| match member {
            Bound::Declared(declared) => {
                let decoded = &mut slots[declared.index].decoded;
                declared.read(setup, text, at, decoded).or_else(|| {
                    open.push(index);
                    Scalar::read(bytes, at)
                })
            }
            Bound::Token(token) => token.read(bytes, at),
            Bound::Unseen => Scalar::read(bytes, at),
        };
        let members = members.iter_mut().enumerate();
        match rest {
            Rest::Blank => {
                let document = layout.read(text, members, value)?;
                Some((document, text.len()))
            }
            Rest::Any => layout.read_prefix(text, members, value),
        }
    }

    /// The layout with the values in it that have been the same for long, and what is known of the
    /// others; `None` where it is not the time to look for them, or there are none.
    #[inline]
    fn with_constants(&mut self, setup: &Setup, document: Document<'_>) -> Option<(Layout, Self)> {
        self.settled += 1;
        if self.settled < CONSTANT {
            return None;
        }
        self.settled = 0;
        self.fold(setup, document.root())
    }

    /// The same, whether it is the time or not. Rules that found nothing and read nothing but what
    /// is constant are not asked again.
    fn fold(&self, setup: &Setup, object: Node<'_>) -> Option<(Layout, Self)> {
        let all = self.members.len() == object.len();
        let mut members = self.members.clone();
        members.retain(|member| !member.is_constant());
        if !all || members.len() == object.len() {
            return None;
        }
        let layout = Layout::learn(object, |index| self.members[index].is_constant())?;
        let mut varying = Reads::default();
        for member in &members {
            if let Bound::Declared(declared) = member {
                varying = varying.and(Reads::of(declared.index));
            }
        }
        let mut rules = self.rules.clone();
        let payload = payload_of(object);
        rules.retain(|rule| setup.reads(rule, &payload, &self.slots).overlap(varying));
        let others = Self {
            members,
            id: self.id,
            rules,
            settled: 0,
            slots: self.slots.clone(),
            open: Vec::new(),
        };
        Some((layout, others))
    }

    /// Whether the rules have nothing to say about an event that was read.
    fn decide(
        &mut self,
        setup: &Setup,
        document: Document<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let payload = payload_of(document.root());
        let known = &setup.model.resource().members;
        let mut walk = Walk::new(setup, &payload, diagnostics);
        for index in &self.open {
            if let Bound::Declared(Declared {
                index: slot, name, ..
            }) = self.members[*index]
            {
                let (name, value) = (document.node(name), document.node(name + 1));
                self.slots[slot] = walk.bind(&known[slot], name, value);
            }
        }
        if !walk.conforms() {
            return false;
        }
        setup.check_event(&self.rules, &payload, &self.slots, diagnostics);
        diagnostics.is_empty()
    }

    fn identify(&self, setup: &Setup, document: Document<'_>) -> Option<EventId> {
        let (index, line) = self.id.filter(|_| !setup.checks.repeated.is_empty())?;
        let before = &document.text().as_bytes()[..document.root().span().start];
        let line = line + identity::line_ends(before);
        identity::at_line(document.node(index), line)
    }
}

/// The line of an object that a member stands on, from 1: no value holds a line break.
fn line_of(object: Node<'_>, member: usize) -> usize {
    let value = object
        .members()
        .nth(member)
        .map_or(0, |member| member.value.span().start);
    let before = &object.document().text().as_bytes()[object.span().start..value];
    identity::line_ends(before) + 1
}

fn payload_of(object: Node<'_>) -> Payload<'_> {
    Payload {
        node: object,
        place: PayloadPlace::Root,
        envelope: None,
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

impl Bound {
    /// Whether the value has been the same for long, or has to be.
    fn is_constant(&self) -> bool {
        match self {
            Self::Declared(declared) => declared.usual.is_some() && declared.met >= CONSTANT,
            Self::Token(_) => true,
            Self::Unseen => false,
        }
    }
}

impl Declared {
    /// For the declared member `index` whose name has this tape index.
    fn new(setup: &Setup, (index, name): (usize, u32), usual: (Token, Decoded)) -> Self {
        let member = &setup.model.resource().members[index];
        Self {
            index,
            name,
            nullable: member.nullable,
            grammar: Grammar::of(setup, member),
            usual: Some(usual),
            missed: 0,
            met: 0,
        }
    }

    /// Reads a value about which no rule on literals has anything to say; `None` = not sure.
    #[inline]
    fn read(
        &mut self,
        setup: &Setup,
        text: &str,
        at: usize,
        decoded: &mut Decoded,
    ) -> Option<Scalar> {
        if let Some((token, usual)) = &self.usual {
            if let Some(scalar) = token.read(text.as_bytes(), at) {
                *decoded = *usual;
                self.missed = 0;
                self.met = self.met.saturating_add(1);
                return Some(scalar);
            }
            self.miss();
        }
        self.decide(setup, text, at, decoded)
    }

    /// Forgets the usual value where it is missed too often.
    fn miss(&mut self) {
        self.met = 0;
        self.missed += 1;
        if self.missed == MISSES {
            self.usual = None;
        }
    }

    #[inline]
    fn decide(
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
                let length = bytes::find_quote_backslash_or_control(text, 0);
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
                    Self::Text(rules.map(|(_, ordinary, _)| ordinary).collect())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Linter, Options, Scratch};

    /// What is found in each text by the filter alone, once it has seen the first one twice.
    fn settled(linter: &Linter, texts: &[&str]) -> Vec<Option<Vec<(&'static str, String)>>> {
        let mut scratch = Scratch::default();
        for _ in 0..2 {
            let _ = linter.check(texts[0].as_bytes(), &mut scratch);
        }
        let settle = |text: &&str| {
            let mut found = Vec::new();
            scratch.settle(&linter.setup, linter.id, (text, Rest::Blank), &mut found)?;
            let told = |one: &Diagnostic| {
                let span = one.span;
                (one.rule.name, text[span.start..span.end].to_owned())
            };
            Some(found.iter().map(told).collect())
        };
        texts.iter().map(settle).collect()
    }

    #[test]
    fn what_is_found_in_names_is_repeated_where_they_stand() {
        let options = Options {
            revision: "2019-09".to_owned(),
            ..Options::default()
        };
        let linter = Linter::new(&options).expect("a revision");
        let texts = [
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","region":1,"id":""}"#,
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","region":"x","id":"3e455cab-5cab-3e45-ab5c-453eab5c453e"}"#,
            r#"{"deploymentState":"succes","deviceId":null,"osVersion":"","region":1,"id":""}"#,
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","region":[],"id":""}"#,
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","regions":1,"id":""}"#,
        ];
        let names = vec![
            ("member-not-in-revision", r#""deviceId""#.to_owned()),
            ("unknown-member", r#""region""#.to_owned()),
        ];
        let expected = [Some(names.clone()), Some(names), None, None, None];
        assert_eq!(settled(&linter, &texts), expected);
    }

    #[test]
    fn values_that_stay_the_same_are_compared_and_their_rules_not_asked() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let event = |enrollment: &str, number: u32| {
            format!(
                r#"{{"deploymentState":"success","osVersion":"10.0.26200.{number}","enrollmentState":"{enrollment}"}}"#
            )
        };
        let mut scratch = Scratch::default();
        for number in 0..u32::from(CONSTANT) + 8 {
            let text = event("enrolled", number);
            let outcome = linter.check(text.as_bytes(), &mut scratch);
            assert!(outcome.diagnostics.is_empty(), "{text}");
        }
        let shape = &scratch.filter.as_ref().expect("a filter").shapes[0];
        assert_eq!(shape.values.members.len(), 1, "the version alone differs");
        assert!(shape.values.rules.is_empty(), "none reads the version");
        for (enrollment, expected) in [
            ("failed", Some("success-but-enrollment-failed")),
            ("notContacted", None),
            ("enrolled", None),
        ] {
            let outcome = linter.check(event(enrollment, 1).as_bytes(), &mut scratch);
            let found = outcome.diagnostics.first().map(|found| found.rule.name);
            assert_eq!(found, expected, "{enrollment}");
        }
    }

    #[test]
    fn what_is_found_elsewhere_is_not_learned() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let wrong_value = r#"{"deploymentState":"succes","osVersion":"","region":1}"#;
        let twice = r#"{"deploymentState":"success","osVersion":"","region":1,"region":1}"#;
        for text in [wrong_value, twice] {
            assert_eq!(settled(&linter, &[text]), [None], "{text}");
        }
    }
}

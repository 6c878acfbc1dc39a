//! The walk over a payload that gives every value to the rules of its declared type.
//!
//! Owns the binding of names to declarations, also of wrong names to what they stand for, and the
//! decoding of literals, once each. Knows nothing of what the rules make of them.

use foldhash::HashMap;

use crate::diagnostic::{Diagnostics, Rule};
use crate::edm::date_time;
use crate::edm::duration;
use crate::edm::guid;
use crate::edm::integer;
use crate::edm::number::{self, Written};
use crate::edm::{Grammar, Remarks, date, time_of_day};
use crate::json::{self, Kind, Node};
use crate::model::{Member, Mode, Role, TypeRef};
use crate::view::naming::{self, Naming, WrongName};
use crate::view::{Annotation, Decoded, Findings, Literal, Payload, Slot, is_annotation};

use super::reader;
use super::setup::Setup;

type LiteralCheck<R> = fn(&Literal<'_, R>, &mut Findings<'_>);

/// What a walk found out.
pub(super) struct Walked<'a> {
    /// The payload certainly conforms to the schema; `false` is "not sure", and for the engine to
    /// decide. Both are made from the same model; wherever debug assertions are on, the engine is
    /// held to agree.
    pub(super) conforms: bool,
    /// The names that are not declared.
    pub(super) naming: Naming<'a>,
}

/// Walks one payload: reports on its literals and fills its slots.
pub(super) fn check<'a>(
    setup: &'a Setup,
    payload: &'a Payload<'a>,
    slots: &mut Vec<Slot>,
    diagnostics: &mut Diagnostics,
) -> Walked<'a> {
    let mut walk = Walk::new(setup, payload, diagnostics);
    // What is required, the engine knows.
    walk.conforms = matches!(setup.mode, Mode::Any | Mode::Update);
    let resource = setup.model.resource();
    slots.clear();
    slots.resize(resource.members.len(), Slot::default());
    walk.object(payload.node, 0, Some(slots));
    Walked {
        conforms: walk.conforms,
        naming: Naming::new(walk.names, walk.annotations),
    }
}

pub(super) struct Walk<'a, 'd> {
    setup: &'a Setup,
    payload: &'a Payload<'a>,
    diagnostics: &'d mut Diagnostics,
    /// Nothing was met so far that the schema might refuse.
    conforms: bool,
    /// The undeclared names that were met, and what they stand for.
    names: Vec<WrongName<'a>>,
    /// The names of what annotates them.
    annotations: Vec<(u32, Node<'a>)>,
    /// Of how many more of them it is asked closely what they were meant to be.
    left: usize,
}

impl<'a, 'd> Walk<'a, 'd> {
    pub(super) const fn new(
        setup: &'a Setup,
        payload: &'a Payload<'a>,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            setup,
            payload,
            diagnostics,
            conforms: true,
            names: Vec::new(),
            annotations: Vec::new(),
            left: naming::LOOKED_AT,
        }
    }

    /// Whether the values that were met certainly conform to the schema.
    pub(super) const fn conforms(&self) -> bool {
        self.conforms
    }

    /// Binds the members of an object of the type `of`, to `slots` where somebody asks for them:
    /// one for each declared member.
    fn object(&mut self, object: Node<'a>, of: usize, mut slots: Option<&mut [Slot]>) {
        let declared = &self.setup.model.types[of];
        let mut expected = 0;
        let mut suspects = 0;
        let mut undeclared = Vec::new();
        for member in object.members() {
            let Some(index) = position(self.setup, of, member.name, expected) else {
                // One undeclared name has no twin; a second one may be.
                suspects += 1;
                if !self.is_legal(object, of, member) {
                    undeclared.push(member);
                }
                continue;
            };
            // Without slots only names in the order of the table are certainly different.
            let suspect = match &slots {
                Some(slots) => slots[index].name != 0,
                None => index < expected,
            };
            suspects += 2 * usize::from(suspect);
            expected = index + 1;
            let known = &declared.members[index];
            self.conforms &= self.setup.context().has(known.life);
            let slot = self.bind(known, member.name, member.value);
            if let Some(slots) = &mut slots {
                slots[index] = slot;
            }
        }
        if !undeclared.is_empty() {
            self.undeclared(object, of, &undeclared, slots);
        }
        if suspects > 1 {
            reader::duplicates_of(
                object,
                Some(self.payload),
                &self.setup.vocabulary,
                self.diagnostics,
            );
        }
    }

    /// Checks the value of a declared member; gives what fills its slot.
    pub(super) fn bind(&mut self, known: &'a Member, name: Node<'a>, value: Node<'a>) -> Slot {
        Slot {
            name: name.index(),
            value: value.index(),
            decoded: self.value(known, value),
        }
    }

    /// Looks at an undeclared member that is legal whatever else its object holds: an annotation, or
    /// any member of an open type. `false` for any other.
    fn is_legal(&mut self, object: Node<'a>, of: usize, member: json::Member<'a>) -> bool {
        let open = self.setup.model.types[of].open;
        let text = member.name.text();
        let Some((target, term)) = text.split_once('@') else {
            self.conforms = false;
            if open {
                self.unseen(member.value);
                self.tokens(member.name);
                self.tokens(member.value);
            }
            return open;
        };
        // What it annotates may be misspelt.
        let known = target.is_empty() || open || self.setup.member(of, target).is_some();
        if known {
            self.annotation(object, of, member, (target, term));
        }
        known
    }

    /// Binds the undeclared members of an object to those that they stand for.
    fn undeclared(
        &mut self,
        object: Node<'a>,
        of: usize,
        undeclared: &[json::Member<'a>],
        mut slots: Option<&mut [Slot]>,
    ) {
        let model = &self.setup.model;
        let is_annotation = |member: &json::Member<'_>| is_annotation(&member.name_text());
        let strangers = undeclared.iter().filter(|member| !is_annotation(member));
        let mut names = if naming::is_of_derived_type(self.payload.node, object, model, of) {
            strangers
                .clone()
                .for_each(|member| self.unseen(member.value));
            Vec::new()
        } else {
            let (lookup, left) = (&self.setup.lookup, &mut self.left);
            naming::resolve(object, strangers.copied(), lookup, of, left)
        };
        for name in &names {
            let Some(index) = name.stands_for else {
                self.unseen(name.member.value);
                continue;
            };
            let known = &model.types[of].members[index];
            let slot = self.bind(known, name.member.name, name.member.value);
            if let Some(slots) = &mut slots {
                slots[index] = slot;
            }
        }
        let mut annotations = undeclared
            .iter()
            .filter(|member| is_annotation(member))
            .peekable();
        if annotations.peek().is_some() {
            let of_names = naming::annotated(&mut names, annotations.clone().copied());
            self.annotations.extend(of_names);
            let right = |name: &WrongName<'a>| {
                let declared = name.stands_for.and(name.meant)?.name;
                Some((name.member.name_text(), declared))
            };
            let right: HashMap<_, _> = names.iter().filter_map(right).collect();
            for member in annotations {
                let text = member.name.text();
                let (target, term) = text.split_once('@').unwrap_or((&text, ""));
                let target = right.get(target).copied().unwrap_or(target);
                self.annotation(object, of, *member, (target, term));
            }
        }
        self.names.extend(names);
    }

    /// Looks for duplicate names in a value that nothing else looks at.
    fn unseen(&mut self, value: Node<'a>) {
        reader::duplicates_within(
            value,
            Some(self.payload),
            &self.setup.vocabulary,
            self.diagnostics,
        );
    }

    fn annotation(
        &mut self,
        object: Node<'a>,
        of: usize,
        json::Member { name, value }: json::Member<'a>,
        (target, term): (&str, &str),
    ) {
        self.unseen(value);
        self.tokens(name);
        self.tokens(value);
        let annotation = Annotation {
            name,
            value,
            target,
            term,
            object,
            declared: &self.setup.model.types[of],
            context: self.setup.context(),
        };
        for (rule, check) in &self.setup.checks.annotation {
            check(&annotation, &mut self.findings(rule));
        }
    }

    /// Gives every name and text in a value that no declaration governs to the rules on them.
    fn tokens(&mut self, node: Node<'a>) {
        // Nesting is bounded by the parser.
        match node.kind() {
            Kind::String => {
                for (rule, check) in &self.setup.checks.undeclared {
                    check(node, &mut self.findings(rule));
                }
            }
            Kind::Array => node.elements().for_each(|element| self.tokens(element)),
            Kind::Object => {
                for member in node.members() {
                    self.tokens(member.name);
                    self.tokens(member.value);
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, member: &'a Member, value: Node<'a>) -> Decoded {
        if !member.collection {
            return self.single(member, value);
        }
        for element in value.elements() {
            self.conforms &= element.kind() != Kind::Null;
            self.single(member, element);
        }
        if value.kind() != Kind::Array {
            self.conforms = false;
            self.unseen(value);
        }
        Decoded::None
    }

    fn single(&mut self, member: &'a Member, value: Node<'a>) -> Decoded {
        match (member.type_ref, value.kind()) {
            (TypeRef::Edm(edm), Kind::String) => self.text(member, edm.grammar(), value),
            (TypeRef::Edm(edm), Kind::Number) => {
                self.number(member, edm.grammar(), value);
                Decoded::None
            }
            (TypeRef::Enumeration(index), Kind::String) => self.state(index, value),
            (TypeRef::Structured(index), Kind::Object) => {
                self.object(value, index, None);
                Decoded::None
            }
            (_, Kind::Object | Kind::Array) => {
                self.conforms = false;
                self.unseen(value);
                Decoded::None
            }
            (_, Kind::Null) => {
                self.conforms &= member.nullable;
                Decoded::None
            }
            (TypeRef::Edm(edm), Kind::False | Kind::True) => {
                self.conforms &= *edm.grammar() == Grammar::Boolean;
                Decoded::None
            }
            _ => {
                self.conforms = false;
                Decoded::None
            }
        }
    }

    fn text(&mut self, member: &'a Member, grammar: &Grammar, node: Node<'a>) -> Decoded {
        let text = node.text();
        let checks = &self.setup.checks;
        match grammar {
            Grammar::DateTime => {
                let result = date_time::parse(&text);
                let rules = checks.date_time.iter().copied();
                self.literal(rules, member, node, &text, &result);
                let Ok(instant) = result else {
                    return Decoded::None;
                };
                let rules = checks.instant.iter();
                let rules = rules.map(|(rule, _, check)| (*rule, *check));
                self.literal(rules, member, node, &text, &instant);
                self.spelling(member, node, &text, || {
                    date_time::canonical(instant.ticks, instant.offset_minutes)
                });
                Decoded::Instant(instant)
            }
            Grammar::Duration => {
                let result = duration::parse(&text);
                let rules = checks.duration.iter().copied();
                self.literal(rules, member, node, &text, &result);
                let Ok(value) = result else {
                    return Decoded::None;
                };
                self.spelling(member, node, &text, || duration::canonical(value.ticks));
                Decoded::Duration(value)
            }
            Grammar::Date => {
                let result = date::parse(&text).map(|_| Remarks::default());
                let rules = checks.date_or_time.iter().copied();
                self.literal(rules, member, node, &text, &result);
                Decoded::None
            }
            Grammar::TimeOfDay => {
                let result = time_of_day::parse(&text).map(|time| Remarks {
                    excess_digits: time.excess_digits,
                    ..Remarks::default()
                });
                let rules = checks.date_or_time.iter().copied();
                self.literal(rules, member, node, &text, &result);
                Decoded::None
            }
            Grammar::Guid => {
                self.guid(member, node, &text);
                Decoded::Text
            }
            Grammar::Text => {
                let guid = member.role == Some(Role::Guid);
                if text.is_empty() || !guid || !self.guid(member, node, &text) {
                    self.plain_text(member, node, &text);
                }
                Decoded::Text
            }
            _ => {
                self.conforms = false;
                Decoded::None
            }
        }
    }

    /// Gives a literal to the rules on spellings, with the canonical one.
    fn spelling(
        &mut self,
        member: &'a Member,
        node: Node<'a>,
        text: &str,
        canonical: impl FnOnce() -> String,
    ) {
        let rules = &self.setup.checks.spelling;
        if !rules.is_empty() {
            self.literal(rules.iter().copied(), member, node, text, &canonical());
        }
    }

    /// Whether it is one.
    fn guid(&mut self, member: &'a Member, node: Node<'a>, text: &str) -> bool {
        let result = guid::parse(text);
        let rules = self.setup.checks.guid.iter().copied();
        self.literal(rules, member, node, text, &result);
        result.is_ok()
    }

    fn plain_text(&mut self, member: &'a Member, node: Node<'a>, text: &str) {
        let rules = self.setup.checks.of_text(member.role);
        let rules = rules.map(|(rule, _, check)| (rule, check));
        self.literal(rules, member, node, text, &());
    }

    fn number(&mut self, member: &'a Member, grammar: &Grammar, node: Node<'a>) {
        let written = Written::Number(node.raw());
        let result = match grammar {
            Grammar::Integer(range) => {
                let result = integer::parse(node.raw(), range.clone());
                let rules = self.setup.checks.integer.iter().copied();
                self.literal(rules, member, node, node.raw(), &result);
                return;
            }
            Grammar::Decimal => number::parse_decimal(written).map(drop),
            Grammar::Double => number::parse_double(written).map(drop),
            Grammar::Single => number::parse_single(written).map(drop),
            _ => {
                self.conforms = false;
                return;
            }
        };
        let rules = self.setup.checks.number.iter().copied();
        self.literal(rules, member, node, node.raw(), &result);
    }

    fn state(&mut self, enumeration: usize, node: Node<'a>) -> Decoded {
        let members = &self.setup.model.enumerations[enumeration].members;
        let text = node.text();
        let position = self.setup.enum_member(enumeration, &text);
        let context = self.setup.context();
        self.conforms &= position.is_some_and(|index| context.has(members[index].life));
        position.map_or(Decoded::None, |index| Decoded::state(enumeration, index))
    }

    /// Gives a literal to its rules.
    #[inline]
    fn literal<R>(
        &mut self,
        rules: impl Iterator<Item = (&'static Rule, LiteralCheck<R>)>,
        member: &'a Member,
        node: Node<'a>,
        text: &str,
        result: &R,
    ) {
        let literal = Literal {
            member,
            node,
            text,
            result,
            context: self.setup.context(),
        };
        for (rule, check) in rules {
            check(&literal, &mut self.findings(rule));
        }
    }

    fn findings(&mut self, rule: &'static Rule) -> Findings<'_> {
        Findings::new(
            rule,
            Some(self.payload),
            &self.setup.vocabulary,
            self.diagnostics,
        )
    }
}

/// Index of the member of this name of the type `of`, tried first where the table would have it
/// next.
fn position(setup: &Setup, of: usize, name: Node<'_>, expected: usize) -> Option<usize> {
    let name = name.text();
    let members = &setup.model.types[of].members;
    match members.get(expected) {
        Some(next) if next.name == name => Some(expected),
        _ => setup.member(of, &name),
    }
}

//! Learning from an event that the full path found clean, but for its names.
//!
//! Owns what may be learned, and the findings in names that each event of the shape repeats.

use crate::diagnostic::Diagnostic;
use crate::json::{self, Node};
use crate::lint::setup::Setup;
use crate::rules;
use crate::view::{Slot, enclosure, identity, is_annotation};

use super::layout::Layout;
use super::member::{Bound, Declared};
use super::names::Named;
use super::stages::Stages;
use super::token::Token;
use super::values::Values;

/// How a clean event was written, and what is known of every event that is written so.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) layout: Layout,
    pub(super) values: Values,
    /// What was found in names, in order.
    pub(super) names: Vec<Named>,
}

impl Shape {
    pub(super) fn of(
        setup: &Setup,
        stages: Stages,
        object: Node<'_>,
        slots: &[Slot],
        found: &[Diagnostic],
    ) -> Option<Self> {
        if !found.iter().all(is_of_names) || !(stages.findings_in_names || found.is_empty()) {
            return None;
        }
        // Otherwise it takes more than the names to tell that it is one.
        if !enclosure::is_event(object, None, &setup.lookup) {
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
            // A wrong name may stand for a declared one, as the full path has found out.
            let bound = || slots.iter().position(|slot| slot.name == name_index(at));
            match setup.member(0, &name).or_else(bound) {
                Some(index) => {
                    let usual = Token::of(member.value)?;
                    let usual = (usual, slots[index].decoded);
                    let name = name_index(at);
                    let declared = Declared::new(setup, stages, index, name, usual);
                    Some(Bound::Declared(declared))
                }
                None if is_annotation(&name)
                    || resource.open
                    || names.iter().any(|named| named.may_ask_for(member.value)) =>
                {
                    Token::of(member.value).map(Bound::Token)
                }
                None => Some(Bound::Unseen),
            }
        };
        let members: Option<Vec<_>> = object.members().enumerate().map(bind).collect();
        let members = members?;
        let id = identity::member(object)
            .map(|(index, _)| (name_index(index) + 1, line_of(object, index)));
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
    let in_event = found.payload.is_some();
    in_event && rules::is_of_names(found.rule) && found.labels.is_empty() && found.times.is_none()
}

/// What rules that run found in the names of an object, in order; `None` where something was found
/// elsewhere.
fn by_member(setup: &Setup, object: Node<'_>, found: &[Diagnostic]) -> Option<Vec<Named>> {
    let mut found: Vec<_> = found.iter().collect();
    found.sort_by_key(|found| found.span.start);
    // In the order of the members, so that each of them is passed once, however many there are.
    let mut members = object.members().enumerate();
    let mut names = Vec::new();
    for found in found {
        let (index, _) = members.find(|(_, member)| member.name.span() == found.span)?;
        if setup.rules.contains(found.rule) {
            names.push(Named::new(object.document(), name_index(index), found)?);
        }
    }
    Some(names)
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

/// Tape index of the name of a member: name and value of each stand after the object itself.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a layout has fewer than 2^16 members"
)]
const fn name_index(member: usize) -> u32 {
    2 * member as u32 + 1
}

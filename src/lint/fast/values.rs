//! The values of an event: read by its layout, decided on the way or left open, and then put to the
//! rules on whole events.
//!
//! Owns the order of these steps. What is left open goes through the walk of the full path.

use crate::diagnostic::Diagnostics;
use crate::json::{Document, Node, Scalar};
use crate::lint::setup::{Checked, EventCheck, Setup};
use crate::lint::walk::Walk;
use crate::view::{EventId, Payload, PayloadPlace, Slot, identity};

use super::layout::Layout;
use super::member::{Bound, Declared};

/// What may stand behind an event in its text.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) enum Rest {
    /// Nothing but blanks.
    Blank,
    /// Whatever it is.
    Any,
}

/// What is known of the values of a shape, in every event and in the last.
#[derive(Debug)]
pub(super) struct Values {
    /// For each member of the object in order, but for those that are part of the layout.
    pub(super) members: Vec<Bound>,
    /// The tape index of the identifier, and the line of the object that it stands on, from 1.
    pub(super) id: Option<(u32, usize)>,
    /// The rules on whole events that may have something to say.
    pub(super) rules: Checked<EventCheck>,
    /// Events settled since constant values were looked for.
    pub(super) settled: u8,
    /// Of the last event; where its declared members stand, they do in every one.
    pub(super) slots: Vec<Slot>,
    /// Indices of the members of the last event that were not decided while they were read.
    pub(super) open: Vec<usize>,
}

impl Values {
    /// Reads an event with its values, and gives its end; what cannot be decided at once is left
    /// open.
    #[inline]
    pub(super) fn read<'a>(
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

    /// Whether the rules have nothing to say about an event that was read.
    pub(super) fn decide(
        &mut self,
        setup: &Setup,
        document: Document<'_>,
        diagnostics: &mut Diagnostics,
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

    pub(super) fn identify(&self, setup: &Setup, document: Document<'_>) -> Option<EventId> {
        let (index, line) = self.id.filter(|_| !setup.checks.repeated.is_empty())?;
        let before = &document.text().as_bytes()[..document.root().span().start];
        let line = line + identity::line_ends(before);
        identity::at_line(document.node(index), line)
    }
}

/// An event that is the whole document.
pub(super) fn payload_of(object: Node<'_>) -> Payload<'_> {
    Payload {
        node: object,
        place: PayloadPlace::Root,
        envelope: None,
    }
}

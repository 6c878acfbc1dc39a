//! One payload through the stages: literals, schema, events.
//!
//! The full path: every rule is asked. Knows nothing of how payloads are found.

use std::cell::Cell;
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Rule};
use crate::view::{Event, EventId, Findings, Payload, Reads, Slot, identity};

use super::setup::{EventCheck, Setup};
use super::structure;
use super::walk::{self, Walked};

impl Setup {
    /// Checks one payload.
    pub(super) fn check_payload(
        &self,
        payload: &Payload<'_>,
        slots: &mut Vec<Slot>,
        diagnostics: &mut Diagnostics,
    ) {
        diagnostics.settle();
        let before = diagnostics.len();
        let Walked { conforms, naming } = walk::check(self, payload, slots, diagnostics);
        debug_assert!(!conforms || self.engine().accepts(payload.node, &naming));
        if self.checks.schema && !conforms {
            structure::explain(self, payload, &naming, diagnostics);
        }
        self.check_event(&self.checks.event, payload, slots, diagnostics);
        diagnostics.settle();
        if self.times && diagnostics.len() > before {
            let times: Arc<[_]> = self.event(payload, slots).times().collect();
            for found in &mut diagnostics[before..] {
                found.times = Some(Arc::clone(&times));
            }
        }
    }

    /// Asks the rules on whole events about a payload that was walked.
    pub(super) fn check_event(
        &self,
        rules: &[(&'static Rule, EventCheck)],
        payload: &Payload<'_>,
        slots: &[Slot],
        diagnostics: &mut Diagnostics,
    ) {
        let event = self.event(payload, slots);
        let Some((first, _)) = rules.first() else {
            return;
        };
        let mut findings = Findings::new(first, Some(payload), &self.vocabulary, diagnostics);
        for (rule, check) in rules {
            check(&event, findings.of(rule));
        }
    }

    fn event<'a>(&'a self, payload: &'a Payload<'a>, slots: &'a [Slot]) -> Event<'a> {
        Event {
            payload,
            context: self.context(),
            slots,
            fields: &self.fields,
            reads: None,
        }
    }

    /// What a check reads of an event in which it finds nothing: it finds nothing in any other that
    /// has the same there.
    pub(super) fn reads(
        &self,
        (rule, check): &(&'static Rule, EventCheck),
        payload: &Payload<'_>,
        slots: &[Slot],
    ) -> Reads {
        let reads = Cell::default();
        let event = Event {
            reads: Some(&reads),
            ..self.event(payload, slots)
        };
        check(
            &event,
            &mut Findings::new(rule, None, &self.vocabulary, &mut Diagnostics::default()),
        );
        reads.get()
    }

    /// The identifier of the only payload of a document, if a rule asks for it.
    pub(super) fn id_of(&self, payload: &Payload<'_>) -> Option<EventId> {
        let asked = !self.checks.repeated.is_empty();
        asked.then(|| identity::of(payload)).flatten()
    }
}

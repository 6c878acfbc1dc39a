//! A linter: from the bytes of a document to its diagnostics.
//!
//! Owns the order of the stages around a payload, and the choice between the fast path and the
//! full one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Tape;
use crate::model::Model;
use crate::redact::Vocabulary;
use crate::rules;
use crate::view::{Enclosure, Findings, Payload, PayloadPlace, enclosure, identity};

use super::fast::{Rest, Settled};
use super::options::{Options, UnknownRevision};
use super::outcome::{Outcome, OverLimit, sort};
use super::reader::{self, Unreadable, mark};
use super::scratch::Scratch;
use super::sequence::{Sequence, is_sequence, number_marks};
use super::setup::Setup;

/// A number that nothing else of the process has.
pub(super) fn unique() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Whether a finding says that a text cannot be read.
fn is_unreadable(found: &Diagnostic) -> bool {
    use rules::syntax::{invalid_encoding, json_syntax, nesting_too_deep};
    let fatal = [
        &json_syntax::RULE.rule,
        &invalid_encoding::RULE.rule,
        &nesting_too_deep::RULE.rule,
    ];
    fatal.contains(&found.rule)
}

fn over_limit(read: &Result<Enclosure<'_>, Unreadable>) -> Option<OverLimit> {
    match read {
        Err(Unreadable::OverLimit(limit)) => Some(OverLimit {
            limit: *limit,
            lines: 0,
        }),
        _ => None,
    }
}

/// A model, ready to check documents. May be shared between threads.
#[derive(Debug)]
pub struct Linter {
    /// Tells it from every other one of the process.
    pub(super) id: u64,
    pub(super) setup: Setup,
}

impl Linter {
    /// A linter for the bundled model.
    ///
    /// # Errors
    /// When the model has no such revision.
    pub fn new(options: &Options) -> Result<Self, UnknownRevision> {
        Self::with_model(crate::model::table::autopilot_event(), options)
    }

    /// A linter for any model of a resource, which linters may share. Of a resource other than the
    /// Autopilot event, only rules run that follow from its types.
    ///
    /// # Panics
    /// Where the model has no structured type.
    ///
    /// # Errors
    /// When the model has no such revision.
    pub fn with_model(
        model: impl Into<Arc<Model>>,
        options: &Options,
    ) -> Result<Self, UnknownRevision> {
        Ok(Self {
            id: unique(),
            setup: Setup::new(model.into(), options)?,
        })
    }

    /// The model that is checked against.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.setup.model
    }

    /// What redaction shows of the documents.
    #[must_use]
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.setup.vocabulary
    }

    /// Index of the revision that is checked against; `None` = any.
    #[must_use]
    pub const fn revision(&self) -> Option<usize> {
        self.setup.revision
    }

    /// Checks one document: JSON text of any encoding.
    #[must_use]
    pub fn check(&self, bytes: &[u8], scratch: &mut Scratch) -> Outcome {
        let mut outcome = Outcome::default();
        if is_sequence(bytes) {
            self.check_sequence(&mut Sequence::default(), bytes, true, scratch, &mut outcome);
            number_marks(&mut outcome.diagnostics, bytes, 0, 1);
        } else {
            self.check_part(bytes, 0, 0, scratch, &mut outcome);
        }
        outcome
    }

    /// Checks one document that is a part of a file, such as a line, and adds what it gives to
    /// `outcome`. That many `lines` and `bytes` of the file stand before it. Says whether it is JSON.
    pub fn check_part(
        &self,
        text: &[u8],
        lines: usize,
        bytes: usize,
        scratch: &mut Scratch,
        outcome: &mut Outcome,
    ) -> bool {
        let before = outcome.diagnostics.len();
        let Some(Settled { id, .. }) = self.settle(text, scratch, &mut outcome.diagnostics) else {
            let (found, is_json) = self.check_fully(text, scratch);
            outcome.append(found, lines, bytes);
            return is_json;
        };
        for found in &mut outcome.diagnostics[before..] {
            found.shift(bytes);
        }
        outcome.payloads += 1;
        outcome.ids.extend(id.map(|mut id| {
            id.shift(lines, bytes);
            id
        }));
        true
    }

    /// Checks texts that follow one another otherwise than one a line, as far as `part` has them
    /// whole, and adds to `outcome` what they give, with places that count from the first byte and
    /// line of `part`. Gives how many bytes that took; behind the `last` part nothing follows.
    pub fn check_sequence(
        &self,
        sequence: &mut Sequence,
        part: &[u8],
        last: bool,
        scratch: &mut Scratch,
        outcome: &mut Outcome,
    ) -> usize {
        sequence.read(part, last, outcome, |text, lines, bytes, outcome| {
            self.check_part(text, lines, bytes, scratch, outcome);
        })
    }

    /// Whether a document is certainly one clean event, told from the shapes of those that were
    /// checked with `scratch` before: an event that is clean by [`Linter::check`] need not be
    /// certainly so.
    #[must_use]
    pub fn is_certainly_clean(&self, bytes: &[u8], scratch: &mut Scratch) -> bool {
        let mut found = Diagnostics::default();
        self.settle(bytes, scratch, &mut found).is_some() && found.is_empty()
    }

    /// As [`Filter::settle`](super::fast::Filter::settle) for a document.
    fn settle(
        &self,
        bytes: &[u8],
        scratch: &mut Scratch,
        found: &mut Diagnostics,
    ) -> Option<Settled> {
        // Of a single file nothing is known; it is not looked at for that.
        scratch
            .filter
            .as_ref()
            .filter(|filter| filter.is_of(self.id))?;
        let text = simdutf8::basic::from_utf8(bytes).ok()?;
        let before = found.len();
        let settled = scratch.settle(&self.setup, self.id, (text, Rest::Blank), found)?;
        debug_assert!(
            found.is_full()
                || self
                    .check_fully(bytes, &mut Scratch::without_filter())
                    .0
                    .of_one_payload()
                    == Some((&found[before..], settled.id.as_slice()))
        );
        Some(settled)
    }

    /// Checks one document on the full path, and says whether it is JSON.
    fn check_fully(&self, bytes: &[u8], scratch: &mut Scratch) -> (Outcome, bool) {
        let mut outcome = Outcome::default();
        let Scratch {
            tape,
            slots,
            filter,
        } = scratch;
        let diagnostics = &mut outcome.diagnostics;
        let enclosure = self.enclosure(bytes, tape, diagnostics);
        // What is beyond a limit may be.
        let is_json = !matches!(enclosure, Err(Unreadable::Faulty));
        outcome.over_limit = over_limit(&enclosure);
        if let Ok(enclosure) = enclosure {
            for payload in &enclosure.payloads {
                self.setup.check_payload(payload, slots, diagnostics);
            }
            if let ([only], Some(filter)) = (&*enclosure.payloads, filter)
                && only.place == PayloadPlace::Root
            {
                filter.learn(
                    &self.setup,
                    self.id,
                    only.node.document(),
                    slots,
                    diagnostics,
                );
            }
            outcome.payloads = enclosure.payloads.len();
            outcome.ids = enclosure.ids;
        }
        self.finish(bytes, diagnostics);
        (outcome, is_json)
    }

    /// Checks one document, leaving its payloads to `check`: for callers that have several threads
    /// for them. Whatever order `check` adds diagnostics in, they are sorted afterwards. Gives the
    /// limit that the document is beyond, if it is.
    pub fn open(
        &self,
        bytes: &[u8],
        tape: &mut Tape,
        diagnostics: &mut Diagnostics,
        check: impl FnOnce(&Enclosure<'_>, &mut Diagnostics),
    ) -> Option<OverLimit> {
        let enclosure = self.enclosure(bytes, tape, diagnostics);
        let over_limit = over_limit(&enclosure);
        if let Ok(enclosure) = enclosure {
            check(&enclosure, diagnostics);
        }
        self.finish(bytes, diagnostics);
        over_limit
    }

    /// Reads a document and checks what is around its payloads.
    fn enclosure<'a>(
        &'a self,
        bytes: &'a [u8],
        tape: &'a mut Tape,
        diagnostics: &mut Diagnostics,
    ) -> Result<Enclosure<'a>, Unreadable> {
        let mark = mark(bytes);
        let document = reader::open(&bytes[mark..], tape, &self.setup.vocabulary, diagnostics)?;
        let mut enclosure = enclosure::find(document, &self.setup.lookup, self.setup.mode);
        self.identify(&mut enclosure, mark, diagnostics);
        reader::duplicates_around(&enclosure, &self.setup.vocabulary, diagnostics);
        for (rule, check) in &self.setup.checks.document {
            check(
                &enclosure,
                &mut Findings::new(rule, None, &self.setup.vocabulary, diagnostics),
            );
        }
        Ok(enclosure)
    }

    /// Puts what was found in a document in its order, and its places behind the byte order mark.
    fn finish(&self, bytes: &[u8], diagnostics: &mut Diagnostics) {
        let mark = mark(bytes);
        if mark > 0 {
            for found in diagnostics.iter_mut() {
                found.shift(mark);
            }
            let mut found = rules::syntax::byte_order_mark::diagnostic();
            // A text that stays unreadable stays as it is.
            let stays = |found: &Diagnostic| is_unreadable(found) && found.fix.is_none();
            if diagnostics.iter().any(stays) {
                found.fix = None;
            }
            diagnostics.push(found);
        }
        self.setup.keep(diagnostics);
        diagnostics.settle();
        sort(diagnostics);
    }

    fn identify(
        &self,
        enclosure: &mut Enclosure<'_>,
        skipped: usize,
        diagnostics: &mut Diagnostics,
    ) {
        if self.setup.checks.repeated.is_empty() {
            return;
        }
        let (ids, repeated) = identity::identify(&enclosure.payloads, skipped);
        enclosure.ids = ids;
        for repeated in repeated {
            for (rule, check) in &self.setup.checks.repeated {
                check(
                    &repeated,
                    &mut Findings::new(rule, None, &self.setup.vocabulary, diagnostics),
                );
            }
        }
    }

    /// Checks a run of payloads of one document, with buffers of its own.
    #[must_use]
    pub fn check_payloads(&self, payloads: &[Payload<'_>]) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        let mut slots = Vec::new();
        for payload in payloads {
            self.setup
                .check_payload(payload, &mut slots, &mut diagnostics);
        }
        diagnostics
    }
}

//! From the bytes of a document to its diagnostics.
//!
//! Owns the order of the stages: encoding, JSON, payloads, schema, literals, events. Pure: no
//! files, threads, clock or environment. Knows nothing of policy, lines and formats.

mod context_url;
mod elements;
mod engine;
mod event;
mod filter;
mod findings;
mod identity;
mod literal;
mod payload;
mod reader;
mod structure;

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostic;
use crate::edm::Remarks;
use crate::edm::date_time::DateTime;
use crate::json::{Node, Tape};
use crate::model::{Mode, Model, Role, schema};
use crate::quote::quote;
use crate::rules::{self, Category, Check, OrdinaryInstant, OrdinaryText, Rule, RuleSet};

use engine::Engine;
use event::{FieldMap, Reads, Slot};
use filter::{Filter, Rest, Settled};

pub use context_url::ContextUrl;
pub use elements::{Frame, Joined, Part, Unusual};
pub use event::{Annotation, Context, Event, Literal, Operand};
pub use findings::{Finding, Findings, Place};
pub use identity::{Duplicates, EventId, Repeated};
pub use literal::{
    DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, GuidLiteral, InstantLiteral,
    IntegerLiteral, NumberLiteral, SpellingLiteral, TextLiteral,
};
pub use payload::{Enclosure, Payload, PayloadPlace, Stranger};
pub use reader::BYTE_ORDER_MARK;
pub use structure::Expected;

/// All revisions in one.
const ANY: &str = "any";
/// The newest revision, whatever its date.
const LATEST: &str = "latest";

/// The names that [`Options::revision`] takes, given the revisions of a model.
pub fn revision_names(revisions: &[String]) -> impl Iterator<Item = &str> {
    let dated = revisions.iter().map(String::as_str);
    std::iter::once(ANY).chain(dated).chain([LATEST])
}

/// What to check against.
#[derive(Debug, Clone)]
pub struct Options {
    /// Revision to check against: `any`, `latest`, or one of [`Model::revisions`].
    pub revision: String,
    /// Which side of the conversation the payloads are.
    pub mode: Mode,
    /// The present, in 100 ns ticks since 0001-01-01T00:00:00Z; `None`: no date is in the future.
    pub now: Option<i64>,
    /// The rules that run.
    pub rules: RuleSet,
    /// Findings are to carry the dates and durations of their payload.
    pub times: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            revision: ANY.to_owned(),
            mode: Mode::Any,
            now: None,
            rules: RuleSet::default(),
            times: false,
        }
    }
}

/// A number that nothing else of the process has.
fn unique() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// A model, ready to check documents. May be shared between threads.
#[derive(Debug)]
pub struct Linter {
    /// Tells it from every other one of the process.
    id: u64,
    model: Arc<Model>,
    revision: Option<usize>,
    mode: Mode,
    now: Option<i64>,
    fields: FieldMap,
    times: bool,
    rules: RuleSet,
    checks: Checks,
    /// Compiled on the first payload: many runs never need it.
    engine: OnceLock<Engine>,
}

/// Buffers that are used again from document to document; one for each thread.
#[derive(Debug)]
pub struct Scratch {
    tape: Tape,
    slots: Vec<Slot>,
    /// `None` where every document takes the full path.
    filter: Option<Filter>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            filter: Some(Filter::default()),
            ..Self::without_filter()
        }
    }
}

impl Scratch {
    /// Buffers with which every document takes the full path: what is certainly clean is not
    /// decided before. Gives the same findings, later; for comparisons.
    #[must_use]
    pub fn without_filter() -> Self {
        Self {
            tape: Tape::new(),
            slots: Vec::new(),
            filter: None,
        }
    }

    /// As [`Filter::settle`]; `None` without a filter.
    fn settle(
        &mut self,
        linter: &Linter,
        owner: u64,
        text: (&str, Rest),
        found: &mut Vec<Diagnostic>,
    ) -> Option<Settled> {
        self.filter.as_mut()?.settle(linter, owner, text, found)
    }
}

/// A revision was asked for that the model does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRevision {
    /// What was asked for.
    pub name: String,
    /// What there is, but for `any` and `latest`.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown revision {}; expected one of any, ",
            quote(&self.name)
        )?;
        for known in &self.known {
            write!(f, "{known}, ")?;
        }
        f.write_str("latest")
    }
}

impl std::error::Error for UnknownRevision {}

/// What a check of a document gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// In order of offset, then rule name.
    pub diagnostics: Vec<Diagnostic>,
    /// How many payloads were found.
    pub payloads: usize,
    /// The identifiers of the payloads, each once, for [`Duplicates`]; none where the rule on them
    /// does not run.
    pub ids: Vec<EventId>,
}

impl Outcome {
    /// Puts what a part of a file gave behind this: that many lines and bytes stand before it.
    fn append(&mut self, mut part: Self, lines: usize, bytes: usize) {
        for found in &mut part.diagnostics {
            found.shift(bytes);
        }
        for id in &mut part.ids {
            id.shift(lines, bytes);
        }
        self.diagnostics.append(&mut part.diagnostics);
        self.ids.append(&mut part.ids);
        self.payloads += part.payloads;
    }

    /// What was found and the identifiers, if it is that of one payload.
    fn of_one_payload(&self) -> Option<(&[Diagnostic], &[EventId])> {
        (self.payloads == 1).then_some((&*self.diagnostics, &*self.ids))
    }
}

type Checked<F> = Vec<(&'static Rule, F)>;
type InstantCheck = fn(&InstantLiteral<'_>, &mut Findings<'_>);
type EventCheck = fn(&Event<'_>, &mut Findings<'_>);
type TextCheck = fn(&TextLiteral<'_>, &mut Findings<'_>);

/// The functions of the rules that run, by what they are called with.
#[derive(Debug, Default)]
struct Checks {
    /// A rule runs that the schema engine finds.
    schema: bool,
    /// A rule that has no function of its own, but is found on the way, does not run.
    filtered: bool,
    annotation: Checked<fn(&Annotation<'_>, &mut Findings<'_>)>,
    date_time: Checked<fn(&DateTimeLiteral<'_>, &mut Findings<'_>)>,
    instant: Vec<(&'static Rule, OrdinaryInstant, InstantCheck)>,
    date_or_time: Checked<fn(&DateOrTimeLiteral<'_>, &mut Findings<'_>)>,
    duration: Checked<fn(&DurationLiteral<'_>, &mut Findings<'_>)>,
    spelling: Checked<fn(&SpellingLiteral<'_>, &mut Findings<'_>)>,
    integer: Checked<fn(&IntegerLiteral<'_>, &mut Findings<'_>)>,
    number: Checked<fn(&NumberLiteral<'_>, &mut Findings<'_>)>,
    guid: Checked<fn(&GuidLiteral<'_>, &mut Findings<'_>)>,
    text: Vec<(&'static Rule, OrdinaryText, TextCheck)>,
    role: Vec<(Role, &'static Rule, OrdinaryText, TextCheck)>,
    undeclared: Checked<fn(Node<'_>, &mut Findings<'_>)>,
    repeated: Checked<fn(&Repeated<'_>, &mut Findings<'_>)>,
    event: Checked<EventCheck>,
    document: Checked<fn(&Enclosure<'_>, &mut Findings<'_>)>,
}

impl Checks {
    /// What the rules on the text of a member find ordinary, and their functions.
    fn of_text(
        &self,
        role: Option<Role>,
    ) -> impl Iterator<Item = (&'static Rule, OrdinaryText, TextCheck)> {
        let of_role = self.role.iter().filter(move |(of, ..)| role == Some(*of));
        let of_role = of_role.map(|(_, rule, ordinary, check)| (*rule, *ordinary, *check));
        self.text.iter().copied().chain(of_role)
    }

    fn new(rules: RuleSet, model: &Model) -> Self {
        let mut checks = Self::default();
        for rule in rules::ALL {
            let runs = rules.contains(rule) && applies(rule, model);
            for check in rule.checks {
                match *check {
                    Check::Reader => checks.filtered |= !runs,
                    Check::Schema | Check::Names => {
                        checks.schema |= runs;
                        checks.filtered |= !runs;
                    }
                    _ if !runs => {}
                    Check::Annotation(f) => checks.annotation.push((rule, f)),
                    Check::DateTime(f) => checks.date_time.push((rule, f)),
                    Check::Instant(ordinary, f) => checks.instant.push((rule, ordinary, f)),
                    Check::DateOrTime(f) => checks.date_or_time.push((rule, f)),
                    Check::Duration(f) => checks.duration.push((rule, f)),
                    Check::Spelling(f) => checks.spelling.push((rule, f)),
                    Check::Integer(f) => checks.integer.push((rule, f)),
                    Check::Number(f) => checks.number.push((rule, f)),
                    Check::Guid(f) => checks.guid.push((rule, f)),
                    Check::Text(ordinary, f) => checks.text.push((rule, ordinary, f)),
                    Check::Role(role, ordinary, f) => checks.role.push((role, rule, ordinary, f)),
                    Check::Undeclared(f) => checks.undeclared.push((rule, f)),
                    Check::Repeated(f) => checks.repeated.push((rule, f)),
                    Check::Event(f) => checks.event.push((rule, f)),
                    Check::Document(f) => checks.document.push((rule, f)),
                }
            }
        }
        checks
    }
}

/// Whether a rule has something to say of this resource: what an event means, no other resource
/// does, even where it has members of the same names.
fn applies(rule: &Rule, model: &Model) -> bool {
    let of_meaning = matches!(
        rule.category,
        Category::Order | Category::Duration | Category::State | Category::Content
    );
    !of_meaning || model.is_autopilot_event()
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
        let model = model.into().flattened();
        let revision = selected(&model, &options.revision)?;
        Ok(Self {
            id: unique(),
            fields: FieldMap::new(&model),
            checks: Checks::new(options.rules, &model),
            rules: options.rules,
            times: options.times,
            model,
            revision,
            mode: options.mode,
            now: options.now,
            engine: OnceLock::new(),
        })
    }

    /// The model that is checked against.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Index of the revision that is checked against; `None` = any.
    #[must_use]
    pub const fn revision(&self) -> Option<usize> {
        self.revision
    }

    /// Checks one document: JSON text of any encoding.
    #[must_use]
    pub fn check(&self, bytes: &[u8], scratch: &mut Scratch) -> Outcome {
        let mut outcome = Outcome::default();
        self.check_part(bytes, (0, 0), scratch, &mut outcome);
        outcome
    }

    /// Checks one document that is a part of a file, such as a line, and adds what it gives to
    /// `outcome`. `(lines, bytes)` stand before it.
    pub fn check_part(
        &self,
        text: &[u8],
        (lines, bytes): (usize, usize),
        scratch: &mut Scratch,
        outcome: &mut Outcome,
    ) {
        let before = outcome.diagnostics.len();
        let Some(Settled { id, .. }) = self.settle(text, scratch, &mut outcome.diagnostics) else {
            outcome.append(self.check_fully(text, scratch), lines, bytes);
            return;
        };
        for found in &mut outcome.diagnostics[before..] {
            found.shift(bytes);
        }
        outcome.payloads += 1;
        outcome.ids.extend(id.map(|mut id| {
            id.shift(lines, bytes);
            id
        }));
    }

    /// Whether a document is certainly one clean event, told from the shapes of those that were
    /// checked with `scratch` before: an event that is clean by [`Linter::check`] need not be
    /// certainly so.
    #[must_use]
    pub fn is_certainly_clean(&self, bytes: &[u8], scratch: &mut Scratch) -> bool {
        let mut found = Vec::new();
        self.settle(bytes, scratch, &mut found).is_some() && found.is_empty()
    }

    /// As [`Filter::settle`] for a document.
    fn settle(
        &self,
        bytes: &[u8],
        scratch: &mut Scratch,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Settled> {
        // Of a single file nothing is known; it is not looked at for that.
        scratch
            .filter
            .as_ref()
            .filter(|filter| filter.is_of(self.id))?;
        let text = simdutf8::basic::from_utf8(bytes).ok()?;
        let before = found.len();
        let settled = scratch.settle(self, self.id, (text, Rest::Blank), found)?;
        debug_assert_eq!(
            self.check_fully(bytes, &mut Scratch::without_filter())
                .of_one_payload(),
            Some((&found[before..], settled.id.as_slice()))
        );
        Some(settled)
    }

    /// Checks one document on the full path.
    fn check_fully(&self, bytes: &[u8], scratch: &mut Scratch) -> Outcome {
        let mut outcome = Outcome::default();
        let Scratch {
            tape,
            slots,
            filter,
        } = scratch;
        let diagnostics = &mut outcome.diagnostics;
        if let Some(enclosure) = self.enclosure(bytes, tape, diagnostics) {
            for payload in &enclosure.payloads {
                self.check_payload(payload, slots, diagnostics);
            }
            if let ([only], Some(filter)) = (&*enclosure.payloads, filter)
                && only.place == PayloadPlace::Root
            {
                filter.learn(self, self.id, only.node.document(), slots, diagnostics);
            }
            outcome.payloads = enclosure.payloads.len();
            outcome.ids = enclosure.ids;
        }
        self.finish(bytes, diagnostics);
        outcome
    }

    /// Checks one document, leaving its payloads to `check`: for callers that have several threads
    /// for them. Whatever order `check` adds diagnostics in, they are sorted afterwards.
    pub fn open(
        &self,
        bytes: &[u8],
        tape: &mut Tape,
        diagnostics: &mut Vec<Diagnostic>,
        check: impl FnOnce(&Enclosure<'_>, &mut Vec<Diagnostic>),
    ) {
        if let Some(enclosure) = self.enclosure(bytes, tape, diagnostics) {
            check(&enclosure, diagnostics);
        }
        self.finish(bytes, diagnostics);
    }

    /// Reads a document and checks what is around its payloads.
    fn enclosure<'a>(
        &'a self,
        bytes: &'a [u8],
        tape: &'a mut Tape,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Enclosure<'a>> {
        let mark = mark(bytes);
        let document = reader::open(&bytes[mark..], tape, diagnostics)?;
        let mut enclosure = payload::find(document, &self.model, self.mode);
        self.identify(&mut enclosure, mark, diagnostics);
        reader::duplicates_around(&enclosure, diagnostics);
        for (rule, check) in &self.checks.document {
            check(&enclosure, &mut Findings::new(rule, None, diagnostics));
        }
        Some(enclosure)
    }

    /// Puts what was found in a document in its order, and its places behind the byte order mark.
    fn finish(&self, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) {
        let mark = mark(bytes);
        if mark > 0 {
            for found in diagnostics.iter_mut() {
                found.shift(mark);
            }
            diagnostics.push(rules::syntax::byte_order_mark::diagnostic());
        }
        self.keep(diagnostics);
        sort(diagnostics);
    }

    /// Keeps the findings of rules that run.
    fn keep(&self, diagnostics: &mut Vec<Diagnostic>) {
        if self.checks.filtered {
            diagnostics.retain(|found| self.rules.contains(found.rule));
        }
    }

    fn identify(
        &self,
        enclosure: &mut Enclosure<'_>,
        skipped: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.checks.repeated.is_empty() {
            return;
        }
        for repeated in identity::identify(enclosure, skipped) {
            for (rule, check) in &self.checks.repeated {
                check(&repeated, &mut Findings::new(rule, None, diagnostics));
            }
        }
    }

    /// Checks one payload.
    pub(crate) fn check_payload(
        &self,
        payload: &Payload<'_>,
        slots: &mut Vec<Slot>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let before = diagnostics.len();
        let conforms = literal::check(self, payload, slots, diagnostics);
        debug_assert!(!conforms || self.engine().accepts(payload.node));
        if self.checks.schema && !conforms && !self.engine().accepts(payload.node) {
            structure::explain(self, payload, diagnostics);
        }
        self.check_event(&self.checks.event, payload, slots, diagnostics);
        if self.times && diagnostics.len() > before {
            let times: Arc<[_]> = self.event(payload, slots).times().collect();
            for found in &mut diagnostics[before..] {
                found.times = Some(Arc::clone(&times));
            }
        }
    }

    /// Whether no rule on instants has anything to say of this one.
    fn finds_ordinary(&self, instant: &DateTime) -> bool {
        let mut checks = self.checks.instant.iter();
        checks.all(|(_, ordinary, _)| ordinary(instant, self.now))
    }

    /// Whether no rule has anything to say of how a literal is spelt.
    fn accepts_spelling(&self, remarks: Remarks) -> bool {
        !remarks.non_canonical || self.checks.spelling.is_empty()
    }

    /// Asks the rules on whole events about a payload that was walked.
    fn check_event(
        &self,
        rules: &[(&'static Rule, EventCheck)],
        payload: &Payload<'_>,
        slots: &[Slot],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let event = self.event(payload, slots);
        let Some((first, _)) = rules.first() else {
            return;
        };
        let mut findings = Findings::new(first, Some(payload), diagnostics);
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
    fn reads(
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
        check(&event, &mut Findings::new(rule, None, &mut Vec::new()));
        reads.get()
    }

    /// The identifier of the only payload of a document, if a rule asks for it.
    fn id_of(&self, payload: &Payload<'_>) -> Option<EventId> {
        let asked = !self.checks.repeated.is_empty();
        asked.then(|| identity::of(payload)).flatten()
    }

    /// Checks a run of payloads of one document, with buffers of its own.
    #[must_use]
    pub fn check_payloads(&self, payloads: &[Payload<'_>]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut slots = Vec::new();
        for payload in payloads {
            self.check_payload(payload, &mut slots, &mut diagnostics);
        }
        diagnostics
    }

    fn context(&self) -> Context<'_> {
        Context {
            model: &self.model,
            revision: self.revision,
            mode: self.mode,
            now: self.now,
        }
    }

    fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| {
            let options = schema::SchemaOptions {
                revision: self.revision,
                mode: self.mode,
            };
            let schema = schema::to_json_schema(&self.model, &options);
            Engine::new(schema).expect("a derived schema is valid under its meta-schema")
        })
    }
}

/// How long the byte order mark is that a document begins with.
#[must_use]
pub fn mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// Index of the revision to check against; `None` = any.
fn selected(model: &Model, name: &str) -> Result<Option<usize>, UnknownRevision> {
    if name == ANY || name == LATEST && model.revisions.is_empty() {
        return Ok(None);
    }
    let found = if name == LATEST {
        model.revisions.len().checked_sub(1)
    } else {
        model.revision_index(name)
    };
    let unknown = || UnknownRevision {
        name: name.to_owned(),
        known: model.revisions.clone(),
    };
    found.map(Some).ok_or_else(unknown)
}

/// Puts diagnostics in the order of every report: offset, then rule.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.start, d.rule.name);
        key(a).cmp(&key(b)).then_with(|| a.pointer.cmp(&b.pointer))
    });
}

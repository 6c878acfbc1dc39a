//! What a linter checks with: the model, what of it is selected, and the functions of the rules
//! that run, by what they are called with.
//!
//! Made once. Knows nothing of documents.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Category, Diagnostics, Rule};
use crate::json::Node;
use crate::model::{Lookup, Mode, Model, Role, schema};
use crate::redact::Vocabulary;
use crate::rules::{self, Check, OrdinaryInstant, OrdinaryText, RuleSet};
use crate::view::{
    Annotation, Context, DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, Enclosure, Event,
    FieldMap, Findings, GuidLiteral, InstantLiteral, IntegerLiteral, NumberLiteral, Repeated,
    SpellingLiteral, TextLiteral,
};

use super::engine::Engine;
use super::options::{self, Options, UnknownRevision};
use super::reach::reachable;

/// A model with what is selected of it, and the rules that run.
#[derive(Debug)]
pub(super) struct Setup {
    pub(super) model: Arc<Model>,
    pub(super) lookup: Lookup,
    /// Index of the revision; `None` = any.
    pub(super) revision: Option<usize>,
    pub(super) mode: Mode,
    pub(super) now: Option<i64>,
    pub(super) fields: FieldMap,
    /// Findings carry the dates and durations of their payload.
    pub(super) times: bool,
    pub(super) rules: RuleSet,
    pub(super) checks: Checks,
    pub(super) vocabulary: Vocabulary,
    /// Compiled on the first payload: many runs never need it.
    engine: OnceLock<Engine>,
}

impl Setup {
    pub(super) fn new(model: Arc<Model>, options: &Options) -> Result<Self, UnknownRevision> {
        let model = model.flattened();
        let revision = options::selected(&model, &options.revision)?;
        Ok(Self {
            fields: FieldMap::new(&model),
            lookup: Lookup::new(Arc::clone(&model)),
            checks: Checks::new(options.rules, &model),
            rules: options.rules,
            times: options.times,
            vocabulary: Vocabulary::new(Arc::clone(&model)),
            model,
            revision,
            mode: options.mode,
            now: options.now,
            engine: OnceLock::new(),
        })
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            model: &self.model,
            revision: self.revision,
            mode: self.mode,
            now: self.now,
        }
    }

    /// Index of the member of this name of the type `of`.
    pub(super) fn member(&self, of: usize, name: &str) -> Option<usize> {
        self.lookup.member(of, name)
    }

    /// Index of the member of this name of the enumeration `of`.
    pub(super) fn enum_member(&self, of: usize, name: &str) -> Option<usize> {
        self.lookup.enum_member(of, name)
    }

    pub(super) fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| {
            let options = schema::SchemaOptions {
                revision: self.revision,
                mode: self.mode,
                ..schema::SchemaOptions::default()
            };
            let schema = schema::to_json_schema(&reachable(&self.model), &options);
            Engine::new(schema).expect("a derived schema is valid under its meta-schema")
        })
    }

    /// Keeps the findings of rules that run.
    pub(super) fn keep(&self, diagnostics: &mut Diagnostics) {
        if self.checks.filtered {
            diagnostics.retain(|rule| self.rules.contains(rule));
        }
    }
}

pub(super) type Checked<F> = Vec<(&'static Rule, F)>;
pub(super) type InstantCheck = fn(&InstantLiteral<'_>, &mut Findings<'_>);
pub(super) type EventCheck = fn(&Event<'_>, &mut Findings<'_>);
pub(super) type TextCheck = fn(&TextLiteral<'_>, &mut Findings<'_>);

/// The functions of the rules that run, by what they are called with.
#[derive(Debug, Default)]
pub(super) struct Checks {
    /// A rule runs that the schema engine finds.
    pub(super) schema: bool,
    /// A rule that has no function of its own, but is found on the way, does not run.
    pub(super) filtered: bool,
    pub(super) annotation: Checked<fn(&Annotation<'_>, &mut Findings<'_>)>,
    pub(super) date_time: Checked<fn(&DateTimeLiteral<'_>, &mut Findings<'_>)>,
    pub(super) instant: Vec<(&'static Rule, OrdinaryInstant, InstantCheck)>,
    pub(super) date_or_time: Checked<fn(&DateOrTimeLiteral<'_>, &mut Findings<'_>)>,
    pub(super) duration: Checked<fn(&DurationLiteral<'_>, &mut Findings<'_>)>,
    pub(super) spelling: Checked<fn(&SpellingLiteral<'_>, &mut Findings<'_>)>,
    pub(super) integer: Checked<fn(&IntegerLiteral<'_>, &mut Findings<'_>)>,
    pub(super) number: Checked<fn(&NumberLiteral<'_>, &mut Findings<'_>)>,
    pub(super) guid: Checked<fn(&GuidLiteral<'_>, &mut Findings<'_>)>,
    pub(super) text: Vec<(&'static Rule, OrdinaryText, TextCheck)>,
    pub(super) role: Vec<(Role, &'static Rule, OrdinaryText, TextCheck)>,
    pub(super) undeclared: Checked<fn(Node<'_>, &mut Findings<'_>)>,
    pub(super) repeated: Checked<fn(&Repeated<'_>, &mut Findings<'_>)>,
    pub(super) event: Checked<EventCheck>,
    pub(super) document: Checked<fn(&Enclosure<'_>, &mut Findings<'_>)>,
}

impl Checks {
    /// What the rules on the text of a member find ordinary, and their functions.
    pub(super) fn of_text(
        &self,
        role: Option<Role>,
    ) -> impl Iterator<Item = (&'static Rule, OrdinaryText, TextCheck)> {
        let of_role = self.role.iter().filter(move |(of, ..)| role == Some(*of));
        let of_role = of_role.map(|(_, rule, ordinary, check)| (*rule, *ordinary, *check));
        self.text.iter().copied().chain(of_role)
    }

    fn new(rules: RuleSet, model: &Model) -> Self {
        let mut checks = Self::default();
        for (declaration, (rule, selected)) in rules::declarations().zip(rules.membership()) {
            let runs = selected && applies(rule, model);
            for check in declaration.checks {
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

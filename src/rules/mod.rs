//! The rules: one declaration each, and the register of all of them.
//!
//! A declaration is the only place that states a rule's name, category, default severity, words,
//! examples and check. Lists, documentation, configuration and the tests of the examples are
//! derived from it. Rules speak of members and values; they know nothing of bytes, lines, files
//! or formats.

pub mod collection;
pub mod content;
pub mod duration;
pub mod order;
pub mod schema;
pub mod set;
pub mod state;
pub mod syntax;
pub mod value;

use crate::diagnostic::Rule;
use crate::edm::date_time::DateTime;
use crate::json::Node;
use crate::model::Role;
use crate::view::{
    Annotation, DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, Enclosure, Event, Findings,
    GuidLiteral, InstantLiteral, IntegerLiteral, NumberLiteral, Repeated, SpellingLiteral,
    TextLiteral,
};

pub use set::RuleSet;

/// A rule: what is said of it, and how it looks.
#[derive(Debug)]
pub struct Declaration {
    /// What everything but the runner knows of it.
    pub rule: Rule,
    /// How it looks.
    pub checks: &'static [Check],
}

/// Every declaration, in the order of the documentation.
static DECLARATIONS: [&Declaration; 54] = [
    &syntax::json_syntax::RULE,
    &syntax::invalid_encoding::RULE,
    &syntax::lone_surrogate::RULE,
    &syntax::nesting_too_deep::RULE,
    &syntax::duplicate_member::RULE,
    &syntax::byte_order_mark::RULE,
    &schema::wrong_type::RULE,
    &schema::unknown_member::RULE,
    &schema::member_not_in_revision::RULE,
    &schema::unknown_enum_member::RULE,
    &schema::enum_member_not_in_revision::RULE,
    &schema::null_not_allowed::RULE,
    &schema::missing_member::RULE,
    &schema::member_not_in_mode::RULE,
    &schema::odata_type_mismatch::RULE,
    &schema::unknown_annotation::RULE,
    &value::date_time_syntax::RULE,
    &value::date_time_range::RULE,
    &value::duration_syntax::RULE,
    &value::duration_range::RULE,
    &value::integer_form::RULE,
    &value::integer_range::RULE,
    &value::negative_count::RULE,
    &value::guid_syntax::RULE,
    &value::zero_guid::RULE,
    &value::precision_loss::RULE,
    &value::non_canonical_value::RULE,
    &order::deployment_ends_before_start::RULE,
    &order::deployment_starts_before_enrollment::RULE,
    &order::enrolled_before_registered::RULE,
    &order::event_outside_deployment::RULE,
    &order::implausible_date::RULE,
    &duration::negative_duration::RULE,
    &duration::deployment_duration_exceeds_total::RULE,
    &duration::stage_duration_exceeds_total::RULE,
    &duration::stage_sum_mismatch::RULE,
    &duration::elapsed_time_mismatch::RULE,
    &state::success_but_enrollment_failed::RULE,
    &state::success_but_stage_failed::RULE,
    &state::in_progress_with_end::RULE,
    &state::finished_without_end::RULE,
    &state::failure_without_details::RULE,
    &state::success_with_failure_details::RULE,
    &state::skipped_stage_with_duration::RULE,
    &content::placeholder_value::RULE,
    &content::placeholder_serial_number::RULE,
    &content::user_principal_name_syntax::RULE,
    &content::os_version_syntax::RULE,
    &content::invisible_character::RULE,
    &collection::duplicate_event_id::RULE,
    &collection::count_below_items::RULE,
    &collection::next_and_delta_link::RULE,
    &collection::partial_page::RULE,
    &collection::not_an_event::RULE,
];

/// Every rule, in the order of the documentation.
pub static ALL: &[&Rule] = &RULES;

/// What is said in [`DECLARATIONS`].
static RULES: [&Rule; DECLARATIONS.len()] = {
    let mut all = [&DECLARATIONS[0].rule; DECLARATIONS.len()];
    let mut index = 0;
    while index < all.len() {
        all[index] = &DECLARATIONS[index].rule;
        index += 1;
    }
    all
};

/// Says of most texts, and of no other, in next to no time that a rule has nothing to say of them,
/// whatever the member.
pub type OrdinaryText = fn(&str) -> bool;

/// The same of instants, with the present in ticks where there is one.
pub type OrdinaryInstant = fn(&DateTime, now: Option<i64>) -> bool;

/// What a rule's function is called with. One rule may have several.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Found while the text is read as JSON.
    Reader,
    /// Found by the JSON Schema of the resource.
    Schema,
    /// The same of the name of a member, whatever its value: the next event with these names gets
    /// the same.
    Names,
    /// Every annotation and piece of control information in an event.
    Annotation(fn(&Annotation<'_>, &mut Findings<'_>)),
    /// Every Edm.DateTimeOffset text, with what the grammar says.
    DateTime(fn(&DateTimeLiteral<'_>, &mut Findings<'_>)),
    /// Every Edm.DateTimeOffset text that is a literal; the fast path leaves out instants that
    /// the predicate calls ordinary.
    Instant(OrdinaryInstant, fn(&InstantLiteral<'_>, &mut Findings<'_>)),
    /// Every Edm.Date and Edm.TimeOfDay text, with what the grammar says.
    DateOrTime(fn(&DateOrTimeLiteral<'_>, &mut Findings<'_>)),
    /// Every Edm.Duration text, with what the grammar says.
    Duration(fn(&DurationLiteral<'_>, &mut Findings<'_>)),
    /// Every Edm.DateTimeOffset and Edm.Duration literal, with its canonical spelling.
    Spelling(fn(&SpellingLiteral<'_>, &mut Findings<'_>)),
    /// Every number of an integer type.
    Integer(fn(&IntegerLiteral<'_>, &mut Findings<'_>)),
    /// Every number of the types Edm.Decimal, Edm.Double and Edm.Single.
    Number(fn(&NumberLiteral<'_>, &mut Findings<'_>)),
    /// Every text that stands for a GUID.
    Guid(fn(&GuidLiteral<'_>, &mut Findings<'_>)),
    /// Every text of an Edm.String, but for GUIDs that are right; the fast path leaves out texts
    /// that the predicate calls ordinary.
    Text(OrdinaryText, fn(&TextLiteral<'_>, &mut Findings<'_>)),
    /// The same where the text stands for this.
    Role(Role, OrdinaryText, fn(&TextLiteral<'_>, &mut Findings<'_>)),
    /// Every name and text in an event that no declaration governs and none refuses: of
    /// annotations, and of members of open types.
    Undeclared(fn(Node<'_>, &mut Findings<'_>)),
    /// Every identifier that an earlier event of the document has.
    Repeated(fn(&Repeated<'_>, &mut Findings<'_>)),
    /// A whole event.
    Event(fn(&Event<'_>, &mut Findings<'_>)),
    /// A whole document: its payloads and what encloses them.
    Document(fn(&Enclosure<'_>, &mut Findings<'_>)),
}

/// Every declaration, in the order of [`ALL`].
pub fn declarations() -> impl Iterator<Item = &'static Declaration> {
    DECLARATIONS.into_iter()
}

/// Whether the names in an event alone decide what a rule finds there.
pub(crate) fn is_of_names(rule: &Rule) -> bool {
    let declaration = declarations().find(|known| std::ptr::eq(&raw const known.rule, rule));
    declaration.is_some_and(|known| matches!(known.checks, [Check::Names]))
}

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_looks_somewhere() {
        for declaration in declarations() {
            assert!(!declaration.checks.is_empty(), "{}", declaration.rule.name);
        }
    }
}

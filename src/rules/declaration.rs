//! What a rule is declared with: its metadata, and how it looks.
//!
//! Knows no rule.

use crate::diagnostic::Rule;
use crate::edm::date_time::DateTime;
use crate::json::Node;
use crate::model::Role;
use crate::view::{
    Annotation, DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, Enclosure, Event, Findings,
    GuidLiteral, InstantLiteral, IntegerLiteral, NumberLiteral, Repeated, SpellingLiteral,
    TextLiteral,
};

/// A rule: what is said of it, and how it looks.
#[derive(Debug)]
pub struct Declaration {
    /// What everything but the runner knows of it.
    pub rule: Rule,
    /// How it looks.
    pub checks: &'static [Check],
}

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

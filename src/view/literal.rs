//! A value as the rules of its Edm type see it: the token, its text, and what the grammar says.

use crate::diagnostic::{Applicability, Fix};
use crate::edm::date_time::{DateTime, DateTimeFault};
use crate::edm::duration::{Duration, DurationFault};
use crate::edm::guid::{GuidFault, GuidRemark};
use crate::edm::integer::IntegerFault;
use crate::edm::number::NumberFault;
use crate::edm::{Grammar, Remarks};
use crate::json::{self, Kind as JsonKind, Node};
use crate::model::{Member, Role, TypeRef};
use crate::redact::Values;
use crate::text::words::{Kind, Quoted, quoted, words};

use super::{Context, edits};

/// A text or number that an Edm type governs.
#[derive(Debug, Clone, Copy)]
pub struct Literal<'a, R> {
    /// The member it belongs to.
    pub member: &'a Member,
    /// The token.
    pub node: Node<'a>,
    /// The text, escapes resolved; the token itself for a number.
    pub text: &'a str,
    /// What the grammar says.
    pub result: &'a R,
    /// The rules' view of the model.
    pub context: Context<'a>,
}

/// What a date rule is given.
pub type DateTimeLiteral<'a> = Literal<'a, Result<DateTime, DateTimeFault>>;
/// What a rule on instants is given.
pub type InstantLiteral<'a> = Literal<'a, DateTime>;
/// What a rule on dates without time and times without date is given.
pub type DateOrTimeLiteral<'a> = Literal<'a, Result<Remarks, DateTimeFault>>;
/// What a duration rule is given.
pub type DurationLiteral<'a> = Literal<'a, Result<Duration, DurationFault>>;
/// What a rule on spellings is given: the canonical one with it.
pub type SpellingLiteral<'a> = Literal<'a, String>;
/// What an integer rule is given.
pub type IntegerLiteral<'a> = Literal<'a, Result<i64, IntegerFault>>;
/// What a rule on numbers that need not be integers is given.
pub type NumberLiteral<'a> = Literal<'a, Result<(), NumberFault>>;
/// What an identifier rule is given.
pub type GuidLiteral<'a> = Literal<'a, Result<GuidRemark, GuidFault>>;
/// What a rule on texts is given: there is no grammar, and so no result.
pub type TextLiteral<'a> = Literal<'a, ()>;

impl<R> Literal<'_, R> {
    /// The text as messages quote it.
    pub(crate) fn quoted(&self) -> Quoted<'_> {
        let kind = match self.kind() {
            Kind::Guid => Kind::Guid,
            _ => Kind::Text,
        };
        quoted(self.text).kind(kind).shown_if(self.is_certain())
    }

    /// Another text for the value, as messages quote it.
    pub(crate) fn quoted_as<'t>(&self, text: &'t str) -> Quoted<'t> {
        quoted(text).kind(self.kind()).shown_if(self.is_shown(text))
    }

    /// The repair that writes another text for the value, or another number.
    pub(crate) fn fix(&self, applicability: Applicability, text: &str) -> Fix {
        let (token, quoted) = match self.kind() {
            Kind::Number => (text.into(), self.quoted_as(text).bare()),
            _ => (json::string_token(text), self.quoted_as(text)),
        };
        let edits = edits(self.node, &token, self.is_shown(text));
        Fix::new(applicability, words!("write {}", quoted), edits)
    }

    /// Whether another text for the value identifies nobody.
    fn is_shown(&self, text: &str) -> bool {
        let is_text = self.kind() != Kind::Number;
        self.is_certain() || Values::of(self.member).shows(text, is_text)
    }

    /// Whether the text is certainly a value of the member's type, right or wrong, and so nothing
    /// that identifies a person or a device.
    pub(crate) fn is_certain(&self) -> bool {
        let is_text = self.node.kind() == JsonKind::String;
        Values::of(self.member).shows(self.text, is_text)
    }

    /// What a right value would be.
    pub(crate) fn kind(&self) -> Kind {
        let TypeRef::Edm(edm) = self.member.type_ref else {
            return Kind::Text;
        };
        match edm.grammar() {
            Grammar::Date | Grammar::DateTime | Grammar::TimeOfDay => Kind::DateTime,
            Grammar::Duration => Kind::Duration,
            Grammar::Guid => Kind::Guid,
            Grammar::Text if self.member.role == Some(Role::Guid) => Kind::Guid,
            _ if edm.is_number() => Kind::Number,
            _ => Kind::Text,
        }
    }
}

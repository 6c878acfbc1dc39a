//! A value as the rules of its Edm type see it: the token, its text, and what the grammar says.

use crate::edm::Remarks;
use crate::edm::date_time::{DateTime, DateTimeFault};
use crate::edm::duration::{Duration, DurationFault};
use crate::edm::guid::{GuidFault, GuidRemark};
use crate::edm::integer::IntegerFault;
use crate::edm::number::NumberFault;
use crate::json::Node;
use crate::model::Member;

use super::Context;

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

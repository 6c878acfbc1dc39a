//! Texts that are no date-time, date or time of day.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::date_time::{self, DateTimeFault};
use crate::edm::{Meant, meant};
use crate::model::{Edm, Member, TypeRef};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{DateOrTimeLiteral, DateTimeLiteral, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "date-time-syntax",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "text that is not an Edm.DateTimeOffset literal",
        why: "A date-time has the form `YYYY-MM-DDThh:mm[:ss[.f]]` followed by `Z` or an offset, \
            in upper case, with one to twelve fraction digits. JSON Schema's `date-time` format is \
            a different grammar: it rejects times without seconds, which OData allows. In other \
            resources, Edm.Date (`YYYY-MM-DD`) and Edm.TimeOfDay (`hh:mm[:ss[.f]]`) follow \
            grammars of their own.",
        source: "OData ABNF 4.01, dateTimeOffsetValue, dateValue, timeOfDayValue; .NET XsdDateTime",
        bad: &[
            Example::new(r#"{"eventDateTime": ⟦"2024-05-02 09:14:03Z"⟧}"#)
                .fixed(r#"{"eventDateTime": "2024-05-02T09:14:03Z"}"#),
            Example::new(r#"{"eventDateTime": ⟦"2024-05-02T09:14:03"⟧}"#)
                .fixed_unsafely(r#"{"eventDateTime": "2024-05-02T09:14:03Z"}"#),
            Example::new(r#"{"eventDateTime": ⟦"/Date(1714641243000)/"⟧}"#)
                .fixed(r#"{"eventDateTime": "2024-05-02T09:14:03Z"}"#),
            Example::new(r#"{"eventDateTime": ⟦"05/02/2024 09:14:03"⟧}"#),
            Example::new(r#"{"eventDateTime": ⟦"String (timestamp)"⟧}"#),
        ],
        good: &[
            Example::new(r#"{"eventDateTime": "2024-05-02T09:14:03.1234567+02:00"}"#),
            Example::new(r#"{"eventDateTime": "2024-05-02T09:14Z"}"#),
        ],
    },
    checks: &[Check::DateTime(check), Check::DateOrTime(date_or_time)],
};

fn check(literal: &DateTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ DateTimeFault::Syntax(_)) = literal.result {
        let (name, text) = (ours(&literal.member.name), literal.quoted());
        let message = words!("{} {} is not a date-time: {}", name, text, fault.message());
        let is_right = |text: &str| date_time::parse(text).is_ok();
        let cure = super::cure(
            literal,
            meant::date_time,
            &fault.message(),
            is_right,
            findings,
        );
        findings
            .report(literal.node, message)
            .maybe_fix(cure.fix)
            .maybe_help(cure.help);
    }
}

fn date_or_time(literal: &DateOrTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ DateTimeFault::Syntax(_)) = literal.result {
        let (name, text) = (ours(&literal.member.name), literal.quoted());
        let (noun, meant) = kind_of(literal.member);
        let message = words!("{} {} is not a {}: {}", name, text, noun, fault.message());
        let counted = findings.are_only_counted();
        let meant = (!counted).then(|| meant(literal.text)).flatten();
        let fix = meant.and_then(|meant| super::fix(literal, &meant));
        findings.report(literal.node, message).maybe_fix(fix);
    }
}

/// What the values of a member are, and what a wrong one was meant to be.
fn kind_of(member: &Member) -> (&'static str, fn(&str) -> Option<Meant>) {
    match member.type_ref {
        TypeRef::Edm(Edm::TimeOfDay) => ("time of day", meant::time_of_day),
        _ => ("date", meant::date),
    }
}

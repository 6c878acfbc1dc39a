//! Date-times that cannot be stored.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::date_time::DateTimeFault;
use crate::edm::meant;
use crate::rules::{Check, Declaration};
use crate::view::{DateOrTimeLiteral, DateTimeLiteral, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "date-time-range",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a date-time that .NET and Graph cannot store",
        why: "The literal follows the grammar but names an instant that the service cannot store: \
            a day that does not exist, second 60, a year outside 0001 to 9999, or an offset beyond \
            14 hours. Edm.Date and Edm.TimeOfDay values are checked the same way.",
        source: ".NET DateTimeOffset; OData CSDL: no leap seconds",
        bad: &[
            Example::new(r#"{"eventDateTime": ⟦"2023-02-29T09:14:03Z"⟧}"#),
            Example::new(r#"{"eventDateTime": ⟦"2016-12-31T23:59:60Z"⟧}"#),
            Example::new(r#"{"eventDateTime": ⟦"2024-05-02T09:14:03+14:01"⟧}"#),
        ],
        good: &[Example::new(
            r#"{"eventDateTime": "2024-02-29T09:14:03+14:00"}"#,
        )],
    },
    checks: &[Check::DateTime(check), Check::DateOrTime(date_or_time)],
};

fn check(literal: &DateTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ DateTimeFault::Range(_)) = literal.result {
        let message = super::out_of_range(literal, &fault.message());
        findings
            .report(literal.node, message)
            .maybe_help(super::meant(
                literal,
                meant::date_time(literal.text),
                &fault.message(),
            ));
    }
}

fn date_or_time(literal: &DateOrTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ DateTimeFault::Range(_)) = literal.result {
        let message = super::out_of_range(literal, &fault.message());
        findings.report(literal.node, message);
    }
}

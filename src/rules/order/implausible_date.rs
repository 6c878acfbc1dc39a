//! A date that no event can have.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::date_time::DateTime;
use crate::edm::{TICKS_PER_DAY, elapsed};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, InstantLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "implausible-date",
        category: Category::Order,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a date before 2015 or in the future",
        why: "Windows Autopilot was announced in 2017. An earlier date comes from a clock that was \
            never set or from invented data; a date after tomorrow comes from a clock that is \
            wrong. A date in year 1 means that there is no value and is not reported.",
        source: "first release of Windows Autopilot",
        bad: &[
            Example::new(r#"{"eventDateTime": ⟦"1999-12-31T23:59:59Z"⟧}"#),
            Example::new(r#"{"eventDateTime": ⟦"2199-01-01T00:00:00Z"⟧}"#),
        ],
        good: &[
            Example::new(r#"{"eventDateTime": "0001-01-01T00:00:00Z"}"#),
            Example::new(r#"{"eventDateTime": "2024-05-02T09:14:03Z"}"#),
        ],
    },
    checks: &[Check::Instant(is_plausible, check)],
};

/// 2015-01-01T00:00:00Z in 100 ns ticks.
const FIRST: i64 = 635_556_672_000_000_000;

fn is_plausible(date: &DateTime, now: Option<i64>) -> bool {
    let past = now.is_none_or(|now| date.ticks - now <= TICKS_PER_DAY);
    date.unset || date.ticks >= FIRST && past
}

fn check(literal: &InstantLiteral<'_>, findings: &mut Findings<'_>) {
    let date = literal.result;
    let name = &literal.member.name;
    if date.ticks < FIRST && !date.unset {
        findings
            .report(
                literal.node,
                words!("{} is before 2015, when there was no Autopilot", ours(name)),
            )
            .help("a clock that was never set, or made-up data");
    }
    let ahead = literal.context.now.map_or(0, |now| date.ticks - now);
    if ahead > TICKS_PER_DAY {
        findings
            .report(
                literal.node,
                words!("{} is {} in the future", ours(name), ours(&elapsed(ahead))),
            )
            .help("a clock that is ahead, or made-up data");
    }
}

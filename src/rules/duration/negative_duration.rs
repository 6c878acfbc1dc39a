//! An elapsed time below zero.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{DurationLiteral, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "negative-duration",
        category: Category::Duration,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "an elapsed time below zero",
        why: "Time does not run backwards. Live services have been seen to write negative \
            durations after a clock was changed, and the documentation's own samples contain them, \
            so this is only a warning.",
        source: "meaning of the members",
        bad: &[Example::new(
            r#"{"deviceSetupDuration": ⟦"-PT2M57.2190107S"⟧}"#,
        )],
        good: &[
            Example::new(r#"{"deviceSetupDuration": "PT0S"}"#),
            Example::new(r#"{"deviceSetupDuration": "-PT0S"}"#),
        ],
    },
    checks: &[Check::Duration(check)],
};

fn check(literal: &DurationLiteral<'_>, findings: &mut Findings<'_>) {
    if literal.result.is_ok_and(|duration| duration.ticks < 0) {
        let name = &literal.member.name;
        findings
            .report(
                literal.node,
                words!("{} is negative: {}", ours(name), literal.quoted()),
            )
            .help("an elapsed time is zero or more; was a clock set in between?");
    }
}

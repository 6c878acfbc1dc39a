//! More digits than a tick can hold.

use crate::diagnostic::{Applicability, Category, Example, Rule, Severity};
use crate::edm::{TICK_DIGITS, date_time};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{DateOrTimeLiteral, DateTimeLiteral, DurationLiteral, Findings, Literal};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "precision-loss",
        category: Category::Value,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a time with more than 7 fraction digits of a second",
        why: "The service stores time in ticks of 100 ns. It rounds a date that is finer, and \
            truncates a duration.",
        source: ".NET DateTimeOffset and TimeSpan",
        bad: &[
            Example::new(r#"{"eventDateTime": ⟦"2024-05-02T09:14:03.12345678Z"⟧}"#)
                .fixed_unsafely(r#"{"eventDateTime": "2024-05-02T09:14:03.1234568Z"}"#),
            Example::new(r#"{"deploymentDuration": ⟦"PT1.12345678S"⟧}"#)
                .fixed_unsafely(r#"{"deploymentDuration": "PT1.1234567S"}"#),
        ],
        good: &[Example::new(
            r#"{"eventDateTime": "2024-05-02T09:14:03.1234567Z", "deploymentDuration": "PT1.1234567S"}"#,
        )],
    },
    checks: &[
        Check::DateTime(date_time),
        Check::DateOrTime(date_or_time),
        Check::Duration(duration),
    ],
};

fn date_time(literal: &DateTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if let Ok(value) = literal.result
        && value.remarks.excess_digits
    {
        let kept = || {
            let cut = cut(literal.text);
            let same = date_time::parse(&cut).is_ok_and(|cut| cut.ticks == value.ticks);
            if same {
                cut
            } else {
                // It is rounded up.
                date_time::canonical(value.ticks, value.offset_minutes)
            }
        };
        report(literal, kept, findings);
    }
}

fn date_or_time(literal: &DateOrTimeLiteral<'_>, findings: &mut Findings<'_>) {
    if literal.result.is_ok_and(|remarks| remarks.excess_digits) {
        report(literal, || cut(literal.text), findings);
    }
}

fn duration(literal: &DurationLiteral<'_>, findings: &mut Findings<'_>) {
    if literal
        .result
        .is_ok_and(|value| value.remarks.excess_digits)
    {
        report(literal, || cut(literal.text), findings);
    }
}

/// `kept`: what the service keeps of it.
fn report<R>(literal: &Literal<'_, R>, kept: impl Fn() -> String, findings: &mut Findings<'_>) {
    let message = words!(
        "{} has more than 7 fraction digits; the service keeps 7",
        ours(&literal.member.name)
    );
    let fix = (!findings.are_only_counted()).then(|| literal.fix(Applicability::Unsafe, &kept()));
    findings.report(literal.node, message).maybe_fix(fix);
}

/// A legal literal without the digits after the seventh of its fraction.
fn cut(text: &str) -> String {
    let excess = excess(text);
    let mut cut = text.to_owned();
    cut.replace_range(excess, "");
    cut
}

/// Whether the service keeps less than a legal literal says.
pub(super) fn loses(text: &str) -> bool {
    text[excess(text)].bytes().any(|digit| digit != b'0')
}

/// Where the digits after the seventh of its fraction stand in a legal literal.
fn excess(text: &str) -> std::ops::Range<usize> {
    let fraction = text.find('.').map_or(text.len(), |point| point + 1);
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let digits = text.bytes().skip(fraction).take_while(is_digit).count();
    fraction + digits.min(TICK_DIGITS)..fraction + digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_cut_off() {
        for (text, expected, loses_some) in [
            ("PT1.12345678S", "PT1.1234567S", true),
            ("PT1.12345670S", "PT1.1234567S", false),
            ("PT1.1234567S", "PT1.1234567S", false),
            ("PT1S", "PT1S", false),
            ("09:14:03.123456789012", "09:14:03.1234567", true),
            (
                "2024-05-02T09:14:03.00000000000-08:00",
                "2024-05-02T09:14:03.0000000-08:00",
                false,
            ),
        ] {
            assert_eq!(
                (cut(text).as_str(), loses(text)),
                (expected, loses_some),
                "{text}"
            );
        }
    }
}

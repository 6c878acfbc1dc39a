//! Texts that are no duration.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::duration::{self, DurationFault};
use crate::edm::meant;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{DurationLiteral, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "duration-syntax",
        category: Category::Value,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "text that is not an Edm.Duration literal",
        why: "A duration has the form `[-]P[nD][T[nH][nM][n[.n]S]]`, in upper case, with at least \
            one component after `P` and after `T`. Years, months and weeks are valid in ISO 8601 \
            but not in Edm.Duration. JSON Schema's `duration` format is a different grammar: it \
            rejects fractions and signs.",
        source: "OData ABNF 4.01, durationValue; XSD 1.1 dayTimeDuration; .NET XmlConvert",
        bad: &[
            Example::new(r#"{"deploymentDuration": ⟦"00:03:21.55"⟧}"#)
                .fixed(r#"{"deploymentDuration": "PT3M21.55S"}"#),
            Example::new(r#"{"deploymentDuration": ⟦"P1W"⟧}"#)
                .fixed(r#"{"deploymentDuration": "P7D"}"#),
            Example::new(r#"{"deploymentDuration": ⟦"P1Y"⟧}"#)
                .fixed_unsafely(r#"{"deploymentDuration": "P365D"}"#),
            Example::new(r#"{"deploymentDuration": ⟦"PT"⟧}"#)
                .fixed_unsafely(r#"{"deploymentDuration": "PT0S"}"#),
            Example::new(r#"{"deploymentDuration": ⟦"03:21"⟧}"#),
        ],
        good: &[
            Example::new(r#"{"deploymentDuration": "P1DT2H3M4.5S"}"#),
            Example::new(r#"{"deploymentDuration": "PT0S"}"#),
        ],
    },
    checks: &[Check::Duration(check)],
};

fn check(literal: &DurationLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault @ DurationFault::Syntax(_)) = literal.result {
        let (name, text) = (ours(&literal.member.name), literal.quoted());
        let message = words!("{} {} is not a duration: {}", name, text, fault.message());
        let is_right = |text: &str| duration::parse(text).is_ok();
        let cure = super::cure(
            literal,
            meant::duration,
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

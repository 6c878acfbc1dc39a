//! Identifiers that are no GUID.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::edm::{guid, meant};
use crate::model::{Edm, Role, TypeRef};
use crate::rules::content::placeholder_value;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, GuidLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "guid-syntax",
        category: Category::Value,
        default: Some(Severity::Warning),
        exceptions: &[(Severity::Error, "for members of type Edm.Guid")],
        summary: "an identifier that is not 8-4-4-4-12 hexadecimal digits",
        why: "The service's metadata declares these identifiers as strings, but the documentation \
            treats them as GUIDs, and so does everything that joins events with devices and users. \
            Where a resource declares Edm.Guid, the service rejects anything else.",
        source: "documentation of the resource; OData ABNF 4.01, guidValue",
        bad: &[
            Example::new(r#"{"deviceId": ⟦"evt-1"⟧, "targetedAppCount": 3}"#),
            Example::new(
                r#"{"deviceId": ⟦"{3e455cab-5cab-3e45-ab5c-453eab5c453e}"⟧, "targetedAppCount": 3}"#,
            )
            .fixed(
                r#"{"deviceId": "3e455cab-5cab-3e45-ab5c-453eab5c453e", "targetedAppCount": 3}"#,
            ),
        ],
        good: &[Example::new(
            r#"{"deviceId": "3E455CAB-5cab-3e45-ab5c-453eab5c453e", "userId": "", "targetedAppCount": 3}"#,
        )],
    },
    checks: &[Check::Guid(check)],
};

fn check(literal: &GuidLiteral<'_>, findings: &mut Findings<'_>) {
    if let Err(fault) = literal.result {
        let role = literal.member.role == Some(Role::Guid);
        if role && placeholder_value::recognise(literal.text, literal.context.model).is_some() {
            return;
        }
        let (name, text) = (ours(&literal.member.name), literal.quoted());
        let message = words!("{} {} is not a GUID: {}", name, text, fault.message());
        let severity = match literal.member.type_ref {
            TypeRef::Edm(Edm::Guid) => Severity::Error,
            _ => Severity::Warning,
        };
        let is_right = |text: &str| guid::parse(text).is_ok();
        let cure = super::cure(literal, meant::guid, &fault.message(), is_right, findings);
        findings
            .report(literal.node, message)
            .severity(severity)
            .maybe_fix(cure.fix)
            .maybe_help(cure.help);
    }
}

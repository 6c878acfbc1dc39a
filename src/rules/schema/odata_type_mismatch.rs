//! `@odata.type` that names another type.

use crate::diagnostic::{Category, Example, Fix, Rule, Severity};
use crate::json;
use crate::model::TypeRef;
use crate::rules::schema::wrong_type::actual;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, quoted, words};
use crate::view::{Annotation, Findings, edits};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "odata-type-mismatch",
        category: Category::Schema,
        default: Some(Severity::Error),
        exceptions: &[(Severity::Warning, "where only the letter case differs")],
        summary: "an `@odata.type` that names another type",
        why: "Readers choose the class to deserialize into by `@odata.type`; a wrong name yields \
            the wrong object, or an error. Notifications are known to vary its letter case, so a \
            difference in case alone is only a warning. In other resources, a nested object may \
            name a type derived from the declared one, whose members are not known.",
        source: "OData JSON format 4.01 section 4.5.3",
        bad: &[
            Example::new(
                r##"{"@odata.type": ⟦"#microsoft.graph.managedDevice"⟧, "deploymentState": "success", "targetedAppCount": 3}"##,
            ),
            Example::new(
                r##"{"@odata.type": ⟦"#Microsoft.Graph.DeviceManagementAutopilotEvent"⟧}"##,
            )
            .fixed(r##"{"@odata.type": "#microsoft.graph.deviceManagementAutopilotEvent"}"##),
            Example::new(
                r##"{"deploymentDuration@odata.type": ⟦"#DateTimeOffset"⟧, "deploymentDuration": "PT5M"}"##,
            ),
        ],
        good: &[
            Example::new(r##"{"@odata.type": "#microsoft.graph.deviceManagementAutopilotEvent"}"##),
            Example::new(
                r#"{"@odata.type": "https://graph.microsoft.com/beta/$metadata#microsoft.graph.deviceManagementAutopilotEvent"}"#,
            ),
            Example::new(
                r##"{"deploymentDuration@odata.type": "#Duration", "deploymentDuration": "PT5M"}"##,
            ),
        ],
    },
    checks: &[Check::Annotation(check)],
};

fn check(annotation: &Annotation<'_>, findings: &mut Findings<'_>) {
    if !matches!(annotation.term, "odata.type" | "type") {
        return;
    }
    if names_resource(annotation) {
        return;
    }
    let Some(expected) = expected(annotation) else {
        return;
    };
    let model = annotation.context.model;
    let nested = !std::ptr::eq(annotation.declared, model.resource());
    let help = words!("write `#{}`, or leave it out", ours(&expected));
    let Some(text) = annotation.value.string() else {
        let message = words!(
            "the type is {}, not its name",
            actual(annotation.value.kind())
        );
        findings.report(annotation.value, message).help(help);
        return;
    };
    let named = text
        .rsplit_once('#')
        .map_or(&*text, |(_, fragment)| fragment);
    let named = named.strip_prefix("Edm.").unwrap_or(named);
    if named == expected {
        return;
    }
    let of_case = named.eq_ignore_ascii_case(&expected);
    let severity = if of_case {
        Severity::Warning
    } else if nested && annotation.target.is_empty() && !model.is_autopilot_event() {
        // A type that derives from the declared one, which no schema tells.
        return;
    } else {
        Severity::Error
    };
    let fix = of_case.then(|| {
        let before = &text[..text.len() - named.len()];
        let token = json::string_token(&format!("{before}{expected}"));
        let message = words!("write `#{}`", ours(&expected));
        let shown = before.trim_start_matches('#').is_empty();
        Fix::safe(message, edits(annotation.value, &token, shown))
    });
    findings
        .report(
            annotation.value,
            words!("{} is not the declared type", quoted(&text)),
        )
        .severity(severity)
        .maybe_fix(fix)
        .help(help);
}

/// The usual case, decided without building a name: `#` and the name of the resource, on it.
fn names_resource(annotation: &Annotation<'_>) -> bool {
    let model = annotation.context.model;
    let named = annotation.value.plain_str();
    annotation.target.is_empty()
        && std::ptr::eq(annotation.declared, model.resource())
        && named.and_then(|text| text.strip_prefix('#')) == Some(&model.qualified_name)
}

/// The name of the declared type of what is annotated; `None` for what is not declared.
fn expected(annotation: &Annotation<'_>) -> Option<String> {
    let model = annotation.context.model;
    let (namespace, _) = model.qualified_name.rsplit_once('.')?;
    if annotation.target.is_empty() {
        return Some(format!("{namespace}.{}", annotation.declared.name));
    }
    let members = &annotation.declared.members;
    let member = members
        .iter()
        .find(|member| member.name == annotation.target)?;
    let single = match member.type_ref {
        TypeRef::Edm(edm) => edm.name().trim_start_matches("Edm.").to_owned(),
        TypeRef::Enumeration(index) => format!("{namespace}.{}", model.enumerations[index].name),
        TypeRef::Structured(index) => format!("{namespace}.{}", model.types[index].name),
    };
    Some(if member.collection {
        format!("Collection({single})")
    } else {
        single
    })
}

//! Annotations that nobody defines.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::Node;
use crate::meant::meant;
use crate::rules::{Check, Declaration};
use crate::text::quote::quote;
use crate::view::{Annotation, Enclosure, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "unknown-annotation",
        category: Category::Schema,
        default: Some(Severity::Warning),
        exceptions: &[],
        summary: "a misspelt `@odata.…` name, or one for an undeclared member",
        why: "Readers must ignore annotations they do not know, so a misspelt one silently has no \
            effect. Annotations in other namespaces are always legal.",
        source: "OData JSON format 4.01 sections 4.5 and 20",
        bad: &[
            Example::new(r#"{⟦"@odata.typ"⟧: "x", "deploymentState": "success"}"#),
            Example::new(
                r##"{⟦"deploymentStat@odata.type"⟧: "#String", "deploymentState": "success"}"##,
            ),
        ],
        good: &[Example::new(
            r#"{"@odata.etag": "x", "@vendor.note": 1, "osVersion@vendor.note": 1, "deploymentState": "success"}"#,
        )],
    },
    checks: &[Check::Annotation(check), Check::Document(check_envelope)],
};

/// Control information of OData JSON 4.01 (sections 4.5 and 4.6).
const CONTROL: [&str; 20] = [
    "associationLink",
    "bind",
    "collectionAnnotations",
    "context",
    "count",
    "delta",
    "deltaLink",
    "editLink",
    "etag",
    "id",
    "mediaContentType",
    "mediaEditLink",
    "mediaEtag",
    "mediaReadLink",
    "metadataEtag",
    "navigationLink",
    "nextLink",
    "readLink",
    "removed",
    "type",
];

/// What the terms of control information begin with.
const ODATA: &str = "odata.";

/// Edits up to which a term is taken for one that is meant.
const MAX_DISTANCE: usize = 2;

fn check(annotation: &Annotation<'_>, findings: &mut Findings<'_>) {
    let target = annotation.target;
    let declared = annotation
        .declared
        .members
        .iter()
        .any(|member| member.name == target);
    if let Some(meant) = misspelt(annotation.term) {
        report(annotation.name, target, &meant, findings);
    } else if annotation.term.starts_with("odata.") && !target.is_empty() && !declared {
        let message = format!(
            "{} annotates a member that is not declared",
            quote(&format!("{target}@{}", annotation.term))
        );
        let known = annotation.declared.member_names();
        let help = meant(target, &known).map(|meant| meant.help("member names"));
        findings.report(annotation.name, message).maybe_help(help);
    }
}

fn check_envelope(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    for member in enclosure
        .envelope
        .into_iter()
        .flat_map(|envelope| envelope.members())
    {
        let name = member.name_text();
        let Some((target, term)) = name.split_once('@') else {
            continue;
        };
        if let Some(meant) = misspelt(term) {
            report(member.name, target, &meant, findings);
        } else if term.starts_with("odata.") && !matches!(target, "" | "value") {
            let message = format!("{} annotates nothing here", quote(&name));
            findings
                .report(member.name, message)
                .help("around a list of events only `value` can be annotated");
        }
    }
}

fn report(name: Node<'_>, target: &str, meant: &Misspelt, findings: &mut Findings<'_>) {
    let text = quote(&name.string().unwrap_or_default());
    findings
        .report(name, format!("{text} is not control information of OData"))
        .maybe_help(
            meant
                .nearest
                .map(|meant| format!("did you mean `{target}@odata.{meant}`?")),
        );
}

/// A term that is meant for control information and is none.
struct Misspelt {
    nearest: Option<&'static str>,
}

fn misspelt(term: &str) -> Option<Misspelt> {
    let qualified = term.strip_prefix(ODATA);
    if qualified.is_some_and(|name| CONTROL.contains(&name)) {
        return None;
    }
    let lower = term.to_ascii_lowercase();
    let length = lower.chars().count();
    let distance = |known: &'static str| {
        // Most annotations are somebody else's: their lengths and letters alone tell.
        let known_length = ODATA.len() + known.len();
        if known_length.abs_diff(length) > MAX_DISTANCE {
            return None;
        }
        let known_term = format!("{ODATA}{}", known.to_ascii_lowercase());
        let near = lacking(&known_term, &lower) <= MAX_DISTANCE;
        near.then(|| (strsim::osa_distance(&known_term, &lower), known))
    };
    let nearest = CONTROL.into_iter().filter_map(distance).min();
    let nearest = nearest
        .filter(|(distance, _)| *distance <= MAX_DISTANCE)
        .map(|(_, known)| known);
    (qualified.is_some() || nearest.is_some()).then_some(Misspelt { nearest })
}

/// How many letters of `one` the other lacks: it takes as many edits at least to make one of the
/// other. Letters that share a place only make it less.
fn lacking(one: &str, other: &str) -> usize {
    let place = |c: char| c as usize % 128;
    let mut there = [0_i32; 128];
    other.chars().for_each(|c| there[place(c)] += 1);
    let lacks = |c: char| {
        let count = &mut there[place(c)];
        *count -= 1;
        *count < 0
    };
    one.chars().map(lacks).filter(|lacks| *lacks).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fewer_edits_than_letters_are_lacking() {
        let terms = [
            "odata.type",
            "odta.type",
            "odata.tpye",
            "odata.tуpe",
            "@odata.type",
            "odata.context",
            "vendor.note",
            "",
            "日本語",
        ];
        for one in terms {
            for other in terms {
                assert!(
                    lacking(one, other) <= strsim::osa_distance(one, other),
                    "{one} {other}"
                );
            }
        }
        assert!(lacking("odata.context", "vendor.note1") > MAX_DISTANCE);
    }
}

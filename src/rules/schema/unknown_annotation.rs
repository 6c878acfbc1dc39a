//! Annotations that nobody defines.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::json::{self, Node};
use crate::meant::{MAX_KNOWN, Tolerance, meant, nearest};
use crate::model::letters;
use crate::redact::CONTROL_INFORMATION;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, ours, quoted, words};
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
            Example::new(
                r#"{⟦"odataNextLink"⟧: "https://graph.microsoft.com/x", "value": [{"deploymentState": "success"}]}"#,
            ),
            Example::new(r#"{"value": [{"deploymentState": "success"}], ⟦"Count"⟧: 1}"#),
        ],
        good: &[Example::new(
            r#"{"@odata.etag": "x", "@vendor.note": 1, "osVersion@vendor.note": 1, "deploymentState": "success"}"#,
        )],
    },
    checks: &[Check::Annotation(check), Check::Document(check_envelope)],
};

/// What the names of control information begin with.
const ODATA: &str = "odata.";

/// Most annotations are somebody else's, and few of their names are that near by chance.
const TOLERANCE: Tolerance = Tolerance::Edits(2);

fn check(annotation: &Annotation<'_>, findings: &mut Findings<'_>) {
    let target = annotation.target;
    let declared = annotation
        .declared
        .members
        .iter()
        .any(|member| member.name == target);
    if let Some(meant) = misspelt(annotation.term) {
        report(annotation.name, target, &meant, findings);
    } else if annotation.term.starts_with(ODATA) && !target.is_empty() && !declared {
        let name = format!("{target}@{}", annotation.term);
        let message = words!(
            "{} annotates a member that is not declared",
            quoted(&name).kind(Kind::Name)
        );
        let known = annotation.declared.members.iter().take(MAX_KNOWN);
        let known: Vec<_> = known.map(|member| member.name.as_str()).collect();
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
        if let Some(hidden) = hidden(&name, member.value) {
            hidden.report(member.name, findings);
            continue;
        }
        let Some((target, term)) = name.split_once('@') else {
            continue;
        };
        if let Some(meant) = misspelt(term) {
            report(member.name, target, &meant, findings);
        } else if term.starts_with(ODATA) && !matches!(target, "" | "value") {
            let message = words!("{} annotates nothing here", quoted(&name).kind(Kind::Name));
            findings
                .report(member.name, message)
                .help("around a list of events only `value` can be annotated");
        }
    }
}

fn report(name: Node<'_>, target: &str, meant: &Misspelt, findings: &mut Findings<'_>) {
    let text = name.text();
    let text = quoted(&text).kind(Kind::Name);
    findings
        .report(name, words!("{} is not control information of OData", text))
        .maybe_help(meant.nearest.map(|meant| {
            let target = quoted(target).kind(Kind::Name).bare();
            words!("did you mean `{}@{}`?", target, meant)
        }));
}

/// A term that is meant for control information and is none.
struct Misspelt {
    nearest: Option<&'static str>,
}

fn misspelt(term: &str) -> Option<Misspelt> {
    if CONTROL_INFORMATION.contains(&term) {
        return None;
    }
    let nearest = nearest(term, CONTROL_INFORMATION, TOLERANCE);
    (term.starts_with(ODATA) || nearest.is_some()).then_some(Misspelt { nearest })
}

/// Control information under a name that no reader takes for it.
struct Hidden {
    /// The right name, without the `@`.
    right: &'static str,
    /// Why it is named so.
    cause: &'static str,
}

/// The control information of a collection that its makers give other names.
const OF_COLLECTIONS: [&str; 3] = ["odata.nextLink", "odata.deltaLink", "odata.count"];

/// The same in a member of the object around a list, as the Graph SDKs and Windows PowerShell name
/// it. A null hides nothing.
fn hidden(name: &str, value: Node<'_>) -> Option<Hidden> {
    if value.kind() == json::Kind::Null {
        return None;
    }
    let spelt = letters(name.strip_prefix('@').unwrap_or(name))?;
    let is_meant = |right: &&str| {
        let right = letters(right).unwrap_or_default();
        spelt == right || right.strip_prefix("odata") == Some(&spelt)
    };
    let right = OF_COLLECTIONS.into_iter().find(is_meant)?;
    let term = right.strip_prefix(ODATA).unwrap_or(right);
    let cause = match name.strip_prefix('@') {
        // With the prefix and, since OData 4.01, without.
        Some(written) if written == right || written == term => return None,
        Some(_) => "names of control information are case-sensitive and have a dot in them",
        None if name == "Count" => "Windows PowerShell adds it to a list that it writes",
        None if spelt.starts_with("odata") => "the Graph SDKs name the property so",
        // Many objects have a count of their own.
        None if term == "count" => return None,
        None => "control information begins with `@odata.`",
    };
    Some(Hidden { right, cause })
}

impl Hidden {
    fn report(&self, name: Node<'_>, findings: &mut Findings<'_>) {
        let text = name.text();
        let text = quoted(&text).kind(Kind::Name).shown_if(true);
        let right = ours(self.right);
        let message = words!(
            "{} is no control information: no reader takes it for `@{}`",
            text,
            right
        );
        let help = words!("{}; write `@{}`{}", self.cause, right, self.advice());
        findings.report(name, message).help(help);
    }

    /// What else is to be done.
    fn advice(&self) -> &'static str {
        match self.right {
            "odata.nextLink" => ", and follow it: this is one page of several",
            "odata.count" => ", or leave it out",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Tape, parse};

    #[test]
    fn control_information_is_recognised_under_the_names_that_libraries_give_it() {
        for (member, right) in [
            (r#""odataNextLink": "x""#, Some("odata.nextLink")),
            (r#""OdataNextLink": "x""#, Some("odata.nextLink")),
            (r#""odata_next_link": "x""#, Some("odata.nextLink")),
            (r#""@odata_nextLink": "x""#, Some("odata.nextLink")),
            (r#""@odata.nextlink": "x""#, Some("odata.nextLink")),
            (r#""@nextlink": "x""#, Some("odata.nextLink")),
            (r#""odata.nextLink": "x""#, Some("odata.nextLink")),
            (r#""nextLink": "x""#, Some("odata.nextLink")),
            (r#""OdataDeltaLink": "x""#, Some("odata.deltaLink")),
            (r#""OdataCount": 3"#, Some("odata.count")),
            (r#""Count": 3"#, Some("odata.count")),
            // Legal, with the prefix and without.
            (r#""@odata.nextLink": "x""#, None),
            (r#""@nextLink": "x""#, None),
            (r#""@count": 3"#, None),
            // Hides nothing, or is somebody else's.
            (r#""OdataNextLink": null"#, None),
            (r#""count": 3"#, None),
            (r#""next": "x""#, None),
            (r#""@vendor.nextLink": "x""#, None),
        ] {
            let text = format!("{{{member}}}");
            let mut tape = Tape::new();
            parse(&text, &mut tape).expect("JSON");
            let mut members = Document::new(&text, &tape).root().members();
            let member = members.next().expect("one");
            let found = hidden(&member.name_text(), member.value);
            assert_eq!(found.map(|hidden| hidden.right), right, "{text}");
        }
    }
}

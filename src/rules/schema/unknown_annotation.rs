//! Annotations that nobody defines.

use std::cell::OnceCell;
use std::iter;

use crate::diagnostic::{Applicability, Category, Example, Fix, Rule, Severity};
use crate::json::{self, Member, Node};
use crate::meant::{MAX_KNOWN, Meant, Tolerance, meant, nearest, same_words};
use crate::model::{StructuredType, letters};
use crate::redact::CONTROL_INFORMATION;
use crate::rules::schema::member_not_in_mode;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, ours, quoted, words};
use crate::view::repairs::{removing, renaming, with_target, with_term};
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
            Example::new(
                r##"{⟦"@odata.typ"⟧: "#microsoft.graph.deviceManagementAutopilotEvent", "deploymentState": "success"}"##,
            )
            .fixed_unsafely(
                r##"{"@odata.type": "#microsoft.graph.deviceManagementAutopilotEvent", "deploymentState": "success"}"##,
            ),
            Example::new(r#"{⟦"@odata.eTag"⟧: "x", "deploymentState": "success"}"#)
                .fixed(r#"{"@odata.etag": "x", "deploymentState": "success"}"#),
            Example::new(
                r##"{⟦"deploymentStat@odata.type"⟧: "#microsoft.graph.windowsAutopilotDeploymentState", "deploymentState": "success"}"##,
            )
            .fixed_unsafely(
                r##"{"deploymentState@odata.type": "#microsoft.graph.windowsAutopilotDeploymentState", "deploymentState": "success"}"##,
            ),
            Example::new(
                r#"{⟦"odataNextLink"⟧: "https://graph.microsoft.com/x", "value": [{"deploymentState": "success"}]}"#,
            )
            .fixed(
                r#"{"@odata.nextLink": "https://graph.microsoft.com/x", "value": [{"deploymentState": "success"}]}"#,
            ),
            Example::new(r#"{"value": [{"deploymentState": "success"}], ⟦"Count"⟧: 1}"#)
                .fixed_unsafely(r#"{"value": [{"deploymentState": "success"}], "@odata.count": 1}"#),
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
const TOLERANCE: Tolerance = Tolerance::Edits(MAX_EDITS);
const MAX_EDITS: usize = 2;

fn check(annotation: &Annotation<'_>, findings: &mut Findings<'_>) {
    let target = annotation.target;
    let declared = annotation
        .declared
        .members
        .iter()
        .any(|member| member.name == target);
    if let Some(meant) = misspelt(annotation.term) {
        let fixable = target.is_empty() || declared;
        let repair = Repair::new(annotation.name, annotation.object, findings);
        let fix = repair.filter(|_| fixable).and_then(|repair| {
            let right = meant.nearest.filter(|right| {
                let name = format!("@{right}");
                member_not_in_mode::control(&name, annotation.context.mode).is_none()
            });
            repair.of_term(right)
        });
        report(annotation.name, target, &meant, fix, findings);
    } else if annotation.term.starts_with(ODATA) && !target.is_empty() && !declared {
        let name = format!("{target}@{}", annotation.term);
        let message = words!(
            "{} annotates a member that is not declared",
            quoted(&name).kind(Kind::Name)
        );
        let known = annotation.declared.members.iter().take(MAX_KNOWN);
        let known: Vec<_> = known.map(|member| member.name.as_str()).collect();
        let meant = meant(target, &known);
        let fix = Repair::new(annotation.name, annotation.object, findings)
            .and_then(|repair| repair.of_target(meant, annotation.declared));
        let help = meant.map(|meant| meant.help("member names"));
        findings
            .report(annotation.name, message)
            .maybe_help(help)
            .maybe_fix(fix);
    }
}

fn check_envelope(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    let Some(envelope) = enclosure.envelope else {
        return;
    };
    let known = OnceCell::new();
    for member in envelope.members() {
        let name = member.name_text();
        if let Some(hidden) = hidden(&name, member.value) {
            let known: &Known = known.get_or_init(|| Known::new(envelope));
            hidden.report(member, known, findings);
            continue;
        }
        let Some((target, term)) = name.split_once('@') else {
            continue;
        };
        if let Some(meant) = misspelt(term) {
            let fix = Repair::new(member.name, envelope, findings)
                .and_then(|repair| repair.of_term(meant.nearest));
            report(member.name, target, &meant, fix, findings);
        } else if term.starts_with(ODATA) && !matches!(target, "" | "value") {
            let message = words!("{} annotates nothing here", quoted(&name).kind(Kind::Name));
            // What annotates the events under another name gets the right one with them.
            let is_renamed = enclosure.value.is_some_and(|value| value.is_named(target));
            findings
                .report(member.name, message)
                .help("around a list of events only `value` can be annotated")
                .maybe_fix((!is_renamed).then(|| removing(member, false)));
        }
    }
}

fn report(
    name: Node<'_>,
    target: &str,
    meant: &Misspelt,
    fix: Option<Fix>,
    findings: &mut Findings<'_>,
) {
    let text = name.text();
    let text = quoted(&text).kind(Kind::Name);
    findings
        .report(name, words!("{} is not control information of OData", text))
        .maybe_help(meant.nearest.map(|meant| {
            let target = quoted(target).kind(Kind::Name).bare();
            words!("did you mean `{}@{}`?", target, meant)
        }))
        .maybe_fix(fix);
}

/// Members of an object up to which it is looked through for each annotation that is at fault.
const MOST_MEMBERS: usize = 100;
/// Other terms of the same target that are compared with the right one.
const MOST_COMPARED: usize = 4;

/// An annotation to be mended.
struct Repair<'a> {
    name: Node<'a>,
    object: Node<'a>,
}

impl<'a> Repair<'a> {
    /// `None` where nobody asks, or it takes too long to tell.
    fn new(name: Node<'a>, object: Node<'a>, findings: &Findings<'_>) -> Option<Self> {
        let asked = !findings.are_only_counted() && object.len() <= MOST_MEMBERS;
        asked.then_some(Self { name, object })
    }

    /// Of one with a wrong term: it gets the right one where that is known and not there yet.
    fn of_term(&self, right: Option<&'static str>) -> Option<Fix> {
        let text = self.name.text();
        let (target, term) = text.split_once('@')?;
        let Some(right) = right.filter(|right| !self.has(target, right)) else {
            // What is required may be absent for what is said of it.
            let stays = target.is_empty() || self.object.get(target).is_some();
            return stays.then(|| self.removal());
        };
        if self.others(target, term).any(|other| {
            let nearest = nearest(&other, CONTROL_INFORMATION, TOLERANCE);
            nearest == Some(right)
        }) {
            return None;
        }
        let applicability = if same_words(term, right) {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
        let target = quoted(target).kind(Kind::Name).bare();
        let message = words!("rename it to `{}@{}`", target, right);
        Some(Fix::new(
            applicability,
            message,
            [with_term(self.name, right)],
        ))
    }

    /// Other terms of a target that may be meant for the same as a wrong one.
    fn others(&self, target: &str, term: &str) -> impl Iterator<Item = String> {
        let other = move |member: Member<'_>| {
            let text = member.name_text();
            let (of, other) = text.split_once('@')?;
            let near = other != term && other.len().abs_diff(term.len()) <= 2 * MAX_EDITS;
            let wrong = of == target && near && !CONTROL_INFORMATION.contains(&other);
            wrong.then(|| other.to_owned())
        };
        let others = self.object.members().filter_map(other);
        others.take(MOST_COMPARED)
    }

    /// Of one whose target is not declared, and was perhaps `meant` to be a member that is.
    fn of_target(&self, meant: Option<Meant<'_>>, declared: &StructuredType) -> Option<Fix> {
        let text = self.name.text();
        let (target, term) = text.split_once('@')?;
        if self.object.get(target).is_some() {
            // They belong together: the finding of the member mends both.
            return None;
        }
        let Some(meant) = meant.filter(|meant| !self.has(meant.name, term)) else {
            return Some(self.removal());
        };
        let of_another = |member: Member<'_>| {
            let text = member.name_text();
            let others = text.split_once('@').filter(|(_, other)| *other == term);
            others.is_some_and(|(other, _)| {
                let mut known = declared.members.iter();
                !matches!(other, "") && other != target && !known.any(|known| known.name == other)
            })
        };
        if self.object.members().any(of_another) {
            return None;
        }
        let applicability = if meant.is_guess() {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        let term = quoted(term).kind(Kind::Name).bare();
        let message = words!("rename it to `{}@{}`", ours(meant.name), term);
        let edit = with_target(self.name, meant.name);
        Some(Fix::new(applicability, message, [edit]))
    }

    fn has(&self, target: &str, term: &str) -> bool {
        self.object.get(&format!("{target}@{term}")).is_some()
    }

    fn removal(&self) -> Fix {
        removing(Member::of_name(self.name), false)
    }
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

/// How often an object has each control information of collections, under its name or another.
#[derive(Default)]
struct Known {
    /// Under its name.
    right: [bool; OF_COLLECTIONS.len()],
    hidden: [usize; OF_COLLECTIONS.len()],
}

impl Known {
    fn new(envelope: Node<'_>) -> Self {
        let mut known = Self::default();
        for member in envelope.members() {
            let name = member.name_text();
            let place = |right: &str| OF_COLLECTIONS.iter().position(|known| *known == right);
            if let Some(at) = hidden(&name, member.value).and_then(|hidden| place(hidden.right)) {
                known.hidden[at] += 1;
            } else if let Some(at) = name.strip_prefix('@').and_then(place) {
                known.right[at] = true;
            }
        }
        known
    }

    /// Whether it has it under its name, and under how many others.
    fn of(&self, right: &str) -> (bool, usize) {
        let at = OF_COLLECTIONS.iter().position(|known| *known == right);
        at.map_or((false, 0), |at| (self.right[at], self.hidden[at]))
    }
}

impl Hidden {
    fn report(&self, member: Member<'_>, known: &Known, findings: &mut Findings<'_>) {
        let text = member.name_text();
        let fix = self.fix(member, &text, known);
        let text = quoted(&text).kind(Kind::Name).shown_if(true);
        let right = ours(self.right);
        let message = words!(
            "{} is no control information: no reader takes it for `@{}`",
            text,
            right
        );
        let help = words!("{}; write `@{}`{}", self.cause, right, self.advice());
        findings
            .report(member.name, message)
            .help(help)
            .maybe_fix(fix);
    }

    /// Its own name, where nothing else has it or may get it.
    fn fix(&self, member: Member<'_>, name: &str, known: &Known) -> Option<Fix> {
        match known.of(self.right) {
            (true, _) => Some(removing(member, true)),
            (false, 1) => {
                let applicability = if same_words(name.trim_start_matches('@'), self.right) {
                    Applicability::Safe
                } else {
                    Applicability::Unsafe
                };
                let right = format!("@{}", self.right);
                renaming(applicability, member.name, &right, iter::empty())
            }
            _ => None,
        }
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
    use crate::fixer::hold::hold;
    use crate::json::{Document, Tape, parse};
    use crate::lint::Options;
    use crate::model::Mode;

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

    #[test]
    fn annotations_are_mended_as_far_as_is_certain() {
        const E: &str = r#""deploymentState":"success""#;
        let text = |rest: &str| format!("{{{rest},{E}}}");
        for (wrong, safe, not_safe) in [
            (r#""@odata.eTag":"x""#, r#""@odata.etag":"x""#, ""),
            (
                r#""osVersion@odata_bind":1"#,
                r#""osVersion@odata.bind":1"#,
                "",
            ),
            (
                r#""osVersion\u0040odata.Bind":1"#,
                r#""osVersion@odata.bind":1"#,
                "",
            ),
            (
                r#""@odata.etga":"x""#,
                r#""@odata.etga":"x""#,
                r#""@odata.etag":"x""#,
            ),
            // The right one is there, or another that may become it.
            (
                r#""@odata.etga":"x","@odata.etag":"x""#,
                r#""@odata.etga":"x","@odata.etag":"x""#,
                r#""@odata.etag":"x""#,
            ),
            (
                r#""@odata.etga":"x","@odata.etg":"x""#,
                r#""@odata.etga":"x","@odata.etg":"x""#,
                "",
            ),
            // Nobody's.
            (
                r#""@odata.colour":"x","@v.n":1"#,
                r#""@odata.colour":"x","@v.n":1"#,
                r#""@v.n":1"#,
            ),
            // A target that is not declared.
            (
                r#""OsVersion@odata.bind":1"#,
                r#""osVersion@odata.bind":1"#,
                "",
            ),
            (
                r#""osVersoin@odata.bind":1"#,
                r#""osVersoin@odata.bind":1"#,
                r#""osVersion@odata.bind":1"#,
            ),
            (
                r#""osVersoin@odata.bind":1,"osVersin@odata.bind":1"#,
                r#""osVersoin@odata.bind":1,"osVersin@odata.bind":1"#,
                "",
            ),
            (
                r#""osVersoin@odata.bind":1,"osVersoin":"""#,
                r#""osVersoin@odata.bind":1,"osVersoin":"""#,
                r#""osVersion@odata.bind":1,"osVersion":"""#,
            ),
            (
                r#""colour@odata.bind":1,"@v.n":1"#,
                r#""colour@odata.bind":1,"@v.n":1"#,
                r#""@v.n":1"#,
            ),
            // Both are wrong.
            (
                r#""osVersoin@odata.bnid":1"#,
                r#""osVersoin@odata.bnid":1"#,
                "",
            ),
        ] {
            let not_safe = if not_safe.is_empty() { safe } else { not_safe };
            let table = [(text(wrong), &*text(safe), &*text(not_safe))];
            hold(&Options::default(), &table);
        }
    }

    #[test]
    fn what_is_said_of_a_required_member_stays() {
        // `@odata.colour` says nothing, but accounts for what it annotates.
        let options = Options {
            mode: Mode::Response,
            ..Options::default()
        };
        let text = r##"{"@odata.context":"#x(osVersion)/$entity","osVersion@odata.colour":1}"##;
        hold(&options, &[(text, text, text)]);
    }

    #[test]
    fn annotations_of_collections_get_their_names() {
        let text = |rest: &str| format!(r#"{{{rest},"value":[{{"deploymentState":"success"}}]}}"#);
        for (wrong, safe, not_safe) in [
            (r#""OdataCount":1"#, r#""@odata.count":1"#, ""),
            (r#""@odata.nextlink":"x""#, r#""@odata.nextLink":"x""#, ""),
            (
                r#""nextLink":"x""#,
                r#""nextLink":"x""#,
                r#""@odata.nextLink":"x""#,
            ),
            (
                r#""Count":1,"@odata.count":1"#,
                r#""Count":1,"@odata.count":1"#,
                r#""@odata.count":1"#,
            ),
            (
                r#""Count":1,"OdataCount":1"#,
                r#""Count":1,"OdataCount":1"#,
                "",
            ),
            (
                r#""@odata.contxet":"x""#,
                r#""@odata.contxet":"x""#,
                r#""@odata.context":"x""#,
            ),
            (
                r#""x@odata.count":1,"@v.n":1"#,
                r#""x@odata.count":1,"@v.n":1"#,
                r#""@v.n":1"#,
            ),
        ] {
            let not_safe = if not_safe.is_empty() { safe } else { not_safe };
            let table = [(text(wrong), &*text(safe), &*text(not_safe))];
            hold(&Options::default(), &table);
        }
    }
}

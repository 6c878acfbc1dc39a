//! Names that no revision declares.

use std::iter;

use crate::diagnostic::{Applicability, Category, Edit, Example, Fix, Rule, Severity};
use crate::json::{self, Member, Node};
use crate::meant::{self, Meant};
use crate::model::StructuredType;
use crate::rules::schema::member_not_in_mode;
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, Words, ours, quoted, words};
use crate::view::naming::{Naming, OtherStyle, WrongName};
use crate::view::repairs::{at_once, removing, renames, renaming};
use crate::view::{Anchor, Context, Enclosure, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "unknown-member",
        category: Category::Schema,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a member that no revision of the resource declares",
        why: "The resource is a closed type: the service rejects members it does not know, and \
            consumers never see the value of a misspelt one. Where it is certain what a name stands \
            for, its value is checked as well; an event whose names are all in another style is one \
            finding.",
        source: "CSDL of the resource, which is not an open type",
        bad: &[
            Example::new(r#"{"deploymentState": "success", ⟦"osVersoin"⟧: "10.0.26200.8893"}"#)
                .fixed_unsafely(r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"OsVersion"⟧: "10.0.26200.8893"}"#)
                .fixed(r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"девицесериалнумбер"⟧: "PC6TLVBTR"}"#)
                .fixed(r#"{"deploymentState": "success", "deviceSerialNumber": "PC6TLVBTR"}"#),
            Example::new(r#"{"deploymentState": "success", ⟦"AdditionalProperties"⟧: {}}"#)
                .fixed_unsafely(r#"{"deploymentState": "success"}"#),
            Example::new(
                r#"{⟦"DeploymentState"⟧: "success", "OsVersion": "10.0.26200.8893", "UserId": "", "AdditionalProperties": {}}"#,
            )
            .fixed(
                r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893", "userId": ""}"#,
            ),
        ],
        good: &[Example::new(
            r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893", "osVersion@vendor.note": 1}"#,
        )],
    },
    checks: &[Check::Names, Check::Document(check_envelope)],
};

fn check_envelope(enclosure: &Enclosure<'_>, findings: &mut Findings<'_>) {
    let Some(value) = enclosure.value.filter(|value| !value.is_named("value")) else {
        return;
    };
    let name = value.name_text();
    let name = quoted(&name).kind(Kind::Name);
    // It is taken for the one of that name only where there is no other.
    findings
        .report(
            value.name,
            words!("{} is not the member that holds the events", name),
        )
        .help("member names are case-sensitive: write `value`")
        .maybe_fix(renaming_value(enclosure, value.name));
}

/// The name that the events should stand under goes to what holds them, and to what is said of it.
fn renaming_value(enclosure: &Enclosure<'_>, name: Node<'_>) -> Option<Fix> {
    let (text, envelope) = (name.text(), enclosure.envelope?);
    let is_of = |other: &str| {
        other
            .strip_prefix(&*text)
            .is_some_and(|term| term.starts_with('@'))
    };
    let names = envelope.members().map(|member| member.name);
    let annotations = names.clone().filter(|other| is_of(&other.text()));
    let mut others = names.filter(|other| other.text().starts_with("value@"));
    if annotations.clone().next().is_some() && others.next().is_some() {
        return None;
    }
    renaming(Applicability::Safe, name, "value", annotations)
}

/// Names that tools add to what they export, with what to do about them.
const ADDED: [(&str, &str); 9] = [
    ("AdditionalData", SDK),
    ("AdditionalProperties", SDK),
    ("BackingStore", SDK),
    ("OdataType", TYPE),
    ("odataType", TYPE),
    ("odata.type", TYPE),
    ("PSComputerName", REMOTING),
    ("PSShowComputerName", REMOTING),
    ("RunspaceId", REMOTING),
];
const SDK: &str = "the Graph SDKs add it to their objects; leave it out";
const TYPE: &str = "control information has an `@`: write `@odata.type`";
const REMOTING: &str = "PowerShell remoting adds it to its objects; leave it out";

/// What says the type of an object.
const ODATA_TYPE: &str = "@odata.type";

/// Whether a name says the type of its object, as OData or as tools have it.
fn is_type(name: &str) -> bool {
    matches!(name, ODATA_TYPE | "@type") || ADDED.contains(&(name, TYPE))
}

/// Whether an object says what its type is under a name of its own, or under several others.
pub(crate) fn is_typed(object: Node<'_>) -> bool {
    let mut names = object.members().map(|member| member.name_text());
    let mut typed = names.by_ref().filter(|name| is_type(name));
    typed.next().is_some_and(|name| name.starts_with('@')) || typed.next().is_some()
}

/// How an export in `PascalCase` is avoided.
const KEEPING: &str = "`Invoke-MgGraphRequest -OutputType Json` keeps the names of the service";

/// What is known of the object that a name is in.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Its type.
    pub(crate) declared: &'a StructuredType,
    /// What it is checked against.
    pub(crate) context: Context<'a>,
    /// Something is left of it without its unknown members: what asks for nothing is a fault, too.
    pub(crate) spares: bool,
    /// What is known of the names in it.
    pub(crate) naming: &'a Naming<'a>,
    /// It says what its type is, under another name than this or under two.
    pub(crate) is_typed: bool,
}

/// Reports a name that the type does not declare; `wrong` is what is known of it.
pub(crate) fn report(
    member: Member<'_>,
    wrong: Option<&WrongName<'_>>,
    place: Place<'_>,
    findings: &mut Findings<'_>,
) {
    let declared = place.declared;
    let name = member.name_text();
    let added = ADDED.iter().find(|(added, _)| *added == name);
    let message = words!(
        "{} is not a member of {}",
        quoted(&name).kind(Kind::Name).shown_if(added.is_some()),
        ours(&declared.name)
    );
    if findings.are_only_counted() {
        findings.report(member.name, message);
        return;
    }
    let meant = wrong.and_then(|wrong| Some((wrong, wrong.meant?)));
    let removal = || place.spares.then(|| removing(member, added.is_some()));
    let (help, fix) = match (added, meant) {
        (Some((_, help)), Some((wrong, meant))) if wrong.stands_for.is_some() => {
            (Words::from(*help), place.renaming(wrong, meant))
        }
        (Some((_, TYPE)), _) if !place.is_typed => {
            let fix = renaming(Applicability::Safe, member.name, ODATA_TYPE, iter::empty());
            (TYPE.into(), fix)
        }
        (Some((_, help)), _) => (Words::from(*help), removal()),
        (None, Some((wrong, meant))) if wrong.twin => {
            let help = if meant.certain {
                words!("leave it out: `{}` is there already", ours(meant.name))
            } else {
                meant.help("member names")
            };
            (help, removal())
        }
        (None, Some((wrong, meant))) => {
            let fix = place.renaming(wrong, meant);
            (meant.help("member names"), fix)
        }
        (None, None) => {
            let known = declared.members.iter().take(meant::MAX_KNOWN);
            let known = known.map(|member| member.name.as_str());
            match meant::one_of_few(&name, known) {
                Some(asked) => (asked, None),
                None => ("leave it out: no revision has it".into(), removal()),
            }
        }
    };
    findings
        .report(member.name, message)
        .help(help)
        .maybe_fix(fix);
}

/// Whether what wrote names in another style also adds this one.
pub(crate) fn is_added(name: &WrongName<'_>, other: &OtherStyle<'_, '_>) -> bool {
    let text = name.member.name_text();
    let added = ADDED.iter().any(|(added, _)| *added == text);
    added && text.starts_with(|c: char| c.is_ascii_uppercase()) && other.style.is_pascal()
}

/// Reports the names in `event` that are declared in another style, and those that were added on the
/// same way, in one finding.
pub(crate) fn report_style(
    other: &OtherStyle<'_, '_>,
    added: &[&WrongName<'_>],
    (event, naming): (Node<'_>, &Naming<'_>),
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let [first, ..] = &*other.names else {
        return;
    };
    let (of, style) = (&context.model.resource().name, other.style);
    let count = other.names.len();
    let message = match other.declared {
        Some(declared) if declared != style => {
            let origin = style.origin();
            let (as_origin, origin) = origin.map_or(("", ""), |origin| (", as ", origin));
            words!(
                "{} names are in {}{}{}; {} has {}",
                count,
                style.name(),
                as_origin,
                origin,
                ours(of),
                declared.name()
            )
        }
        _ => words!(
            "{} names differ from those of {} in letter case or in what parts their words",
            count,
            ours(of)
        ),
    };
    let wrong = first.member.name_text();
    let right = first.meant.map_or("", |meant| meant.name);
    let mut help = words!(
        "write `{}` for {}, and so on",
        ours(right),
        quoted(&wrong).kind(Kind::Name)
    );
    if style.is_pascal() && context.model.is_autopilot_event() {
        help = words!("{}; {}", help, KEEPING);
    }
    for (index, name) in added.iter().enumerate() {
        let name = name.member.name_text();
        let joint = if index == 0 { "; leave out" } else { "," };
        let name = quoted(&name).kind(Kind::Name).shown_if(true);
        help = words!("{}{} {}", help, joint, name);
    }
    let place = Anchor::FirstName {
        name: first.member.name,
        object: event,
    };
    findings
        .report(place, message)
        .identified_by(style.name())
        .help(help)
        .maybe_fix(style_fix(other, added, naming));
}

/// Renames all names of a style at once, and takes out what was added on the same way. This keeps
/// the meaning where nothing stands in what is taken out.
fn style_fix(
    other: &OtherStyle<'_, '_>,
    added: &[&WrongName<'_>],
    naming: &Naming<'_>,
) -> Option<Fix> {
    if !other.names.iter().all(|name| name.free) {
        return None;
    }
    let wrong = other.names.iter().flat_map(|name| {
        let right = name.meant.map_or("", |meant| meant.name);
        let name = name.member.name;
        renames(name, right, naming.annotations(name))
    });
    // What tells the type is wanted, if it is the only one.
    let says_type = |name: &&&WrongName<'_>| is_type(&name.member.name_text());
    let mut says = added.iter().filter(says_type);
    let only = says.next().filter(|_| says.next().is_none());
    let kept = only.filter(|name| !is_typed(name.object));
    let kept = kept.map(|name| name.member.name);
    let removed = added.iter().map(|name| name.member);
    let removed =
        removed.filter(|member| kept.is_none_or(|kept| kept.index() != member.name.index()));
    let removed: Vec<Member<'_>> = removed.collect();
    let applicability = if removed.iter().all(|member| says_nothing(member.value)) {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    let count = other.names.len() + usize::from(kept.is_some());
    let message = match removed.len() {
        0 => words!("rename {} members", count),
        others => words!("rename {} members, and remove {}", count, others),
    };
    let kept = kept.into_iter();
    let kept = kept.flat_map(|name| renames(name, ODATA_TYPE, iter::empty()));
    let removed = json::removals(&removed).into_iter().map(Edit::delete);
    at_once(applicability, message, wrong.chain(kept).chain(removed))
}

/// Whether a value is there and holds nothing.
fn says_nothing(value: Node<'_>) -> bool {
    match value.kind() {
        json::Kind::Null => true,
        json::Kind::Object | json::Kind::Array => value.is_empty(),
        json::Kind::String => value.text().is_empty(),
        _ => false,
    }
}

impl Place<'_> {
    /// Gives a name that was meant to be another one that.
    fn renaming(&self, wrong: &WrongName<'_>, meant: Meant<'_>) -> Option<Fix> {
        let applicability = if meant.is_guess() {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        if !wrong.free {
            return None;
        }
        // What stands for another member was held to be that one from the start.
        if wrong.stands_for.is_none() {
            let mut known = self.declared.members.iter();
            let known = known.find(|known| known.name == meant.name)?;
            let mode = self.context.mode;
            if !self.context.has(known.life) || member_not_in_mode::declared(known, mode).is_some()
            {
                return None;
            }
        }
        let name = wrong.member.name;
        let annotations = self.naming.annotations(name);
        renaming(applicability, name, meant.name, annotations)
    }
}

#[cfg(test)]
mod tests {
    use crate::fixer::hold::hold;
    use crate::lint::Options;
    use crate::model::Mode;

    #[test]
    fn names_are_mended_as_far_as_is_certain() {
        const E: &str = r#""deploymentState":"success""#;
        let text = |rest: &str| format!("{{{E},{rest}}}");
        for (wrong, safe, not_safe) in [
            // Another spelling, with what annotates it.
            (r#""Os_version":"""#, r#""osVersion":"""#, ""),
            (r#""osVersion\u200b":"""#, r#""osVersion":"""#, ""),
            (r#""оsVersion":"""#, r#""osVersion":"""#, ""),
            (
                r##""OsVersion@odata.type":"#String","OsVersion":"","OsVersion@v.n":1"##,
                r##""osVersion@odata.type":"#String","osVersion":"","osVersion@v.n":1"##,
                "",
            ),
            (
                r#""OsVersion":"","OsVersion@v.n":1,"osVersion@v.n":2"#,
                r#""OsVersion":"","OsVersion@v.n":1,"osVersion@v.n":2"#,
                "",
            ),
            // A guess.
            (
                r#""serialNumber":"PC6TLVBTR""#,
                r#""serialNumber":"PC6TLVBTR""#,
                r#""deviceSerialNumber":"PC6TLVBTR""#,
            ),
            (
                r#""osVersoin\u200b":"""#,
                r#""osVersoin\u200b":"""#,
                r#""osVersion":"""#,
            ),
            // The right name is there, or another one for it.
            (
                r#""OsVersion":"10.0.1.2","osVersion":"""#,
                r#""OsVersion":"10.0.1.2","osVersion":"""#,
                r#""osVersion":"""#,
            ),
            (
                r#""OsVersion":"","os_version":"""#,
                r#""OsVersion":"","os_version":"""#,
                "",
            ),
            (
                r#""osVersoin":"10.0.1.2","OsVersion":"""#,
                r#""osVersoin":"10.0.1.2","osVersion":"""#,
                r#""osVersion":"""#,
            ),
            (
                r#""serialNumber":"A","deviceSerialNumber":"B""#,
                r#""serialNumber":"A","deviceSerialNumber":"B""#,
                r#""deviceSerialNumber":"B""#,
            ),
            // Twice: the last stays.
            (
                r#""OsVersion":"10.0.1.2","OsVersion":"""#,
                r#""osVersion":"10.0.1.2","osVersion":"""#,
                r#""osVersion":"""#,
            ),
            // One of two, or nobody's.
            (
                r#""startDateTime":"2024-05-02T09:14:03Z""#,
                r#""startDateTime":"2024-05-02T09:14:03Z""#,
                "",
            ),
            (
                r#""region":{"a":[1,2]},"osVersion":"","tag":1"#,
                r#""region":{"a":[1,2]},"osVersion":"","tag":1"#,
                r#""osVersion":"""#,
            ),
            // What tools add.
            (
                r##""OdataType":"#microsoft.graph.deviceManagementAutopilotEvent""##,
                r##""@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent""##,
                "",
            ),
            (
                r##""odata.type":"x","OdataType":"#microsoft.graph.deviceManagementAutopilotEvent""##,
                r##""odata.type":"x","OdataType":"#microsoft.graph.deviceManagementAutopilotEvent""##,
                "",
            ),
        ] {
            let not_safe = if not_safe.is_empty() { safe } else { not_safe };
            let table = (text(wrong), text(safe), text(not_safe));
            hold(&Options::default(), &[(&table.0, &table.1, &table.2)]);
        }
    }

    #[test]
    fn an_event_in_another_style_is_renamed_at_once() {
        hold(
            &Options::default(),
            &[
                (
                    r#"{"Id":"","OsVersion":"","UserId":"","AdditionalProperties":{},"UserId@v.n":1}"#,
                    r#"{"id":"","osVersion":"","userId":"","userId@v.n":1}"#,
                    r#"{"id":"","osVersion":"","userId":"","userId@v.n":1}"#,
                ),
                (
                    "{\r\n  \"id\": \"\",\r\n  \"os_version\": \"\",\r\n  \"user_id\": \"\",\r\n  \"device_id\": \"\"\r\n}",
                    "{\r\n  \"id\": \"\",\r\n  \"osVersion\": \"\",\r\n  \"userId\": \"\",\r\n  \"deviceId\": \"\"\r\n}",
                    "{\r\n  \"id\": \"\",\r\n  \"osVersion\": \"\",\r\n  \"userId\": \"\",\r\n  \"deviceId\": \"\"\r\n}",
                ),
                (
                    r##"{"BackingStore":null,"OdataType":"#microsoft.graph.deviceManagementAutopilotEvent","Id":"","OsVersion":"","PolicyStatusDetails":[{"DisplayName":"","PolicyType":"application"}],"UserId":""}"##,
                    r##"{"@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent","id":"","osVersion":"","policyStatusDetails":[{"displayName":"","policyType":"application"}],"userId":""}"##,
                    r##"{"@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent","id":"","osVersion":"","policyStatusDetails":[{"displayName":"","policyType":"application"}],"userId":""}"##,
                ),
                // Something would be lost.
                (
                    r#"{"Id":"","OsVersion":"","UserId":"","RunspaceId":"x","PSComputerName":"y"}"#,
                    r#"{"Id":"","OsVersion":"","UserId":"","RunspaceId":"x","PSComputerName":"y"}"#,
                    r#"{"id":"","osVersion":"","userId":""}"#,
                ),
            ],
        );
    }

    #[test]
    fn no_repair_brings_another_fault_of_names() {
        let update = Options {
            mode: Mode::Update,
            ..Options::default()
        };
        hold(
            &update,
            &[
                (
                    r#"{"foo":1,"bar":2}"#,
                    r#"{"foo":1,"bar":2}"#,
                    r#"{"foo":1,"bar":2}"#,
                ),
                (
                    r#"{"foo":1,"@v.n":0,"bar":2}"#,
                    r#"{"foo":1,"@v.n":0,"bar":2}"#,
                    r#"{"foo":1,"@v.n":0,"bar":2}"#,
                ),
                (
                    r#"{"foo":1,"OsVersion":""}"#,
                    r#"{"foo":1,"osVersion":""}"#,
                    r#"{"osVersion":""}"#,
                ),
                // Of the service, and so no member of an update.
                (
                    r#"{"osVersion":"","policyStatus":[]}"#,
                    r#"{"osVersion":"","policyStatus":[]}"#,
                    r#"{"osVersion":"","policyStatus":[]}"#,
                ),
            ],
        );
        let early = Options {
            revision: "2019-09".to_owned(),
            ..Options::default()
        };
        hold(
            &early,
            &[(
                r#"{"deploymentState":"success","policyStatus":[],"DeviceId":""}"#,
                r#"{"deploymentState":"success","policyStatus":[],"deviceId":""}"#,
                r#"{"deploymentState":"success","policyStatus":[],"deviceId":""}"#,
            )],
        );
    }

    #[test]
    fn what_holds_the_events_gets_its_name() {
        hold(
            &Options::default(),
            &[
                (
                    r#"{"Value@odata.count":1,"Value":[{"deploymentState":"success","OsVersion":""}]}"#,
                    r#"{"value@odata.count":1,"value":[{"deploymentState":"success","osVersion":""}]}"#,
                    r#"{"value@odata.count":1,"value":[{"deploymentState":"success","osVersion":""}]}"#,
                ),
                (
                    r#"{"Value@v.n":1,"value@v.n":1,"Value":[{"deploymentState":"success"}]}"#,
                    r#"{"Value@v.n":1,"value@v.n":1,"Value":[{"deploymentState":"success"}]}"#,
                    r#"{"Value@v.n":1,"value@v.n":1,"Value":[{"deploymentState":"success"}]}"#,
                ),
            ],
        );
    }
}

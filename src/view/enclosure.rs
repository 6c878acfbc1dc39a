//! Where in a document the events are.
//!
//! Owns the recognition of envelopes and of what is no event. Knows nothing of rules.

use crate::json::{Document, Kind, Member, Node};
use crate::meant;
use crate::model::{Lookup, Mode};

use super::context_url::ContextUrl;
use super::event::is_annotation;
use super::identity::EventId;
use super::payload::{Payload, PayloadPlace, Spelling};

/// A document's payloads, and what encloses them.
#[derive(Debug, Clone, Default)]
pub struct Enclosure<'a> {
    /// The events, in document order.
    pub payloads: Vec<Payload<'a>>,
    /// The root object, where it encloses events (a Graph collection or a wrapped event).
    pub envelope: Option<Node<'a>>,
    /// The member of the envelope that holds the events.
    pub value: Option<Member<'a>>,
    /// How many elements the array has that member `value` of the envelope is, strangers included;
    /// `None` where it is none.
    pub items: Option<usize>,
    /// What stands where an event is expected and is none, with what it is instead.
    pub strangers: Vec<(Node<'a>, Stranger)>,
    /// Name of the resource that is expected, without namespace.
    pub resource: &'a str,
    /// The identifiers of the payloads, each once, in document order; none where no rule asks for
    /// them.
    pub ids: Vec<EventId>,
}

/// What a value that is no event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// A scalar or an array.
    NotAnObject(Kind),
    /// An error response of Graph or of its sign-in service.
    Error,
    /// A `$batch` request or response.
    Batch,
    /// A change notification.
    Notification,
    /// A Dev Proxy mock file.
    Mocks,
    /// A JSON Schema.
    Schema,
    /// A collection within an array.
    Page,
    /// `@odata.type` names another type.
    OtherType,
    /// `@odata.context` names another resource.
    OtherContext,
    /// An object that has hardly a member of the resource.
    OtherObject,
}

/// Finds the events of a document.
#[must_use]
pub(crate) fn find<'a>(document: Document<'a>, lookup: &'a Lookup, mode: Mode) -> Enclosure<'a> {
    let root = document.root();
    let found = match root.kind() {
        Kind::Array => in_array(root, None, lookup, mode),
        Kind::Object => in_object(root, lookup, mode),
        kind => stranger(root, Stranger::NotAnObject(kind)),
    };
    Enclosure {
        resource: &lookup.model().resource().name,
        ..found
    }
}

fn stranger(node: Node<'_>, what: Stranger) -> Enclosure<'_> {
    Enclosure {
        strangers: vec![(node, what)],
        ..Enclosure::default()
    }
}

fn single<'a>(node: Node<'a>, place: PayloadPlace, envelope: Option<Node<'a>>) -> Enclosure<'a> {
    Enclosure {
        payloads: vec![Payload {
            node,
            place,
            envelope,
        }],
        envelope,
        ..Enclosure::default()
    }
}

fn in_object<'a>(root: Node<'a>, lookup: &Lookup, mode: Mode) -> Enclosure<'a> {
    if is_event(root, None, lookup) {
        return single(root, PayloadPlace::Root, None);
    }
    if let Some(what) = known_stranger(root) {
        return stranger(root, what);
    }
    let value = value_of(root);
    match value.map(|(member, spelling)| (member.value, spelling)) {
        Some((array, spelling)) if array.kind() == Kind::Array => {
            let envelope = Some((root, spelling));
            let found = in_array(array, envelope, lookup, mode);
            let found = Enclosure {
                value: value.map(|(member, _)| member),
                ..found
            };
            match found.strangers.first() {
                Some((_, Stranger::OtherObject)) if found.payloads.is_empty() => {
                    stranger(root, other_object(root, lookup))
                }
                Some((_, what)) if found.payloads.is_empty() => stranger(root, *what),
                _ => found,
            }
        }
        Some((event, spelling))
            if event.kind() == Kind::Object
                && (mode != Mode::Any || is_event(event, context_of(root, lookup), lookup)) =>
        {
            Enclosure {
                value: value.map(|(member, _)| member),
                ..single(event, PayloadPlace::Value(spelling), Some(root))
            }
        }
        _ if mode != Mode::Any => single(root, PayloadPlace::Root, None),
        _ => stranger(root, other_object(root, lookup)),
    }
}

/// The member `value` of an object, the last one as most readers take it, and how it is written: in
/// another letter case where there is none in the right one.
fn value_of(object: Node<'_>) -> Option<(Member<'_>, Spelling)> {
    let mut found = None;
    for member in object.members() {
        if let Some(spelling) = Spelling::of(&member.name_text())
            && (spelling == Spelling::Right || !matches!(found, Some((_, Spelling::Right))))
        {
            found = Some((member, spelling));
        }
    }
    found
}

fn in_array<'a>(
    array: Node<'a>,
    around: Option<(Node<'a>, Spelling)>,
    lookup: &Lookup,
    mode: Mode,
) -> Enclosure<'a> {
    let envelope = around.map(|(envelope, _)| envelope);
    let mut found = Enclosure {
        envelope,
        items: envelope.map(|_| array.len()),
        ..Enclosure::default()
    };
    let expected = expected(&found, lookup);
    for (index, node) in array.elements().enumerate() {
        let place = match around {
            Some((_, spelling)) => PayloadPlace::ValueElement(spelling, index),
            None => PayloadPlace::Element(index),
        };
        match element(node, expected, lookup, mode) {
            Ok(()) => {
                if found.payloads.is_empty() {
                    // Growing step by step takes twice the memory.
                    found.payloads.reserve_exact(array.len() - index);
                }
                found.payloads.push(Payload {
                    node,
                    place,
                    envelope,
                });
            }
            Err(what) => found.strangers.push((node, what)),
        }
    }
    if found.payloads.is_empty() && !found.strangers.is_empty() {
        let what = found.strangers[0].1;
        found.strangers = vec![(array, what)];
    }
    found
}

/// What the context of an envelope says of the elements in it.
pub(crate) fn expected(enclosure: &Enclosure<'_>, lookup: &Lookup) -> Option<bool> {
    let envelope = enclosure.envelope?;
    context_of(envelope, lookup)
}

/// Whether an element of an array is an event; `expected` is what is said of it around it.
///
/// # Errors
/// What it is instead.
pub(crate) fn element(
    node: Node<'_>,
    expected: Option<bool>,
    lookup: &Lookup,
    mode: Mode,
) -> Result<(), Stranger> {
    let object = node.kind() == Kind::Object;
    let taken_for_one = mode != Mode::Any && known_stranger(node).is_none();
    if object && (taken_for_one || is_event(node, expected, lookup)) {
        Ok(())
    } else {
        Err(what_instead(node, lookup))
    }
}

fn what_instead(node: Node<'_>, lookup: &Lookup) -> Stranger {
    match node.kind() {
        Kind::Object
            if node
                .get("value")
                .is_some_and(|value| value.kind() == Kind::Array) =>
        {
            Stranger::Page
        }
        Kind::Object => known_stranger(node).unwrap_or_else(|| other_object(node, lookup)),
        kind => Stranger::NotAnObject(kind),
    }
}

fn other_object(object: Node<'_>, lookup: &Lookup) -> Stranger {
    if Stranger::type_of(object).is_some() {
        Stranger::OtherType
    } else if context_of(object, lookup) == Some(false) {
        Stranger::OtherContext
    } else {
        Stranger::OtherObject
    }
}

/// The names under which an object says what its type is: as OData 4.0, 4.01 and 3.0 spell it, and
/// as the Graph SDKs do.
const TYPE_NAMES: [&str; 5] = [
    "@odata.type",
    "@type",
    "odata.type",
    "OdataType",
    "odataType",
];

impl Stranger {
    /// The type that an object says to be of.
    #[must_use]
    pub fn type_of(object: Node<'_>) -> Option<Node<'_>> {
        TYPE_NAMES.iter().find_map(|name| object.get(name))
    }

    /// The path in the context URL of an object.
    #[must_use]
    pub fn path_of(object: Node<'_>) -> Option<String> {
        let mut names = ["@odata.context", "@context"].iter();
        let url = names.find_map(|name| object.get(name)?.string())?;
        Some(ContextUrl::read(&url)?.path.to_owned())
    }

    /// The value that shows best what a list or collection holds: the first in it.
    #[must_use]
    pub fn example(node: Node<'_>) -> Node<'_> {
        // Nesting is bounded by the parser.
        let inner = match node.kind() {
            Kind::Array => node.elements().next(),
            Kind::Object => value_of(node).map(|(member, _)| member.value),
            _ => None,
        };
        inner.map_or(node, Self::example)
    }
}

/// The documents of Graph and its tools that are known to hold something else.
fn known_stranger(object: Node<'_>) -> Option<Stranger> {
    let mut found = None;
    let (mut error, mut described) = (false, false);
    for member in object.members() {
        let kind = member.value.kind();
        match (&*member.name_text(), kind) {
            // The SDKs write an error with its names in PascalCase.
            ("error" | "Error", Kind::Object) => return Some(Stranger::Error),
            ("error", Kind::String) => error = true,
            ("error_description", Kind::String) => described = true,
            ("requests" | "responses", Kind::Array) => found = Some(Stranger::Batch),
            ("mocks", Kind::Array) => found = found.or(Some(Stranger::Mocks)),
            ("subscriptionId", Kind::String) => found = found.or(Some(Stranger::Notification)),
            ("$schema", Kind::String) if is_dialect(member.value) => {
                found = found.or(Some(Stranger::Schema));
            }
            _ => {}
        }
    }
    if error && described {
        return Some(Stranger::Error);
    }
    found
}

fn is_dialect(value: Node<'_>) -> bool {
    value.text().contains("json-schema.org")
}

/// Members that other Graph resources have too: they say nothing about which one this is.
const COMMON: [&str; 13] = [
    "createdDateTime",
    "description",
    "deviceId",
    "displayName",
    "enrollmentState",
    "enrollmentType",
    "eventDateTime",
    "lastModifiedDateTime",
    "managedDeviceName",
    "osVersion",
    "userId",
    "userPrincipalName",
    "version",
];

/// Members of an object that are looked at closely where its names are damaged.
const MOST_DAMAGED: usize = 64;

/// Whether an object is an event, right or wrong: by its `@odata.type` or context, by two members
/// that only this resource has, or by the share of members that it knows. A lone `id` decides
/// nothing, but of a resource that has no other member anything may be one. `around` is what the context of the object around it says.
pub(crate) fn is_event(object: Node<'_>, around: Option<bool>, lookup: &Lookup) -> bool {
    if lookup
        .model()
        .resource()
        .members
        .iter()
        .all(|one| one.name == "id")
    {
        return known_stranger(object).is_none() && object.get("value").is_none();
    }
    let mut seen = Seen::default();
    for member in object.members() {
        seen.add(member, lookup);
        if seen.decided() {
            return true;
        }
    }
    match seen.named.or(around) {
        // What an envelope says of its context is about what is in it.
        Some(named) if !seen.encloses => named,
        _ => seen.probable() || seen.with_damaged_names(object, lookup).probable(),
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// `@odata.type` or `@odata.context` names the resource, in whatever letter case, or another.
    named: Option<bool>,
    /// There is a member `value` that can hold events.
    encloses: bool,
    known: usize,
    /// Known and not in [`COMMON`].
    specific: usize,
    all: usize,
    /// Index of the member that the table would have next.
    next: usize,
}

impl Seen {
    fn add(&mut self, member: Member<'_>, lookup: &Lookup) {
        let name = member.name_text();
        if is_annotation(&name) {
            self.named = self
                .named
                .or_else(|| names_resource(&name, member.value, lookup));
        } else if name != "id" {
            self.all += 1;
            self.encloses |= Spelling::of(&name).is_some()
                && matches!(member.value.kind(), Kind::Array | Kind::Object);
            let known = self.find(&name, lookup);
            self.count(known);
        }
    }

    /// The member of this name in whatever letter case, which most often is the next one.
    fn find<'m>(&mut self, name: &str, lookup: &'m Lookup) -> Option<&'m str> {
        let members = &lookup.model().resource().members;
        let next = members.get(self.next).filter(|next| next.name == name);
        let index = match next {
            Some(_) => self.next,
            None => lookup.member_in_any_case(0, name)?,
        };
        self.next = index + 1;
        Some(&members[index].name)
    }

    fn count(&mut self, known: Option<&str>) {
        if let Some(name) = known {
            self.known += 1;
            self.specific += usize::from(!COMMON.contains(&name));
        }
    }

    const fn decided(&self) -> bool {
        self.specific >= 2
    }

    /// All members known; or a specific one, and half of them known, or a quarter and at least
    /// three, as where a translation machine went over the names.
    const fn probable(&self) -> bool {
        let half = self.known * 2 >= self.all;
        let quarter = self.known >= 3 && self.known * 4 >= self.all;
        self.known > 0 && self.known == self.all || self.specific > 0 && (half || quarter)
    }

    /// The same with names that were transliterated, or whose words are parted, counted as known.
    fn with_damaged_names(mut self, object: Node<'_>, lookup: &Lookup) -> Self {
        let members = &lookup.model().resource().members;
        for member in object.members().take(MOST_DAMAGED) {
            let name = member.name_text();
            if !is_annotation(&name) {
                let known = meant::damaged(&name, lookup, 0);
                self.count(known.map(|index| members[index].name.as_str()));
            }
        }
        self
    }
}

/// Whether a piece of control information names the resource; `None` where it names none.
fn names_resource(name: &str, value: Node<'_>, lookup: &Lookup) -> Option<bool> {
    match name {
        "@odata.type" | "@type" => {
            let usual = value.plain_str().and_then(|text| text.strip_prefix('#'));
            if usual == Some(&lookup.model().qualified_name) {
                return Some(true);
            }
            let text = value.string()?;
            let fragment = text
                .rsplit_once('#')
                .map_or(&*text, |(_, fragment)| fragment);
            Some(fragment.eq_ignore_ascii_case(&lookup.model().qualified_name))
        }
        "@odata.context" | "@context" => {
            // Of `…#deviceManagement/autopilotEvents`, the letters end with the name.
            let url = value.string()?;
            let letters = ContextUrl::read(&url)?.path.replace('/', "");
            let name = lookup.model().resource().name.to_ascii_lowercase();
            let named = letters
                .to_ascii_lowercase()
                .trim_end_matches('s')
                .ends_with(&name);
            // Sets of other resources are often named after their base type.
            (named || lookup.model().is_autopilot_event()).then_some(named)
        }
        _ => None,
    }
}

/// What the context of an envelope says of the items in it.
fn context_of(envelope: Node<'_>, lookup: &Lookup) -> Option<bool> {
    let mut members = envelope.members();
    members.find_map(|member| {
        let name = member.name_text();
        let context = matches!(&*name, "@odata.context" | "@context");
        context.then(|| names_resource(&name, member.value, lookup))?
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::json::{Tape, parse};

    fn lookup() -> Lookup {
        Lookup::new(Arc::new(crate::model::table::autopilot_event()))
    }

    fn found(text: &str) -> (usize, Vec<Stranger>) {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect("JSON");
        let document = Document::new(text, &tape);
        let lookup = lookup();
        let found = find(document, &lookup, Mode::Any);
        let strangers = found.strangers.iter().map(|(_, what)| *what).collect();
        (found.payloads.len(), strangers)
    }

    #[test]
    fn damaged_events_are_events() {
        for text in [
            r#"{"deploymentState": "success"}"#,
            r#"{"DeploymentState": "success", "Id": "x", "AdditionalProperties": {}}"#,
            r#"{"deployment_state": "success", "os_version": "x"}"#,
            r#"{"Deployment State": "success", "OS Version": "x", "Notes": 1}"#,
            r#"{"деплойментстате": "success", "девицесериалнумбер": "x", "примечание": 1}"#,
            r#"{"оsVersion": "x", "userId": ""}"#,
            r#"{"osVersion": "x", "userPrincipalName": "a@b.c"}"#,
            r##"{"@odata.type": "#Microsoft.Graph.DeviceManagementAutopilotEvent"}"##,
            r##"{"@odata.type": "#microsoft.graph.managedDevice", "deploymentState": "success", "targetedAppCount": 3}"##,
            r#"{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents/$entity", "x": 1}"#,
            r#"{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents(id)", "value": [{"id": "x"}]}"#,
            r#"{"value": [{"deploymentState": "success"}]}"#,
            r#"{"Value": [{"DeploymentState": "success"}], "OdataCount": null}"#,
            r#"{"VALUE": {"DEPLOYMENT_STATE": "success", "TARGETED_APP_COUNT": 1}}"#,
        ] {
            assert_eq!(found(text), (1, vec![]), "{text}");
        }
    }

    #[test]
    fn the_context_of_an_envelope_makes_no_event_of_it() {
        let context = "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents";
        for (value, places) in [
            ("[]", vec![]),
            (
                r#"[{"id": "x"}, {"osVersion": "x"}]"#,
                vec!["/value/0", "/value/1"],
            ),
            (r#"{"deploymentState": "success"}"#, vec!["/value"]),
            (r#"{"id": "x"}"#, vec!["/value"]),
        ] {
            let text = format!(r#"{{"@odata.context": "{context}", "value": {value}}}"#);
            let mut tape = Tape::new();
            parse(&text, &mut tape).expect("JSON");
            let lookup = lookup();
            let found = find(Document::new(&text, &tape), &lookup, Mode::Any);
            let pointers = found
                .payloads
                .iter()
                .map(|found| found.pointer().to_string());
            assert_eq!(pointers.collect::<Vec<_>>(), places, "{text}");
            assert!(found.strangers.is_empty(), "{text}");
        }
    }

    #[test]
    fn other_documents_are_told_apart() {
        for (text, expected) in [
            (
                r#"{"error": {"code": "x", "message": "y"}}"#,
                Stranger::Error,
            ),
            (
                r#"{"error": "invalid_grant", "error_description": "y"}"#,
                Stranger::Error,
            ),
            (r#"{"requests": []}"#, Stranger::Batch),
            (
                r#"{"Error": {"Code": "x", "Message": "y"}}"#,
                Stranger::Error,
            ),
            (
                r#"{"responses": [{"id": "1", "status": 200, "body": {}}]}"#,
                Stranger::Batch,
            ),
            (r#"{"$schema": "x", "mocks": []}"#, Stranger::Mocks),
            (
                r#"{"$schema": "https://json-schema.org/draft/2020-12/schema"}"#,
                Stranger::Schema,
            ),
            (
                r#"{"value": [{"subscriptionId": "x"}]}"#,
                Stranger::Notification,
            ),
            (r#"[{"value": []}]"#, Stranger::Page),
            ("3", Stranger::NotAnObject(Kind::Number)),
            (r#"["@{id=1}"]"#, Stranger::NotAnObject(Kind::String)),
            ("{}", Stranger::OtherObject),
            (r#"{"id": "x"}"#, Stranger::OtherObject),
            // Other resources of Graph, whole and as `$select` leaves them.
            (
                r#"{"id": "x", "eventDateTime": "x", "correlationId": "x", "managedDeviceIdentifier": "x", "operatingSystem": "x", "osVersion": "x", "userId": "x", "deviceId": "x", "enrollmentType": "x", "failureCategory": "x", "failureReason": "x"}"#,
                Stranger::OtherObject,
            ),
            (
                r#"{"id": "x", "deviceName": "x", "osVersion": "x", "userPrincipalName": "x"}"#,
                Stranger::OtherObject,
            ),
            (
                r#"{"id": "x", "serialNumber": "x", "enrollmentState": "x", "userPrincipalName": "x", "groupTag": ""}"#,
                Stranger::OtherObject,
            ),
            (
                r#"{"displayName": "x", "userPrincipalName": "x"}"#,
                Stranger::OtherObject,
            ),
            (
                r##"{"@odata.type": "#microsoft.graph.managedDevice", "osVersion": "x"}"##,
                Stranger::OtherType,
            ),
            (
                r#"{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents('x')/policyStatusDetails", "value": [{"id": "x", "displayName": "x", "policyType": "application"}]}"#,
                Stranger::OtherContext,
            ),
            (
                r#"{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#devices", "value": [{"deviceId": "x"}]}"#,
                Stranger::OtherContext,
            ),
        ] {
            assert_eq!(found(text), (0, vec![expected]), "{text}");
        }
    }
}

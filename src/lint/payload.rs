//! Where in a document the events are.
//!
//! Owns the recognition of envelopes and of what is no event. Knows nothing of rules.

use crate::json::{Document, Kind, Member, Node, Pointer, PointerToken};
use crate::model::{Mode, Model};

use super::event::is_annotation;

/// One event, wherever it stands.
#[derive(Debug, Clone, Copy)]
pub struct Payload<'a> {
    /// The event's object.
    pub node: Node<'a>,
    /// How it is enclosed.
    pub place: PayloadPlace,
    /// The object around it that carries control information, if any.
    pub envelope: Option<Node<'a>>,
}

/// Where a payload stands in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadPlace {
    /// It is the document.
    Root,
    /// Element of the root array.
    Element(usize),
    /// The object that member `value` of the root is, as the documentation prints single events.
    Value,
    /// Element of the array that member `value` of the root is.
    ValueElement(usize),
}

impl Payload<'_> {
    /// Pointer of the event's object.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        if matches!(
            self.place,
            PayloadPlace::Value | PayloadPlace::ValueElement(_)
        ) {
            pointer.push(PointerToken::Name("value"));
        }
        if let PayloadPlace::Element(index) | PayloadPlace::ValueElement(index) = self.place {
            pointer.push(PointerToken::Index(index));
        }
        pointer
    }
}

/// A document's payloads, and what encloses them.
#[derive(Debug, Default)]
pub struct Enclosure<'a> {
    /// The events, in document order.
    pub payloads: Vec<Payload<'a>>,
    /// The root object, where it encloses events (a Graph collection or a wrapped event).
    pub envelope: Option<Node<'a>>,
    /// What stands where an event is expected and is none, with what it is instead.
    pub strangers: Vec<(Node<'a>, Stranger)>,
}

/// What a value that is no event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// A scalar or an array.
    NotAnObject(Kind),
    /// An OData error response.
    Error,
    /// A `$batch` request or response.
    Batch,
    /// A change notification.
    Notification,
    /// A Dev Proxy mock file.
    Mocks,
    /// `@odata.type` names another type.
    OtherType,
    /// An object that has hardly a member of the resource.
    OtherObject,
}

/// Finds the events of a document.
#[must_use]
pub(super) fn find<'a>(document: Document<'a>, model: &Model, mode: Mode) -> Enclosure<'a> {
    let root = document.root();
    match root.kind() {
        Kind::Array => in_array(root, None, model, mode),
        Kind::Object => in_object(root, model, mode),
        kind => stranger(root, Stranger::NotAnObject(kind)),
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
        strangers: Vec::new(),
    }
}

fn in_object<'a>(root: Node<'a>, model: &Model, mode: Mode) -> Enclosure<'a> {
    if is_event(root, model) {
        return single(root, PayloadPlace::Root, None);
    }
    if let Some(what) = known_stranger(root) {
        return stranger(root, what);
    }
    match root.get("value") {
        Some(value) if value.kind() == Kind::Array => {
            let found = in_array(value, Some(root), model, mode);
            if found.payloads.is_empty() && !found.strangers.is_empty() {
                return stranger(root, found.strangers[0].1);
            }
            found
        }
        Some(value)
            if value.kind() == Kind::Object && (mode != Mode::Any || is_event(value, model)) =>
        {
            single(value, PayloadPlace::Value, Some(root))
        }
        _ if mode != Mode::Any => single(root, PayloadPlace::Root, None),
        _ => stranger(root, other_object(root)),
    }
}

fn in_array<'a>(
    array: Node<'a>,
    envelope: Option<Node<'a>>,
    model: &Model,
    mode: Mode,
) -> Enclosure<'a> {
    let mut found = Enclosure {
        envelope,
        ..Enclosure::default()
    };
    for (index, node) in array.elements().enumerate() {
        let place = match envelope {
            Some(_) => PayloadPlace::ValueElement(index),
            None => PayloadPlace::Element(index),
        };
        let object = node.kind() == Kind::Object;
        if object && (is_event(node, model) || mode != Mode::Any && known_stranger(node).is_none())
        {
            found.payloads.push(Payload {
                node,
                place,
                envelope,
            });
        } else {
            found.strangers.push((node, what_instead(node)));
        }
    }
    if found.payloads.is_empty() && !found.strangers.is_empty() {
        let what = found.strangers[0].1;
        found.strangers = vec![(array, what)];
    }
    found
}

fn what_instead(node: Node<'_>) -> Stranger {
    match node.kind() {
        Kind::Object => known_stranger(node).unwrap_or_else(|| other_object(node)),
        kind => Stranger::NotAnObject(kind),
    }
}

fn other_object(object: Node<'_>) -> Stranger {
    if object.get("@odata.type").is_some() {
        Stranger::OtherType
    } else {
        Stranger::OtherObject
    }
}

/// The documents of Graph and its tools that are known to hold something else.
fn known_stranger(object: Node<'_>) -> Option<Stranger> {
    let is = |name, kind| object.get(name).is_some_and(|value| value.kind() == kind);
    if is("error", Kind::Object) {
        Some(Stranger::Error)
    } else if is("requests", Kind::Array) || is("responses", Kind::Array) {
        Some(Stranger::Batch)
    } else if is("mocks", Kind::Array) {
        Some(Stranger::Mocks)
    } else if is("subscriptionId", Kind::String) {
        Some(Stranger::Notification)
    } else {
        None
    }
}

/// Members that many Graph resources have: they say nothing about which one this is.
const COMMON: [&str; 6] = [
    "deviceId",
    "enrollmentState",
    "managedDeviceName",
    "osVersion",
    "userId",
    "userPrincipalName",
];

/// Whether an object is an event, right or wrong: by its `@odata.type`, by two members that only
/// this resource has, or by the share of members that it knows. A lone `id` decides nothing.
fn is_event(object: Node<'_>, model: &Model) -> bool {
    let mut seen = Seen::default();
    for member in object.members() {
        seen.add(member, model);
        if seen.decided() {
            return true;
        }
    }
    seen.probable()
}

#[derive(Default)]
struct Seen {
    /// `@odata.type` names the resource, in whatever letter case.
    named: bool,
    known: usize,
    /// Known and not in [`COMMON`].
    specific: usize,
    all: usize,
}

impl Seen {
    fn add(&mut self, member: Member<'_>, model: &Model) {
        let name = member.name_text();
        if is_annotation(&name) {
            self.named |= name == "@odata.type" && names_resource(member.value, model);
        } else if name != "id" {
            self.all += 1;
            let members = &model.resource().members;
            if members
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(&name))
            {
                self.known += 1;
                self.specific += usize::from(!COMMON.contains(&&*name));
            }
        }
    }

    const fn decided(&self) -> bool {
        self.named || self.specific >= 2
    }

    /// Half of the members known; or a quarter and at least three, as where a translation machine
    /// went over the names.
    const fn probable(&self) -> bool {
        self.known > 0 && self.known * 2 >= self.all
            || self.known >= 3 && self.known * 4 >= self.all
    }
}

fn names_resource(value: Node<'_>, model: &Model) -> bool {
    let usual = value.plain_str().and_then(|text| text.strip_prefix('#'));
    usual == Some(&model.qualified_name)
        || value.string().is_some_and(|text| {
            let fragment = text
                .rsplit_once('#')
                .map_or(&*text, |(_, fragment)| fragment);
            fragment.eq_ignore_ascii_case(&model.qualified_name)
        })
}

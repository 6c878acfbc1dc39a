//! Rules on several payloads and on what encloses them.

pub mod count_below_items;
pub mod duplicate_event_id;
pub mod next_and_delta_link;
pub mod not_an_event;
pub mod partial_page;

use crate::json::{Kind, Member, Node};
use crate::view::Enclosure;

/// The member of the object around the events that is this control information, with or without
/// the prefix `odata.` (which OData 4.01 leaves out).
fn control<'a>(enclosure: &Enclosure<'a>, name: &str) -> Option<Member<'a>> {
    let envelope = enclosure.envelope?;
    envelope.members().find(|member| {
        let text = member.name_text();
        let term = text.strip_prefix('@');
        term.is_some_and(|term| term.strip_prefix("odata.").unwrap_or(term) == name)
    })
}

/// The same, where its value is a link.
fn link<'a>(enclosure: &Enclosure<'a>, name: &str) -> Option<Member<'a>> {
    let is_text = |value: Node<'_>| value.kind() == Kind::String && value.plain_str() != Some("");
    control(enclosure, name).filter(|member| is_text(member.value))
}

//! Documents: events in every envelope and layout, with the way back from places to spans.

use std::ops::Range;

use super::event::Maker;
use super::json::{Json, Layout, Members, Spot, spots};
use super::random::Random;

/// How events are enclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrap {
    /// One event.
    Object,
    /// An array of events.
    Array,
    /// A Graph collection.
    Collection,
    /// One event as the documentation prints it.
    Value,
}

impl Wrap {
    pub(crate) const ALL: [Self; 4] = [Self::Object, Self::Array, Self::Collection, Self::Value];
}

/// What is to be written.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) wrap: Wrap,
    pub(crate) layout: Layout,
    pub(crate) events: Vec<Members>,
    /// Values behind the events of a list that are none.
    pub(crate) strangers: Vec<Json>,
    /// Members of the envelope beside `value`.
    pub(crate) envelope: Members,
}

impl Document {
    /// Up to `most` events in an envelope and a layout of the maker's choice.
    pub(crate) fn any(maker: &mut Maker, most: usize) -> Self {
        let wrap = maker.random.pick(&Wrap::ALL);
        let count = match wrap {
            Wrap::Object | Wrap::Value => 1,
            Wrap::Array | Wrap::Collection => 1 + maker.random.below(most),
        };
        Self {
            wrap,
            layout: Layout::any(&mut maker.random),
            events: (0..count).map(|_| maker.event()).collect(),
            strangers: Vec::new(),
            envelope: envelope(wrap, count, &mut maker.random),
        }
    }

    /// JSON Pointer of an event.
    pub(crate) fn pointer(&self, event: usize) -> String {
        match self.wrap {
            Wrap::Object => String::new(),
            Wrap::Value => "/value".to_owned(),
            Wrap::Array => format!("/{event}"),
            Wrap::Collection => format!("/value/{event}"),
        }
    }

    pub(crate) fn write(&self, random: &mut Random) -> String {
        let events = self.events.iter().cloned().map(Json::Object);
        let mut events = events.chain(self.strangers.iter().cloned());
        let mut envelope = self.envelope.clone();
        let root = match self.wrap {
            Wrap::Object => events.next().expect("one event"),
            Wrap::Array => Json::Array(events.collect()),
            Wrap::Value | Wrap::Collection => {
                let value = match self.wrap {
                    Wrap::Value => events.next().expect("one event"),
                    _ => Json::Array(events.collect()),
                };
                let at = random.below(envelope.len() + 1);
                envelope.insert(at, ("value".to_owned(), value));
                Json::Object(envelope)
            }
        };
        self.layout.write(&root, random)
    }
}

/// What a response says beside its events.
fn envelope(wrap: Wrap, count: usize, random: &mut Random) -> Members {
    let context = "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents";
    let link = "https://graph.microsoft.com/beta/deviceManagement/autopilotEvents?$deltatoken=x";
    let known = random.below(3);
    let all = [
        ("@odata.context", Json::text(context), 70),
        ("@odata.count", Json::token((count + known).to_string()), 30),
        ("@odata.deltaLink", Json::text(link), 10),
        ("@microsoft.graph.tips", Json::text("Use $select «…»"), 20),
    ];
    let chosen = all.into_iter().filter(|(name, _, percent)| {
        let fits = wrap == Wrap::Collection || wrap == Wrap::Value && *name == "@odata.context";
        fits && random.chance(*percent)
    });
    chosen
        .map(|(name, value, _)| (name.to_owned(), value))
        .collect()
}

/// Where something stands, in words that do not depend on the layout.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    /// From the event, or from the root for what concerns the envelope.
    pub(crate) pointer: String,
    /// Which of several values with this pointer, in the order of the text.
    pub(crate) nth: usize,
    pub(crate) part: Part,
}

/// What of a member or value is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Name,
    Value,
    /// The opening bracket.
    Opening,
}

impl Place {
    pub(crate) fn value(pointer: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            nth: 0,
            part: Part::Value,
        }
    }

    pub(crate) fn name(pointer: impl Into<String>) -> Self {
        Self {
            part: Part::Name,
            ..Self::value(pointer)
        }
    }

    pub(crate) fn opening(pointer: impl Into<String>) -> Self {
        Self {
            part: Part::Opening,
            ..Self::value(pointer)
        }
    }

    /// The second of two.
    pub(crate) fn again(self) -> Self {
        Self { nth: 1, ..self }
    }

    /// The bytes of it in `text`, whose events are at `base`.
    pub(crate) fn find(&self, text: &str, base: &str) -> Range<usize> {
        let pointer = format!("{base}{}", self.pointer);
        let all = spots(text);
        let spot = all
            .iter()
            .filter(|spot| spot.pointer == pointer)
            .nth(self.nth)
            .unwrap_or_else(|| panic!("{pointer} in {text}"));
        part(spot, self.part)
    }
}

fn part(spot: &Spot, part: Part) -> Range<usize> {
    match part {
        Part::Name => spot.name.clone().expect("a member"),
        Part::Value => spot.value.clone(),
        Part::Opening => spot.value.start..spot.value.start + 1,
    }
}

//! One event of a document, and where it stands.
//!
//! Knows nothing of how events are found.

use crate::json::{Node, Pointer, PointerToken};

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
    Value(Spelling),
    /// Element of the array that member `value` of the root is.
    ValueElement(Spelling, usize),
}

/// How the name `value` is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As it has to be.
    Right,
    /// `Value`
    Pascal,
    /// `VALUE`
    Upper,
}

impl Spelling {
    /// That of a name; `None` for another name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name {
            "value" => Some(Self::Right),
            "Value" => Some(Self::Pascal),
            "VALUE" => Some(Self::Upper),
            _ => None,
        }
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "value",
            Self::Pascal => "Value",
            Self::Upper => "VALUE",
        }
    }
}

impl PayloadPlace {
    /// The place of another element of the same array.
    pub(crate) const fn with_index(self, index: usize) -> Self {
        match self {
            Self::Element(_) => Self::Element(index),
            Self::ValueElement(spelling, _) => Self::ValueElement(spelling, index),
            one => one,
        }
    }

    /// Pointer of the event's object.
    #[must_use]
    pub fn pointer(self) -> Pointer {
        let mut pointer = Pointer::root();
        if let Self::Value(spelling) | Self::ValueElement(spelling, _) = self {
            pointer.push(PointerToken::Name(spelling.name()));
        }
        if let Self::Element(index) | Self::ValueElement(_, index) = self {
            pointer.push(PointerToken::Index(index));
        }
        pointer
    }
}

impl Payload<'_> {
    /// Pointer of the event's object.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        self.place.pointer()
    }
}

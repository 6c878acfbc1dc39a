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
    Value,
    /// Element of the array that member `value` of the root is.
    ValueElement(usize),
}

impl PayloadPlace {
    /// The place of another element of the same array.
    pub(crate) const fn with_index(self, index: usize) -> Self {
        match self {
            Self::Element(_) => Self::Element(index),
            Self::ValueElement(_) => Self::ValueElement(index),
            one => one,
        }
    }

    /// Pointer of the event's object.
    #[must_use]
    pub fn pointer(self) -> Pointer {
        let mut pointer = Pointer::root();
        if matches!(self, Self::Value | Self::ValueElement(_)) {
            pointer.push(PointerToken::Name("value"));
        }
        if let Self::Element(index) | Self::ValueElement(index) = self {
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

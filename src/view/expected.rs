//! The declaration that a value does not fit.

use crate::model::Member;

/// The declaration that a value does not fit.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The member whose value, or an element of it, is looked at.
    pub member: &'a Member,
    /// The value is an element of the member's collection.
    pub element: bool,
}

impl Expected<'_> {
    /// Whether an array is expected.
    #[must_use]
    pub const fn collection(&self) -> bool {
        self.member.collection && !self.element
    }
}

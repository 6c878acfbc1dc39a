//! How arrays are cut into chunks.

use crate::cli::budget::Budget;

/// All in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArrayLimits {
    /// An element belongs to the chunk that its first byte is in.
    pub(super) chunk: usize,
    /// Longest element, and longest blanks between two.
    pub(super) element: usize,
    /// Most that stands before the first element, and after the last one.
    pub(super) around: usize,
}

impl ArrayLimits {
    pub(super) const DEFAULT: Self = Self {
        chunk: 256 << 10,
        element: 16 << 20,
        around: 64 << 10,
    };

    /// The same where there is so much memory.
    pub(super) fn within(budget: &Budget) -> Self {
        Self {
            element: budget.longest_part(Self::DEFAULT.element),
            ..Self::DEFAULT
        }
    }
}

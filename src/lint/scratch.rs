//! Buffers that one thread uses for document after document.

use crate::diagnostic::Diagnostics;
use crate::json::Tape;
use crate::view::Slot;

use super::fast::{Filter, Rest, Settled, Stages};
use super::setup::Setup;

/// Buffers that are used again from document to document; one for each thread.
#[derive(Debug)]
pub struct Scratch {
    pub(super) tape: Tape,
    pub(super) slots: Vec<Slot>,
    /// `None` where every document takes the full path.
    pub(super) filter: Option<Filter>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self::with_stages(Stages::default())
    }
}

impl Scratch {
    /// Buffers with which only some stages of the fast path run, to measure the others.
    #[doc(hidden)]
    #[must_use]
    pub fn with_stages(stages: Stages) -> Self {
        Self {
            filter: Some(Filter::with(stages)),
            ..Self::without_filter()
        }
    }

    /// Buffers with which every document takes the full path: what is certainly clean is not
    /// decided before. Gives the same findings, later; for comparisons.
    #[must_use]
    pub fn without_filter() -> Self {
        Self {
            tape: Tape::new(),
            slots: Vec::new(),
            filter: None,
        }
    }

    /// As [`Filter::settle`]; `None` without a filter.
    pub(super) fn settle(
        &mut self,
        setup: &Setup,
        owner: u64,
        text: (&str, Rest),
        found: &mut Diagnostics,
    ) -> Option<Settled> {
        self.filter.as_mut()?.settle(setup, owner, text, found)
    }
}

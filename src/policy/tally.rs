//! What was found in one file and what became of it, counted.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, redacted_pointer};
use crate::rules;

/// Most code points of a pointer that an entry repeats for its readers.
const MAX_POINTER: usize = 120;

/// Equal findings of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Pointer from the payload, for those who read the file.
    pub(super) at: String,
    pub(super) count: usize,
}

/// Findings of a file, counted.
pub(super) type Found = HashMap<(&'static str, u64), Known>;

/// What a filter did.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Findings that an `[[ignore]]` entry silenced.
    pub ignored: usize,
    /// Findings that the baseline silenced.
    pub known: usize,
    /// Which `[[ignore]]` entries silenced something, by index.
    pub used: Vec<usize>,
    /// Findings that were not ignored; counted where there is a baseline.
    found: Found,
}

impl Tally {
    /// How many findings were silenced.
    #[must_use]
    pub const fn silenced(&self) -> usize {
        self.ignored + self.known
    }

    /// Counts a finding.
    pub(super) fn count(&mut self, diagnostic: &Diagnostic) {
        let key = (diagnostic.rule.name, diagnostic.identity);
        let known = self.found.entry(key).or_insert_with(|| Known {
            at: pointer_in_payload(diagnostic),
            count: 0,
        });
        known.count += 1;
    }

    /// How often a finding was made.
    pub(super) fn count_of(&self, rule: &str, identity: u64) -> usize {
        let rule = rules::find(rule);
        let made = rule.and_then(|rule| self.found.get(&(rule.name, identity)));
        made.map_or(0, |known| known.count)
    }

    pub(super) const fn found(&self) -> &Found {
        &self.found
    }
}

/// Baselines are read by others: names that are not the model's are masked.
fn pointer_in_payload(diagnostic: &Diagnostic) -> String {
    let pointer = redacted_pointer(&diagnostic.pointer);
    let payload = diagnostic.payload.as_ref();
    let inner = payload.and_then(|payload| pointer.after(payload));
    let inner = inner.unwrap_or(pointer.as_str());
    inner.chars().take(MAX_POINTER).collect()
}

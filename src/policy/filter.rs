//! What is kept of the findings of one file.

use std::collections::HashMap;

use super::baseline::Baseline;
use super::selection::Rules;
use super::tally::Tally;
use super::{IgnoredFinding, Policy};
use crate::diagnostic::{Diagnostic, Diagnostics, NotHeld};

/// Decides finding by finding, in the order of the report.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    rules: &'a Rules,
    /// The ignored findings of this file, by index in the configuration.
    ignored: Vec<(usize, &'a IgnoredFinding)>,
    /// How often findings are still known.
    known: Option<HashMap<(&'a str, u64), usize>>,
    /// Every finding is known from now on.
    accept: bool,
    tally: Tally,
}

impl<'a> Filter<'a> {
    /// A filter for one file, whose path is relative to the configuration's folder; `None` for one
    /// that is not below it.
    #[must_use]
    pub fn new(policy: &'a Policy, rules: &'a Rules, file: Option<&str>) -> Self {
        let entries = policy.config.ignored.iter().enumerate();
        let of_file = entries.filter(|(_, entry)| file == Some(entry.file.as_str()));
        Self {
            rules,
            ignored: of_file.collect(),
            known: None,
            accept: false,
            tally: Tally::default(),
        }
    }

    /// Silences what the baseline knows of this file, whose path is relative to the baseline's
    /// folder.
    #[must_use]
    pub fn with_baseline(mut self, baseline: &'a Baseline, file: &str) -> Self {
        self.known = Some(baseline.of_file(file));
        self
    }

    /// Silences everything, for a baseline that is to be written.
    #[must_use]
    pub fn accept_all(mut self) -> Self {
        self.accept = true;
        self
    }

    /// Whether a finding is to be reported.
    fn keep(&mut self, diagnostic: &Diagnostic) -> bool {
        if self.is_ignored(diagnostic) {
            self.tally.ignored += 1;
            return false;
        }
        if self.is_known(diagnostic) {
            self.tally.known += 1;
            return false;
        }
        true
    }

    /// The findings that are to be reported, and how many more there are: of what is only counted,
    /// nothing is silenced.
    pub fn apply(&mut self, mut diagnostics: Diagnostics) -> (Vec<Diagnostic>, NotHeld) {
        diagnostics.set_severities(|rule| self.rules.severity(rule));
        let (mut held, not_held) = diagnostics.finish();
        held.retain(|diagnostic| self.keep(diagnostic));
        (held, not_held)
    }

    /// What was done.
    #[must_use]
    pub fn finish(self) -> Tally {
        self.tally
    }

    fn is_ignored(&mut self, diagnostic: &Diagnostic) -> bool {
        let mut any = false;
        for (index, entry) in &self.ignored {
            if entry.rule == diagnostic.rule.name && entry.pointer == diagnostic.pointer.as_str() {
                any = true;
                if !self.tally.used.contains(index) {
                    self.tally.used.push(*index);
                }
            }
        }
        any
    }

    fn is_known(&mut self, diagnostic: &Diagnostic) -> bool {
        if self.known.is_some() || self.accept {
            self.tally.count(diagnostic);
        }
        let key = (diagnostic.rule.name, diagnostic.identity);
        let left = self.known.as_mut().and_then(|known| known.get_mut(&key));
        match left {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => self.accept,
        }
    }
}

//! What is kept of the findings of one file.

use std::collections::HashMap;

use super::Policy;
use super::baseline::Baseline;
use super::selection::Rules;
use super::tally::Tally;
use crate::diagnostic::{Applicability, Diagnostic, Diagnostics, NotHeld};

/// Decides finding by finding, in the order of the report.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    rules: &'a Rules,
    /// The ignored findings of this file, by rule and pointer.
    ignored: HashMap<&'static str, HashMap<&'a str, Ignored>>,
    /// How often findings are still known.
    known: Option<HashMap<(&'a str, u64), usize>>,
    /// What was known of the findings that came last, once for each.
    last_known: Vec<(&'a str, u64)>,
    /// Every finding is known from now on.
    accept: bool,
    tally: Tally,
}

/// Which look at a text it is, where one is checked again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The first.
    First,
    /// Another one, after it was changed: what was known of its findings still is.
    Again,
}

/// What is known of an ignored finding.
#[derive(Debug, Clone, Default)]
struct Ignored {
    /// Its entries, by index in the configuration.
    entries: Vec<usize>,
    /// They silenced something.
    used: bool,
}

impl<'a> Filter<'a> {
    /// A filter for one file, whose path is relative to the configuration's folder; `None` for one
    /// that is not below it.
    #[must_use]
    pub fn new(policy: &'a Policy, rules: &'a Rules, file: Option<&str>) -> Self {
        let mut ignored: HashMap<_, HashMap<_, Ignored>> = HashMap::new();
        let of_file = file.map(|file| policy.config.ignored.of_file(file));
        for (index, entry) in of_file.into_iter().flatten() {
            let of_rule = ignored.entry(entry.rule).or_default();
            let known = of_rule.entry(entry.pointer.as_str()).or_default();
            known.entries.push(index);
        }
        Self {
            rules,
            ignored,
            known: None,
            last_known: Vec::new(),
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
    /// nothing is silenced. Those that are not to be fixed have no fix.
    pub fn apply(&mut self, mut diagnostics: Diagnostics) -> (Vec<Diagnostic>, NotHeld) {
        diagnostics.set_severities(|rule| self.rules.severity(rule));
        let (mut held, not_held) = diagnostics.finish();
        held.retain(|diagnostic| self.keep(diagnostic));
        for found in &mut held {
            if !self.rules.may_fix(found.rule) {
                found.fix = None;
            }
        }
        (held, not_held)
    }

    /// Takes the fixes off those findings of a text that are not to be fixed: what is not reported,
    /// and what is of a rule that is not fixed.
    pub fn withhold(&mut self, look: Look, diagnostics: &mut Diagnostics) {
        for key in std::mem::take(&mut self.last_known) {
            if let (Look::Again, Some(known)) = (look, &mut self.known) {
                *known.entry(key).or_default() += 1;
            }
        }
        for found in diagnostics.iter_mut() {
            if !self.keep(found) || !self.rules.may_fix(found.rule) {
                found.fix = None;
            }
        }
    }

    /// Whether some of these findings may be fixed, up to `most`.
    #[must_use]
    pub fn has_fixes(
        &self,
        reported: &[Diagnostic],
        not_held: &NotHeld,
        most: Applicability,
    ) -> bool {
        let fits = |offered: Option<Applicability>| offered.is_some_and(|offered| offered <= most);
        let offered = |found: &Diagnostic| found.fix.as_ref().map(|fix| fix.applicability);
        let mut counted = not_held.counts();
        reported.iter().any(|found| fits(offered(found)))
            || counted.any(|(rule, _, fix, _)| fits(fix) && self.rules.may_fix(rule))
    }

    /// What was done.
    #[must_use]
    pub fn finish(self) -> Tally {
        self.tally
    }

    fn is_ignored(&mut self, diagnostic: &Diagnostic) -> bool {
        let of_rule = self.ignored.get_mut(diagnostic.rule.name);
        let known = of_rule.and_then(|known| known.get_mut(diagnostic.pointer.as_str()));
        let Some(ignored) = known else {
            return false;
        };
        if !ignored.used {
            ignored.used = true;
            self.tally.used.extend(&ignored.entries);
        }
        true
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
                self.last_known.push(key);
                true
            }
            _ => self.accept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{PointerToken, Span};
    use crate::policy::{Fate, IgnoredFinding};
    use crate::rules;

    /// A finding of a member of this number.
    fn finding(number: usize) -> Diagnostic {
        let rule = rules::find("unknown-member").expect("a rule");
        let mut found = Diagnostic::of_text(rule, Span::new(0, 0), "");
        found.pointer.push(PointerToken::Index(number));
        found
    }

    #[test]
    fn entries_are_found_at_once_and_used_once() {
        const ENTRIES: usize = 14_000;
        let mut policy = Policy::default();
        // Each is there twice, and again for another file.
        for number in (0..ENTRIES).chain(0..ENTRIES) {
            for file in ["a.json", "b.json"] {
                policy.config.ignored.push(IgnoredFinding {
                    rule: "unknown-member",
                    file: file.to_owned(),
                    pointer: format!("/{number}"),
                    reason: "r".to_owned(),
                });
            }
        }
        let rules = Rules::default();
        let started = cpu_time::ThreadTime::now();
        let mut filter = Filter::new(&policy, &rules, Some("a.json"));
        for number in (0..200_000).chain(0..10) {
            let kept = filter.keep(&finding(number));
            assert_eq!(kept, number >= ENTRIES);
        }
        let tally = filter.finish();
        assert_eq!(
            (tally.ignored, tally.used.len()),
            (ENTRIES + 10, 2 * ENTRIES)
        );
        let stale: Vec<_> = policy.stale(&tally.used, |_| Fate::Gone).collect();
        assert_eq!(stale.len(), 2 * ENTRIES);
        assert!(stale.iter().all(|entry| entry.file == "b.json"));
        assert!(started.elapsed().as_secs() < 20);
        // Files are many too.
        for _ in 0..100_000 {
            let mut filter = Filter::new(&policy, &rules, Some("c.json"));
            assert!(filter.keep(&finding(0)));
        }
        assert!(started.elapsed().as_secs() < 20);
    }
}

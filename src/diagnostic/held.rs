//! The findings of a document within a limit: the first are held, the others only counted.
//!
//! Owns how much memory the findings of one document may take. Which of those that are held a person
//! is shown is not decided here.

use std::ops::{Deref, DerefMut};

use super::{Applicability, Diagnostic, Label, Operand, Rule, Severity};

/// Bytes that the findings of one rule in a document may take, or in a part that is checked on its
/// own. A finding takes less than 1,000 unless names in the document are long. Each rule has its own
/// limit, so that none keeps another from being seen, least of all one whose findings are not asked
/// for.
const MOST: usize = 4 << 20;

/// The same for what mends them. A repair that does not fit is left out; its finding is not.
const MOST_OF_FIXES: usize = 20 << 20;

/// Findings in the order in which they are made, those of the last one still being described.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    held: Vec<Diagnostic>,
    /// How many of these are described.
    settled: usize,
    /// What those of each rule take.
    taken: Vec<(&'static Rule, Taken)>,
    not_held: NotHeld,
}

/// Bytes that the findings of a rule take.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    by_findings: usize,
    by_fixes: usize,
    /// A repair did not fit: once one is too much, all that follow are.
    full_of_fixes: bool,
}

/// Findings of which nothing but their number is known, by rule, severity and how sure their fixes
/// are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotHeld(Vec<(Kind, usize)>);

/// A rule, a severity, and how sure a fix is; `None` where there is none.
type Kind = (&'static Rule, Severity, Option<Applicability>);

impl Diagnostics {
    /// Adds a finding that may yet be described.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.settle();
        self.held.push_mut(diagnostic)
    }

    /// Adds the findings that come after these.
    pub fn append(&mut self, after: Self) {
        // Nearly every part of a document has none, and costs next to nothing.
        if after.held.is_empty() && !after.is_full() {
            return;
        }
        let full_of_fixes = after.taken.iter().filter(|(_, taken)| taken.full_of_fixes);
        let full_of_fixes: Vec<_> = full_of_fixes.map(|(rule, _)| *rule).collect();
        let (held, not_held) = after.finish();
        self.extend(held);
        for rule in full_of_fixes {
            self.taken_by(rule).full_of_fixes = true;
        }
        self.not_held.append(not_held);
    }

    /// Takes the last finding as described.
    pub(crate) fn settle(&mut self) {
        while let Some(diagnostic) = self.held.get(self.settled) {
            let (rule, size) = (diagnostic.rule, size_of_diagnostic(diagnostic));
            let fix = diagnostic.fix.as_ref().map_or(0, |fix| fix.size());
            // Once one is too much, all that follow are: what is held is what came first.
            let full = self.is_full_of(rule);
            let taken = self.taken_by(rule);
            if full || taken.by_findings + size > MOST {
                let diagnostic = self.held.remove(self.settled);
                self.not_held.add(kind(&diagnostic), 1);
                continue;
            }
            taken.by_findings += size;
            taken.full_of_fixes |= taken.by_fixes + fix > MOST_OF_FIXES;
            if taken.full_of_fixes {
                self.held[self.settled].fix = None;
            } else {
                taken.by_fixes += fix;
            }
            self.settled += 1;
        }
    }

    /// Whether some of a rule are counted only, as all will be that are added.
    pub(crate) fn is_full_of(&self, rule: &Rule) -> bool {
        let not_held = &self.not_held.0;
        not_held
            .iter()
            .any(|((known, ..), _)| known.name == rule.name)
    }

    /// Whether some are counted only.
    pub(crate) const fn is_full(&self) -> bool {
        !self.not_held.0.is_empty()
    }

    fn taken_by(&mut self, rule: &'static Rule) -> &mut Taken {
        let mut rules = self.taken.iter();
        let place = rules.position(|(known, _)| known.name == rule.name);
        let place = place.unwrap_or_else(|| {
            self.taken.push((rule, Taken::default()));
            self.taken.len() - 1
        });
        &mut self.taken[place].1
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.held.clear();
        self.not_held.0.clear();
        self.taken.clear();
        self.settled = 0;
    }

    /// Keeps the findings of some rules.
    pub(crate) fn retain(&mut self, keeps: impl Fn(&'static Rule) -> bool) {
        self.settle();
        self.held.retain(|found| keeps(found.rule));
        self.settled = self.held.len();
        self.not_held.0.retain(|((rule, ..), _)| keeps(rule));
    }

    /// Gives the findings of some rules another severity.
    pub(crate) fn set_severities(&mut self, of: impl Fn(&Rule) -> Option<Severity>) {
        self.settle();
        for ((rule, severity, fix), count) in std::mem::take(&mut self.not_held.0) {
            let severity = of(rule).unwrap_or(severity);
            self.not_held.add((rule, severity, fix), count);
        }
        for found in &mut self.held {
            found.severity = of(found.rule).unwrap_or(found.severity);
        }
    }

    /// Those that are held, and those that are not.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Diagnostic>, NotHeld) {
        self.settle();
        (self.held, self.not_held)
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
        self.settle();
    }
}

/// Those that are held.
impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.finish().0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.held.iter()
    }
}

impl<'a> IntoIterator for &'a mut Diagnostics {
    type Item = &'a mut Diagnostic;
    type IntoIter = std::slice::IterMut<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.held.iter_mut()
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(held: Vec<Diagnostic>) -> Self {
        let mut diagnostics = Self::default();
        diagnostics.extend(held);
        diagnostics
    }
}

impl Deref for Diagnostics {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.held
    }
}

impl DerefMut for Diagnostics {
    fn deref_mut(&mut self) -> &mut [Diagnostic] {
        &mut self.held
    }
}

impl NotHeld {
    fn add(&mut self, kind: Kind, count: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, counted)) => *counted += count,
            None => self.0.push((kind, count)),
        }
    }

    /// Adds others.
    pub fn append(&mut self, others: Self) {
        for (kind, count) in others.0 {
            self.add(kind, count);
        }
    }

    /// How many there are of each rule and severity, with how sure their fixes are.
    pub fn counts(
        &self,
    ) -> impl Iterator<Item = (&'static Rule, Severity, Option<Applicability>, usize)> {
        let counts = self.0.iter();
        counts.map(|((rule, severity, fix), count)| (*rule, *severity, *fix, *count))
    }

    /// Whether all findings are held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn kind(diagnostic: &Diagnostic) -> Kind {
    let fix = diagnostic.fix.as_ref().map(|fix| fix.applicability);
    (diagnostic.rule, diagnostic.severity, fix)
}

/// Bytes of memory that a finding takes, about, but for what mends it.
fn size_of_diagnostic(diagnostic: &Diagnostic) -> usize {
    let Diagnostic {
        message,
        help,
        pointer,
        payload,
        labels,
        operands,
        times,
        ..
    } = diagnostic;
    let of_operands = |operands: &[Operand]| -> usize {
        let sizes = operands.iter().map(|one| size_of_val(one) + one.name.len());
        sizes.sum()
    };
    let of_label =
        |label: &Label| size_of_val(label) + label.pointer.as_str().len() + label.message.len();
    size_of_val(diagnostic)
        + message.len()
        + help.as_ref().map_or(0, |help| help.len())
        + pointer.as_str().len()
        + payload.as_ref().map_or(0, |payload| payload.as_str().len())
        + labels.iter().map(of_label).sum::<usize>()
        + of_operands(operands)
        + times.as_deref().map_or(0, of_operands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Edit, Fix};
    use crate::json::Span;
    use crate::rules::syntax::{duplicate_member, json_syntax};
    use crate::text::words::Words;

    fn text(length: usize) -> Words {
        Words::from(&*"x".repeat(length).leak())
    }

    fn found(at: usize, message: usize) -> Diagnostic {
        let span = Span::new(at, at + 1);
        Diagnostic::of_text(&duplicate_member::RULE.rule, span, text(message))
    }

    #[test]
    fn what_comes_first_is_held_and_the_rest_counted() {
        let mut all = Diagnostics::default();
        for at in 0..100_000 {
            all.push(found(at, 0)).message = text(1000);
        }
        let one = size_of_diagnostic(&found(0, 1000));
        let (held, not_held) = all.clone().finish();
        assert_eq!(held.len(), MOST / one);
        assert!(held.iter().map(|found| found.span.start).eq(0..held.len()));
        let counts: Vec<_> = not_held.counts().map(|(.., count)| count).collect();
        assert_eq!(counts, [100_000 - held.len()]);
        // What fits is not let in behind what did not.
        all.push(found(0, 0));
        assert_eq!(all.finish().0, held);
    }

    #[test]
    fn parts_that_are_put_together_give_what_the_whole_gives() {
        let sizes = [
            0,
            10,
            1 << 20,
            5 << 20,
            3 << 20,
            7 << 20,
            1,
            0,
            9 << 20,
            20 << 20,
            5,
        ];
        let mut whole = Diagnostics::default();
        whole.extend(sizes.iter().zip(0..).map(|(size, at)| found(at, *size)));
        let (whole, counted) = whole.finish();
        for part in 1..sizes.len() {
            let mut joined = Diagnostics::default();
            let numbered: Vec<_> = sizes.iter().zip(0..).collect();
            for part in numbered.chunks(part) {
                let mut own = Diagnostics::default();
                own.extend(part.iter().map(|(size, at)| found(*at, **size)));
                joined.append(own);
            }
            assert_eq!(joined.finish(), (whole.clone(), counted.clone()), "{part}");
        }
    }

    #[test]
    fn a_repair_that_is_too_much_hides_no_finding() {
        const HALF: usize = MOST_OF_FIXES / 2;
        let sizes = [1, HALF, 5, HALF, 1, MOST_OF_FIXES, 1];
        let found = |(at, size): (usize, &usize)| {
            let span = Span::new(at, at + 1);
            let edit = Edit::replace(span, "x".repeat(*size));
            Diagnostic {
                fix: Some(Box::new(Fix::safe("write it", [edit]))),
                ..found(at, 0)
            }
        };
        for part in 1..=sizes.len() {
            let mut joined = Diagnostics::default();
            let numbered: Vec<_> = sizes.iter().enumerate().collect();
            for part in numbered.chunks(part) {
                let mut own = Diagnostics::default();
                own.extend(part.iter().copied().map(found));
                joined.append(own);
            }
            let (held, not_held) = joined.finish();
            assert!(not_held.is_empty());
            let fixed: Vec<bool> = held.iter().map(|found| found.fix.is_some()).collect();
            let expected = [true, true, true, false, false, false, false];
            assert_eq!(fixed, expected, "{part}");
        }
    }

    #[test]
    fn rules_that_are_off_are_not_counted_and_severities_are_set() {
        let mut all = Diagnostics::default();
        all.extend([found(0, MOST), found(1, 0)]);
        // Of another rule there is still room for one.
        for (at, size) in [(2, 0), (3, MOST)] {
            all.push(Diagnostic {
                rule: &json_syntax::RULE.rule,
                ..found(at, size)
            });
        }
        all.settle();
        assert_eq!(all.len(), 1);
        all.set_severities(|_| Some(Severity::Info));
        let mut some = all.clone();
        some.retain(|rule| rule.name == "json-syntax");
        let counts = |all: Diagnostics| -> Vec<_> {
            let counts = all.not_held.0.into_iter();
            counts
                .map(|((rule, severity, _), count)| (rule.name, severity, count))
                .collect()
        };
        assert_eq!(counts(some), [("json-syntax", Severity::Info, 1)]);
        let expected = [
            ("duplicate-member", Severity::Info, 2),
            ("json-syntax", Severity::Info, 1),
        ];
        assert_eq!(counts(all), expected);
    }

    #[test]
    fn the_size_counts_every_text() {
        let mut long = found(0, 0);
        let short = size_of_diagnostic(&long);
        long.help = Some(text(100));
        long.message = text(10);
        assert_eq!(size_of_diagnostic(&long), short + 110);
    }
}

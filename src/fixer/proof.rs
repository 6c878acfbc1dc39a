//! The proof that a pass did what it should: the findings that it mended are gone, and it brought no
//! other.
//!
//! A repair makes a value readable, and what the value says may be wrong as well: that comes to
//! light, and is no fault of the repair. So what counts as new is what says that a text, a name or
//! a value cannot be read where an edit was made; a remark on a value that can be does not.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Category, Diagnostic, NotHeld, Rule, Severity};
use crate::json::{Document, Member, Span, Tape, parse};

use super::splice::{Moved, Spliced};

/// A pass did not do what it should: it is a fault of a fix, and so of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    /// The rule of the finding that is still there, or new.
    pub rule: &'static Rule,
    /// Where that is in the text after the pass.
    pub span: Span,
}

type Counts = HashMap<(&'static str, usize), usize>;

/// Holds what is found in a text after a pass against what was found `before`, of which some were
/// `mended`; of findings that were only counted nothing is known.
pub(super) fn prove(
    before: &[Diagnostic],
    not_held: &NotHeld,
    mended: &[bool],
    spliced: &Spliced,
    after: &[Diagnostic],
) -> Result<(), Unproven> {
    let mut expected = Counts::default();
    for (found, mended) in before.iter().zip(mended) {
        let place = moved(&spliced.moved, found.span.start);
        // There is an entry for mended ones too: nothing else of their rule may take their place.
        *expected.entry((found.rule.name, place)).or_default() += usize::from(!mended);
    }
    // A finding that is left may be several now, each at one of the places that it would have edited.
    let left = before.iter().zip(mended).filter(|(_, mended)| !**mended);
    let edited = left.flat_map(|(found, _)| {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        edits.map(|edit| (found.rule.name, moved(&spliced.moved, edit.span.start)))
    });
    let edited: HashSet<(&str, usize)> = edited.collect();
    // Of a text that could not be read nothing else was known.
    let was_read = before
        .iter()
        .any(|found| found.rule.category != Category::Syntax || found.payload.is_some());
    let was_held = |rule: &Rule| not_held.counts().all(|(counted, ..)| counted != rule);
    let new_names = NewNames::of(spliced);
    let mut counts = Counts::default();
    for found in after {
        let key = (found.rule.name, found.span.start);
        let count = counts.entry(key).or_default();
        *count += 1;
        let is_fault = match expected.get(&key) {
            Some(known) => *count > *known,
            None if edited.contains(&key) => false,
            None => was_read && was_held(found.rule) && is_fault(found, &spliced.moved, &new_names),
        };
        if is_fault {
            return Err(Unproven {
                rule: found.rule,
                span: found.span,
            });
        }
    }
    Ok(())
}

/// Whether a finding that was not there before is one that an edit made.
fn is_fault(found: &Diagnostic, moved: &[Moved], new_names: &NewNames<'_>) -> bool {
    match found.rule.category {
        Category::Syntax => true,
        Category::Schema => !new_names.hold(found.span),
        Category::Value => {
            let is_read = found.rule.default < Some(Severity::Warning);
            let is_mended = found.rule.fixable().is_some();
            is_mended && !is_read && touches(moved, found.span)
        }
        _ => false,
    }
}

fn touches(moved: &[Moved], span: Span) -> bool {
    let next = moved.partition_point(|moved| moved.to.end <= span.start);
    moved
        .get(next)
        .is_some_and(|moved| moved.to.start < span.end)
}

/// The values of members whose names were edited, which may not have been looked at before.
struct NewNames<'a> {
    spliced: &'a Spliced,
    /// In order of place, none in another; read at the first question.
    values: OnceCell<Vec<Span>>,
}

impl<'a> NewNames<'a> {
    const fn of(spliced: &'a Spliced) -> Self {
        Self {
            spliced,
            values: OnceCell::new(),
        }
    }

    fn hold(&self, span: Span) -> bool {
        let values = self.values.get_or_init(|| self.read());
        let next = values.partition_point(|value| value.end <= span.start);
        values
            .get(next)
            .is_some_and(|value| value.start <= span.start)
    }

    fn read(&self) -> Vec<Span> {
        let Ok(text) = str::from_utf8(&self.spliced.text) else {
            return Vec::new();
        };
        let unmarked = text.trim_start_matches('\u{feff}');
        let mark = text.len() - unmarked.len();
        let mut tape = Tape::new();
        if parse(unmarked, &mut tape).is_err() {
            return Vec::new();
        }
        let document = Document::new(unmarked, &tape);
        let mut values: Vec<Span> = Vec::new();
        for Moved { to, .. } in &self.spliced.moved {
            let Some(at) = to.start.checked_sub(mark) else {
                continue;
            };
            let node = document.node_at(at);
            if node.is_name() && at < node.span().end {
                let value = Member::of_name(node).value.span().shifted(mark);
                let is_inside = values.last().is_some_and(|last| value.end <= last.end);
                if !is_inside {
                    values.push(value);
                }
            }
        }
        values
    }
}

/// Where a byte of the text before is after the pass; one that is gone, where its edit is.
fn moved(moved: &[Moved], at: usize) -> usize {
    let behind = moved.partition_point(|moved| moved.from.end <= at);
    if let Some(inside) = moved.get(behind)
        && inside.from.start <= at
    {
        return inside.to.start;
    }
    match behind.checked_sub(1).map(|last| moved[last]) {
        Some(Moved { from, to }) => to.end + (at - from.end),
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_the_edits_before_them() {
        let edits = [
            Moved {
                from: Span::new(2, 4),
                to: Span::new(2, 3),
            },
            Moved {
                from: Span::new(6, 6),
                to: Span::new(5, 8),
            },
        ];
        // 01[23]45^6789 -> 01x45yyy6789
        let places: Vec<usize> = (0..8).map(|at| moved(&edits, at)).collect();
        assert_eq!(places, [0, 1, 2, 2, 3, 4, 8, 9]);
    }
}

//! Writes a text with its fixes.
//!
//! Owns which findings are fixed: those that are reported, of rules that may be fixed, up to how sure
//! a run wants it.

use std::io::Write;
use std::ops::Range;

use autopilot_lint::diagnostic::{Applicability, Diagnostics};
use autopilot_lint::fixer;
use autopilot_lint::policy::{Filter, Look};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::cli::results::FixError;
use crate::cli::streams::{Check, Mend};

/// Bytes that became others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Of the text before.
    pub(super) old: Range<u64>,
    /// Of the text after.
    pub(super) new: Range<u64>,
    /// It ends where a line ends, in both.
    pub(super) ends_line: bool,
}

/// Takes a text and writes it fixed.
pub(super) struct Mender<'a, W> {
    filter: Filter<'a>,
    most: Applicability,
    out: W,
    /// How far the text before was taken, and the one after was written.
    at: (u64, u64),
    /// What became something else, where that is asked for.
    changes: Option<Vec<Change>>,
    /// Findings that were fixed.
    fixed: usize,
}

/// What became of a text.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// How many findings were fixed.
    pub(super) fixed: usize,
    /// In order, where they are asked for.
    pub(super) changes: Vec<Change>,
}

impl<'a, W: Write + Send> Mender<'a, W> {
    /// `changes`: they are asked for.
    pub(super) fn new(filter: Filter<'a>, most: Applicability, out: W, changes: bool) -> Self {
        Self {
            filter,
            most,
            out,
            at: (0, 0),
            changes: changes.then(Vec::new),
            fixed: 0,
        }
    }

    /// # Errors
    /// When the last of the text cannot be written.
    pub(super) fn finish(mut self) -> Result<Mended, FixError> {
        self.out.flush().map_err(FixError::write)?;
        Ok(Mended {
            fixed: self.fixed,
            changes: self.changes.unwrap_or_default(),
        })
    }
}

impl<W: Write + Send> Mend for Mender<'_, W> {
    fn keep(&mut self, text: &[u8]) -> Result<(), FixError> {
        let length = text.len() as u64;
        self.at = (self.at.0 + length, self.at.1 + length);
        self.out.write_all(text).map_err(FixError::write)
    }

    fn replace(&mut self, old: &[u8], new: &[u8]) -> Result<(), FixError> {
        if let Some(changes) = &mut self.changes {
            changes.extend(changes_of(old, new, self.at));
        }
        self.at = (self.at.0 + old.len() as u64, self.at.1 + new.len() as u64);
        self.out.write_all(new).map_err(FixError::write)
    }

    fn repair(
        &mut self,
        text: &[u8],
        mut found: Diagnostics,
        check: &mut Check<'_>,
    ) -> Result<Option<Vec<u8>>, FixError> {
        let filter = &mut self.filter;
        filter.withhold(Look::First, &mut found);
        let repaired = fixer::repair(text, found, self.most, |text| {
            let mut found = check(text);
            filter.withhold(Look::Again, &mut found);
            found
        })?;
        self.fixed += repaired.as_ref().map_or(0, |one| one.mended.len());
        Ok(repaired.map(|repaired| repaired.text))
    }
}

/// The lines that differ, of texts that stand at these places.
fn changes_of(old: &[u8], new: &[u8], at: (u64, u64)) -> Vec<Change> {
    let old: Vec<&[u8]> = old.split_inclusive(|byte| *byte == b'\n').collect();
    let new: Vec<&[u8]> = new.split_inclusive(|byte| *byte == b'\n').collect();
    let mut at = at;
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
        let end = (at.0 + length(old), at.1 + length(new));
        if !matches!(op, DiffOp::Equal { .. }) {
            let whole = |lines: &[&[u8]]| lines.last().is_none_or(|line| line.ends_with(b"\n"));
            changes.push(Change {
                old: at.0..end.0,
                new: at.1..end.1,
                ends_line: whole(old) && whole(new),
            });
        }
        at = end;
    }
    changes
}

fn length(lines: &[&[u8]]) -> u64 {
    lines.iter().map(|line| line.len() as u64).sum()
}

#[cfg(test)]
mod tests {
    use autopilot_lint::lint::{Linter, Options, Scratch};
    use autopilot_lint::policy::{Policy, Rules};

    use super::*;

    #[test]
    fn a_fix_that_does_not_mend_leaves_the_text_and_is_said() {
        let text =
            br#"{"id": "{9a2d6d0c-5e7b-4b8e-8f0a-1c2d3e4f5a6b}", "osVersion": "10.0.22631.1"}"#;
        let linter = Linter::new(&Options::default()).expect("any revision");
        let check = |text: &[u8]| linter.check(text, &mut Scratch::default()).diagnostics;
        let (policy, rules) = (Policy::default(), Rules::default());
        let filter = Filter::new(&policy, &rules, None);
        let mut mender = Mender::new(filter, Applicability::Safe, Vec::new(), true);
        // As if the fix had not helped.
        let stays = &mut |_: &[u8]| check(text);
        let failed = mender
            .mend(text, check(text), stays)
            .expect_err("a fault of ours");
        assert!(
            failed
                .to_string()
                .starts_with("the fix of a guid-syntax finding"),
            "{failed}"
        );
        assert_eq!(mender.out, b"");
        // What is found by whom it is asked for is fixed.
        mender
            .mend(text, check(text), &mut |text| check(text))
            .expect("fixed");
        assert!(mender.out.starts_with(br#"{"id": "9a2d6d0c-"#));
        assert_eq!(
            (mender.fixed, mender.changes.as_ref().map(Vec::len)),
            (1, Some(1))
        );
    }
}

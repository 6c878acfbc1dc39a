//! Lines that are not a document each: indented documents, commas at line ends, another file
//! altogether.
//!
//! Owns the bytes that wait for the end of their document. They are read on the thread that takes
//! the chunks, one after the other: where a document ends shows only when those before it are read.

use autopilot_lint::lint::{Linter, Outcome, Scratch, Sequence};

use crate::cli::budget::Budget;

/// Bytes up to which documents take their memory unasked.
const LONG: usize = 1 << 20;

/// The state of a file some of whose lines are no documents.
#[derive(Default)]
pub(super) struct Rest {
    sequence: Sequence,
    /// Begins with a document whose end was not read yet.
    pub(super) text: Vec<u8>,
    /// Byte of the file, and line, that it begins with.
    pub(super) offset: usize,
    pub(super) line: usize,
    /// Bytes from which on it is looked for an end again: not after each chunk, of many.
    enough: usize,
    scratch: Scratch,
}

impl Rest {
    /// Nothing waits for its end.
    pub(super) const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The file was recognised as something else: no more of it is of use.
    pub(super) const fn is_over(&self) -> bool {
        self.sequence.is_over()
    }

    /// Adds whole lines, which begin at byte `offset` in line `line` of the file.
    pub(super) fn add(&mut self, lines: &[u8], offset: usize, line: usize) {
        if self.is_empty() {
            (self.offset, self.line) = (offset, line);
            if offset > 0 {
                self.sequence.go_on();
            }
        }
        self.text.extend_from_slice(lines);
    }

    /// Checks the documents that are whole, and gives how many bytes they take and what they gave;
    /// its places count from the first of these bytes. Nothing follows what is there `last`.
    pub(super) fn check(
        &mut self,
        linter: &Linter,
        budget: &Budget,
        last: bool,
    ) -> (usize, Outcome) {
        let mut outcome = Outcome::default();
        if !last && self.text.len() < self.enough {
            return (0, outcome);
        }
        let long = self.text.len() > LONG;
        let permit = long.then(|| budget.wait_for(self.text.len()));
        let Self {
            sequence, scratch, ..
        } = self;
        let checked = linter.check_sequence(sequence, &self.text, last, scratch, &mut outcome);
        if permit.is_some() {
            self.scratch = Scratch::default();
        }
        self.enough = 2 * (self.text.len() - checked);
        (checked, outcome)
    }

    /// Hands on the documents that are whole, each with how many bytes stand before it, and gives how
    /// many bytes they take. Nothing follows what is there `last`.
    pub(super) fn split(&mut self, last: bool, each: impl FnMut(&[u8], usize)) -> usize {
        if !last && self.text.len() < self.enough {
            return 0;
        }
        let taken = self.sequence.split(&self.text, last, each);
        self.enough = 2 * (self.text.len() - taken);
        taken
    }

    /// Forgets the first bytes, with the line ends in them.
    pub(super) fn remove(&mut self, bytes: usize) {
        self.line += memchr::memchr_iter(b'\n', &self.text[..bytes]).count();
        self.offset += bytes;
        self.text.drain(..bytes);
    }
}

#[cfg(test)]
mod tests {
    use autopilot_lint::lint::Options;

    use super::*;

    #[test]
    fn a_document_that_goes_on_is_not_read_again_with_every_line() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let budget = Budget::new(None);
        let mut rest = Rest::default();
        let mut looks = 0;
        for number in 0..5_000 {
            let line = if number == 0 { "[\n" } else { "{},\n" };
            rest.add(line.as_bytes(), rest.text.len(), number);
            let before = rest.enough;
            let (taken, _) = rest.check(&linter, &budget, false);
            assert_eq!(taken, 0);
            looks += usize::from(rest.enough != before);
        }
        assert!((5..20).contains(&looks), "{looks}");
        rest.add(b"{}]\n", rest.text.len(), 5_000);
        let (taken, outcome) = rest.check(&linter, &budget, true);
        assert_eq!((taken, outcome.diagnostics.len()), (rest.text.len(), 2));
        rest.remove(taken);
        assert!(rest.is_empty());
        assert_eq!(rest.line, 5_001);
    }
}

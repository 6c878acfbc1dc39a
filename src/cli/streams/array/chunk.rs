//! A chunk of an array: the elements that begin in it, found without reading those before.
//!
//! Owns the guess where one of them begins. It counts only where the elements before end there.

use std::fs::File;

use autopilot_lint::lint::{Scratch, Shell};
use memchr::memmem;

use super::elements::{ElementReader, Next, SLACK, Stretch};
use super::ends::{ArrayEnds, LONGEST_NAME};
use super::limits::ArrayLimits;
use super::window::Window;
use crate::cli::budget::Budget;
use crate::cli::streams::in_order::{Numbered, Tickets, Work};

/// Guesses for one chunk. Wrong ones are of objects within events.
const GUESSES: usize = 16;

/// An array of a file.
pub(super) struct ChunkedArray<'a> {
    pub(super) ends: &'a ArrayEnds,
    pub(super) file: &'a File,
    reader: ElementReader<'a>,
    name: memmem::Finder<'a>,
    /// Bytes of a chunk.
    chunk: usize,
}

impl<'a> ChunkedArray<'a> {
    pub(super) fn new(
        limits: ArrayLimits,
        file: &'a File,
        ends: &'a ArrayEnds,
        shell: &'a Shell<'a>,
        budget: &'a Budget,
    ) -> Self {
        Self {
            ends,
            file,
            reader: ElementReader {
                file,
                shell,
                longest: limits.element,
                budget,
            },
            name: memmem::Finder::new(&ends.name),
            chunk: limits.chunk,
        }
    }

    fn chunk_start(&self, number: usize) -> usize {
        (self.ends.first / self.chunk + number) * self.chunk
    }

    /// Byte of the file that the chunk of this number ends before.
    pub(super) fn chunk_end(&self, number: usize) -> usize {
        self.chunk_start(number + 1)
    }

    /// Checks the elements from `first` on that begin before `limit`.
    pub(super) fn read_from(
        &self,
        first: usize,
        limit: usize,
        window: &mut Window,
        scratch: &mut Scratch,
    ) -> Option<Stretch> {
        window.read(self.file, first, limit + SLACK - first).ok()?;
        self.reader.read(first, limit, window, scratch)
    }

    /// The elements of a chunk, where a guess leads to some that end as they should.
    fn guess(&self, number: usize, window: &mut Window, scratch: &mut Scratch) -> Option<Stretch> {
        let (start, limit) = (self.chunk_start(number), self.chunk_end(number));
        // What a guess is judged by stands before the chunk.
        let from = start.saturating_sub(LONGEST_NAME);
        window.read(self.file, from, limit + SLACK - from).ok()?;
        if number == 0 {
            let first = self.ends.first;
            return self.reader.read(first, limit, window, scratch);
        }
        self.guesses(window, start, limit)
            .into_iter()
            .find_map(|guess| {
                let stretch = self.reader.read(guess, limit, window, scratch)?;
                let closed = match stretch.next {
                    Next::Element(_) => true,
                    Next::Close(at) => at == self.ends.close,
                };
                closed.then_some(stretch)
            })
    }

    /// Where in a chunk an element may begin: as the first one does, behind a comma.
    fn guesses(&self, window: &Window, start: usize, limit: usize) -> Vec<usize> {
        let bytes = window.bytes();
        let own = start - window.start()..(limit - window.start()).min(bytes.len());
        let found = self
            .name
            .find_iter(bytes.get(own.start..).unwrap_or_default());
        let begins = found
            .map(|at| own.start + at)
            .take_while(|at| *at < own.end);
        let behind_comma = |at: &usize| bytes[..*at].trim_ascii_end().ends_with(b",");
        let begins = begins.filter(behind_comma).take(GUESSES);
        begins.map(|at| window.start() + at).collect()
    }
}

/// What one thread reuses from chunk to chunk.
#[derive(Default)]
pub(super) struct ChunkState {
    window: Window,
    scratch: Scratch,
}

impl Work for ChunkedArray<'_> {
    type State = ChunkState;
    type Done = Option<Stretch>;

    fn next(&self, tickets: &Tickets, state: &mut ChunkState) -> Option<Numbered<Option<Stretch>>> {
        let number = tickets.claim()?;
        let value = self.guess(number, &mut state.window, &mut state.scratch);
        Some(Numbered { number, value })
    }
}

//! Puts the chunks of an array together, in their order.
//!
//! Owns that every element counts once: a chunk whose guess was wrong is read again.

use std::ops::ControlFlow;

use autopilot_lint::lint::Scratch;

use super::chunk::ChunkedArray;
use super::elements::{Next, Stretch};
use super::window::Window;
use crate::cli::streams::in_order::{self, Numbered};

/// Reads an array on `threads` threads and hands each stretch of elements to `take`, one after the
/// other; `None` where the document has to be held as a whole, as where `take` says so.
pub(super) fn merge(
    array: &ChunkedArray<'_>,
    threads: usize,
    take: impl FnMut(Stretch) -> Option<()> + Send,
) -> Option<()> {
    let mut merge = Merge {
        array,
        due: array.ends.first,
        closed: false,
        scratch: Scratch::default(),
        take,
    };
    in_order::run(array, threads, |chunk| {
        merge.add(chunk).unwrap_or(ControlFlow::Break(()))
    });
    merge.closed.then_some(())
}

struct Merge<'a, F> {
    array: &'a ChunkedArray<'a>,
    /// Byte of the file that the next element begins with.
    due: usize,
    /// The array closes where its document says.
    closed: bool,
    scratch: Scratch,
    take: F,
}

impl<F: FnMut(Stretch) -> Option<()>> Merge<'_, F> {
    /// Adds the elements of the next chunk; `None` where the document has to be held as a whole.
    fn add(&mut self, chunk: Numbered<Option<Stretch>>) -> Option<ControlFlow<()>> {
        let limit = self.array.chunk_end(chunk.number);
        if self.due >= limit {
            return Some(ControlFlow::Continue(()));
        }
        let guessed = chunk.value.filter(|guessed| guessed.first == self.due);
        let stretch = match guessed {
            Some(stretch) => stretch,
            None => self.read_again(limit)?,
        };
        let next = stretch.next;
        (self.take)(stretch)?;
        match next {
            Next::Element(next) => {
                self.due = next;
                Some(ControlFlow::Continue(()))
            }
            Next::Close(at) => {
                self.closed = at == self.array.ends.close;
                Some(ControlFlow::Break(()))
            }
        }
    }

    /// Checks the elements of a chunk for which the guess was wrong.
    fn read_again(&mut self, limit: usize) -> Option<Stretch> {
        let mut window = Window::default();
        self.array
            .read_from(self.due, limit, &mut window, &mut self.scratch)
    }
}

//! Puts the chunks of an array together, in their order.
//!
//! Owns that every element counts once: a chunk whose guess was wrong is read again.

use std::ops::ControlFlow;

use autopilot_lint::lint::{Joined, Scratch};

use super::chunk::ChunkedArray;
use super::elements::{Next, Stretch};
use super::window::Window;
use crate::cli::results::{Collector, FileIndex};
use crate::cli::streams::in_order::Numbered;

pub(super) struct Merge<'a, 'c> {
    array: &'a ChunkedArray<'a>,
    joined: Joined<'a>,
    index: FileIndex<'a>,
    collector: &'a mut Collector<'c>,
    /// Byte of the file that the next element begins with.
    due: usize,
    /// The array closes where its document says.
    closed: bool,
    scratch: Scratch,
}

impl<'a, 'c> Merge<'a, 'c> {
    /// Begins with what is found before the array, in a file of `length` bytes; `None` where that
    /// cannot be read again.
    pub(super) fn new(
        array: &'a ChunkedArray<'a>,
        length: u64,
        collector: &'a mut Collector<'c>,
    ) -> Option<Self> {
        let joined = Joined::new(array.shell, length).ok()?;
        let mut index = FileIndex::new(array.file);
        let before = joined.before().into();
        collector.add_indexed(&mut index, before, 0).ok()?;
        Some(Self {
            array,
            joined,
            index,
            collector,
            due: array.ends.first,
            closed: false,
            scratch: Scratch::default(),
        })
    }

    /// Takes the elements of the next chunk; `None` where the document has to be held as a whole.
    pub(super) fn take(&mut self, chunk: Numbered<Option<Stretch>>) -> Option<ControlFlow<()>> {
        let limit = self.array.chunk_end(chunk.number);
        if self.due >= limit {
            return Some(ControlFlow::Continue(()));
        }
        let guessed = chunk.value.filter(|guessed| guessed.first == self.due);
        let stretch = match guessed {
            Some(stretch) => stretch,
            None => self.read_again(limit)?,
        };
        let (found, payloads) = self.joined.add(stretch.part).ok()?;
        let added = self.collector.add_indexed(&mut self.index, found, payloads);
        added.ok()?;
        match stretch.next {
            Next::Element(next) => {
                self.collector.options.advance(next - self.due);
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

    /// Adds what is found after the array; `None` where the document has to be held as a whole.
    pub(super) fn finish(mut self) -> Option<()> {
        if !self.closed {
            return None;
        }
        let ends = self.array.ends;
        let removed = ends.close - ends.open - 1;
        let after = self.joined.finish(removed).ok()?;
        let after = after.into();
        self.collector.add_indexed(&mut self.index, after, 0).ok()
    }
}

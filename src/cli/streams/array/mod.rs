//! Long arrays in files: chunks of elements are read and checked on several threads and reported in
//! order.
//!
//! Owns the judgement that an array can be checked without being held. Memory is bounded by the
//! chunks under way and by the identifiers of the last events.

mod chunk;
mod elements;
mod ends;
mod limits;
mod mend;
mod merge;
mod window;

use std::fs::File;

use autopilot_lint::json::Tape;
use autopilot_lint::lint::{Joined, Shell};

use crate::cli::results::{Collector, FileIndex};
use chunk::ChunkedArray;
use elements::{Next, Stretch};
use ends::ArrayEnds;
use limits::ArrayLimits;

pub(crate) use mend::mend;

/// Checks the array that a file of `length` bytes holds. `None` where it has to be held as a whole:
/// because it is no array, because something is wrong with it that a part does not tell in full, or
/// because it cannot be read. What was added to `collector` by then does not count.
pub(crate) fn check(file: &File, length: u64, collector: &mut Collector<'_>) -> Option<()> {
    let limits = ArrayLimits::within(collector.options.budget);
    check_within(limits, file, length, collector)
}

fn check_within(
    limits: ArrayLimits,
    file: &File,
    length: u64,
    collector: &mut Collector<'_>,
) -> Option<()> {
    let bytes = usize::try_from(length).ok()?;
    // A file in which events are looked for and none shows is one to read to its end first.
    let look = |head: &[u8]| collector.look_for_signs(head);
    let ends = ArrayEnds::read(file, bytes, limits.around, look).ok()??;
    let mut tape = Tape::new();
    let shell = Shell::read(collector.linter, &ends.text, &mut tape)?;
    if shell.array().start != ends.open {
        return None;
    }
    let array = ChunkedArray::new(limits, file, &ends, &shell, collector.options.budget);
    let threads = collector.options.threads;
    let mut joined = Joined::new(&shell, length).ok()?;
    let mut index = FileIndex::new(file);
    let before = joined.before().into();
    collector.add_indexed(&mut index, before, 0).ok()?;
    merge::merge(&array, threads, |Stretch { first, next, part }| {
        let (found, payloads) = joined.add(part).ok()?;
        collector.add_indexed(&mut index, found, payloads).ok()?;
        if let Next::Element(next) = next {
            collector.options.advance(next - first);
        }
        Some(())
    })?;
    let removed = ends.close - ends.open - 1;
    let after = joined.finish(removed).ok()?.into();
    collector.add_indexed(&mut index, after, 0).ok()
}

#[cfg(test)]
mod tests;

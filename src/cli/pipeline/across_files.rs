//! Identifiers across all files of a run.
//!
//! Owns the order: documents are checked on several threads, batch by batch, but their identifiers
//! are compared one file after the other. So which event is the first never depends on the threads.

use autopilot_lint::lint::Duplicates;
use rayon::prelude::*;

use super::document::FileBuffers;
use super::task::{HeldDocument, Task};
use crate::cli::results::{CheckedInput, FileError, add_repeated};

/// Most bytes of documents that are held at a time.
const MAX_BATCH_BYTES: u64 = 64 << 20;
/// Most documents that are held at a time.
const MAX_BATCH: usize = 4096;

/// Checks inputs in their order.
pub(super) fn check_all(tasks: &[Task<'_>]) -> Vec<CheckedInput> {
    let mut seen = Duplicates::new();
    let mut checked = Vec::with_capacity(tasks.len());
    let mut rest = tasks;
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(batch_size(rest));
        if let [task] = batch {
            // Nothing else is checked meanwhile: there is memory for it, or there never will be.
            let alone = task.check(&mut FileBuffers::default(), Some(&mut seen), None);
            checked.push(alone.unwrap_or_else(|_| task.failed(FileError::Internal)));
        } else {
            check_batch(batch, &mut seen, &mut checked);
        }
        rest = after;
    }
    checked
}

fn check_batch(batch: &[Task<'_>], seen: &mut Duplicates, checked: &mut Vec<CheckedInput>) {
    let held = batch
        .par_iter()
        .map_init(FileBuffers::default, |buffers, task| task.hold(buffers));
    let mut held: Vec<HeldDocument> = held.collect();
    for (task, held) in batch.iter().zip(&mut held) {
        add_repeated(&mut held.outcome, &task.input.name, seen);
    }
    let released = batch.par_iter().zip(held);
    checked.par_extend(released.map(|(task, held)| task.release(held)));
}

/// How many of the next inputs go together: documents that fit, or a single input.
fn batch_size(tasks: &[Task<'_>]) -> usize {
    let mut bytes = 0;
    let fits = |task: &&Task<'_>| {
        let size = task.document_size();
        bytes += size.unwrap_or_default();
        let room = bytes <= MAX_BATCH_BYTES && tasks[0].options.budget.fits(bytes);
        size.is_some() && room
    };
    let together = tasks.iter().take(MAX_BATCH).take_while(fits);
    together.count().max(1)
}

//! Identifiers over all files of a run.
//!
//! Owns the order: documents are checked side by side, batch by batch, but their identifiers are
//! told one after the other. So which event is the first never depends on the threads.

use autopilot_lint::lint::Duplicates;
use rayon::prelude::*;

use super::run::{Buffers, Checked, admit};
use super::task::{Held, Task};

/// Most bytes of documents that are held at a time.
const MAX_BATCH_BYTES: u64 = 64 << 20;
/// Most documents that are held at a time.
const MAX_BATCH: usize = 4096;

/// Checks targets in their order.
pub(crate) fn check_all(tasks: &[Task<'_>]) -> Vec<Checked> {
    let mut met = Duplicates::new();
    let mut checked = Vec::with_capacity(tasks.len());
    let mut rest = tasks;
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(batch_size(rest));
        if let [task] = batch {
            checked.push(task.check(&mut Buffers::default(), Some(&mut met)));
        } else {
            check_batch(batch, &mut met, &mut checked);
        }
        rest = after;
    }
    checked
}

fn check_batch(batch: &[Task<'_>], met: &mut Duplicates, checked: &mut Vec<Checked>) {
    let held = batch
        .par_iter()
        .map_init(Buffers::default, |buffers, task| task.hold(buffers));
    let mut held: Vec<Held> = held.collect();
    for (task, held) in batch.iter().zip(&mut held) {
        admit(&mut held.outcome, &task.target.name, met);
    }
    let released = batch.par_iter().zip(held);
    checked.par_extend(released.map(|(task, held)| task.release(held)));
}

/// How many of the next targets go together: documents that fit, or a single target.
fn batch_size(tasks: &[Task<'_>]) -> usize {
    let mut bytes = 0;
    let fits = |task: &&Task<'_>| {
        let size = task.document_size();
        bytes += size.unwrap_or_default();
        size.is_some() && bytes <= MAX_BATCH_BYTES
    };
    let together = tasks.iter().take(MAX_BATCH).take_while(fits);
    together.count().max(1)
}

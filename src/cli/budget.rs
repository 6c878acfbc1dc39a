//! The memory that the documents of a run may take together, and the queue for it.
//!
//! Owns the estimate of what checking a document takes at most. Must not know what is in a document
//! or who waits.

use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

/// Share of the machine's memory that a run takes unless told otherwise.
const SHARE: u64 = 4;
/// What is taken for the memory of a machine that does not tell, in bytes.
const UNKNOWN_MACHINE: u64 = 4 << 30;
/// Bytes for each byte of text: the text itself, and the copy that is made when it grows.
const TEXT: u64 = 3;
/// Bytes for each value at most: its entry on the tape, and what is known of it as a payload.
const VALUE: u64 = 120;
/// Bytes that the findings of a document take at most.
const FINDINGS: u64 = 128 << 20;

/// Memory for which the documents and the parts of streams of a run queue, half of it for each: a
/// part waits for memory, and must not wait for a document that waits for its thread.
#[derive(Debug)]
pub(crate) struct Budget {
    /// What was asked for, in bytes.
    asked: Option<u64>,
    /// A share of the machine's memory, once it was needed.
    machine: OnceLock<u64>,
    documents: Taken,
    parts: Taken,
}

/// What is taken at a time, in bytes.
#[derive(Debug)]
struct Taken {
    bytes: Mutex<u64>,
    given_back: Condvar,
}

/// Memory that is taken until this goes away.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    budget: &'a Budget,
    taken: &'a Taken,
    bytes: u64,
}

/// Why there is no memory for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// Others have it. The document, of this many bytes, is for when they are done.
    Later(u64),
    /// It may need this many bytes, more than was asked for. Where nobody asked for a number, such
    /// a document runs alone instead.
    Never(u64),
}

impl Budget {
    /// `asked`: bytes for all threads; `None` = a quarter of the machine's memory.
    pub(crate) const fn new(asked: Option<u64>) -> Self {
        Self {
            asked,
            machine: OnceLock::new(),
            documents: Taken::new(),
            parts: Taken::new(),
        }
    }

    /// What documents, or parts of streams, may take at a time, in bytes.
    fn half(&self) -> u64 {
        // Asking the system takes as long as checking a small file.
        let machine = || self.machine.get_or_init(|| machine_memory() / SHARE);
        self.asked.unwrap_or_else(|| *machine()) / 2
    }

    /// Takes what checking a document of `length` bytes may need, without waiting: a thread that
    /// waits for others may have been given another file, and would then wait for itself. One that
    /// needs more than there is gets it when it is alone.
    pub(crate) fn claim(&self, length: u64) -> Result<Permit<'_>, Denied> {
        let mut permit = Permit {
            budget: self,
            taken: &self.documents,
            bytes: 0,
        };
        permit.extend(length)?;
        Ok(permit)
    }

    /// Takes what checking a part of a stream may need, and waits for it. Whoever checks such a part
    /// must wait for nobody before it has given the memory back.
    pub(crate) fn wait_for(&self, length: usize) -> Permit<'_> {
        let bytes = estimate(length as u64);
        let mut taken = self.parts.lock();
        while *taken > 0 && taken.saturating_add(bytes) > self.half() {
            let woken = self.parts.given_back.wait(taken);
            taken = woken.unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Permit {
            budget: self,
            taken: &self.parts,
            bytes,
        }
    }

    /// Whether documents of these lengths together may be checked at a time.
    pub(crate) fn fits(&self, length: u64) -> bool {
        estimate(length) <= self.half()
    }

    /// The longest part of a stream that may be checked, at most `usual` bytes.
    pub(crate) fn longest_part(&self, usual: usize) -> usize {
        if self.asked.is_none() || self.fits(usual as u64) {
            return usual;
        }
        // The estimate grows with the text.
        let (mut fits, mut exceeds) = (0, usual);
        while exceeds - fits > 1 {
            let middle = fits + (exceeds - fits) / 2;
            if self.fits(middle as u64) {
                fits = middle;
            } else {
                exceeds = middle;
            }
        }
        fits
    }
}

impl Taken {
    const fn new() -> Self {
        Self {
            bytes: Mutex::new(0),
            given_back: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Makes it that of a document of `length` bytes, if it was that of a shorter one.
    pub(crate) fn extend(&mut self, length: u64) -> Result<(), Denied> {
        let bytes = estimate(length);
        let half = self.budget.half();
        if self.budget.asked.is_some() && bytes > half {
            return Err(Denied::Never(bytes));
        }
        let more = bytes.saturating_sub(self.bytes);
        let mut taken = self.taken.lock();
        let alone = *taken == self.bytes;
        if more > 0 && !alone && taken.saturating_add(more) > half {
            return Err(Denied::Later(length));
        }
        *taken += more;
        self.bytes += more;
        Ok(())
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.taken.lock() -= self.bytes;
        self.taken.given_back.notify_all();
    }
}

/// Bytes of memory that checking `text` bytes takes at most, whatever they say.
fn estimate(text: u64) -> u64 {
    let values = autopilot_lint::json::most_values(text);
    let findings = text.saturating_mul(VALUE).min(FINDINGS);
    text.saturating_mul(TEXT)
        .saturating_add(values.saturating_mul(VALUE))
        .saturating_add(findings)
}

/// The memory of the machine, or what a container leaves of it, in bytes.
fn machine_memory() -> u64 {
    let memory = sysinfo::MemoryRefreshKind::nothing().with_ram();
    let asked = sysinfo::RefreshKind::nothing().with_memory(memory);
    let Ok(system) = sysinfo::System::new_with_specifics(asked) else {
        return UNKNOWN_MACHINE;
    };
    let total = match system.total_memory() {
        0 => UNKNOWN_MACHINE,
        total => total,
    };
    let container = system.cgroup_limits().map(|limits| limits.total_memory);
    container
        .filter(|limit| *limit > 0)
        .map_or(total, |limit| limit.min(total))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    const MIB: u64 = 1 << 20;

    #[test]
    fn threads_share_what_there_is_and_one_that_needs_more_is_alone() {
        let budget = Budget::new(None);
        budget.machine.get_or_init(|| 2 * estimate(10 * MIB));
        let first = budget.claim(4 * MIB).expect("nobody else");
        let second = budget.claim(MIB).expect("there is more");
        assert_eq!(budget.claim(10 * MIB).unwrap_err(), Denied::Later(10 * MIB));
        drop(first);
        assert_eq!(budget.claim(99 * MIB).unwrap_err(), Denied::Later(99 * MIB));
        drop(second);
        let mut alone = budget.claim(99 * MIB).expect("alone");
        alone.extend(1000 * MIB).expect("still alone");
        assert_eq!(budget.claim(1).unwrap_err(), Denied::Later(1));
        drop(alone);
        assert_eq!(*budget.documents.lock(), 0);
        assert_eq!(budget.longest_part(16), 16);
    }

    #[test]
    fn what_was_asked_for_is_never_exceeded() {
        for asked in [1000, MIB, 100 * MIB, 1000 * MIB, u64::MAX] {
            let budget = Budget::new(Some(asked));
            let longest = budget.longest_part(usize::MAX / 2) as u64;
            drop(budget.claim(longest).expect("it fits"));
            let denied = budget.claim(longest + 1).err();
            let expected = Denied::Never(estimate(longest + 1));
            assert_eq!(denied, Some(expected));
        }
        let nothing = Budget::new(Some(0));
        assert_eq!(nothing.longest_part(100), 0);
        assert!(matches!(nothing.claim(1), Err(Denied::Never(_))));
    }

    #[test]
    fn parts_wait_until_there_is_room() {
        let budget = Budget::new(Some(2 * estimate(3 << 20)));
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _permit = budget.wait_for(1 << 20);
                        let own = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(own, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        let most = most.into_inner();
        assert!(most * estimate(MIB) <= budget.half(), "{most}");
    }

    #[test]
    fn the_machine_has_some_memory() {
        assert!(Budget::new(None).half() >= MIB);
    }
}

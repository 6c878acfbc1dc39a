//! Things that are used again by whichever thread needs one next.
//!
//! Not kept by the thread itself: one that waits for others may meanwhile be given another file.

use std::sync::Mutex;

use super::ordered::locked;

/// What is not in use.
#[derive(Debug)]
pub(crate) struct Spare<T>(Mutex<Vec<T>>);

impl<T: Default> Spare<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// One that was put back, or a new one.
    pub(crate) fn take(&self) -> T {
        locked(&self.0).pop().unwrap_or_default()
    }

    pub(crate) fn put_back(&self, one: T) {
        locked(&self.0).push(one);
    }
}

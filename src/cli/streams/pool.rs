//! Things that are reused by whichever thread needs one next.
//!
//! A thread does not keep its own: while it waits for others, it may be given another file.

use std::sync::Mutex;

use super::in_order::lock;

/// Things that are not in use.
#[derive(Debug)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// One that was put back, or a new one.
    pub(crate) fn take(&self) -> T {
        lock(&self.0).pop().unwrap_or_default()
    }

    pub(crate) fn put_back(&self, one: T) {
        lock(&self.0).push(one);
    }
}

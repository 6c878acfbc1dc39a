//! Inputs that are not held as a whole: cut into chunks, checked on several threads, reported in
//! order.
//!
//! Owns where a chunk ends and how many are under way. Must not know where an input comes from or
//! what a finding is about.

pub(crate) mod array;
mod in_order;
pub(crate) mod lines;
mod mend;
mod pool;

pub(crate) use in_order::lock;
pub(crate) use mend::{Check, Mend};
pub(crate) use pool::Pool;

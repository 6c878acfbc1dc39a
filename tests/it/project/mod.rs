//! What the repository holds beside the code: fixtures, README, the events of the benchmarks, what CI
//! systems use.

mod benchmarks;
mod ci;
mod fixtures;
mod readme;
mod rooms;
mod version;

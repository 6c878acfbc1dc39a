//! What the repository holds beside the code: fixtures, README, the events of the benchmarks.

mod benchmarks;
mod fixtures;
mod readme;
mod rooms;
mod version;

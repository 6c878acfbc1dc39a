//! What the repository holds beside the code: fixtures, README, the events of the benchmarks,
//! the addresses that it names.

mod addresses;
mod benchmarks;
mod fixtures;
mod readme;
mod rooms;
mod version;

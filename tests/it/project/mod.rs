//! What the repository holds beside the code: fixtures, pages, the events of the benchmarks.

mod benchmarks;
mod fixtures;
mod pages;
mod rooms;
mod site;
mod version;

//! What the repository holds beside the code: fixtures, pages, the events of the benchmarks, what CI
//! systems use.

mod benchmarks;
mod ci;
mod fixtures;
mod pages;
mod rooms;
mod site;
mod version;

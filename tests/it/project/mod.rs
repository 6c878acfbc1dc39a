//! What the repository holds beside the code: fixtures, pages, the addresses that they name, the events
//! of the benchmarks, what CI systems use.

mod addresses;
mod benchmarks;
mod ci;
mod fixtures;
mod pages;
mod rooms;
mod site;
mod version;

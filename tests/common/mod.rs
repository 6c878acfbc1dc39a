//! What the integration tests share: seeded events and faults, their texts, the binary, and the
//! material beside the project.
//!
//! Knows the contract of the tool, not its code: spans and pointers are found here by other means.

#![allow(dead_code, reason = "each test crate uses its own part of it")]

pub(crate) mod document;
pub(crate) mod event;
pub(crate) mod faults;
pub(crate) mod json;
pub(crate) mod random;
pub(crate) mod shared;

/// The present of every test: 2026-11-01T00:00:00Z in ticks since year 1.
pub(crate) const NOW: i64 = 639_290_880_000_000_000;
/// The same as the command line takes it.
pub(crate) const NOW_TEXT: &str = "2026-11-01T00:00:00Z";

//! The rules one by one: their examples, their literals, their contract, and the samples of the
//! documentation.

mod contract;
mod examples;
mod fixes;
mod literals;
mod samples;

//! Models from pages of documentation and from schemas, and what is checked with them.

mod autopilot;
mod corpora;
mod pages;
mod resources;
mod schemas;

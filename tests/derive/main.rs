//! Deriving models from the documentation pages beside the project.

mod autopilot;
mod corpora;
mod schemas;
mod support;

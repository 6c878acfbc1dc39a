//! The integration tests: one crate, in rooms by what is tested.
//!
//! `UPDATE_EXPECT=1 cargo test` writes again what is kept in the repository and compared.
//! `AUTOPILOT_LINT_CASES=1000000` has the loops over mutants try that many instead of their usual
//! number; `.ci/long` does, in a release build.
//! Tests that need the material beside the project say on standard error that they are skipped where
//! it is absent; with `AUTOPILOT_LINT_REQUIRE_SHARED` set they fail instead.

mod library;
mod support;

mod cli;
mod derive;
mod fixes;
mod json;
mod lint;
mod model;
mod project;
mod reliability;
mod rules;

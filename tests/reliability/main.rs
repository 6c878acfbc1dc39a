//! What the binary does about files, streams, threads and texts that others chose; each threat of
//! `docs/reliability.md` has a test here or beside the code.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/sinks.rs"]
#[allow(dead_code, reason = "a part of it is another test's")]
mod sinks;

mod dependencies;
mod files;
mod injection;
mod limits;
mod runs;
mod streams;
mod table;

const CLEAN: &str = r#"{"deploymentState": "success", "osVersion": "10.0.26200.8893"}"#;
/// One error.
const FAULTY: &str = r#"{"deploymentState": "Success", "osVersion": "10.0.26200.8893"}"#;

/// The names of the formats.
fn formats() -> impl Iterator<Item = &'static str> {
    autopilot_lint::report::FORMATS
        .iter()
        .map(|format| format.name)
}

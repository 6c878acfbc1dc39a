//! Validates and lints Microsoft Graph `deviceManagementAutopilotEvent` payloads (Windows Autopilot,
//! Intune), and finds the value that is wrong: its line and column, its JSON Pointer, and why.
//!
//! [`check`] is the whole of it:
//!
//! ```
//! let report = autopilot_lint::check(r#"{"osVersion": "10.0.26200.8893", "targetedAppCount": -1}"#);
//! for finding in report.findings() {
//!     println!("{}:{}: {}", finding.line(), finding.column(), finding.message());
//! }
//! assert_eq!(report.findings().next().map(|found| found.pointer()), Some("/targetedAppCount"));
//! ```
//!
//! The library reads no files, prints nothing, starts no threads and does not ask for the time: bytes
//! go in, a [`Report`] comes out. It takes any bytes, however broken, and reports invalid JSON as a
//! finding.
//!
//! # From here
//!
//! - **Many documents:** [`Linter::session`] returns a [`Session`], which keeps its buffers and
//!   learns the shapes of events. Use one per thread.
//! - **A policy:** [`Linter::builder`] takes a configuration file's text, rules and severities.
//!   Overrides and accepted findings apply by file name.
//! - **Output:** a [`Report`] is written in any [`Format`]: [`Format::FULL`] for people,
//!   [`Format::SARIF`] for code scanning, [`Format::JSON`], [`Format::JUNIT`] and more.
//! - **Fixes:** [`Linter::fix`] mends what it knows how to; [`Finding::fix`] says what the edits are.
//! - **The rules:** [`rules`] lists them; each finding names its [`Rule`].
//! - **Other resources:** [`derive()`] reads a [`Resource`] from the Microsoft Graph documentation,
//!   and [`Resource::from_json_schema`] from a JSON Schema; [`Resource::json_schema`] writes one.
//!
//! # Examples
//!
//! The repository's `examples` folder has programs to start from:
//!
//! - `check_file` checks a file and prints its findings.
//! - `check_in_tests` keeps the payloads of a test suite free of findings.
//! - `derive_resource` derives a resource from a documentation page and checks another payload.
//!
//! # Features
//!
//! `cli`, on by default, builds the `autopilot-lint` command. A library needs none of it:
//!
//! ```toml
//! autopilot-lint = { version = "0.1", default-features = false }
//! ```

mod api;
pub(crate) mod meant;

// The inside. The command is a crate of its own and needs these, as do tests, benchmarks and fuzz
// targets; no release promises anything about them.
#[doc(hidden)]
pub mod derive;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod docs;
#[doc(hidden)]
pub mod edm;
#[doc(hidden)]
pub mod fixer;
#[doc(hidden)]
pub mod foreign;
#[doc(hidden)]
pub mod json;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod policy;
#[doc(hidden)]
pub mod redact;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod view;

pub use api::{
    BuildError, Derived, Doubt, Edit, Finding, Fix, FixError, Fixed, Format, Linter, LinterBuilder,
    RelatedPlace, RenderOptions, Report, Resource, Session, apply, check, derive, rules,
};
#[doc(inline)]
pub use derive::DeriveError;
#[doc(inline)]
pub use diagnostic::{Applicability, Category, Position, Range, Rule, Severity};
#[doc(inline)]
pub use lint::UnknownRevision;
#[doc(inline)]
pub use model::{Mode, from_schema::SchemaError};
#[doc(inline)]
pub use policy::FailLevel;

/// Its example is compiled and run with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct Library;

/// What the integration tests compare golden files with.
#[cfg(test)]
#[path = "../tests/it/support/golden.rs"]
mod golden;

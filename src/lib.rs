//! Validates and lints Microsoft Graph `deviceManagementAutopilotEvent` payloads.
//!
//! Bytes go in, findings come out: nothing here prints, reads files, starts threads or asks for
//! the time. What the binary does for a document takes three calls: make a [`Linter`] once, let it
//! [`check`](lint::Linter::check) a document, and put the findings into a [`Report`] that any
//! format renders.
//!
//! ```
//! use autopilot_lint::lint::{Linter, Options, Scratch};
//! use autopilot_lint::report::{self, RenderOptions, Report};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = br#"{"osVersion": "10.0.26200.8893", "targetedAppCount": -1}"#;
//!
//! let linter = Linter::new(&Options::default())?;
//! let outcome = linter.check(text, &mut Scratch::default());
//! let report = Report::of_document("event.json", text, outcome);
//!
//! let concise = report::format("concise").ok_or("no such format")?;
//! let shown = concise.render(&report, &RenderOptions::default());
//! assert!(shown.starts_with("event.json:1:54: error[negative-count] "));
//! # Ok(())
//! # }
//! ```
//!
//! A [`Policy`](policy::Policy) decides which rules run, at which severity, and which of their
//! findings are reported; it is made of a configuration, of code, or of both.
//!
//! ```
//! use autopilot_lint::lint::{Linter, Scratch};
//! use autopilot_lint::model::table;
//! use autopilot_lint::policy::{Config, Filter, Policy};
//! use autopilot_lint::diagnostic::Severity;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let model = table::autopilot_event();
//! let config = Config::parse("severity = { zero-guid = 'error' }", &model.revisions)?;
//! let policy = Policy { config, ..Policy::default() };
//!
//! let file = Some("fixtures/event.json");
//! let settings = policy.settings(&policy.scope(file));
//! let linter = Linter::with_model(model, &settings.options)?;
//! let text = br#"{"deviceId": "00000000-0000-0000-0000-000000000000"}"#;
//! let mut findings = linter.check(text, &mut Scratch::default()).diagnostics;
//! let mut filter = Filter::new(&policy, &settings.rules, file);
//! findings.retain_mut(|finding| filter.keep(finding));
//!
//! assert_eq!(findings.len(), 1);
//! assert_eq!(findings[0].severity, Severity::Error);
//! # Ok(())
//! # }
//! ```
//!
//! [`Linter`]: lint::Linter
//! [`Report`]: report::Report

pub mod derive;
pub mod diagnostic;
pub mod docs;
pub mod edm;
pub mod json;
pub mod lint;
pub(crate) mod meant;
pub mod model;
pub mod policy;
pub mod report;
pub mod rules;
pub mod source;
pub mod text;
pub mod view;

/// What the integration tests compare golden files with.
#[cfg(test)]
#[path = "../tests/it/support/golden.rs"]
mod golden;

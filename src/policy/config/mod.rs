//! The configuration file, `autopilot-lint.toml`: from its text to a [`Config`].
//!
//! Owns its form and the words for its faults. Reads no files: where it is looked for is for the
//! caller to decide. It can name globs, files below its folder, rules and severities, and nothing
//! else: it is written by whoever writes the payloads.

mod derived;
mod error;
mod key;
mod keys;
mod parse;
mod schema;
mod settings;
mod value;

pub use derived::{commented, json_schema, reference};
pub use error::ConfigError;
pub use settings::{Config, FILE_NAME, Ignored, IgnoredFinding, Override, SCHEMA_FILE_NAME};

//! What a run is set to do: configuration, baseline, and the linter that each file is checked with.
//!
//! Owns where the files are found and why they are refused. Must not print, and must not know how
//! findings come about; what a configuration or a baseline says is the library's.

mod baseline_file;
mod checked_files;
mod config_file;
mod invalid_config;
mod leniency;
mod plan;
mod run_settings;
mod settings_error;
mod unused_globs;

pub(crate) use baseline_file::{BaselineChoice, BaselineFile, BaselineTooLarge};
pub(crate) use checked_files::{CheckedFile, CheckedFiles};
pub(crate) use config_file::ConfigChoice;
pub(crate) use leniency::{Leniency, Source};
pub(crate) use plan::{LinterOptions, Plan, Profile};
pub(crate) use run_settings::{RunSettings, SettingsRequest};
pub(crate) use settings_error::SettingsError;
pub(crate) use unused_globs::UnusedGlobs;

//! `check`.

use std::path::PathBuf;

use autopilot_lint::model::Mode;
use clap::{ArgAction, Args};

use super::policy::PolicyArgs;
use super::values::{one_of, output_help, parse_bytes, parse_now, paths_help};
use crate::cli::outputs::{ColorChoice, Output};

/// Check files, folders or standard input.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files to check, folders to search, or - for standard input
    #[arg(default_value = ".", help = paths_help())]
    pub(crate) paths: Vec<PathBuf>,

    /// Whether the payloads are create requests, update requests or responses; decides which members
    /// are required [default: any]
    #[arg(long, value_name = "MODE", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Option<Mode>,

    /// Revision of the resource to check against: a date such as 2021-01, latest, or any for all
    /// revisions at once [default: any]
    #[arg(long, value_name = "REVISION")]
    pub(crate) revision: Option<String>,

    /// Also report an id that an event in an earlier file already has
    #[arg(long)]
    pub(crate) across_files: bool,

    /// Check another resource, described by this JSON Schema, for example one printed by derive
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,

    /// Format of the report; NAME=FILE writes it to a file. Repeat for several formats
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = Output::parse)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<Output>,

    #[command(flatten)]
    pub(crate) beside: BesideArgs,

    /// File name to report for standard input
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Maximum number of findings to show per file; the rest are only counted. Fewer are shown if
    /// all files together might exceed 2,000,000
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) max_diagnostics: usize,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Number of threads; 0 = one per processor
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,

    /// Current time for implausible-date [default: the system clock]
    #[arg(long, value_name = "DATE-TIME", value_parser = parse_now)]
    pub(crate) now: Option<i64>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,

    /// Print no summary and no notes and, where a format goes to a file, nothing on standard output
    /// but what is asked for; -qq also hides findings below error
    #[arg(long, short, action = ArgAction::Count)]
    pub(crate) quiet: u8,

    /// Also print the configuration in use, what was not looked at, and every file checked
    #[arg(long, short, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    // Last, because its heading goes on to the end.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

/// What a run may take of the machine.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Maximum size of a file, for example 64MiB or 1GB; a plain number is bytes. JSON Lines may be
    /// larger
    #[arg(long = "max-file-size", value_name = "SIZE", default_value = "64MiB")]
    #[arg(value_parser = parse_bytes)]
    pub(crate) file_size: u64,

    /// Memory for the documents that are checked at a time, on all threads together; others wait,
    /// and one that may need more than half of it is not checked. By default, a quarter of the
    /// machine's memory, and a document that may need more is checked alone
    #[arg(long = "max-memory", value_name = "SIZE", value_parser = parse_bytes)]
    pub(crate) memory: Option<u64>,

    /// Maximum size of what is in a compressed file, whatever the size of that [default: 64GiB, and
    /// beyond 64MiB no more than 1,000 times the size of the file]
    #[arg(long = "max-unpacked", value_name = "SIZE", value_parser = parse_bytes)]
    pub(crate) unpacked: Option<u64>,
}

/// What accompanies the report, and what is kept out of it.
#[derive(Debug, Args)]
pub(crate) struct BesideArgs {
    /// Add what the CI system shows beside the code: annotations on standard error in GitHub Actions
    /// and Azure Pipelines, gl-code-quality-report.json in GitLab. No effect if that format is
    /// already requested
    #[arg(long)]
    pub(crate) ci: bool,

    /// After the report, print counts by rule, category and file to standard error
    #[arg(long)]
    pub(crate) statistics: bool,

    #[command(flatten)]
    pub(crate) identities: IdentityArgs,

    /// Never show a progress bar. By default, one appears on a terminal after a second unless a CI
    /// system is detected
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// What becomes of identifying values.
#[derive(Debug, Args)]
pub(crate) struct IdentityArgs {
    /// In every format, mask text that may identify a person or device: all but the resource's own
    /// names, enumeration members, dates, durations and numbers [default if a CI system is detected]
    #[arg(long, overrides_with = "no_redact")]
    pub(crate) redact: bool,

    /// Mask nothing, even if a CI system is detected
    #[arg(long, overrides_with = "redact")]
    pub(crate) no_redact: bool,
}

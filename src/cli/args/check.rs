//! `check`.

use std::path::PathBuf;

use autopilot_lint::model::Mode;
use clap::Args;

use super::policy::PolicyArgs;
use super::values::{one_of, output_help, parse_now, paths_help};
use crate::cli::outputs::{ColorChoice, Output};

/// Check files and folders.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files, folders, or - for standard input
    #[arg(default_value = ".", help = paths_help())]
    pub(crate) paths: Vec<PathBuf>,

    /// Which side of the conversation the payloads are [default: any]
    #[arg(long, value_name = "MODE", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Option<Mode>,

    /// Revision of the resource to check against: any, latest, or one by its date such as 2021-01
    /// [default: any]
    #[arg(long, value_name = "REVISION")]
    pub(crate) revision: Option<String>,

    /// Report identifiers that an event of an earlier file has, too
    #[arg(long)]
    pub(crate) across_files: bool,

    /// JSON Schema of another resource to check, such as derive prints
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,

    /// How to print the findings; with =FILE, write them there. May be given several times
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = Output::parse)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<Output>,

    #[command(flatten)]
    pub(crate) beside: BesideArgs,

    /// The name to report findings in standard input under
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Most findings to show of one file; the rest is counted
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) max_diagnostics: usize,

    /// Largest file to read, in bytes; JSON Lines may be longer
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) max_file_size: u64,

    /// How many threads to use; 0 = one for each processor
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,

    /// The present, for the rule on implausible dates; the clock if not given
    #[arg(long, value_name = "DATE-TIME", value_parser = parse_now)]
    pub(crate) now: Option<i64>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,

    /// Print no summary and no notes
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Say which configuration is used and which files are checked
    #[arg(long, short, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    // Last, because its heading goes on to the end.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

/// What there is beside the report, and what is kept out of it.
#[derive(Debug, Args)]
pub(crate) struct BesideArgs {
    /// In GitHub Actions and Azure Pipelines, print their annotations to standard error as well; in
    /// GitLab, write gl-code-quality-report.json. Nothing where that format is asked for already
    #[arg(long)]
    pub(crate) ci: bool,

    /// Print tables of the findings by rule, category and file to standard error, after the report
    #[arg(long)]
    pub(crate) statistics: bool,

    #[command(flatten)]
    pub(crate) identities: IdentityArgs,

    /// Show no progress bar; without this there is one on a terminal after a second, but none where
    /// CI is set
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// What becomes of values that identify.
#[derive(Debug, Args)]
pub(crate) struct IdentityArgs {
    /// Hide what identifies persons and devices in every format: the values of identifiers, user
    /// principal names, serial numbers and device names [default where CI is set]
    #[arg(long, overrides_with = "no_redact")]
    pub(crate) redact: bool,

    /// Hide nothing, even where CI is set
    #[arg(long, overrides_with = "redact")]
    pub(crate) no_redact: bool,
}

//! `check`.

use std::path::PathBuf;

use autopilot_lint::diagnostic::{Applicability, Severity};
use autopilot_lint::model::Mode;
use autopilot_lint::report::Format;
use clap::{ArgAction, Args};
use clap_complete::ArgValueCompleter;

use super::candidates;
use super::groups::{FIXES, INPUTS, LIMITS, OUTPUT, RULES};
use super::policy::PolicyArgs;
use super::values::{OutputParser, one_of, parse_bytes, parse_now, paths_help};
use crate::cli::outputs::{ColorChoice, Output};

/// Check files, folders or standard input
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[arg(value_name = "PATH")]
    #[arg(help = "Files to check, folders to search, or - for standard input")]
    #[arg(long_help = paths_help())]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) choice: ChoiceArgs,

    /// File name to report for standard input
    ///
    /// Overrides and accepted findings of the configuration apply by it.
    #[arg(long, value_name = "NAME", help_heading = INPUTS)]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Compare ids across files
    ///
    /// Also report an id that an event in an earlier file already has.
    #[arg(long, help_heading = INPUTS)]
    pub(crate) across_files: bool,

    #[command(flatten)]
    pub(crate) resource: ResourceArgs,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    /// Current time for implausible-date
    ///
    /// By default, the system clock.
    #[arg(long, value_name = "DATE-TIME", value_parser = parse_now, help_heading = RULES)]
    pub(crate) now: Option<i64>,

    #[command(flatten)]
    pub(crate) fixes: FixArgs,

    /// Format of the report, or NAME=FILE for a file as well
    ///
    /// Without NAME alone, standard output gets full on a terminal and concise otherwise. Repeat the
    /// option for several files.
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = OutputParser)]
    #[arg(help_heading = OUTPUT, add = ArgValueCompleter::new(candidates::formats))]
    pub(crate) output_format: Vec<Output>,

    /// The format on standard output where no option names one.
    #[arg(skip)]
    pub(crate) preferred_format: Option<&'static Format>,

    /// Lowest severity to show
    ///
    /// Findings below it are only counted. They still count for the exit status and the baseline.
    /// By default, info.
    #[arg(long, value_name = "LEVEL", value_parser = one_of(&Severity::ALL), help_heading = OUTPUT)]
    pub(crate) show: Option<Severity>,

    /// Show at most N findings per file; the rest are counted
    ///
    /// Fewer are shown if all files together might exceed 2,000,000.
    #[arg(long, value_name = "N", default_value_t = 1000, help_heading = OUTPUT)]
    pub(crate) max_diagnostics: usize,

    #[command(flatten)]
    pub(crate) beside: BesideArgs,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = OUTPUT)]
    #[arg(value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,

    /// Print no summary and no notes; -qq also hides findings below error
    ///
    /// Where a format goes to a file, standard output then has only what is asked for.
    #[arg(long, short, action = ArgAction::Count, help_heading = OUTPUT)]
    pub(crate) quiet: u8,

    /// Name the configuration, every file, and what was passed over
    #[arg(long, short, conflicts_with = "quiet", help_heading = OUTPUT)]
    pub(crate) verbose: bool,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Number of threads; 0 = one per processor
    #[arg(long, short, value_name = "N", help_heading = LIMITS)]
    pub(crate) jobs: Option<usize>,
}

/// What the payloads are.
#[derive(Debug, Args)]
#[command(next_help_heading = RULES)]
pub(crate) struct ResourceArgs {
    /// Revision to check against: a date, latest, or any
    ///
    /// A date such as 2021-01 stands for the revision of that month, latest for the newest one, and
    /// any (the default) for every member of every revision.
    #[arg(long, value_name = "REVISION", add = ArgValueCompleter::new(candidates::revisions))]
    pub(crate) revision: Option<String>,

    /// What the payloads are; decides which members are required
    ///
    /// Create requests, update requests or responses. With any (the default), no member is
    /// required.
    #[arg(long, value_name = "MODE", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Option<Mode>,

    /// Check another resource, described by this JSON Schema
    ///
    /// For example, one that derive printed.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

/// Which files are checked.
#[derive(Debug, Args)]
#[command(next_help_heading = INPUTS)]
pub(crate) struct ChoiceArgs {
    /// Also check the paths in this file, or - for standard input
    ///
    /// One path per line or, if there is a NUL, each ended by a NUL.
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,

    /// Pass over files and folders that match; repeatable
    ///
    /// Even if they are named. Globs are as in .gitignore, relative to the current folder.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Search what .gitignore excludes, too
    #[arg(long)]
    pub(crate) no_ignore: bool,

    /// List the files that are checked, instead of a report
    #[arg(long, conflicts_with_all = ["output_format", "ci", "statistics", "write_baseline"])]
    pub(crate) show_files: bool,

    /// Exit with status 2 if no file is checked
    ///
    /// For example, because a folder was renamed. An empty collection counts as checked.
    #[arg(long)]
    pub(crate) require_payloads: bool,
}

/// What becomes of what can be fixed.
#[derive(Debug, Args)]
#[command(next_help_heading = FIXES)]
pub(crate) struct FixArgs {
    #[command(flatten)]
    pub(crate) change: ChangeArgs,

    /// Also make, or show, fixes that you should look at
    ///
    /// For example, the nearest known name. Without --fix, --fix-only or --diff, nothing is changed:
    /// such findings count as fixable.
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,

    /// Print what --fix would change as a diff, and change nothing
    ///
    /// A unified diff of files as they are named, for patch -p0; the status is 1 if there is one. On a
    /// terminal and in CI systems its lines are made safe to print.
    #[arg(long, conflicts_with_all = ["fix", "fix_only", "write_baseline", "show_files"])]
    pub(crate) diff: bool,
}

/// Whether files are changed.
#[derive(Debug, Args)]
#[command(next_help_heading = FIXES)]
pub(crate) struct ChangeArgs {
    /// Fix files, and report what is left
    ///
    /// Only what keeps its meaning is changed; --unsafe-fixes allows more. Of standard input, the
    /// fixed text is printed, and the report goes to standard error.
    #[arg(long, conflicts_with_all = ["write_baseline", "show_files"])]
    pub(crate) fix: bool,

    /// Fix files, and report nothing
    ///
    /// The status is 0 whatever is left, or 2.
    #[arg(long)]
    #[arg(conflicts_with_all = ["output_format", "ci", "statistics", "write_baseline", "show_files"])]
    pub(crate) fix_only: bool,
}

impl FixArgs {
    /// Whether files are changed.
    pub(crate) const fn changes_files(&self) -> bool {
        self.change.fix || self.change.fix_only
    }

    /// The fixes that are made: these, and surer ones.
    pub(crate) const fn most(&self) -> Applicability {
        if self.unsafe_fixes {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        }
    }
}

/// What a run may take of the machine.
#[derive(Debug, Args)]
#[command(next_help_heading = LIMITS)]
pub(crate) struct LimitArgs {
    /// Maximum size of a file, for example 64MiB or 1GB
    ///
    /// A plain number is bytes. JSON Lines may be larger.
    #[arg(long = "max-file-size", value_name = "SIZE", default_value = "64MiB")]
    #[arg(value_parser = parse_bytes)]
    pub(crate) file_size: u64,

    /// Memory for all documents that are checked at a time
    ///
    /// Others wait, and one that may need more than half of it is not checked. By default, a quarter
    /// of the machine's memory, and a document that may need more is checked alone.
    #[arg(long = "max-memory", value_name = "SIZE", value_parser = parse_bytes)]
    pub(crate) memory: Option<u64>,

    /// Maximum size of what is in a compressed file
    ///
    /// By default 64GiB, and beyond 64MiB no more than 1,000 times the size of the file. A size that
    /// is given holds whatever the size of the file.
    #[arg(long = "max-unpacked", value_name = "SIZE", value_parser = parse_bytes)]
    pub(crate) unpacked: Option<u64>,
}

/// What accompanies the report, and what is kept out of it.
#[derive(Debug, Args)]
#[command(next_help_heading = OUTPUT)]
pub(crate) struct BesideArgs {
    /// Add what the CI system shows beside the code
    ///
    /// Annotations on standard error in GitHub Actions and Azure Pipelines, and
    /// gl-code-quality-report.json in GitLab. No effect if that format is already requested.
    #[arg(long)]
    pub(crate) ci: bool,

    /// Print counts by rule, category and file to standard error
    #[arg(long)]
    pub(crate) statistics: bool,

    #[command(flatten)]
    pub(crate) identities: IdentityArgs,

    /// Never show a progress bar
    ///
    /// By default, one appears on a terminal after a second unless a CI system is detected.
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// What becomes of identifying values.
#[derive(Debug, Args)]
#[command(next_help_heading = OUTPUT)]
pub(crate) struct IdentityArgs {
    /// Mask text that may identify a person or device
    ///
    /// In every format, all text but the resource's own names, enumeration members, dates, durations
    /// and numbers. The default if a CI system is detected.
    #[arg(long, overrides_with = "no_redact")]
    pub(crate) redact: bool,

    /// Mask nothing, even if a CI system is detected
    #[arg(long, overrides_with = "redact")]
    pub(crate) no_redact: bool,
}

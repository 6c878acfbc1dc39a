//! The commands and their options, as declared to clap: help, man page and completions come from
//! here.

use std::path::{Path, PathBuf};

use autopilot_lint::diagnostic::Rule;
use autopilot_lint::edm::date_time;
use autopilot_lint::model::Mode;
use autopilot_lint::policy::selection::{self, RuleLevel};
use autopilot_lint::policy::{FailLevel, Refusal, Selector};
use autopilot_lint::report::{self, Format};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::named;

/// What the exit status says, for help and manual.
const EXIT_STATUS: &str = "Exit status: 0 clean; 1 findings at or above the fail level; 2 wrong usage, \
    a file that could not be read or written, a limit, or an internal error.";

/// Validate and lint Microsoft Graph deviceManagementAutopilotEvent payloads (Windows Autopilot,
/// Intune).
#[derive(Debug, Parser)]
#[command(name = "autopilot-lint", version, max_term_width = 100)]
#[command(after_help = EXIT_STATUS)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<CheckArgs>),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Derive(DeriveArgs),
    /// Write a commented autopilot-lint.toml to the current folder.
    Init,
    Completions(CompletionsArgs),
    /// Print the manual page in roff format.
    Man,
}

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
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = output_parser)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<OutputTo>,

    #[command(flatten)]
    pub(crate) beside: BesideArgs,

    /// File name to report for standard input
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Maximum number of findings to show per file; the rest are only counted
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) max_diagnostics: usize,

    /// Maximum size of a file in bytes; JSON Lines may be larger
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) max_file_size: u64,

    /// Number of threads; 0 = one per processor
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,

    /// Current time for implausible-date [default: the system clock]
    #[arg(long, value_name = "DATE-TIME", value_parser = now_parser)]
    pub(crate) now: Option<i64>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,

    /// Print the report without summary and notes
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Also print the configuration in use and every file checked
    #[arg(long, short, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    // Last, because its heading goes on to the end.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
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

/// What becomes of findings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Policy")]
pub(crate) struct PolicyArgs {
    /// Run only these rules and categories instead of the defaults; all = every rule
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse)]
    pub(crate) select: Vec<Selector>,

    /// Do not run these rules and categories. A rule's own name takes precedence over its category
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse_ignored)]
    pub(crate) ignore: Vec<Selector>,

    /// Set the severity of a rule: error, warning, info or off. Turns on a rule that is off by
    /// default
    #[arg(long, value_name = "RULE=LEVEL", value_parser = level_parser)]
    pub(crate) severity: Vec<RuleLevel>,

    /// Lowest severity that makes the exit status 1; never = report without failing [default:
    /// error]
    #[arg(long, value_name = "LEVEL", value_parser = one_of(&FailLevel::ALL))]
    pub(crate) fail_level: Option<FailLevel>,

    /// Configuration file [default: the nearest autopilot-lint.toml above the checked files, within
    /// the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration file
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,

    /// Hide findings recorded in this baseline
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Record all findings in this baseline instead of reporting them
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}

/// List the rules.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// Format of the list
    #[arg(
        long,
        visible_alias = "format",
        value_name = "NAME",
        default_value = "text"
    )]
    pub(crate) output_format: ListFormat,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
    Markdown,
}

/// Explain a rule: what it reports, why, and how to configure it.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Name of the rule
    #[arg(value_parser = selection::parse_rule)]
    pub(crate) rule: &'static Rule,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

/// Print the JSON Schema of a revision.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Revision of the resource: a date such as 2021-01, latest, or any for all revisions at once
    #[arg(long, value_name = "REVISION", default_value = "any")]
    pub(crate) revision: String,

    /// Whether to describe create requests, update requests or responses; decides which members are
    /// required
    #[arg(long, value_name = "MODE", default_value = "any", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Mode,
}

/// Print a completion script for a shell.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Name of the shell
    pub(crate) shell: Shell,
}

/// Derive a JSON Schema from pages of the Microsoft Graph documentation.
#[derive(Debug, Args)]
pub(crate) struct DeriveArgs {
    /// Pages in Markdown: create, update, get, list, action, resource or enumeration
    #[arg(required_unless_present = "diff")]
    pub(crate) pages: Vec<PathBuf>,

    /// Do not follow links; types from other pages are known only by the values that a page lists
    #[arg(long)]
    pub(crate) single_file: bool,

    /// Instead of printing a schema, check each page's requests and responses against its own table
    #[arg(long)]
    pub(crate) check_samples: bool,

    /// Print what changed between two pages or JSON Schemas
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    #[arg(conflicts_with_all = ["pages", "check_samples"])]
    pub(crate) diff: Vec<PathBuf>,

    /// Format of the findings or, with json, of the changes
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = output_parser)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<OutputTo>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// A format and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct OutputTo {
    pub(crate) format: &'static Format,
    pub(crate) to: Destination,
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    StandardOutput,
    StandardError,
    File(PathBuf),
}

impl OutputTo {
    /// The file that is written, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.to {
            Destination::File(file) => Some(file),
            Destination::StandardOutput | Destination::StandardError => None,
        }
    }
}

fn output_parser(text: &str) -> Result<OutputTo, String> {
    let (name, to) = match text.split_once('=') {
        None => (text, Destination::StandardOutput),
        Some((_, "")) => return Err("a file name must follow `=`".to_owned()),
        Some((name, file)) => (name, Destination::File(PathBuf::from(file))),
    };
    let format = report::format(name).ok_or_else(|| {
        let names: Vec<_> = report::FORMATS.iter().map(|format| format.name).collect();
        format!("unknown format; expected one of {}", names.join(", "))
    })?;
    Ok(OutputTo { format, to })
}

fn paths_help() -> String {
    format!(
        "Files to check, folders to search (for {}; .gitignore is honoured), or - for standard \
         input",
        named::patterns_in_words()
    )
}

fn output_help() -> String {
    let names: Vec<_> = report::FORMATS.iter().map(|format| format.name).collect();
    format!(
        "Format of the report; NAME=FILE writes it to a file. Repeat for several formats [default: \
         full on a terminal, concise otherwise] [possible values: {}]",
        names.join(", ")
    )
}

/// Takes one of these names.
fn one_of<T: Copy + Send + Sync>(
    all: &'static [(T, &'static str)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|(_, name)| *name)).try_map(|text| {
        let found = all.iter().find(|(_, name)| *name == text);
        found.map(|(value, _)| *value).ok_or("no such name")
    })
}

fn level_parser(text: &str) -> Result<RuleLevel, Refusal> {
    let (rule, level) = text.split_once('=').unwrap_or((text, ""));
    selection::parse_rule_level(rule, level)
}

fn now_parser(text: &str) -> Result<i64, String> {
    date_time::parse(text)
        .map(|value| value.ticks)
        .map_err(|fault| {
            format!(
                "expected a date-time such as 2026-11-23T00:00:00Z: {}",
                fault.message()
            )
        })
}

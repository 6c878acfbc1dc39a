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

/// Checks Microsoft Graph deviceManagementAutopilotEvent payloads (Windows Autopilot, Intune).
#[derive(Debug, Parser)]
#[command(name = "autopilot-lint", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 clean, 1 findings at or above the fail level, 2 a fault.")]
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
    /// Print the manual page, in roff.
    Man,
}

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
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = output_parser)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<OutputTo>,

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
    #[arg(long, value_name = "DATE-TIME", value_parser = now_parser)]
    pub(crate) now: Option<i64>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
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
    /// a CI system is detected
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// What becomes of values that identify.
#[derive(Debug, Args)]
pub(crate) struct IdentityArgs {
    /// Hide all text of payloads that may identify a person or a device, in every format; names,
    /// enumeration members, dates, durations and numbers of the resource are shown [default where a
    /// CI system is detected]
    #[arg(long, overrides_with = "no_redact")]
    pub(crate) redact: bool,

    /// Hide nothing, even where a CI system is detected
    #[arg(long, overrides_with = "redact")]
    pub(crate) no_redact: bool,
}

/// What becomes of findings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Policy")]
pub(crate) struct PolicyArgs {
    /// Rules and categories to run instead of those that are on by default; all = every rule
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse)]
    pub(crate) select: Vec<Selector>,

    /// Rules and categories not to run. A rule's name counts more than its category's
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse_ignored)]
    pub(crate) ignore: Vec<Selector>,

    /// Report a rule as error, warning or info, or (off) do not run it; turns on a rule that is
    /// off by default
    #[arg(long, value_name = "RULE=LEVEL", value_parser = level_parser)]
    pub(crate) severity: Vec<RuleLevel>,

    /// The least severity that makes the exit status 1 [default: error]
    #[arg(long, value_name = "LEVEL", value_parser = one_of(&FailLevel::ALL))]
    pub(crate) fail_level: Option<FailLevel>,

    /// Configuration to use [default: the nearest autopilot-lint.toml above what is checked, not
    /// beyond the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,

    /// Do not report the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write what is found to this file, to be known from now on, and report none of it
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}

/// List the rules.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// How to print the list
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

/// Say why a rule exists, what it finds and how to configure it.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule's name
    #[arg(value_parser = selection::parse_rule)]
    pub(crate) rule: &'static Rule,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

/// Print the JSON Schema that payloads are checked against.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Revision of the resource: any, latest, or one by its date such as 2021-01
    #[arg(long, value_name = "REVISION", default_value = "any")]
    pub(crate) revision: String,

    /// Which side of the conversation the payloads are
    #[arg(long, value_name = "MODE", default_value = "any", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Mode,
}

/// Print completions for a shell.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// Turn Graph documentation pages into a JSON Schema.
#[derive(Debug, Args)]
pub(crate) struct DeriveArgs {
    /// Markdown files: create, update, get, list, action, resource or enumeration pages
    #[arg(required_unless_present = "diff")]
    pub(crate) pages: Vec<PathBuf>,

    /// Follow no links: types of other pages are known by the values that a page lists
    #[arg(long)]
    pub(crate) single_file: bool,

    /// Check each page's own requests and responses against its own table, in place of a schema
    #[arg(long)]
    pub(crate) check_samples: bool,

    /// Say what changed between two pages or JSON Schemas
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    #[arg(conflicts_with_all = ["pages", "check_samples"])]
    pub(crate) diff: Vec<PathBuf>,

    /// How to print findings or, with json, changes
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = output_parser)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<OutputTo>,

    /// When to use colours
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
        Some((_, "")) => return Err("no file after `=`".to_owned()),
        Some((name, file)) => (name, Destination::File(PathBuf::from(file))),
    };
    let format = report::format(name).ok_or_else(|| {
        let names: Vec<_> = report::FORMATS.iter().map(|format| format.name).collect();
        format!("no such format; one of {}", names.join(", "))
    })?;
    Ok(OutputTo { format, to })
}

fn paths_help() -> String {
    format!(
        "Files, folders (searched for {}, honouring .gitignore), or - for standard input",
        named::patterns_in_words()
    )
}

fn output_help() -> String {
    let names: Vec<_> = report::FORMATS.iter().map(|format| format.name).collect();
    format!(
        "How to print the findings; with =FILE, write them to that file. May be given several \
         times [default: full on a terminal, else concise] [possible values: {}]",
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
                "not a date-time such as 2026-11-23T00:00:00Z: {}",
                fault.message()
            )
        })
}

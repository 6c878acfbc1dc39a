//! The commands and their options, as declared to clap: help, man page and completions come from
//! here.
//!
//! Must not know what a command does: `commands` turns these declarations into what the rooms below
//! ask for.

mod check;
mod derive;
mod policy;
mod said;
mod values;

use autopilot_lint::diagnostic::Rule;
use autopilot_lint::model::Mode;
use autopilot_lint::policy::selection;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::cli::outputs::ColorChoice;
use values::one_of;

pub(crate) use check::CheckArgs;
pub(crate) use derive::DeriveArgs;
pub(crate) use said::command_said;

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
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,
}

/// Print a JSON Schema: of payloads, or of what this program reads and writes.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// What the schema is of
    #[arg(value_name = "OF", default_value = "payload")]
    pub(crate) of: SchemaOf,

    /// Revision of the resource: a date such as 2021-01, latest, or any for all revisions at once
    /// [default: any]
    #[arg(long, value_name = "REVISION")]
    pub(crate) revision: Option<String>,

    /// Whether to describe create requests, update requests or responses; decides which members are
    /// required [default: any]
    #[arg(long, value_name = "MODE", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Option<Mode>,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// One event
    Payload,
    /// What check prints with --output-format json
    Report,
    /// A file of known findings
    Baseline,
    /// autopilot-lint.toml
    Configuration,
}

/// Print a completion script for a shell.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Name of the shell
    pub(crate) shell: Shell,
}

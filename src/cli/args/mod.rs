//! The commands and their options, as declared to clap: help, man page and completions come from
//! here.
//!
//! Must not know what a command does: `commands` turns these declarations into what the rooms below
//! ask for.

mod check;
mod derive;
mod policy;
mod values;

use autopilot_lint::model::Mode;
use autopilot_lint::policy::selection;
use autopilot_lint::rules::Rule;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::cli::outputs::ColorChoice;
use values::one_of;

pub(crate) use check::CheckArgs;
pub(crate) use derive::DeriveArgs;

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
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
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

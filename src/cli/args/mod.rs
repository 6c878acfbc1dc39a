//! The commands and their options, as declared to clap: help, man page and completions come from
//! here.
//!
//! Must not know what a command does: `commands` turns these declarations into what the rooms below
//! ask for.

mod candidates;
mod check;
mod derive;
mod groups;
mod policy;
mod said;
mod values;
pub(crate) mod variables;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use autopilot_lint::model::Mode;
use autopilot_lint::model::schema::Draft;
use autopilot_lint::policy::Selector;
use clap::builder::TypedValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::{ArgValueCompleter, Shell};

use crate::cli::outputs::ColorChoice;
use values::one_of;
use variables::{VARIABLES, Variable};

pub(crate) use check::CheckArgs;
pub(crate) use derive::DeriveArgs;
pub(crate) use said::command_said;

/// What each exit status says, for the manual.
pub(crate) const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "clean"),
    ("1", "findings at or above the fail level"),
    (
        "2",
        "wrong usage, a file that could not be read or written, a limit, or an internal error",
    ),
];

/// The version with the commit it was built from, where that is known.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("AUTOPILOT_LINT_COMMIT"));

/// Validate and lint Microsoft Graph deviceManagementAutopilotEvent payloads (Windows Autopilot,
/// Intune).
#[derive(Debug, Parser)]
#[command(name = "autopilot-lint", version = VERSION, max_term_width = 100)]
#[command(after_help = exit_status(), after_long_help = after_long_help())]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(after_help = "--help says more.")]
    Check(Box<CheckArgs>),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Derive(DeriveArgs),
    /// Write a commented autopilot-lint.toml to the current folder
    Init,
    Completions(CompletionsArgs),
    #[command(name = "__complete", hide = true)]
    Complete(CompleteArgs),
    /// Print the manual page in roff format
    Man,
}

/// List the rules
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

/// Explain rules: what they report, why, and how to configure them
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Rules and categories
    #[arg(value_name = "NAME", value_parser = Selector::parse, required_unless_present = "all")]
    #[arg(add = ArgValueCompleter::new(candidates::selectors))]
    pub(crate) names: Vec<Selector>,

    /// Explain every rule
    #[arg(long, conflicts_with = "names")]
    pub(crate) all: bool,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,
}

/// Print a JSON Schema: of payloads, or of what this program reads and writes
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// What the schema is of
    #[arg(value_name = "OF", default_value = "payload")]
    pub(crate) of: SchemaOf,

    /// Revision to describe: a date, latest, or any
    ///
    /// A date such as 2021-01 stands for the revision of that month, latest for the newest one, and
    /// any (the default) for every member of every revision.
    #[arg(long, value_name = "REVISION", add = ArgValueCompleter::new(candidates::revisions))]
    pub(crate) revision: Option<String>,

    /// What the payloads are; decides which members are required
    ///
    /// By default, any: no member is required.
    #[arg(long, value_name = "MODE", value_parser = one_of(&Mode::ALL))]
    pub(crate) mode: Option<Mode>,

    /// Draft of JSON Schema to write
    ///
    /// By default, 2020-12. Some editors and older validators know 7, which gives equal verdicts.
    #[arg(long, value_name = "DRAFT", value_parser = one_of(&Draft::ALL))]
    pub(crate) draft: Option<Draft>,
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

/// Print what a word of a command line may become.
#[derive(Debug, Args)]
pub(crate) struct CompleteArgs {
    /// Index of the word
    #[arg(long, value_parser = value_parser!(u16).map(usize::from))]
    pub(crate) index: usize,

    /// The words, the program's name first
    #[arg(last = true)]
    pub(crate) words: Vec<OsString>,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// Adds to a fault of the command line what was probably meant: `check`, which nobody should have to
/// know of to check a file.
pub(crate) fn advise(error: &mut clap::Error) {
    let word = |error: &clap::Error, kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    };
    let first = std::env::args_os().nth(1);
    let is_first = |word: &str| {
        first.as_ref().is_some_and(|first| {
            let first = first.to_string_lossy();
            first == word
                || first
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with('='))
        })
    };
    let advice = match error.kind() {
        ErrorKind::InvalidSubcommand => word(error, ContextKind::InvalidSubcommand)
            .filter(|word| {
                word == "-" || word.contains(['/', '\\', '.']) || Path::new(word).exists()
            })
            .map(|word| format!("to check files, write 'autopilot-lint check {word}'")),
        ErrorKind::UnknownArgument => word(error, ContextKind::InvalidArg)
            .filter(|word| is_first(word) && is_of_check(word))
            .map(|word| format!("to check files, write 'autopilot-lint check {word}'")),
        _ => None,
    };
    if let Some(advice) = advice {
        error.remove(ContextKind::SuggestedSubcommand);
        error.remove(ContextKind::SuggestedArg);
        let advice = ContextValue::StyledStrs(vec![advice.into()]);
        error.insert(ContextKind::Suggested, advice);
    }
}

/// Whether `check` has this option, with its hyphens.
fn is_of_check(option: &str) -> bool {
    let command = Cli::command();
    let check = command.find_subcommand("check");
    let mut options = check.into_iter().flat_map(clap::Command::get_arguments);
    options.any(|known| {
        let long = option.strip_prefix("--").unwrap_or_default();
        let longs = known.get_long_and_visible_aliases().unwrap_or_default();
        let short = option.strip_prefix('-').unwrap_or_default();
        longs.contains(&long)
            || known
                .get_short()
                .is_some_and(|known| short == known.to_string())
    })
}

fn exit_status() -> String {
    let status = EXIT_STATUS.map(|(status, means)| format!("{status} {means}"));
    format!("Exit status: {}.", status.join("; "))
}

/// What help adds in its long form.
fn after_long_help() -> String {
    let exit = exit_status();
    let mut text = format!("{exit}\n\nEnvironment of check; an option takes precedence:\n");
    for Variable { name, about, .. } in &VARIABLES {
        let _ = write!(text, "  {name}\n          {about}\n");
    }
    text
}

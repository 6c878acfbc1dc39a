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
#[command(name = "autopilot-lint", version = VERSION, max_term_width = 80)]
// Whatever its file is called: `autopilot-lint.exe`, for one.
#[command(bin_name = "autopilot-lint", after_help = exit_status())]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the program is asked.
pub(crate) enum Request {
    Command(Command),
    Completion(CompleteArgs),
}

/// The first word of a script's question.
const COMPLETE: &str = "__complete";

/// Reads the command line.
///
/// # Errors
/// When it asks for nothing that there is, or for help.
pub(crate) fn parse() -> Result<Request, clap::Error> {
    let mut words = std::env::args_os().skip(1).peekable();
    if words.peek().is_some_and(|word| word == COMPLETE) {
        return CompleteArgs::try_parse_from(words).map(Request::Completion);
    }
    let cli = Cli::try_parse().map(|cli| Request::Command(cli.command));
    cli.map_err(advised)
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(after_help = "--help says more of each.", after_long_help = environment())]
    Check(Box<CheckArgs>),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Derive(DeriveArgs),
    /// Write a commented autopilot-lint.toml to the current folder
    Init,
    Completions(CompletionsArgs),
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

/// What the scripts of shells ask. It is no command, so that no help, script or manual lists it.
#[derive(Debug, Parser)]
#[command(name = COMPLETE)]
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

/// A fault of the command line with what was probably meant: nobody should have to know of commands to
/// check a file or to ask about a rule.
fn advised(mut error: clap::Error) -> clap::Error {
    let unknown = match error.kind() {
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        ErrorKind::UnknownArgument => ContextKind::InvalidArg,
        _ => return error,
    };
    let Some(ContextValue::String(word)) = error.get(unknown) else {
        return error;
    };
    let is_path = word == "-" || word.contains(['/', '\\', '.']) || Path::new(word).exists();
    let (what, command) = if Selector::parse(word).is_ok() && !Path::new(word).exists() {
        ("ask about rules", "explain")
    } else if is_first(word) && (is_path || is_of_check(word)) {
        ("check files", "check")
    } else {
        return error;
    };
    let advice = format!("to {what}, write 'autopilot-lint {command} {word}'");
    for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg] {
        error.remove(kind);
    }
    let advice = ContextValue::StyledStrs(vec![advice.into()]);
    error.insert(ContextKind::Suggested, advice);
    error
}

/// Whether a word stands where a command is expected, its value aside.
fn is_first(word: &str) -> bool {
    let first = std::env::args_os().nth(1).unwrap_or_default();
    let first = first.to_string_lossy();
    let rest = first.strip_prefix(word);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
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

/// The variables, for the long help of the command that they are for.
fn environment() -> String {
    let mut text = String::from("Environment (options take precedence):\n");
    for Variable { name, about, .. } in &VARIABLES {
        let _ = write!(text, "  {name}\n          {about}\n");
    }
    text
}

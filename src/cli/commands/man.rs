//! `man`.
//!
//! Commands and options come from their declarations; the sections on exit status, environment, files
//! and examples are written here.

use std::io;

use autopilot_lint::policy::config::{FILE_NAME, SCHEMA_FILE_NAME};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use roff::{Roff, bold, roman};

use super::command_error::CommandError;
use crate::cli::args::variables::VARIABLES;
use crate::cli::args::{Cli, EXIT_STATUS};
use crate::cli::exit::Exit;
use crate::cli::outputs::{ci, console};

/// Variables that are not ours alone, with what they do.
const COMMON_VARIABLES: [(&str, &str); 2] = [
    ("NO_COLOR", "Not empty: no colour unless --color always."),
    (
        "FORCE_COLOR, CLICOLOR_FORCE",
        "Not empty, 0 or false: colour, even if standard output is no terminal.",
    ),
];

/// What people do first.
const EXAMPLES: [(&str, &str); 6] = [
    (
        "autopilot-lint check payloads",
        "Check every payload in a folder.",
    ),
    (
        "autopilot-lint check --mode create --revision latest - < request.json",
        "Check a create request on standard input against the newest revision.",
    ),
    (
        "autopilot-lint check --ci --output-format sarif=report.sarif payloads",
        "Check in a CI system: annotations beside the code, and a report for code scanning.",
    ),
    (
        "autopilot-lint check --write-baseline known.json payloads",
        "Record what is found today; with --baseline known.json, only what is new is reported.",
    ),
    (
        "autopilot-lint explain wrong-type",
        "Say why a rule exists, with examples.",
    ),
    (
        "autopilot-lint schema --draft 7 > event.schema.json",
        "Write the JSON Schema of an event for an editor.",
    ),
];

pub(super) fn run() -> Result<Exit, CommandError> {
    let mut page = Vec::new();
    // A Vec takes everything.
    let _ = write_page(&mut page);
    console::print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Clean)
}

/// One page for the program and all its commands.
fn write_page(page: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Cli::command();
    command.build();
    let main = Man::new(command.clone());
    main.render_title(page)?;
    main.render_name_section(page)?;
    main.render_synopsis_section(page)?;
    main.render_description_section(page)?;
    for command in command
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        write_command(command, page)?;
    }
    section("EXIT STATUS", EXIT_STATUS).to_writer(page)?;
    section("ENVIRONMENT", environment()).to_writer(page)?;
    section("FILES", files()).to_writer(page)?;
    section("EXAMPLES", EXAMPLES).to_writer(page)?;
    main.render_version_section(page)
}

/// A command as a section, its own sections below it.
fn write_command(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let mut sections = Vec::new();
    let man = Man::new(command.clone());
    man.render_synopsis_section(&mut sections)?;
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let sections = String::from_utf8_lossy(&sections).replace(".SH ", ".SS ");
    let name = command.get_name().to_uppercase();
    page.extend_from_slice(format!(".SH {name}\n{sections}").as_bytes());
    Ok(())
}

/// A section of terms and what each means.
fn section<T: AsRef<str>>(title: &str, rows: impl IntoIterator<Item = (T, T)>) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [title]);
    for (term, meaning) in rows {
        section.control("TP", []);
        section.text([bold(term.as_ref())]);
        section.text([roman(meaning.as_ref())]);
    }
    section
}

fn environment() -> Vec<(String, String)> {
    let own = VARIABLES.iter().map(|one| (one.name, one.about));
    let all = own.chain(COMMON_VARIABLES);
    let mut rows: Vec<_> = all
        .map(|(name, about)| (name.to_owned(), about.to_owned()))
        .collect();
    let systems: Vec<_> = ci::variables().collect();
    rows.push((
        systems.join(", "),
        "Not empty, 0 or false: a CI system is detected. Identifying text is masked and no progress \
         bar is shown; --ci says what else."
            .to_owned(),
    ));
    rows
}

fn files() -> [(&'static str, &'static str); 3] {
    [
        (
            FILE_NAME,
            "The configuration: the nearest one above the checked files, within the repository. init \
             writes one with a comment on every key.",
        ),
        (
            SCHEMA_FILE_NAME,
            "Its JSON Schema, for editors; init writes it beside the configuration.",
        ),
        (
            ".gitignore",
            "Files and folders that a search leaves out, where it lies in the repository.",
        ),
    ]
}

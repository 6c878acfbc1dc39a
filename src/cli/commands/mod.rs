//! What each subcommand does: one file each.
//!
//! Owns the order of the stages and the status that an error means. Each command turns its arguments
//! into what the rooms below ask for; none of them reads, checks or draws anything itself.

mod check;
mod command_error;
mod completions;
mod derive;
mod explain;
mod files;
mod init;
mod man;
mod rules;
mod schema;

use crate::cli::args::{Cli, Command};
use crate::cli::exit::Exit;
use crate::cli::outputs::{console, interrupt};

/// Runs what the command line asks for.
pub(crate) fn run(cli: Cli) -> Exit {
    interrupt::prepare();
    let done = match cli.command {
        Command::Check(args) => check::run(*args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Derive(args) => derive::run(&args),
        Command::Init => init::run(),
        Command::Completions(args) => completions::run(&args),
        Command::Complete(args) => completions::complete(args),
        Command::Man => man::run(),
    };
    done.unwrap_or_else(|error| console::error(&error))
}

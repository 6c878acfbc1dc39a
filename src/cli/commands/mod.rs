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

use crate::cli::args::{Command, Request};
use crate::cli::exit::Exit;
use crate::cli::outputs::{console, interrupt};

/// Runs what the command line asks for.
pub(crate) fn run(request: Request) -> Exit {
    interrupt::prepare();
    let done = match request {
        Request::Completion(args) => completions::complete(args),
        Request::Command(Command::Check(args)) => check::run(*args),
        Request::Command(Command::Rules(args)) => rules::run(&args),
        Request::Command(Command::Explain(args)) => explain::run(&args),
        Request::Command(Command::Schema(args)) => schema::run(&args),
        Request::Command(Command::Derive(args)) => derive::run(args),
        Request::Command(Command::Init) => init::run(),
        Request::Command(Command::Completions(args)) => completions::run(&args),
        Request::Command(Command::Man) => man::run(),
    };
    done.unwrap_or_else(|error| console::error(&error))
}

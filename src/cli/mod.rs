//! The command line: what the binary adds to the library.
//!
//! Owns files, threads, streams, the clock and the environment. Knows nothing of JSON and rules.

pub(crate) mod args;
mod check;
mod derive;
pub(crate) mod exit;
mod input;
mod lines;
mod output;
mod run;
mod samples;
mod schema_file;
mod walk;

use args::{Cli, Command};
use exit::Exit;

/// Runs what the command line asks for.
pub(crate) fn run(cli: Cli) -> Exit {
    match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Derive(args) => derive::run(&args),
    }
}

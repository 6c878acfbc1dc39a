//! The command line: what the binary adds to the library.
//!
//! Owns files, threads, streams, the clock and the environment. Knows nothing of JSON and rules.

mod across;
pub(crate) mod args;
mod catalogue;
mod check;
mod ci;
mod config;
mod derive;
mod elements;
pub(crate) mod exit;
mod file_index;
mod generate;
mod governing;
mod inflate;
mod input;
mod known;
mod lines;
mod named;
mod ordered;
pub(crate) mod output;
mod places;
mod progress;
mod run;
mod samples;
mod schema_file;
mod spare;
mod summary;
mod task;
mod walk;

use args::{Cli, Command};
use exit::Exit;

/// Runs what the command line asks for.
pub(crate) fn run(cli: Cli) -> Exit {
    match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Rules(args) => catalogue::list(&args),
        Command::Explain(args) => catalogue::explain(&args),
        Command::Schema(args) => generate::schema(&args),
        Command::Derive(args) => derive::run(&args),
        Command::Init => generate::init(),
        Command::Completions(args) => generate::completions(&args),
        Command::Man => generate::man(),
    }
}

//! The `autopilot-lint` binary: wires the command line to the library.

mod cli;

use std::io::Write;
use std::process::ExitCode;

use autopilot_lint::report::sanitize;
use clap::Parser;
use cli::args::Cli;
use cli::exit::Exit;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => cli::run(cli).into(),
        Err(error) if !error.use_stderr() => {
            // Help and version: our own words.
            let _ = error.print();
            Exit::Clean.into()
        }
        Err(error) => {
            // Holds arguments, which may be file names chosen by others.
            for line in error.to_string().lines() {
                let _ = writeln!(std::io::stderr(), "{}", sanitize::text(line));
            }
            Exit::Fault.into()
        }
    }
}

/// The generator of the integration tests.
#[cfg(test)]
#[path = "../tests/common"]
#[allow(dead_code, reason = "a part of it is used here")]
mod common {
    pub(crate) mod document;
    pub(crate) mod event;
    pub(crate) mod faults;
    pub(crate) mod json;
    pub(crate) mod random;
}

//! The `autopilot-lint` binary: wires the command line to the library.
//!
//! Owns what a fault of ours looks like from outside: one line that is safe to print, and status 2.

mod cli;

use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

use cli::args;
use cli::commands;
use cli::exit::Exit;
use cli::outputs::{console, honour_force_color};

fn main() -> ExitCode {
    panic::set_hook(Box::new(tell));
    panic::catch_unwind(run).unwrap_or(Exit::Error).into()
}

fn run() -> Exit {
    honour_force_color();
    match args::parse() {
        Ok(request) => commands::run(request),
        // Help and version: our own words.
        Err(error) if !error.use_stderr() => console::flush_after(error.print())
            .map_or_else(|error| console::error(&error), |()| Exit::Clean),
        Err(error) => {
            // Holds arguments, which may be file names chosen by others.
            error.to_string().lines().for_each(console::note);
            Exit::Error
        }
    }
}

/// Says where a panic came from. A message that was composed is kept back: it may hold a piece of
/// what is checked.
fn tell(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or(String::new(), ToString::to_string);
    let message = panic.payload().downcast_ref::<&'static str>();
    let message = message.map_or(String::new(), |message| format!(": {message}"));
    console::note(&format!("internal error at {place}{message}"));
}

/// The generator of the integration tests.
#[cfg(test)]
#[path = "../tests/it/support"]
#[allow(dead_code, reason = "a part of it is used here")]
mod support {
    pub(crate) mod document;
    pub(crate) mod event;
    pub(crate) mod faults;
    pub(crate) mod json;
    pub(crate) mod random;
    pub(crate) mod style;
}

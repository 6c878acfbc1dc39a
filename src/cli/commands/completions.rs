//! `completions`.

use clap::CommandFactory;

use super::command_error::CommandError;
use crate::cli::args::{Cli, CompletionsArgs};
use crate::cli::exit::Exit;
use crate::cli::outputs::console;

pub(super) fn run(args: &CompletionsArgs) -> Result<Exit, CommandError> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut text);
    console::print(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Clean)
}

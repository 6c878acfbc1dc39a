//! `completions`, and the answer to what its scripts ask.
//!
//! The scripts of bash, zsh and fish ask the program, so that values in lists and after `=` are
//! completed too; the shell completes files itself. Those of PowerShell and Elvish list commands and
//! options: `clap_complete` writes them, as its scripts that ask hand what is typed to the shell as
//! code.

use clap::CommandFactory;
use clap_complete::Shell;
use clap_complete::engine;

use super::command_error::CommandError;
use crate::cli::args::{Cli, CompleteArgs, CompletionsArgs};
use crate::cli::exit::Exit;
use crate::cli::outputs::console;

pub(super) fn run(args: &CompletionsArgs) -> Result<Exit, CommandError> {
    let generated;
    console::print(match args.shell {
        Shell::Bash => include_str!("autopilot-lint.bash"),
        Shell::Zsh => include_str!("autopilot-lint.zsh"),
        Shell::Fish => include_str!("autopilot-lint.fish"),
        other => {
            generated = generate(other);
            &generated
        }
    })?;
    Ok(Exit::Clean)
}

fn generate(shell: Shell) -> String {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// Prints what the word with this index may become, a candidate a line, with what it means after a
/// tab; nothing where a file is meant.
pub(super) fn complete(args: CompleteArgs) -> Result<Exit, CommandError> {
    let CompleteArgs { index, mut words } = args;
    words.truncate(index + 1);
    // Some shells drop an empty word.
    words.resize(index + 1, "".into());
    let is_option = words[index].to_string_lossy().starts_with('-');
    let candidates = engine::complete(&mut Cli::command(), words, index, None);
    let mut text = String::new();
    for candidate in candidates.unwrap_or_default() {
        let value = candidate.get_value().to_string_lossy();
        // Options and values together would hide each other.
        if value.starts_with('-') != is_option {
            continue;
        }
        text.push_str(&value);
        if let Some(help) = candidate.get_help() {
            let help = help.to_string();
            text.push('\t');
            text.push_str(help.lines().next().unwrap_or_default());
        }
        text.push('\n');
    }
    console::print(&text)?;
    Ok(Exit::Clean)
}

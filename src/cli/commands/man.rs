//! `man`.

use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::command_error::CommandError;
use crate::cli::args::Cli;
use crate::cli::exit::Exit;
use crate::cli::outputs::console;

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
    main.render_extra_section(page)?;
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

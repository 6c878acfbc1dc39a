//! What the program writes about itself: schema, configuration to start from, completions, manual.

use std::io;
use std::path::Path;

use autopilot_lint::lint::{Linter, Options};
use autopilot_lint::model::schema::{SchemaOptions, to_json_schema};
use autopilot_lint::policy::config::{self, FILE_NAME};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Cli, CompletionsArgs, SchemaArgs};
use super::exit::Exit;
use super::output::{self, fault, note};

pub(crate) fn schema(args: &SchemaArgs) -> Exit {
    let options = Options {
        revision: args.revision.clone(),
        ..Options::default()
    };
    let linter = match Linter::new(&options) {
        Ok(linter) => linter,
        Err(unknown) => return fault(&unknown.to_string()),
    };
    let options = SchemaOptions {
        revision: linter.revision(),
        mode: args.mode,
    };
    let schema = to_json_schema(linter.model(), &options);
    output::print(&format!("{schema:#}\n"))
}

pub(crate) fn init() -> Exit {
    match output::create(Path::new(FILE_NAME), &config::commented()) {
        Ok(()) => {
            note(&format!("wrote {FILE_NAME}"));
            Exit::Clean
        }
        Err(reason) => fault(&format!("{FILE_NAME}: {reason}")),
    }
}

pub(crate) fn completions(args: &CompletionsArgs) -> Exit {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut text);
    output::print(&String::from_utf8_lossy(&text))
}

pub(crate) fn man() -> Exit {
    let mut page = Vec::new();
    // A Vec takes everything.
    let _ = write_page(&mut page);
    output::print(&String::from_utf8_lossy(&page))
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

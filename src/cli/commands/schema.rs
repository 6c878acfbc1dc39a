//! `schema`.

use autopilot_lint::lint::{Linter, Options};
use autopilot_lint::model::schema::{SchemaOptions, to_json_schema};
use autopilot_lint::model::table;
use autopilot_lint::policy::{baseline, config};
use autopilot_lint::report;

use super::command_error::CommandError;
use crate::cli::args::{SchemaArgs, SchemaOf};
use crate::cli::exit::Exit;
use crate::cli::outputs::console;

pub(super) fn run(args: &SchemaArgs) -> Result<Exit, CommandError> {
    let of_payloads = args.revision.is_some() || args.mode.is_some() || args.draft.is_some();
    if args.of != SchemaOf::Payload && of_payloads {
        return Err(CommandError::OptionOfPayloads);
    }
    match args.of {
        SchemaOf::Payload => print_payload_schema(args)?,
        SchemaOf::Report => console::print(report::SCHEMA)?,
        SchemaOf::Baseline => console::print(baseline::SCHEMA)?,
        SchemaOf::Configuration => {
            let revisions = table::autopilot_event().revisions;
            console::print_json(&config::json_schema(&revisions))?;
        }
    }
    Ok(Exit::Clean)
}

fn print_payload_schema(args: &SchemaArgs) -> Result<(), CommandError> {
    let mut options = Options::default();
    if let Some(revision) = &args.revision {
        options.revision.clone_from(revision);
    }
    let linter = Linter::new(&options)?;
    let options = SchemaOptions {
        revision: linter.revision(),
        mode: args.mode.unwrap_or_default(),
        draft: args.draft.unwrap_or_default(),
    };
    let schema = to_json_schema(linter.model(), &options);
    Ok(console::print_json(&schema)?)
}

//! `schema`.

use autopilot_lint::lint::{Linter, Options};
use autopilot_lint::model::schema::{SchemaOptions, to_json_schema};
use autopilot_lint::model::table;

use autopilot_lint::policy::config;

use super::command_error::CommandError;
use crate::cli::args::SchemaArgs;
use crate::cli::exit::Exit;
use crate::cli::outputs::console;

pub(super) fn run(args: &SchemaArgs) -> Result<Exit, CommandError> {
    if args.configuration {
        let model = table::autopilot_event();
        console::print_json(&config::json_schema(&model.revisions))?;
        return Ok(Exit::Clean);
    }
    let linter = Linter::new(&Options {
        revision: args.revision.clone(),
        ..Options::default()
    })?;
    let options = SchemaOptions {
        revision: linter.revision(),
        mode: args.mode,
        draft: args.draft,
    };
    let schema = to_json_schema(linter.model(), &options);
    console::print_json(&schema)?;
    Ok(Exit::Clean)
}

//! `explain`.

use autopilot_lint::docs;

use super::command_error::CommandError;
use crate::cli::args::ExplainArgs;
use crate::cli::exit::Exit;
use crate::cli::outputs::{StandardStream, console};

pub(super) fn run(args: &ExplainArgs) -> Result<Exit, CommandError> {
    let options = StandardStream::Output.render_options(args.color, None);
    console::print(&docs::explanation(args.rule, &options))?;
    Ok(Exit::Clean)
}

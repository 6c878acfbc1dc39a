//! `explain`.

use autopilot_lint::docs;
use autopilot_lint::policy::Selector;

use super::command_error::CommandError;
use crate::cli::args::ExplainArgs;
use crate::cli::exit::Exit;
use crate::cli::outputs::{StandardStream, console};

pub(super) fn run(args: &ExplainArgs) -> Result<Exit, CommandError> {
    let options = StandardStream::Output.render_options(args.color, None);
    let names: &[Selector] = if args.all {
        &[Selector::All]
    } else {
        &args.names
    };
    let mut parts = Vec::new();
    for name in names {
        if let Selector::Category(category) = name {
            parts.push(docs::category(*category, &options));
        }
        let rules = name.rules();
        parts.extend(rules.map(|rule| docs::explanation(rule, &options)));
    }
    console::print(&parts.join(&docs::separator(&options)))?;
    Ok(Exit::Clean)
}

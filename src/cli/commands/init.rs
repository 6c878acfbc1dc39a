//! `init`.

use std::path::Path;

use autopilot_lint::model::table;
use autopilot_lint::policy::config::{self, FILE_NAME, SCHEMA_FILE_NAME};

use super::command_error::CommandError;
use crate::cli::exit::Exit;
use crate::cli::outputs::{console, replace};

/// Writes the configuration, and beside it the schema that its first line names for editors, unless
/// there is one already.
pub(super) fn run() -> Result<Exit, CommandError> {
    replace::create(Path::new(FILE_NAME), &config::commented())?;
    console::note(&format!("wrote {FILE_NAME}"));
    let schema = Path::new(SCHEMA_FILE_NAME);
    if schema.symlink_metadata().is_err() {
        let revisions = table::autopilot_event().revisions;
        let text = format!("{:#}\n", config::json_schema(&revisions));
        replace::create(schema, &text)?;
        console::note(&format!(
            "wrote {SCHEMA_FILE_NAME}, by which editors know its keys"
        ));
    }
    Ok(Exit::Clean)
}

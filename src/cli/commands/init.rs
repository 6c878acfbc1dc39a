//! `init`.

use std::path::Path;

use autopilot_lint::policy::config::{self, FILE_NAME};

use super::command_error::CommandError;
use crate::cli::exit::Exit;
use crate::cli::outputs::{console, replace};

pub(super) fn run() -> Result<Exit, CommandError> {
    replace::create(Path::new(FILE_NAME), &config::commented())?;
    console::note(&format!("wrote {FILE_NAME}"));
    Ok(Exit::Clean)
}

//! `autopilot-lint derive`.

use std::path::Path;

use autopilot_lint::derive::{self, Derived, Options};
use autopilot_lint::model::schema::SchemaOptions;
use autopilot_lint::report::sanitize;
use serde_json::Value;

use super::args::DeriveArgs;
use super::exit::Exit;
use super::input;
use super::output::{self, note};

/// Largest page that is read, in bytes; real ones are under 1 MiB.
const MAX_PAGE: u64 = 16 << 20;

pub(crate) fn run(args: &DeriveArgs) -> Exit {
    let mut schemas = Vec::new();
    let mut exit = Exit::Clean;
    for page in &args.pages {
        match derive_page(page) {
            Ok(derived) => {
                report(&derived);
                schemas.push(derived.to_json_schema(&SchemaOptions::default()));
            }
            Err(message) => {
                note(&format!("error: {message}"));
                exit = Exit::Fault;
            }
        }
    }
    // One page gives a schema, several give an array of them.
    let document = match schemas.len() {
        0 => return exit,
        1 => schemas.remove(0),
        _ => Value::Array(schemas),
    };
    exit.max(output::print(&format!("{document:#}\n")))
}

fn derive_page(page: &Path) -> Result<Derived, String> {
    // Refused by name before derivation, so that the reason is the system's.
    input::open(page).map_err(|reason| format!("{}: {reason}", sanitize::display_path(page)))?;
    let name = page.to_string_lossy();
    derive::derive(&name, &|key| load(Path::new(key)), &Options::default())
        .map_err(|error| error.to_string())
}

fn load(path: &Path) -> Option<String> {
    let mut text = Vec::new();
    input::read_all(input::open(path).ok()?, MAX_PAGE, &mut text).ok()?;
    String::from_utf8(text).ok()
}

fn report(derived: &Derived) {
    for warning in &derived.warnings {
        note(&format!("warning: {warning}"));
    }
    for unresolved in &derived.unresolved {
        note(&format!("warning: {unresolved}"));
    }
}

//! `derive`.

mod samples;

use std::path::{Path, PathBuf};

use autopilot_lint::derive::{self, Derived, Options};
use autopilot_lint::diagnostic::Severity;
use autopilot_lint::model::schema::SchemaOptions;
use autopilot_lint::report::Report;
use serde_json::Value;

use super::command_error::CommandError;
use super::files::{door, spare};
use crate::cli::args::DeriveArgs;
use crate::cli::exit::Exit;
use crate::cli::inputs::{DerivedPage, expand, read_page, read_schema_or_page};
use crate::cli::outputs::{
    Destination, Output, StandardStream, TextReport, admit, choose_outputs, console, report,
};
use crate::cli::paths::Door;
use samples::CheckedPage;

pub(super) fn run(mut args: DeriveArgs) -> Result<Exit, CommandError> {
    args.pages = expand(args.pages);
    let args = &args;
    let options = Options {
        single_file: args.single_file,
        ..Options::default()
    };
    if let [old, new] = args.diff.as_slice() {
        diff([old, new], &args.output_format, options, &door()?)
    } else if args.check_samples {
        check_samples(args, options, &door()?)
    } else if args.output_format.is_empty() {
        print_schemas(&args.pages, options, &door()?)
    } else {
        Err(CommandError::FormatOfSchemas)
    }
}

/// Prints the schemas: one page gives a schema, several give an array of them.
fn print_schemas(pages: &[PathBuf], options: Options, door: &Door) -> Result<Exit, CommandError> {
    let mut schemas = Vec::new();
    let exit = for_each_page(pages, options, door, |_, page| {
        schemas.push(page.derived.to_json_schema(&SchemaOptions::default()));
        Ok(())
    });
    let document = match schemas.len() {
        0 => return Ok(exit),
        1 if pages.len() == 1 => schemas.remove(0),
        _ => Value::Array(schemas),
    };
    console::print_json(&document)?;
    Ok(exit)
}

fn check_samples(args: &DeriveArgs, options: Options, door: &Door) -> Result<Exit, CommandError> {
    let outputs = admit(
        choose_outputs(
            &args.output_format,
            None,
            TextReport::UnlessStandardOutputIsTaken,
        )?,
        door,
    )?;
    for page in &args.pages {
        spare(outputs.iter().filter_map(Output::target), page, door)?;
    }
    let frames = outputs.iter().any(|output| output.format.frames);
    let mut checked = Report::default();
    let derived = for_each_page(&args.pages, options, door, |path, page| {
        let CheckedPage { report, over_limit } = samples::check(path, page, frames)?;
        checked.files.push(report);
        checked.errors.extend(over_limit);
        Ok(())
    });
    let found = match checked.summary().found.errors {
        _ if !checked.errors.is_empty() => Exit::Error,
        0 => Exit::Clean,
        _ => Exit::Findings,
    };
    let options = StandardStream::Output.render_options(args.color, Some(Severity::Error));
    for output in &outputs {
        report::write(&checked, output, &options)?;
    }
    Ok(derived.max(found))
}

/// Hands each page that derives to `work`. Says what is doubtful in it, and why another one does not
/// derive.
fn for_each_page(
    pages: &[PathBuf],
    options: Options,
    door: &Door,
    mut work: impl FnMut(&Path, DerivedPage) -> Result<(), CommandError>,
) -> Exit {
    let mut exit = Exit::Clean;
    for path in pages {
        let done = read_page(path, options, door)
            .map_err(CommandError::from)
            .and_then(|page| {
                note_doubts(&page.derived);
                work(path, page)
            });
        if let Err(error) = done {
            exit = console::error(&error);
        }
    }
    exit
}

fn note_doubts(derived: &Derived) {
    for warning in &derived.warnings {
        console::note(&format!("warning: {warning}"));
    }
    for unresolved in &derived.unresolved {
        console::note(&format!("warning: {unresolved}"));
    }
}

/// Prints what changed, in words or as JSON.
fn diff(
    files: [&PathBuf; 2],
    outputs: &[Output],
    options: Options,
    door: &Door,
) -> Result<Exit, CommandError> {
    let json = match outputs {
        [] => false,
        [output] if is_json_on_stdout(output) => true,
        _ => return Err(CommandError::FormatOfDiff),
    };
    let [old, new] = files.map(|file| read_schema_or_page(file, options, door));
    let changes = derive::diff(&old?, &new?);
    if json {
        console::print_json(&changes)?;
    } else {
        let lines = changes.iter().map(|change| format!("{change}\n"));
        console::print(&lines.collect::<String>())?;
    }
    Ok(Exit::Clean)
}

fn is_json_on_stdout(output: &Output) -> bool {
    output.format.name == "json" && output.destination == Destination::StandardOutput
}

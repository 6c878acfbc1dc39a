//! `autopilot-lint derive`.

use std::path::{Path, PathBuf};

use autopilot_lint::derive::{self, Derived, Options};
use autopilot_lint::diagnostic::Severity;
use autopilot_lint::model::schema::SchemaOptions;
use autopilot_lint::report::Report;
use serde_json::Value;

use super::args::{DeriveArgs, Destination, OutputTo};
use super::exit::Exit;
use super::output::{self, Stream, fault, note};
use super::{check, samples, schema_file};

pub(crate) fn run(args: &DeriveArgs) -> Exit {
    let options = Options {
        single_file: args.single_file,
        ..Options::default()
    };
    let asked = if let [old, new] = args.diff.as_slice() {
        diff([old, new], &args.output_format, options)
    } else if args.check_samples {
        check_samples(args, options)
    } else if args.output_format.is_empty() {
        Ok(schemas(&args.pages, options))
    } else {
        Err("--output-format requires --check-samples or --diff".to_owned())
    };
    asked.unwrap_or_else(|message| fault(&message))
}

/// Prints the schemas: one page gives a schema, several give an array of them.
fn schemas(pages: &[PathBuf], options: Options) -> Exit {
    let mut schemas = Vec::new();
    let exit = each(pages, options, |_, _, derived| {
        schemas.push(derived.to_json_schema(&SchemaOptions::default()));
        Ok(())
    });
    let document = match schemas.len() {
        0 => return exit,
        1 if pages.len() == 1 => schemas.remove(0),
        _ => Value::Array(schemas),
    };
    exit.max(output::print(&format!("{document:#}\n")))
}

fn check_samples(args: &DeriveArgs, options: Options) -> Result<Exit, String> {
    let outputs = check::outputs(&args.output_format)?;
    let frames = outputs.iter().any(|to| to.format.frames);
    let mut report = Report::default();
    let derived = each(&args.pages, options, |path, markdown, derived| {
        let file = samples::check(path, markdown, derived, frames)?;
        report.files.push(file);
        Ok(())
    });
    let found = if report.summary().found.errors > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    };
    let rendering = output::render_options(Stream::Stdout, args.color, Some(Severity::Error));
    for to in &outputs {
        output::write(&report, to, &rendering)?;
    }
    Ok(derived.max(found))
}

/// Hands each page that derives to `each`; says what is doubtful in it and why another does not.
fn each(
    pages: &[PathBuf],
    options: Options,
    mut each: impl FnMut(&Path, &str, Derived) -> Result<(), String>,
) -> Exit {
    let mut exit = Exit::Clean;
    for page in pages {
        let done = schema_file::page(page, options).and_then(|(markdown, derived)| {
            doubts(&derived);
            each(page, &markdown, derived)
        });
        if let Err(message) = done {
            exit = fault(&message);
        }
    }
    exit
}

fn doubts(derived: &Derived) {
    for warning in &derived.warnings {
        note(&format!("warning: {warning}"));
    }
    for unresolved in &derived.unresolved {
        note(&format!("warning: {unresolved}"));
    }
}

/// Prints what changed, in words or as JSON.
fn diff(files: [&PathBuf; 2], outputs: &[OutputTo], options: Options) -> Result<Exit, String> {
    let json = match outputs {
        [] => false,
        [to] if to.format.name == "json" && to.to == Destination::StandardOutput => true,
        _ => return Err("--diff prints text, or JSON with --output-format json".to_owned()),
    };
    let [old, new] = files.map(|file| schema_file::schema_or_page(file, options));
    let changes = derive::diff(&old?, &new?);
    let text = if json {
        format!("{:#}\n", serde_json::json!(changes))
    } else {
        let lines = changes.iter().map(ToString::to_string);
        lines.flat_map(|line| [line, "\n".to_owned()]).collect()
    };
    Ok(output::print(&text))
}

//! Writes a report where it is to go.

use std::io::{self, IsTerminal, Write};

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::report::statistics::Statistics;
use autopilot_lint::report::{RenderOptions, Report};
use same_file::Handle;

use super::console;
use super::destination::{Destination, Output};
use super::replace::replace;
use super::terminal::{ColorChoice, StandardStream};
use super::write_error::WriteError;
use crate::cli::exit::Exit;
use crate::cli::paths::Target;

/// Writes a report in every format. One that cannot be written is said and keeps no other from being
/// written.
pub(crate) fn write_all(
    report: &Report,
    outputs: &[Output<Target>],
    choice: ColorChoice,
    fail_level: Option<Severity>,
) -> Exit {
    let options = StandardStream::Output.render_options(choice, fail_level);
    if !errors_would_show_twice(outputs) {
        for error in &report.errors {
            console::note(&format!("error: {}: {}", error.file, error.message));
        }
    }
    let written = outputs.iter().map(|output| write(report, output, &options));
    let errors = written.filter_map(Result::err);
    let exits = errors.map(|error| console::error(&error));
    exits.max().unwrap_or(Exit::Clean)
}

/// Writes a report in one format. `options` are those of standard output.
///
/// # Errors
/// When it cannot be written. A reader that has gone away is no error.
pub(crate) fn write(
    report: &Report,
    output: &Output<Target>,
    options: &RenderOptions,
) -> Result<(), WriteError> {
    let write = output.format.write;
    let plain = RenderOptions {
        fail_level: options.fail_level,
        ..RenderOptions::default()
    };
    match &output.destination {
        Destination::StandardOutput => {
            let mut out = io::BufWriter::with_capacity(64 << 10, io::stdout().lock());
            let written = write(report, options, &mut out);
            WriteError::of_stdout(written.and_then(|()| out.flush()))
        }
        Destination::StandardError => {
            let text = output.format.render(report, &plain);
            let written = io::stderr().write_all(text.as_bytes());
            written.map_err(|error| WriteError::StandardError(error.into()))
        }
        Destination::File(target) => replace(target, |out| write(report, &plain, out))
            .map_err(|error| WriteError::file(&target.name, error)),
    }
}

/// Writes tables of what was found to standard error, with totals where no summary follows.
pub(crate) fn write_statistics(report: &Report, choice: ColorChoice, totals: bool) {
    let mut text = Vec::new();
    let options = StandardStream::Error.render_options(choice, None);
    // A Vec takes everything, and nobody reading this must not change the outcome.
    let statistics = Statistics::new(report);
    let _ = statistics.write_tables(&options, &mut text);
    if totals {
        let _ = statistics.write_totals(&mut text);
    }
    let _ = io::stderr().write_all(&text);
}

/// Whether a report itself tells of errors where notes on them would appear.
fn errors_would_show_twice(outputs: &[Output<Target>]) -> bool {
    outputs.iter().any(|output| match output.destination {
        Destination::StandardOutput => output.format.for_people && streams_meet(),
        // Annotations tell of what could not be read.
        Destination::StandardError => true,
        Destination::File(_) => false,
    })
}

/// Whether standard output and standard error go to the same place.
fn streams_meet() -> bool {
    let same = || Some(Handle::stdout().ok()? == Handle::stderr().ok()?);
    // The consoles of some systems have no number that tells them apart.
    same().unwrap_or_else(|| io::stdout().is_terminal() && io::stderr().is_terminal())
}

//! Where reports go: standard output, or files that appear whole or not at all.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use autopilot_lint::report::{RenderOptions, Report, sanitize};
use autopilot_lint::rules::Severity;
use supports_color::Stream;

use super::args::{ColorChoice, OutputTo};
use super::input::describe;

/// How standard output is to be drawn on.
pub(crate) fn render_options(choice: ColorChoice, fail_level: Option<Severity>) -> RenderOptions {
    let terminal = io::stdout().is_terminal();
    let color = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => supports_color::on(Stream::Stdout).is_some(),
    };
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    RenderOptions {
        color,
        unicode: supports_unicode::on(supports_unicode::Stream::Stdout),
        hyperlinks: terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        width: width.filter(|_| terminal).unwrap_or(80),
        fail_level,
    }
}

/// Prints a report where it is to go.
///
/// # Errors
/// A sentence that says what could not be written. A reader that has gone away is none.
pub(crate) fn write(report: &Report, to: &OutputTo, options: &RenderOptions) -> Result<(), String> {
    match &to.file {
        Some(file) => write_file(report, to, file, options.fail_level)
            .map_err(|error| format!("{}: {}", sanitize::display_path(file), describe(&error))),
        None => match write_stdout(report, to, options) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(format!("standard output: {}", describe(&error)))
            }
            _ => Ok(()),
        },
    }
}

fn write_stdout(report: &Report, to: &OutputTo, options: &RenderOptions) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(64 << 10, io::stdout().lock());
    (to.format.write)(report, options, &mut out)?;
    out.flush()
}

/// Writes beside the target and renames, so that no reader ever sees half a report.
fn write_file(
    report: &Report,
    to: &OutputTo,
    file: &Path,
    fail_level: Option<Severity>,
) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut temporary = tempfile::Builder::new()
        .prefix(".autopilot-lint-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))?;
    let mut out = io::BufWriter::new(temporary.as_file_mut());
    let options = RenderOptions {
        fail_level,
        ..RenderOptions::default()
    };
    (to.format.write)(report, &options, &mut out)?;
    out.flush()?;
    drop(out);
    temporary.persist(file)?;
    Ok(())
}

/// A line for people, beside the report. That it cannot be written must not change the outcome.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", sanitize::text(text));
}

//! Where reports go: standard output, or files that appear whole or not at all.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::report::statistics::Statistics;
use autopilot_lint::report::{RenderOptions, Report};
use autopilot_lint::text::sanitize;
use tempfile::NamedTempFile;

use super::args::{ColorChoice, Destination, OutputTo};
use super::exit::Exit;
use super::input::describe;

/// A stream of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Stdout,
    Stderr,
}

/// How a stream is to be drawn on.
pub(crate) fn render_options(
    stream: Stream,
    choice: ColorChoice,
    fail_level: Option<Severity>,
) -> RenderOptions {
    let (terminal, color, unicode, hyperlinks) = match stream {
        Stream::Stdout => (
            io::stdout().is_terminal(),
            supports_color::Stream::Stdout,
            supports_unicode::Stream::Stdout,
            supports_hyperlinks::Stream::Stdout,
        ),
        Stream::Stderr => (
            io::stderr().is_terminal(),
            supports_color::Stream::Stderr,
            supports_unicode::Stream::Stderr,
            supports_hyperlinks::Stream::Stderr,
        ),
    };
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    RenderOptions {
        color: match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => supports_color::on(color).is_some(),
        },
        unicode: supports_unicode::on(unicode),
        hyperlinks: terminal && supports_hyperlinks::on(hyperlinks),
        width: width.filter(|_| terminal).unwrap_or(80),
        fail_level,
    }
}

/// Prints a report where it is to go.
///
/// # Errors
/// A sentence that says what could not be written. A reader that has gone away is none.
pub(crate) fn write(report: &Report, to: &OutputTo, options: &RenderOptions) -> Result<(), String> {
    match &to.to {
        Destination::File(file) => write_file(report, to, file, options.fail_level)
            .map_err(|error| format!("{}: {}", sanitize::display_path(file), describe(&error))),
        Destination::StandardOutput => unless_gone(write_stdout(report, to, options)),
        Destination::StandardError => {
            let options = plain(options.fail_level);
            let text = to.format.render(report, &options);
            let written = io::stderr().write_all(text.as_bytes());
            written.map_err(|error| format!("standard error: {}", describe(&error)))
        }
    }
}

/// Whether a report that tells people of errors is printed where the notes on them would be.
pub(crate) fn are_one_screen(outputs: &[OutputTo]) -> bool {
    let printed = |to: &OutputTo| to.to == Destination::StandardOutput && to.format.for_people;
    outputs.iter().any(printed) && io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// Prints tables of what was found beside the report.
pub(crate) fn write_statistics(report: &Report, choice: ColorChoice) {
    let mut text = Vec::new();
    let options = render_options(Stream::Stderr, choice, None);
    // A Vec takes everything; that people cannot be told must not change the outcome.
    let _ = Statistics::new(report).write(&options, &mut text);
    let _ = io::stderr().write_all(&text);
}

/// What a file takes.
fn plain(fail_level: Option<Severity>) -> RenderOptions {
    RenderOptions {
        fail_level,
        ..RenderOptions::default()
    }
}

fn write_stdout(report: &Report, to: &OutputTo, options: &RenderOptions) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(64 << 10, io::stdout().lock());
    (to.format.write)(report, options, &mut out)?;
    out.flush()
}

/// Writes a report to a file.
fn write_file(
    report: &Report,
    to: &OutputTo,
    file: &Path,
    fail_level: Option<Severity>,
) -> io::Result<()> {
    let options = plain(fail_level);
    replace(file, |out| (to.format.write)(report, &options, out))
}

/// Writes beside a file and renames, so that no reader ever sees half of it. A link stays one, and
/// a file keeps its permissions.
pub(crate) fn replace(
    file: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    if fs::metadata(&file).is_ok_and(|file| !file.is_file()) {
        // A device or a pipe is written to: what it stands for is not to be replaced.
        let mut out = io::BufWriter::new(fs::File::options().write(true).open(&file)?);
        write(&mut out)?;
        return out.flush();
    }
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let permissions = fs::metadata(&file).ok().map(|file| file.permissions());
    let temporary = temporary(folder)?;
    let mut out = io::BufWriter::new(temporary.as_file());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(permissions) = permissions {
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.persist(file)?;
    Ok(())
}

/// A file in `folder`, the current one by default, that goes away unless it is given its name.
fn temporary(folder: Option<&Path>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    make_public(&mut builder);
    let builder = builder.prefix(".autopilot-lint-");
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}

/// What the system makes a new file with, where a temporary file is more private by default; the
/// user's mask applies.
#[cfg(unix)]
fn make_public(builder: &mut tempfile::Builder<'_, '_>) {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
}

#[cfg(not(unix))]
fn make_public(_: &mut tempfile::Builder<'_, '_>) {}

/// Makes a file that is not there yet.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn create(file: &Path, text: &str) -> Result<(), String> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let created = temporary(folder).and_then(|mut temporary| {
        temporary.write_all(text.as_bytes())?;
        Ok(temporary.persist_noclobber(file)?)
    });
    match created {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err("already exists; left unchanged".to_owned())
        }
        created => created.map(drop).map_err(|error| describe(&error)),
    }
}

/// Prints a text to standard output. A reader that has gone away is no fault.
pub(crate) fn print(text: &str) -> Exit {
    printed(io::stdout().lock().write_all(text.as_bytes()))
}

/// How it ended to print something to standard output: what is in its buffer counts.
pub(crate) fn printed(written: io::Result<()>) -> Exit {
    let written = written.and_then(|()| io::stdout().flush());
    unless_gone(written).map_or_else(|message| fault(&message), |()| Exit::Clean)
}

fn unless_gone(written: io::Result<()>) -> Result<(), String> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {}", describe(&error)))
        }
        _ => Ok(()),
    }
}

/// Says in lines that are safe to print what went wrong.
pub(crate) fn fault(message: &str) -> Exit {
    let mut head = "error: ";
    for line in message.lines() {
        note(&format!("{head}{line}"));
        head = "";
    }
    Exit::Fault
}

/// A line for people, beside the report. That it cannot be written must not change the outcome.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", sanitize::text(text));
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::FileTypeExt;

    use super::*;

    #[test]
    fn what_is_no_file_is_written_to_and_stays_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe)
        });
        replace(&pipe, |out| out.write_all(b"report")).expect("written");
        let kind = fs::metadata(&pipe).expect("still there").file_type();
        assert!(kind.is_fifo());
        let read = reader.join().expect("the reader ends");
        assert_eq!(read.expect("read"), "report");
    }
}

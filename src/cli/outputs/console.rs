//! What is said in the terminal beside the report.
//!
//! Owns that every line is safe to print. Failing to write a note must not change the outcome.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, Write};

use autopilot_lint::text::sanitize;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use super::write_error::WriteError;
use crate::cli::exit::Exit;

/// Prints a text to standard output, as it is.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn print(text: &str) -> Result<(), WriteError> {
    flush_after(io::stdout().lock().write_all(text.as_bytes()))
}

/// Prints what `write` writes to standard output, as it is.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn print_with(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    flush_after(write(&mut io::stdout().lock()))
}

/// Prints what a file holds to standard output: as it is, unless that is a terminal.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn print_file(mut file: &File) -> Result<(), WriteError> {
    let mut out = io::stdout().lock();
    let copied = file.rewind().and_then(|()| {
        if !out.is_terminal() {
            return io::copy(&mut file, &mut out).map(drop);
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        for line in String::from_utf8_lossy(&text).split_inclusive('\n') {
            let (line, end) = line
                .strip_suffix('\n')
                .map_or((line, ""), |line| (line, "\n"));
            write!(out, "{}{end}", sanitize::text(line))?;
        }
        Ok(())
    });
    flush_after(copied)
}

/// Prints a JSON document to standard output, escaped where its text would act or hide.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn print_json(document: &impl Serialize) -> Result<(), WriteError> {
    let mut text = Vec::new();
    let written = document
        .serialize(&mut sanitize::json(&mut text, PrettyFormatter::new()))
        .map_err(io::Error::from);
    text.push(b'\n');
    flush_after(written.and_then(|()| io::stdout().lock().write_all(&text)))
}

/// Flushes standard output: what is still in its buffer counts as written.
///
/// # Errors
/// When that or the write before failed.
pub(crate) fn flush_after(written: io::Result<()>) -> Result<(), WriteError> {
    WriteError::of_stdout(written.and_then(|()| io::stdout().flush()))
}

/// Prints what went wrong, and gives the status that this means.
pub(crate) fn error(error: &impl Display) -> Exit {
    let mut head = "error: ";
    for line in error.to_string().lines() {
        note(&format!("{head}{line}"));
        head = "";
    }
    Exit::Error
}

/// Prints a line for people to standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", sanitize::text(text));
}

//! Which formats a run writes, and where each goes.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use autopilot_lint::report::{self, Format};

/// A format and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) format: &'static Format,
    pub(crate) destination: Destination,
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    StandardOutput,
    StandardError,
    File(PathBuf),
}

/// Why outputs cannot be what is asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutputError {
    #[error("a file name must follow `=`")]
    NoFile,
    #[error("unknown format; expected one of {}", format_names())]
    UnknownFormat,
    #[error("only one format can go to standard output; send the others to files with NAME=FILE")]
    SeveralToStandardOutput,
}

impl Output {
    /// Reads `NAME` or `NAME=FILE`.
    ///
    /// # Errors
    /// When there is no such format, or nothing after `=`.
    pub(crate) fn parse(text: &str) -> Result<Self, OutputError> {
        let (name, destination) = match text.split_once('=') {
            None => (text, Destination::StandardOutput),
            Some((_, "")) => return Err(OutputError::NoFile),
            Some((name, file)) => (name, Destination::File(PathBuf::from(file))),
        };
        let format = report::format(name).ok_or(OutputError::UnknownFormat)?;
        Ok(Self {
            format,
            destination,
        })
    }

    /// The file that it goes to, if it does.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.destination {
            Destination::File(file) => Some(file),
            Destination::StandardOutput | Destination::StandardError => None,
        }
    }

    /// A registered format.
    pub(super) fn named(format: &str, destination: Destination) -> Self {
        Self {
            format: report::format(format).expect("a registered format"),
            destination,
        }
    }
}

/// The names of all formats, for people.
pub(crate) fn format_names() -> String {
    let names: Vec<_> = report::FORMATS.iter().map(|format| format.name).collect();
    names.join(", ")
}

/// The outputs of a run: those that are asked for, or else the default.
///
/// # Errors
/// When more than one is to go to standard output.
pub(crate) fn choose_outputs(asked: &[Output]) -> Result<Vec<Output>, OutputError> {
    let to_stdout = |output: &&Output| output.destination == Destination::StandardOutput;
    if asked.iter().filter(to_stdout).count() > 1 {
        return Err(OutputError::SeveralToStandardOutput);
    }
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let terminal = io::stdout().is_terminal();
    let format = if terminal { "full" } else { "concise" };
    Ok(vec![Output::named(format, Destination::StandardOutput)])
}

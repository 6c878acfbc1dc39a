//! Which formats a run writes, and where each goes.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use autopilot_lint::report::{self, Format};

use crate::cli::paths::{Door, Target, TargetRefusal};

/// A format and where it goes: as it is asked for, or to a [`Target`] once a door has let it through.
#[derive(Debug, Clone)]
pub(crate) struct Output<F = AskedFile> {
    pub(crate) format: &'static Format,
    pub(crate) destination: Destination<F>,
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination<F = AskedFile> {
    StandardOutput,
    StandardError,
    File(F),
}

/// A file that a report is to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AskedFile {
    /// Somebody named it.
    Named(PathBuf),
    /// The one that a CI system reads.
    Implied(&'static str),
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
    #[error("standard output gets the diff; send formats to files with NAME=FILE")]
    DiffToStandardOutput,
}

impl Output {
    /// Reads `NAME` or `NAME=FILE`, where `-` is standard output.
    ///
    /// # Errors
    /// When there is no such format, or nothing after `=`.
    pub(crate) fn parse(text: &str) -> Result<Self, OutputError> {
        let (name, destination) = match text.split_once('=') {
            None => (text, Destination::StandardOutput),
            Some((_, "")) => return Err(OutputError::NoFile),
            Some((name, "-")) => (name, Destination::StandardOutput),
            Some((name, file)) => (
                name,
                Destination::File(AskedFile::Named(PathBuf::from(file))),
            ),
        };
        let format = report::format(name).ok_or(OutputError::UnknownFormat)?;
        Ok(Self {
            format,
            destination,
        })
    }

    /// A registered format.
    pub(super) fn named(format: &str, destination: Destination) -> Self {
        Self {
            format: report::format(format).expect("a registered format"),
            destination,
        }
    }
}

impl Output<Target> {
    /// The file that it goes to, if it does.
    pub(crate) fn target(&self) -> Option<&Target> {
        match &self.destination {
            Destination::File(target) => Some(target),
            Destination::StandardOutput | Destination::StandardError => None,
        }
    }
}

/// Outputs that may be written, each to a file of its own.
///
/// # Errors
/// When a link leads out of the repository, or two of them are to go to one file.
pub(crate) fn admit(asked: Vec<Output>, door: &Door) -> Result<Vec<Output<Target>>, TargetRefusal> {
    let mut admitted: Vec<Output<Target>> = Vec::new();
    for Output {
        format,
        destination,
    } in asked
    {
        let destination = match destination {
            Destination::StandardOutput => Destination::StandardOutput,
            Destination::StandardError => Destination::StandardError,
            Destination::File(AskedFile::Named(path)) => Destination::File(door.target(&path)?),
            Destination::File(AskedFile::Implied(name)) => {
                Destination::File(door.unnamed_target(Path::new(name))?)
            }
        };
        if let Destination::File(target) = &destination {
            for other in admitted.iter().filter_map(Output::target) {
                target.differs_from(other)?;
            }
        }
        admitted.push(Output {
            format,
            destination,
        });
    }
    Ok(admitted)
}

/// The names of all formats, for people.
pub(crate) fn format_names() -> String {
    let names: Vec<_> = report::FORMATS.iter().map(|format| format.name).collect();
    names.join(", ")
}

/// When a report in text goes to standard output, though nobody named its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextReport {
    /// Files are additional.
    UnlessStandardOutputIsTaken,
    /// Files are enough.
    UnlessAnythingIsAsked,
    /// Standard output gets a diff.
    Never,
    /// Standard output gets the fixed text, and standard error what would go there.
    ToStandardError,
}

/// The outputs of a run: those that are asked for and, beside them, a report in the preferred format
/// or in text.
///
/// # Errors
/// When more than one is to go to standard output.
pub(crate) fn choose_outputs(
    asked: &[Output],
    preferred: Option<&'static Format>,
    text: TextReport,
) -> Result<Vec<Output>, OutputError> {
    let to_stdout = |output: &&Output| output.destination == Destination::StandardOutput;
    let to_stdout = asked.iter().filter(to_stdout).count();
    if to_stdout > 1 {
        return Err(OutputError::SeveralToStandardOutput);
    }
    let enough = match text {
        TextReport::Never if to_stdout > 0 => return Err(OutputError::DiffToStandardOutput),
        TextReport::Never => true,
        TextReport::UnlessStandardOutputIsTaken | TextReport::ToStandardError => to_stdout > 0,
        TextReport::UnlessAnythingIsAsked => !asked.is_empty(),
    };
    let mut outputs = asked.to_vec();
    let to_stderr = text == TextReport::ToStandardError;
    if !enough {
        let report = preferred.map_or_else(
            || text_report(to_stderr),
            |format| Output {
                format,
                destination: Destination::StandardOutput,
            },
        );
        outputs.insert(0, report);
    }
    for output in outputs.iter_mut().filter(|_| to_stderr) {
        if output.destination == Destination::StandardOutput {
            output.destination = Destination::StandardError;
        }
    }
    Ok(outputs)
}

fn text_report(to_stderr: bool) -> Output {
    let terminal = if to_stderr {
        io::stderr().is_terminal()
    } else {
        io::stdout().is_terminal()
    };
    let format = if terminal { "full" } else { "concise" };
    Output::named(format, Destination::StandardOutput)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_is_standard_output_and_no_file() {
        for (text, expected) in [
            ("json", Destination::StandardOutput),
            ("json=-", Destination::StandardOutput),
            (
                "json=./-",
                Destination::File(AskedFile::Named(PathBuf::from("./-"))),
            ),
        ] {
            let output = Output::parse(text).expect(text);
            assert_eq!(output.destination, expected, "{text}");
        }
    }
}

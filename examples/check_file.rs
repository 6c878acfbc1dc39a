//! Checks a file and prints its findings.
//!
//! ```sh
//! cargo run --example check_file -- examples/data/event.json
//! ```
//!
//! Exits with 0 if the payloads are fine, 1 if there are errors, and 2 if the file cannot be read.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use autopilot_lint::{Format, Linter, RenderOptions, Report};

fn main() -> ExitCode {
    let Some(file) = env::args_os().nth(1) else {
        eprintln!("usage: check_file FILE");
        return ExitCode::from(2);
    };
    let stdout = io::stdout();
    let options = RenderOptions::default().color(stdout.is_terminal());
    match check_file(Path::new(&file), stdout, &options) {
        Ok(report) if report.fails() => ExitCode::FAILURE,
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            ExitCode::from(2)
        }
    }
}

/// Checks a file and prints its findings to `out`, with the source around each.
pub(crate) fn check_file(
    file: &Path,
    out: impl Write,
    options: &RenderOptions,
) -> io::Result<Report> {
    let bytes = fs::read(file)?;
    let linter = Linter::builder().now(std::time::SystemTime::now()).build();
    let report = linter.map_err(io::Error::other)?.check(file, bytes);
    report.write_to(out, Format::FULL, options)?;
    Ok(report)
}

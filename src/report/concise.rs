//! The `concise` format: one line per finding, in the form that compilers and editors know.

use std::io::{self, Write};

use super::line::in_one_line;
use super::palette::Palette;
use super::{RenderOptions, Report, count, sanitize};
use crate::diagnostic::{Located, Severity};

/// Writes the report.
pub(super) fn write(
    report: &Report,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let palette = Palette::new(options);
    for file in report.files.iter().filter(|file| file.says_something()) {
        let path = sanitize::path(&file.path);
        for located in &file.diagnostics {
            writeln!(out, "{}", line(&path, located, &palette))?;
        }
        if file.not_shown.total() > 0 {
            let more = count(file.not_shown.total(), "more finding");
            writeln!(out, "{}: {more} not shown", palette.place.style(path))?;
        }
    }
    for error in &report.errors {
        let path = palette.place.style(sanitize::path(&error.file));
        let head = palette.severity(Severity::Error).style("error");
        writeln!(out, "{path}: {head}: {}", sanitize::text(&error.message))?;
    }
    Ok(())
}

/// The line of a finding, without colours. `path` is safe to print.
pub(crate) fn line_of(path: &str, located: &Located) -> String {
    line(path, located, &Palette::PLAIN)
}

fn line(path: &str, located: &Located, palette: &Palette) -> String {
    let start = located.range.start;
    let diagnostic = &located.diagnostic;
    let place = format!("{path}:{}:{}", start.line, start.column);
    let rule = format!("{}[{}]", diagnostic.severity, diagnostic.rule.name);
    format!(
        "{}: {} {}",
        palette.place.style(place),
        palette.severity(diagnostic.severity).style(rule),
        in_one_line(diagnostic, palette)
    )
}

//! The `grouped` format: the findings of each file below its name.

use std::io::{self, Write};

use super::line::{fixable, in_one_line};
use super::palette::Palette;
use super::{FileReport, RenderOptions, Report, count, sanitize};
use crate::diagnostic::Severity;

/// Writes the report.
pub(super) fn write(
    report: &Report,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let palette = Palette::new(options);
    for file in report.files.iter().filter(|file| file.says_something()) {
        write_file(file, &palette, out)?;
    }
    for error in &report.errors {
        let path = palette.message.style(sanitize::path(&error.file));
        let head = palette.severity(Severity::Error).style("error");
        let message = sanitize::text(&error.message);
        writeln!(out, "{path}\n  {head}  {message}\n")?;
    }
    Ok(())
}

fn write_file(file: &FileReport, palette: &Palette, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", palette.message.style(sanitize::path(&file.path)))?;
    let places: Vec<String> = file
        .diagnostics
        .iter()
        .map(|located| {
            format!(
                "{}:{}",
                located.range.start.line, located.range.start.column
            )
        })
        .collect();
    let width = places.iter().map(String::len).max().unwrap_or(0);
    for (place, located) in places.iter().zip(&file.diagnostics) {
        let diagnostic = &located.diagnostic;
        let fixable = fixable(diagnostic).map(|words| format!(" ({words})"));
        let name = diagnostic.rule.name.to_owned() + &fixable.unwrap_or_default();
        writeln!(
            out,
            "  {place:>width$}  {}{:pad$}  {}  {}",
            palette
                .severity(diagnostic.severity)
                .style(diagnostic.severity),
            "",
            in_one_line(diagnostic, palette),
            palette.faint.style(name),
            pad = "warning".len() - diagnostic.severity.name().len(),
        )?;
    }
    if file.not_shown.total() > 0 {
        writeln!(
            out,
            "  {} not shown",
            count(file.not_shown.total(), "more finding")
        )?;
    }
    writeln!(out)
}

//! The `azure` format: logging commands that Azure Pipelines shows as issues of the run.

use std::io::{self, Write};

use super::line::{fix_note, in_one_line};
use super::palette::Palette;
use super::{Finding, RenderOptions, Report, Unchecked, sanitize};
use crate::diagnostic::Severity;

/// Writes the report: what could not be checked, then findings, errors first.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    for unchecked in report.unchecked() {
        writeln!(out, "{}", not_checked(&unchecked))?;
    }
    for finding in report.worst_first() {
        writeln!(out, "{}", command(&finding))?;
    }
    Ok(())
}

fn command(finding: &Finding<'_>) -> String {
    let diagnostic = &finding.located.diagnostic;
    let start = finding.located.range.start;
    // There are but two types.
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning | Severity::Info => "warning",
    };
    let mut text = in_one_line(diagnostic, &Palette::PLAIN);
    text.extend(fix_note(diagnostic).map(|note| format!("; {note}")));
    format!(
        "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
        property(&finding.file.name_from_root()),
        start.line,
        start.column,
        property(diagnostic.rule.name),
        data(&text)
    )
}

fn not_checked(unchecked: &Unchecked<'_>) -> String {
    format!(
        "##vso[task.logissue type=error;sourcepath={};code={};]{}",
        property(&unchecked.name_from_root()),
        Unchecked::NAME,
        data(&sanitize::text(&unchecked.message()))
    )
}

/// The text of a command, from one that is safe to print: the agent undoes `%AZP25`.
fn data(safe: &str) -> String {
    safe.replace('%', "%AZP25")
}

/// The value of a property: the agent undoes `%3B` and `%5D` as well.
fn property(raw: &str) -> String {
    sanitize::text_with(raw, |c| match c {
        '%' => Some("%AZP25"),
        '\r' => Some("%0D"),
        '\n' => Some("%0A"),
        ';' => Some("%3B"),
        ']' => Some("%5D"),
        _ => None,
    })
}

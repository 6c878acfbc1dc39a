//! The `azure` format: logging commands that Azure Pipelines shows as issues of the run.

use std::io::{self, Write};

use super::{Finding, RenderOptions, Report, sanitize};
use crate::diagnostic::Severity;

/// Writes the report, errors first.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
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
    format!(
        "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
        property(&finding.file.name_from_root()),
        start.line,
        start.column,
        property(diagnostic.rule.name),
        data(&diagnostic.message)
    )
}

/// The text of a command: the agent undoes `%AZP25`, `%0D` and `%0A`.
fn data(raw: &str) -> String {
    sanitize::text(raw).replace('%', "%AZP25")
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

//! The `azure` format: logging commands that Azure Pipelines shows as issues of the run.

use std::io::{self, Write};

use super::{Finding, RenderOptions, Report, relative, sanitize};
use crate::rules::Severity;

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
        property(relative(&finding.file.path)),
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
    let mut value = String::with_capacity(raw.len());
    let mut sanitizer = sanitize::Sanitizer::default();
    for c in raw.chars() {
        match c {
            '%' => value.push_str("%AZP25"),
            '\r' => value.push_str("%0D"),
            '\n' => value.push_str("%0A"),
            ';' => value.push_str("%3B"),
            ']' => value.push_str("%5D"),
            c => sanitizer.next(c).push_to(&mut value),
        }
    }
    value
}

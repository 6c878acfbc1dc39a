//! The `concise` format: `path:line:column: severity[rule] message`, a line a finding.

use std::io::{self, Write};

use super::{RenderOptions, Report, count, sanitize};
use crate::diagnostic::Located;

/// Writes the report.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    for file in report.files.iter().filter(|file| file.says_something()) {
        let path = sanitize::path(&file.path);
        for located in &file.diagnostics {
            writeln!(out, "{path}:{}", after_path(located))?;
        }
        if file.not_shown.total() > 0 {
            let more = count(file.not_shown.total(), "more finding");
            writeln!(out, "{path}: {more} not shown")?;
        }
    }
    for error in &report.errors {
        let path = sanitize::path(&error.file);
        writeln!(out, "{path}: error: {}", sanitize::text(&error.message))?;
    }
    Ok(())
}

/// What the line of a finding says after the path.
pub(crate) fn after_path(located: &Located) -> String {
    let start = located.range.start;
    let diagnostic = &located.diagnostic;
    format!(
        "{}:{}: {}[{}] {}",
        start.line,
        start.column,
        diagnostic.severity,
        diagnostic.rule.name,
        sanitize::text(&diagnostic.message)
    )
}

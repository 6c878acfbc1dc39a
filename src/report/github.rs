//! The `github` format: workflow commands that GitHub Actions shows as annotations.

use std::io::{self, Write};

use super::line::fix_note;
use super::{Finding, RenderOptions, Report, Unchecked, count, sanitize};
use crate::diagnostic::Severity;

/// Annotations of one severity that a step may make; the rest is in its log only.
const SHOWN: usize = 10;

/// Writes the report: what could not be checked, then findings, errors first.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    for unchecked in report.unchecked() {
        writeln!(out, "{}", not_checked(&unchecked))?;
    }
    for finding in report.worst_first() {
        writeln!(out, "{}", command(&finding))?;
    }
    let found = report.summary().found;
    let errors = found.errors + report.errors.len();
    let hidden = [errors, found.warnings, found.infos].map(|number| number.saturating_sub(SHOWN));
    if hidden.iter().sum::<usize>() > 0 {
        let [errors, warnings, infos] = [
            (hidden[0], "error"),
            (hidden[1], "warning"),
            (hidden[2], "info"),
        ]
        .map(|(number, noun)| count(number, noun));
        writeln!(
            out,
            "Not annotated (GitHub shows {SHOWN} per severity): {errors}, {warnings}, {infos}."
        )?;
    }
    Ok(())
}

fn command(finding: &Finding<'_>) -> String {
    let diagnostic = &finding.located.diagnostic;
    let (start, end) = (finding.located.range.start, finding.located.range.end);
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = property(&finding.file.name_from_root());
    // Columns across lines are refused.
    let end = if start.line == end.line {
        format!("col={},endColumn={}", start.column, end.column)
    } else {
        format!("endLine={}", end.line)
    };
    let help = diagnostic
        .help
        .as_ref()
        .map(|help| format!("%0Ahelp: {}", data(help)));
    // Safe to print already.
    let fix = fix_note(diagnostic).map(|note| format!("%0A{}", note.replace('%', "%25")));
    format!(
        "::{level} file={file},line={},{end},title={}::{}{}{}",
        start.line,
        property(diagnostic.rule.name),
        data(&diagnostic.message),
        help.unwrap_or_default(),
        fix.unwrap_or_default()
    )
}

fn not_checked(unchecked: &Unchecked<'_>) -> String {
    format!(
        "::error file={},title={}::{}",
        property(&unchecked.name_from_root()),
        Unchecked::NAME,
        data(&unchecked.message())
    )
}

/// The text of a command: the runner undoes `%25`, `%0D` and `%0A`.
fn data(raw: &str) -> String {
    sanitize::text(raw).replace('%', "%25")
}

/// The value of a property: the runner undoes `%3A` and `%2C` as well, so that a name with line
/// ends or colons arrives as it is.
fn property(raw: &str) -> String {
    sanitize::text_with(raw, |c| match c {
        '%' => Some("%25"),
        '\r' => Some("%0D"),
        '\n' => Some("%0A"),
        ':' => Some("%3A"),
        ',' => Some("%2C"),
        _ => None,
    })
}

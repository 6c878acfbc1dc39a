//! The `gitlab` format: a code quality report, an array of issues.

use std::io::{self, Write};

use serde::Serializer;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use super::line::{fix_note, in_one_line};
use super::palette::Palette;
use super::{Finding, RenderOptions, Report, Unchecked, sanitize};
use crate::diagnostic::{Position, Severity};

/// Writes the report: what could not be checked, then findings.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let unchecked = report.unchecked();
    let findings = report.findings().map(|finding| issue(&finding));
    let issues = unchecked.iter().map(not_checked).chain(findings);
    sanitize::json(&mut *out, PrettyFormatter::new()).collect_seq(issues)?;
    out.write_all(b"\n")
}

fn issue(finding: &Finding<'_>) -> Value {
    let diagnostic = &finding.located.diagnostic;
    let range = finding.located.range;
    let mut text = in_one_line(diagnostic, &Palette::PLAIN);
    text.extend(fix_note(diagnostic).map(|note| format!("; {note}")));
    json!({
        // The name of the check is not shown, so the description begins with it.
        "description": format!("{}: {text}", diagnostic.rule.name),
        "check_name": diagnostic.rule.name,
        "fingerprint": finding.fingerprint,
        "severity": match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "location": {
            "path": finding.file.name_from_root(),
            "positions": {"begin": position(range.start), "end": position(range.end)},
        },
    })
}

/// The gravest of all: nobody knows what is in the file. An issue must have a line.
fn not_checked(unchecked: &Unchecked<'_>) -> Value {
    json!({
        "description": sanitize::text(&unchecked.message()),
        "check_name": Unchecked::NAME,
        "fingerprint": unchecked.fingerprint(),
        "severity": "blocker",
        "location": {"path": unchecked.name_from_root(), "lines": {"begin": 1}},
    })
}

fn position(position: Position) -> Value {
    json!({"line": position.line, "column": position.column})
}

//! The `gitlab` format: a code quality report, an array of issues.

use std::io::{self, Write};

use serde::Serializer;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use super::{Finding, RenderOptions, Report, sanitize};
use crate::diagnostic::{Position, Severity};

/// Writes the report.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let issues = report.findings().map(|finding| issue(&finding));
    sanitize::json(&mut *out, PrettyFormatter::new()).collect_seq(issues)?;
    out.write_all(b"\n")
}

fn issue(finding: &Finding<'_>) -> Value {
    let diagnostic = &finding.located.diagnostic;
    let range = finding.located.range;
    json!({
        // The name of the check is not shown, so the description begins with it.
        "description": format!("{}: {}", diagnostic.rule.name, sanitize::text(&diagnostic.message)),
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

fn position(position: Position) -> Value {
    json!({"line": position.line, "column": position.column})
}

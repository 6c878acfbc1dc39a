//! The `json` format, one document whose shape is a promise, and `json-lines`.

use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use serde_json::ser::{CompactFormatter, PrettyFormatter};

use super::{Finding, RenderOptions, Report, RunError, Summary, rule_url, sanitize};
use crate::diagnostic::{Applicability, Category, Located, Range, Severity};
use crate::json::Pointer;

/// The shape's version: rises when a member is renamed, removed or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct DocumentView<'a> {
    version: u32,
    tool: Tool,
    summary: Summary,
    #[serde(serialize_with = "diagnostics")]
    diagnostics: &'a Report,
    errors: &'a [RunError],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// One finding.
#[derive(Serialize)]
struct DiagnosticView<'a> {
    rule: &'static str,
    category: Category,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    url: Option<String>,
    file: &'a str,
    pointer: &'a str,
    payload: Option<&'a str>,
    range: Range,
    labels: Vec<LabelView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixView<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct LabelView<'a> {
    pointer: &'a str,
    message: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct FixView<'a> {
    applicability: Applicability,
    message: &'a str,
    edits: Vec<EditView<'a>>,
}

#[derive(Serialize)]
struct EditView<'a> {
    range: Range,
    text: &'a str,
}

/// Writes the report.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let view = DocumentView {
        version: VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        summary: report.summary(),
        diagnostics: report,
        errors: &report.errors,
    };
    view.serialize(&mut sanitize::json(&mut *out, PrettyFormatter::new()))?;
    out.write_all(b"\n")
}

/// Writes the elements of `diagnostics`, then those of `errors`, a line each.
pub(super) fn write_lines(
    report: &Report,
    _: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in report.findings() {
        write_line(&view(&finding), out)?;
    }
    for error in &report.errors {
        write_line(error, out)?;
    }
    Ok(())
}

fn write_line(element: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    element.serialize(&mut sanitize::json(&mut *out, CompactFormatter))?;
    out.write_all(b"\n")
}

fn diagnostics<S: Serializer>(report: &Report, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(None)?;
    for finding in report.findings() {
        sequence.serialize_element(&view(&finding))?;
    }
    sequence.end()
}

fn view<'a>(finding: &Finding<'a>) -> DiagnosticView<'a> {
    let located = finding.located;
    let diagnostic = &located.diagnostic;
    let labels = diagnostic.labels.iter().zip(&located.labels);
    DiagnosticView {
        rule: diagnostic.rule.name,
        category: diagnostic.rule.category,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        url: rule_url(diagnostic.rule),
        file: &finding.file.path,
        pointer: diagnostic.pointer.as_str(),
        payload: diagnostic.payload.as_ref().map(Pointer::as_str),
        range: located.range,
        labels: labels
            .map(|(label, range)| LabelView {
                pointer: label.pointer.as_str(),
                message: &label.message,
                range: *range,
            })
            .collect(),
        fix: fix(located),
        fingerprint: finding.fingerprint.clone(),
    }
}

/// What mends a finding; without edits where redaction withholds them.
fn fix(located: &Located) -> Option<FixView<'_>> {
    let fix = located.diagnostic.fix.as_deref()?;
    let edits = fix.edits.iter().zip(&located.edits);
    let edits = edits.map(|(edit, range)| EditView {
        range: *range,
        text: &edit.text,
    });
    Some(FixView {
        applicability: fix.applicability,
        message: &fix.message,
        edits: edits.collect(),
    })
}

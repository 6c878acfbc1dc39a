//! The `json` format: one document, whose shape is a promise.

use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;

use super::sanitize::SafeJson;
use super::{FileReport, Fingerprints, RenderOptions, Report, RunError, Summary, rule_url};
use crate::diagnostic::{Located, Range};
use crate::json::Pointer;
use crate::rules::{Category, Severity};

/// The shape's version: rises when a member is renamed, removed or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct DocumentView<'a> {
    version: u32,
    tool: Tool,
    summary: Summary,
    #[serde(serialize_with = "diagnostics")]
    diagnostics: &'a [FileReport],
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
    url: String,
    file: &'a str,
    pointer: &'a str,
    payload: Option<&'a str>,
    range: Range,
    labels: Vec<LabelView<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct LabelView<'a> {
    pointer: &'a str,
    message: &'a str,
    range: Range,
}

/// Writes the report.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let formatter = SafeJson(PrettyFormatter::new());
    let view = DocumentView {
        version: VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        summary: report.summary(),
        diagnostics: &report.files,
        errors: &report.errors,
    };
    view.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out, formatter,
    ))?;
    out.write_all(b"\n")
}

fn diagnostics<S: Serializer>(files: &[FileReport], serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(None)?;
    for file in files {
        let mut fingerprints = Fingerprints::new(&file.path);
        for located in &file.diagnostics {
            sequence.serialize_element(&view(file, located, &mut fingerprints))?;
        }
    }
    sequence.end()
}

fn view<'a>(
    file: &'a FileReport,
    located: &'a Located,
    fingerprints: &mut Fingerprints<'_>,
) -> DiagnosticView<'a> {
    let diagnostic = &located.diagnostic;
    let labels = diagnostic.labels.iter().zip(&located.labels);
    DiagnosticView {
        rule: diagnostic.rule.name,
        category: diagnostic.rule.category,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        url: rule_url(diagnostic.rule),
        file: &file.path,
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
        fingerprint: fingerprints.next(diagnostic),
    }
}

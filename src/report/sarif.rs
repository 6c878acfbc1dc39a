//! The `sarif` format (OASIS SARIF 2.1.0), within the limits of GitHub code scanning.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{MAIN_SEPARATOR, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use super::{
    FileReport, Finding, RenderOptions, Report, Unchecked, count, project_url, relative, rule_url,
    sanitize,
};
use crate::diagnostic::{Edit, Fix, Located, Range, Rule, Severity};
use crate::rules::syntax::invalid_encoding;
use crate::text::plain_path::plain;

/// Results that GitHub keeps of a run.
const MAX_RESULTS: usize = 5000;
/// Everything but the unreserved characters of RFC 3986 and the `/` between parts.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');
/// What relative file names are relative to.
const ROOT: &str = "%SRCROOT%";

/// Writes the report, errors first.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut findings = report.worst_first();
    let left_out = findings.len().saturating_sub(MAX_RESULTS);
    findings.truncate(MAX_RESULTS);
    let rules: BTreeMap<&str, &Rule> = findings
        .iter()
        .map(|finding| finding.located.diagnostic.rule)
        .map(|rule| (rule.name, rule))
        .collect();
    let indices: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, &indices))
        .collect();
    let mut driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.into_values().map(descriptor).collect::<Vec<_>>(),
    });
    if let Some(url) = project_url() {
        driver["informationUri"] = json!(url);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "invocations": [invocation(report, left_out)],
            "originalUriBaseIds": {ROOT: root(report)},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    log.serialize(&mut sanitize::json(&mut *out, PrettyFormatter::new()))?;
    out.write_all(b"\n")
}

fn root(report: &Report) -> Value {
    let text =
        "The root of the repository or, outside one, the folder in which the program was started.";
    let mut root = json!({"description": {"text": text}});
    if let Some(folder) = &report.root {
        root["uri"] = json!(format!("{}/", file_uri(folder).trim_end_matches('/')));
    }
    root
}

fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.name,
        "shortDescription": {"text": message(rule.summary)},
        "fullDescription": {"text": message(rule.why)},
        "help": {"text": format!("{}\n\nSource: {}", message(rule.why), message(rule.source))},
        "defaultConfiguration": {
            "enabled": rule.default.is_some(),
            "level": level(rule.default.unwrap_or(Severity::Warning)),
        },
        "properties": {
            "tags": [rule.category.name()],
            "problem.severity": match rule.default {
                Some(Severity::Error) => "error",
                Some(Severity::Warning) => "warning",
                Some(Severity::Info) | None => "recommendation",
            },
        },
    });
    if let Some(url) = rule_url(rule) {
        descriptor["helpUri"] = json!(url);
    }
    descriptor
}

/// What happened besides the results.
fn invocation(report: &Report, left_out: usize) -> Value {
    let place = |Unchecked { error, file }: &Unchecked<'_>| {
        file.map_or_else(|| named(relative(&error.file)), artifact)
    };
    let mut notes: Vec<Value> = report
        .unchecked()
        .iter()
        .map(|unchecked| {
            json!({
                "level": "error",
                "message": {"text": message(&unchecked.error.message)},
                "locations": [{"physicalLocation": {"artifactLocation": place(unchecked)}}],
            })
        })
        .collect();
    let unseen = left_out + report.summary().not_shown;
    if unseen > 0 {
        let text = format!("{} omitted", count(unseen, "finding"));
        notes.push(json!({"level": "note", "message": {"text": text}}));
    }
    json!({"executionSuccessful": report.errors.is_empty(), "toolExecutionNotifications": notes})
}

fn result(finding: &Finding<'_>, rules: &BTreeMap<&str, usize>) -> Value {
    let diagnostic = &finding.located.diagnostic;
    let text = match &diagnostic.help {
        Some(help) => format!("{}\nHelp: {}", message(&diagnostic.message), message(help)),
        None => message(&diagnostic.message),
    };
    let artifact = artifact(finding.file);
    let labels = diagnostic.labels.iter().zip(&finding.located.labels);
    let related: Vec<Value> = labels
        .enumerate()
        .map(|(id, (label, range))| {
            json!({
                "id": id,
                "physicalLocation": {"artifactLocation": &artifact, "region": region(*range)},
                "message": {"text": message(&label.message)},
            })
        })
        .collect();
    let mut result = json!({
        "ruleId": diagnostic.rule.name,
        "ruleIndex": rules[diagnostic.rule.name],
        "level": level(diagnostic.severity),
        "message": {"text": text},
        "locations": [{
            "physicalLocation": {"artifactLocation": &artifact, "region": region(finding.located.range)},
            "logicalLocations": [{"fullyQualifiedName": diagnostic.pointer.as_str(), "kind": "member"}],
        }],
        "relatedLocations": related,
        // The one that GitHub looks at; its own are made of a hash and a number.
        "partialFingerprints": {"primaryLocationLineHash": format!("{}:1", finding.fingerprint)},
    });
    if let Some(fix) = &diagnostic.fix {
        result["properties"] = json!({"fixable": fix.applicability});
        // A fix that is withheld has no place in the schema.
        if !fix.edits.is_empty() {
            result["fixes"] = json!([fix_of(fix, finding.located, &artifact)]);
        }
    }
    result
}

fn fix_of(fix: &Fix, located: &Located, artifact: &Value) -> Value {
    let is_text = located.diagnostic.rule != &invalid_encoding::RULE.rule;
    let edits = fix.edits.iter().zip(&located.edits);
    let replacements: Vec<Value> = edits
        .map(|(edit, range)| replacement(edit, *range, is_text))
        .collect();
    json!({
        "description": {"text": message(&fix.message)},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    })
}

/// What goes in columns, or in bytes where the file is not in the characters that columns count,
/// and where what goes has no column: a byte order mark.
fn replacement(edit: &Edit, range: Range, is_text: bool) -> Value {
    let Range { start, end } = range;
    let has_columns = (start.line, start.column) < (end.line, end.column);
    let deleted = if is_text && (has_columns || start.offset == end.offset) {
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    } else {
        json!({"byteOffset": start.offset, "byteLength": end.offset - start.offset})
    };
    if edit.text.is_empty() {
        json!({"deletedRegion": deleted})
    } else {
        json!({"deletedRegion": deleted, "insertedContent": {"text": edit.text}})
    }
}

/// On one line: an alert whose region goes on is not shown in a pull request that does not hold
/// all of it.
fn region(range: Range) -> Value {
    let mut region = json!({"startLine": range.start.line, "startColumn": range.start.column});
    if range.end.line == range.start.line {
        region["endColumn"] = json!(range.end.column);
    }
    region
}

fn artifact(file: &FileReport) -> Value {
    match &file.from_root {
        Some(path) if path.is_absolute() => json!({"uri": file_uri(path)}),
        Some(path) => json!({"uri": encoded(path.as_os_str()), "uriBaseId": ROOT}),
        None => named(relative(&file.path)),
    }
}

fn named(name: &str) -> Value {
    json!({"uri": encoded(name.as_ref()), "uriBaseId": ROOT})
}

fn file_uri(path: &Path) -> String {
    file_uri_of(path.as_os_str().as_encoded_bytes(), MAIN_SEPARATOR)
}

/// The URI (RFC 8089) of an absolute path of a system with this separator.
fn file_uri_of(path: &[u8], separator: char) -> String {
    let encoded = encoded_with(&plain(path), separator);
    let path = encoded.strip_prefix("//");
    match (separator, path, encoded.split_once("%3A/")) {
        // A share: its server is the URI's.
        ('\\', Some(share), _) => format!("file://{share}"),
        // A drive: readers look for its colon.
        ('\\', _, Some((drive, path))) if drive.len() == 1 => format!("file:///{drive}:/{path}"),
        _ => format!("file://{encoded}"),
    }
}

/// A path byte by byte, whatever its encoding.
fn encoded(path: &OsStr) -> String {
    encoded_with(path.as_encoded_bytes(), MAIN_SEPARATOR)
}

fn encoded_with(path: &[u8], separator: char) -> String {
    let text = percent_encode(path, &ESCAPED).to_string();
    match separator {
        '/' => text,
        separator => text.replace(&format!("%{:02X}", u32::from(separator)), "/"),
    }
}

/// A plain text message: brackets would make a link.
fn message(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for c in sanitize::text(raw).chars() {
        if matches!(c, '\\' | '[' | ']') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RunError;

    #[test]
    fn uris_are_those_of_rfc_8089() {
        for (separator, path, expected) in [
            ('/', "/repo/a b.json", "file:///repo/a%20b.json"),
            ('/', r"/C:/a\b", "file:///C%3A/a%5Cb"),
            ('\\', r"C:\repo\a b.json", "file:///C:/repo/a%20b.json"),
            ('\\', r"c:\", "file:///c:/"),
            ('\\', r"\\?\C:\repo", "file:///C:/repo"),
            ('\\', r"\\server\share\é", "file://server/share/%C3%A9"),
            ('\\', r"\\?\UNC\server\share", "file://server/share"),
        ] {
            let uri = file_uri_of(path.as_bytes(), separator);
            assert_eq!(uri, expected);
        }
    }

    #[test]
    fn files_that_cannot_be_read_are_named_at_once() {
        const FILES: usize = 60_000;
        let mut report = Report::default();
        let names = (0..FILES).map(|number| format!("{number:05}.json"));
        report.errors.extend(names.map(|file| RunError {
            file,
            message: "not there".to_owned(),
        }));
        let timed = |report: &Report| {
            let started = std::time::Instant::now();
            let invocation = invocation(report, 0);
            let notes = invocation["toolExecutionNotifications"].as_array();
            let last = notes.expect("notes")[FILES - 1]["locations"][0].clone();
            let place = last["physicalLocation"]["artifactLocation"]["uri"].clone();
            (place, started.elapsed())
        };
        let (_, alone) = timed(&report);
        let files = report.errors.iter().map(|error| FileReport {
            path: error.file.clone(),
            from_root: Some(format!("root/{}", error.file).into()),
            ..FileReport::default()
        });
        report.files = files.collect();
        let (place, looked_up) = timed(&report);
        assert_eq!(place, "root/59999.json");
        assert!(looked_up < 5 * alone + std::time::Duration::from_secs(1));
    }
}

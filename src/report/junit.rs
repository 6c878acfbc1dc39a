//! The `junit` format: a test suite for each file, a test case for each finding.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::{FileReport, RenderOptions, Report, RunError, sanitize};
use crate::diagnostic::{Located, Severity};

/// Writes the report. A finding below the fail level is a case that passes, with its message as
/// output: a reader must not see a failed run where the exit status tells of none.
pub(super) fn write(
    report: &Report,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut document = Document::new(env!("CARGO_PKG_NAME"));
    for file in &report.files {
        document.add_test_suite(suite(file, options.fail_level));
    }
    for error in &report.errors {
        document.add_test_suite(unreadable(error));
    }
    // Through memory, so that the writer's own errors reach the caller as they are.
    let text = document.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

fn suite(file: &FileReport, fail_level: Option<Severity>) -> TestSuite {
    let path = sanitize::path(&file.path);
    let mut suite = TestSuite::new(path.as_ref());
    for located in &file.diagnostics {
        suite.add_test_case(case(located, &path, fail_level));
    }
    if file.diagnostics.is_empty() {
        let mut clean = TestCase::new("no findings", TestCaseStatus::success());
        clean.set_classname(path.as_ref());
        suite.add_test_case(clean);
    }
    suite
}

fn case(located: &Located, path: &str, fail_level: Option<Severity>) -> TestCase {
    let diagnostic = &located.diagnostic;
    let (start, name) = (located.range.start, diagnostic.rule.name);
    let message = sanitize::text(&diagnostic.message);
    let severity = diagnostic.severity;
    let mut text = format!(
        "{path}:{}:{}: {severity}[{name}] {message}",
        start.line, start.column
    );
    if let Some(help) = &diagnostic.help {
        text.push_str("\nhelp: ");
        text.push_str(&sanitize::text(help));
    }
    let fails = fail_level.is_some_and(|level| severity >= level);
    let mut status = TestCaseStatus::success();
    if fails {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_message(message.as_ref())
            .set_type(severity.name())
            .set_description(&text);
    }
    let mut case = TestCase::new(format!("{name} {}:{}", start.line, start.column), status);
    case.set_classname(path);
    case.extra.insert("file".into(), path.into());
    case.extra
        .insert("line".into(), start.line.to_string().into());
    if !fails {
        case.set_system_out(&text);
    }
    case
}

fn unreadable(error: &RunError) -> TestSuite {
    let path = sanitize::path(&error.file);
    let message = sanitize::text(&error.message);
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(message.as_ref());
    let mut case = TestCase::new("could not be checked", status);
    case.set_classname(path.as_ref());
    let mut suite = TestSuite::new(path.as_ref());
    suite.add_test_case(case);
    suite
}

//! The `junit` format: a test suite for each file, a test case for each finding.

use std::collections::HashMap;
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::line::fix_note;
use super::{Counts, FileReport, RenderOptions, Report, RunError, Unchecked, count, sanitize};
use crate::diagnostic::{Located, Severity};

/// Writes the report. A finding below the fail level is a case that passes, with its message as
/// output: a reader must not see a failed run where the exit status tells of none.
pub(super) fn write(
    report: &Report,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut document = Document::new(env!("CARGO_PKG_NAME"));
    let unchecked = report.unchecked();
    let mut errors: HashMap<&str, Vec<&RunError>> = HashMap::new();
    for Unchecked { error, .. } in &unchecked {
        errors.entry(&error.file).or_default().push(error);
    }
    for file in &report.files {
        let errors = errors.remove(&*file.path).unwrap_or_default();
        document.add_test_suite(suite(file, &errors, options.fail_level));
    }
    for Unchecked { error, .. } in unchecked.iter().filter(|one| one.file.is_none()) {
        let mut suite = TestSuite::new(sanitize::path(&error.file).as_ref());
        suite.add_test_case(not_checked(error));
        document.add_test_suite(suite);
    }
    // Through memory, so that the writer's own errors reach the caller as they are.
    let text = document.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

fn suite(file: &FileReport, errors: &[&RunError], fail_level: Option<Severity>) -> TestSuite {
    let path = sanitize::path(&file.path);
    let mut suite = TestSuite::new(path.as_ref());
    for located in &file.diagnostics {
        suite.add_test_case(case(located, &path, fail_level));
    }
    for error in errors {
        suite.add_test_case(not_checked(error));
    }
    if file.not_shown.total() > 0 {
        suite.add_test_case(not_shown(file.not_shown.counts(), &path, fail_level));
    }
    if suite.test_cases.is_empty() {
        let name = match file.hidden.total() {
            0 => "no findings",
            _ => "no findings to show",
        };
        let mut clean = TestCase::new(name, TestCaseStatus::success());
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
    text.extend(fix_note(diagnostic).map(|note| format!("\n{note}")));
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

/// Findings beyond the limit, which may be what fails the run.
fn not_shown(found: Counts, path: &str, fail_level: Option<Severity>) -> TestCase {
    let text = format!("{} not shown", count(found.total(), "more finding"));
    let fails = fail_level.is_some_and(|level| found.any_from(level));
    let mut status = TestCaseStatus::success();
    if fails {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(&text);
    }
    let mut case = TestCase::new("not shown", status);
    case.set_classname(path);
    if !fails {
        case.set_system_out(&text);
    }
    case
}

fn not_checked(error: &RunError) -> TestCase {
    let message = sanitize::text(&error.message);
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(message.as_ref());
    let mut case = TestCase::new("could not be checked", status);
    case.set_classname(sanitize::path(&error.file).as_ref());
    case
}

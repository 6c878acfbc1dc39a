//! What is said of a run beside its report.

use std::fmt::Write as _;
use std::time::Duration;

use autopilot_lint::policy::FailLevel;
use autopilot_lint::report::Report;
use autopilot_lint::text::count;

use super::governing::Governing;
use super::output::note;

/// What kept findings out of a report, or from failing the run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KeptOut {
    /// Findings that the configuration ignores.
    pub(crate) ignored: usize,
    /// Findings that the baseline knows.
    pub(crate) known: usize,
    /// Rules that would run by default.
    pub(crate) rules: usize,
    /// Files for which the configuration says something else than for all.
    pub(crate) overridden: usize,
    /// What fails the run.
    pub(crate) fail_level: FailLevel,
    /// No format shows what identifies.
    pub(crate) redact: bool,
}

/// The last line: how much was found in how much, and what was kept out of it.
pub(crate) fn line(
    report: &Report,
    governing: &Governing,
    kept_out: KeptOut,
    elapsed: Duration,
) -> String {
    let summary = report.summary();
    let mut line = format!(
        "{}, {}: {}, {}, {}",
        count(summary.files, "file"),
        count(summary.payloads, "payload"),
        count(summary.found.errors, "error"),
        count(summary.found.warnings, "warning"),
        count(summary.found.infos, "info"),
    );
    if summary.not_shown > 0 {
        let _ = write!(line, " ({} not shown)", summary.not_shown);
    }
    if summary.unreadable > 0 {
        let _ = write!(line, ", {} not read", count(summary.unreadable, "file"));
    }
    let _ = write!(line, " in {}", time(elapsed));
    for part in policy(governing, kept_out) {
        let _ = write!(line, "; {part}");
    }
    line
}

/// What decided about findings, so that nobody takes them for not there.
fn policy(governing: &Governing, kept_out: KeptOut) -> Vec<String> {
    let mut parts = Vec::new();
    if kept_out.ignored > 0 {
        parts.push(format!("{} ignored", count(kept_out.ignored, "finding")));
    }
    if let Some(known) = &governing.known {
        let findings = count(kept_out.known, "finding");
        parts.push(format!("{findings} in baseline {}", known.name));
    }
    if kept_out.rules > 0 {
        parts.push(format!("{} off", count(kept_out.rules, "rule")));
    }
    if kept_out.fail_level != FailLevel::default() {
        parts.push(format!("fail level {}", kept_out.fail_level.name()));
    }
    if kept_out.redact {
        parts.push("identifying values hidden".to_owned());
    }
    if let Some(config) = &governing.config {
        let mut part = format!("configured by {}", config.name);
        if kept_out.overridden > 0 {
            let _ = write!(
                part,
                ", with overrides for {}",
                count(kept_out.overridden, "file")
            );
        }
        parts.push(part);
    }
    parts
}

/// What `--verbose` says: the configuration, and each file.
pub(crate) fn details(report: &Report, governing: &Governing) {
    match &governing.config {
        None => note("configuration: none"),
        Some(config) => note(&format!("configuration: {}", config.name)),
    }
    for file in &report.files {
        let found = file.diagnostics.len() + file.not_shown.total();
        note(&format!(
            "checked {}: {}, {}, {} suppressed",
            file.path,
            count(file.payloads, "payload"),
            count(found, "finding"),
            file.silenced
        ));
    }
}

fn time(elapsed: Duration) -> String {
    if elapsed.as_secs() > 0 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} ms", elapsed.as_millis())
    }
}

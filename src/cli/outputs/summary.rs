//! What is said about a run as a whole.

use std::fmt::Write as _;
use std::time::Duration;

use autopilot_lint::policy::FailLevel;
use autopilot_lint::report::Report;
use autopilot_lint::text::count;

use super::console::note;
use crate::cli::settings::RunSettings;

/// What kept findings out of the report, or from failing the run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PolicyEffect {
    /// Findings that the configuration ignores.
    pub(crate) ignored: usize,
    /// Findings that the baseline knows.
    pub(crate) known: usize,
    /// Default rules that do not run.
    pub(crate) rules_off: usize,
    /// Files that an override of the configuration applies to.
    pub(crate) overridden: usize,
    /// What fails the run.
    pub(crate) fail_level: FailLevel,
    /// Identifying values are hidden in every format.
    pub(crate) redacted: bool,
}

/// The last line: how much was found in how much, and what the policy did about it.
pub(crate) fn line(
    report: &Report,
    settings: &RunSettings,
    effect: PolicyEffect,
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
    for part in policy(settings, effect) {
        let _ = write!(line, "; {part}");
    }
    line
}

/// What the policy did, so that nobody takes a finding it kept out for one that is not there.
fn policy(settings: &RunSettings, effect: PolicyEffect) -> Vec<String> {
    let mut parts = Vec::new();
    if effect.ignored > 0 {
        parts.push(format!("{} ignored", count(effect.ignored, "finding")));
    }
    if let Some(baseline) = &settings.baseline {
        let findings = count(effect.known, "finding");
        parts.push(format!("{findings} in baseline {}", baseline.name));
    }
    if effect.rules_off > 0 {
        parts.push(format!("{} off", count(effect.rules_off, "rule")));
    }
    if effect.fail_level != FailLevel::default() {
        parts.push(format!("fail level {}", effect.fail_level.name()));
    }
    if effect.redacted {
        parts.push("identifying values hidden".to_owned());
    }
    if let Some(config) = &settings.config {
        let mut part = format!("configured by {}", config.name);
        if effect.overridden > 0 {
            let _ = write!(
                part,
                ", with overrides for {}",
                count(effect.overridden, "file")
            );
        }
        parts.push(part);
    }
    parts
}

/// What `--verbose` says: the configuration, and a line for each file.
pub(crate) fn note_details(report: &Report, settings: &RunSettings) {
    match &settings.config {
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

//! What is said about a run as a whole.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use autopilot_lint::policy::FailLevel;
use autopilot_lint::report::{Omitted, Report};
use autopilot_lint::text::count;

use super::console::note;
use crate::cli::inputs::PassedOver;
use crate::cli::settings::{Leniency, RunSettings, Source};

/// What kept findings out of the report, or from failing the run.
#[derive(Debug)]
pub(crate) struct PolicyEffect<'a> {
    /// What a search met and left alone.
    pub(crate) passed_over: &'a [PassedOver],
    /// Findings that the configuration ignores.
    pub(crate) ignored: usize,
    /// Findings that the baseline knows.
    pub(crate) known: usize,
    /// What is made less of than by default: first for files without an override.
    pub(crate) leniency: Vec<Leniency>,
    /// What fails the run.
    pub(crate) fail_level: FailLevel,
    /// Identifying values are hidden in every format.
    pub(crate) redacted: bool,
    /// Fixes that somebody should look at count as others do.
    pub(crate) unsafe_fixes: bool,
}

impl PolicyEffect<'_> {
    /// The figures for a report.
    pub(crate) fn omitted(&self) -> Omitted {
        let off = self.leniency.iter().flat_map(Leniency::names_off);
        let lowered = self.leniency.iter().flat_map(Leniency::names_lowered);
        Omitted {
            passed_over: self.passed_over.len(),
            rules_off: off.collect::<BTreeSet<_>>().len(),
            severities_lowered: lowered.collect::<BTreeSet<_>>().len(),
        }
    }

    /// Files without an override, and those with one.
    fn leniency(&self) -> (Option<&Leniency>, &[Leniency]) {
        match self.leniency.split_first() {
            Some((first, others)) => (Some(first), others),
            None => (None, &[]),
        }
    }
}

/// The last line: how much was found in how much, and what the policy did about it.
pub(crate) fn line(
    report: &Report,
    settings: &RunSettings,
    effect: &PolicyEffect<'_>,
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
    let unseen = [(summary.not_shown, "not shown"), (summary.hidden, "hidden")];
    let unseen = unseen.into_iter().filter(|(number, _)| *number > 0);
    let unseen: Vec<_> = unseen
        .map(|(number, why)| format!("{number} {why}"))
        .collect();
    if !unseen.is_empty() {
        let _ = write!(line, " ({})", unseen.join(", "));
    }
    if summary.unreadable > 0 {
        let _ = write!(line, ", {} not read", count(summary.unreadable, "file"));
    }
    let _ = write!(line, " in {}", time(elapsed));
    let mut fixable = summary.fixable;
    if effect.unsafe_fixes {
        fixable.safe += std::mem::take(&mut fixable.not_safe);
    }
    for part in fixable.words().into_iter().chain(policy(settings, effect)) {
        let _ = write!(line, "; {part}");
    }
    line
}

/// What fixing came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fixes {
    /// Findings that were fixed, or would be.
    pub(crate) findings: usize,
    /// The files that they are in.
    pub(crate) files: usize,
    /// Files that are left as they were, although something in them can be fixed.
    pub(crate) not_fixed: usize,
    /// Nothing was changed: that is what would be.
    pub(crate) only_shown: bool,
}

impl Fixes {
    /// Both in words.
    pub(crate) fn words(self) -> String {
        let does = if self.only_shown {
            "would fix"
        } else {
            "fixed"
        };
        let fixed = match self.findings {
            0 if self.not_fixed == 0 => return "nothing to fix".to_owned(),
            0 => format!("{does} nothing"),
            findings => {
                let (findings, files) = (count(findings, "finding"), count(self.files, "file"));
                format!("{does} {findings} in {files}")
            }
        };
        match self.not_fixed {
            0 => fixed,
            files => format!("{fixed}; {} not fixed", count(files, "file")),
        }
    }
}

/// What the policy did, so that nobody takes a finding it kept out for one that is not there.
fn policy(settings: &RunSettings, effect: &PolicyEffect<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(passed_over(effect.passed_over));
    if effect.ignored > 0 {
        parts.push(format!("{} ignored", count(effect.ignored, "finding")));
    }
    if let Some(baseline) = &settings.baseline {
        let findings = count(effect.known, "finding");
        parts.push(format!("{findings} in baseline {}", baseline.name));
    }
    let (first, overrides) = effect.leniency();
    if let Some(first) = first {
        parts.extend(off_and_lowered(first.off.len(), first.lowered.len()));
    }
    if effect.fail_level != FailLevel::default() {
        parts.push(format!("fail level {}", effect.fail_level.name()));
    }
    if effect.redacted {
        parts.push("identifying values hidden".to_owned());
    }
    if let Some(schema) = &settings.schema {
        parts.push(format!("schema {}", schema.name));
    }
    if let Some(config) = &settings.config {
        let mut part = format!("configured by {}", config.name);
        part.push_str(&overriding(first, overrides).unwrap_or_default());
        parts.push(part);
    }
    parts
}

fn passed_over(entries: &[PassedOver]) -> Option<String> {
    let folders = entries.iter().filter(|entry| entry.is_folder).count();
    let counted = match (entries.len() - folders, folders) {
        (0, 0) => return None,
        (files, 0) => count(files, "file"),
        (0, folders) => count(folders, "folder"),
        (files, folders) => format!("{} and {}", count(files, "file"), count(folders, "folder")),
    };
    Some(format!("{counted} passed over"))
}

fn off_and_lowered(off: usize, lowered: usize) -> Option<String> {
    let off = (off > 0).then(|| format!("{} off", count(off, "rule")));
    let lowered = (lowered > 0).then(|| match lowered {
        1 => "1 severity lowered".to_owned(),
        lowered => format!("{lowered} severities lowered"),
    });
    let parts: Vec<_> = off.into_iter().chain(lowered).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many files have overrides, and what those make less of than the rest of the configuration.
fn overriding(first: Option<&Leniency>, overrides: &[Leniency]) -> Option<String> {
    let files: usize = overrides.iter().filter_map(|one| one.files).sum();
    if files == 0 {
        return None;
    }
    let further = |names: fn(&Leniency) -> BTreeSet<&'static str>| {
        let known = first.map(names).unwrap_or_default();
        let all: BTreeSet<_> = overrides.iter().flat_map(names).collect();
        all.difference(&known).count()
    };
    let mut text = format!(", with overrides for {}", count(files, "file"));
    let less = off_and_lowered(
        further(Leniency::names_off),
        further(Leniency::names_lowered),
    );
    if let Some(less) = less {
        let _ = write!(text, " ({less})");
    }
    Some(text)
}

/// What `--verbose` says: the configuration, what was not looked at, and a line for each file.
pub(crate) fn note_details(report: &Report, settings: &RunSettings, effect: &PolicyEffect<'_>) {
    match &settings.config {
        None => note("configuration: none"),
        Some(config) => note(&format!("configuration: {}", config.name)),
    }
    for leniency in &effect.leniency {
        note_leniency(leniency, settings);
    }
    for entry in effect.passed_over {
        note(&format!(
            "passed over {}: {}",
            entry.shown(),
            entry.reason.words()
        ));
    }
    for file in &report.files {
        let found = file.diagnostics.len() + file.not_shown.total() + file.hidden.total();
        note(&format!(
            "checked {}: {}, {}, {} suppressed",
            file.path,
            count(file.payloads, "payload"),
            count(found, "finding"),
            file.silenced
        ));
    }
}

fn note_leniency(leniency: &Leniency, settings: &RunSettings) {
    let files = leniency.files;
    let files = files.map_or(String::new(), |files| {
        format!(" for {}", count(files, "file"))
    });
    let config = settings.config.as_ref().map_or("", |config| &*config.name);
    for (source, name) in [
        (Source::Configuration, config),
        (Source::CommandLine, "the command line"),
    ] {
        let off = leniency.off.iter().filter(|(_, by)| *by == source);
        let off: Vec<_> = off.map(|(rule, _)| rule.name).collect();
        if !off.is_empty() {
            note(&format!("off{files} by {name}: {}", off.join(", ")));
        }
        let lowered = leniency.lowered.iter().filter(|(_, _, by)| *by == source);
        let lowered = lowered.map(|(rule, to, _)| format!("{} to {}", rule.name, to.name()));
        let lowered: Vec<_> = lowered.collect();
        if !lowered.is_empty() {
            note(&format!("lowered{files} by {name}: {}", lowered.join(", ")));
        }
    }
}

fn time(elapsed: Duration) -> String {
    if elapsed.as_secs() > 0 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} ms", elapsed.as_millis())
    }
}

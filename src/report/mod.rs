//! The report: every finding of a run as plain data, and the formats that print it.
//!
//! A format is a function over a [`Report`]; [`FORMATS`] is the register of them. Nothing here
//! reads files, decides severities or knows what a rule looks for; nothing outside decides how a
//! finding looks.

mod azure;
mod cells;
mod concise;
mod diff;
mod document;
mod drawing;
mod frame;
mod full;
mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod junit;
mod line;
mod markdown;
mod marks;
pub mod own;
mod palette;
mod redact;
mod sarif;
pub mod statistics;
mod timeline;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use redact::redacted;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;

use serde::Serialize;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::diagnostic::{Applicability, Category, Diagnostic, Located, NotHeld, Rule, Severity};
use crate::text::{count, sanitize};

pub(crate) use concise::line_of;

/// JSON Schema (draft 2020-12) of the `json` format; its definitions are those of `json-lines`.
pub const SCHEMA: &str = include_str!("../../schemas/report.schema.json");

/// What a run found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The files that were checked, in order of path; clean ones too.
    pub files: Vec<FileReport>,
    /// What could not be checked.
    pub errors: Vec<RunError>,
    /// The folder that [`FileReport::from_root`] starts from, absolute: the root of the repository,
    /// which build systems name files from.
    pub root: Option<PathBuf>,
    /// What was not looked at.
    pub omitted: Omitted,
    /// How the run came about, where a format tells that.
    pub origin: Option<Origin>,
}

/// How a run came about: for those who read its report later, or elsewhere. Nothing in it is safe to
/// print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// What was typed, but for what leaves the findings as they are.
    pub command: String,
    /// The revision of files without an override.
    pub revision: String,
    /// The mode of files without an override.
    pub mode: &'static str,
    /// The name of the configuration file.
    pub configuration: Option<String>,
    /// The name of the baseline.
    pub baseline: Option<String>,
    /// The present, if somebody said what it is: a report does not change with the clock.
    pub date: Option<String>,
    /// Identifying values are masked.
    pub redacted: bool,
}

/// What a run did not look at, or not as closely as the rules themselves do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Omitted {
    /// Files and folders that a search met and left alone.
    pub passed_over: usize,
    /// Rules that are on by default and did not run for at least one file.
    pub rules_off: usize,
    /// Rules that had a lower severity than their own for at least one file.
    pub severities_lowered: usize,
}

/// What was found in one file.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// The name to show, as [`sanitize::display_path`] gives it: not yet safe to print.
    pub path: String,
    /// The way to it from [`Report::root`], or an absolute one; `None` where it is not known
    /// better than by its name.
    pub from_root: Option<PathBuf>,
    /// Events in it.
    pub payloads: usize,
    /// In order of offset, then rule.
    pub diagnostics: Vec<Located>,
    /// Findings beyond the limit for a file.
    pub not_shown: NotShown,
    /// Findings below the severity from which findings are shown.
    pub hidden: NotShown,
    /// Findings that the policy or a baseline took out; counted nowhere else.
    pub silenced: usize,
}

impl FileReport {
    /// Whether there are findings that the report tells of, be it by their number.
    #[must_use]
    pub fn says_something(&self) -> bool {
        !self.diagnostics.is_empty() || self.not_shown.total() > 0
    }

    /// The name that build systems know it by: from the root of the repository. Not yet safe to
    /// print.
    #[must_use]
    pub fn name_from_root(&self) -> String {
        let name = self.from_root.as_deref().map(sanitize::display_path);
        name.unwrap_or_else(|| relative(&self.path).to_owned())
    }

    /// The same with different names for different files.
    fn key(&self) -> String {
        let key = self.from_root.as_deref().map(sanitize::path_key);
        key.unwrap_or_else(|| relative(&self.path).to_owned())
    }
}

/// Findings that are counted only.
#[derive(Debug, Clone, Default)]
pub struct NotShown {
    rules: BTreeMap<&'static str, (Category, Counts)>,
    fixable: Fixable,
}

impl NotShown {
    /// Counts one more.
    pub fn add(&mut self, diagnostic: &Diagnostic) {
        let fix = diagnostic.fix.as_ref().map(|fix| fix.applicability);
        self.add_several(diagnostic.rule, diagnostic.severity, fix, 1);
    }

    /// Counts those that nobody holds.
    pub fn add_not_held(&mut self, not_held: &NotHeld) {
        for (rule, severity, fix, count) in not_held.counts() {
            self.add_several(rule, severity, fix, count);
        }
    }

    /// Counts more that are alike.
    pub fn add_several(
        &mut self,
        rule: &Rule,
        severity: Severity,
        fix: Option<Applicability>,
        count: usize,
    ) {
        let Rule { name, category, .. } = rule;
        let (_, counts) = self
            .rules
            .entry(name)
            .or_insert((*category, Counts::default()));
        counts.add_several(severity, count);
        self.fixable.add(fix, count);
    }

    /// How many of them a fix mends.
    #[must_use]
    pub const fn fixable(&self) -> Fixable {
        self.fixable
    }

    /// By severity.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        for (_, counts) in self.rules.values() {
            all += *counts;
        }
        all
    }

    /// All together.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts().total()
    }

    /// The rules, with the category of each.
    pub fn by_rule(&self) -> impl Iterator<Item = (&'static str, Category, Counts)> {
        let rules = self.rules.iter();
        rules.map(|(name, (category, counts))| (*name, *category, *counts))
    }
}

/// One finding with what a format needs of its file.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// The file.
    pub file: &'a FileReport,
    /// The finding.
    pub located: &'a Located,
    /// See [`Fingerprints::next`].
    pub fingerprint: String,
}

/// A file that could not be read, or a fault of ours while checking it.
#[derive(Debug, Clone, Serialize)]
pub struct RunError {
    /// The name to show, as in [`FileReport::path`].
    pub file: String,
    /// What happened, in one sentence: not yet safe to print.
    pub message: String,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Findings of [`Severity::Error`].
    pub errors: usize,
    /// Findings of [`Severity::Warning`].
    pub warnings: usize,
    /// Findings of [`Severity::Info`].
    pub infos: usize,
}

/// Findings that a fix mends, by how sure it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Fixable {
    /// Those that `--fix` mends.
    pub safe: usize,
    /// Those that take `--unsafe-fixes` too.
    #[serde(rename = "unsafe")]
    pub not_safe: usize,
}

impl Fixable {
    fn add(&mut self, fix: Option<Applicability>, count: usize) {
        match fix {
            Some(Applicability::Safe) => self.safe += count,
            Some(Applicability::Unsafe) => self.not_safe += count,
            None => {}
        }
    }

    /// The same in words for people: `12 fixable with --fix, 3 more with --unsafe-fixes`; `None` if
    /// there are none.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let Self { safe, not_safe } = self;
        match (safe, not_safe) {
            (0, 0) => None,
            (safe, 0) => Some(format!("{safe} fixable with --fix")),
            (0, not_safe) => Some(format!("{not_safe} fixable with --fix --unsafe-fixes")),
            _ => Some(format!(
                "{safe} fixable with --fix, {not_safe} more with --unsafe-fixes"
            )),
        }
    }
}

impl std::ops::AddAssign for Fixable {
    fn add_assign(&mut self, other: Self) {
        self.safe += other.safe;
        self.not_safe += other.not_safe;
    }
}

/// What could not be checked.
struct Unchecked<'a> {
    error: &'a RunError,
    /// The report on it, if it has one; what was found before the error is there.
    file: Option<&'a FileReport>,
}

impl Unchecked<'_> {
    /// The name that formats without a place for errors give to what is wrong.
    const NAME: &'static str = "not-checked";

    /// As [`FileReport::name_from_root`].
    fn name_from_root(&self) -> String {
        let known = self.file.map(FileReport::name_from_root);
        known.unwrap_or_else(|| relative(&self.error.file).to_owned())
    }

    /// 32 hexadecimal digits that stay the same while the file's name and the error do.
    fn fingerprint(&self) -> String {
        let key = self.file.map(FileReport::key);
        let key = key.unwrap_or_else(|| relative(&self.error.file).to_owned());
        fingerprint(Self::NAME, &key, xxh3_64(self.error.message.as_bytes()), 1)
    }

    /// What such formats say of it. Not yet safe to print.
    fn message(&self) -> String {
        format!("not checked: {}", self.error.message)
    }
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, severity: Severity) {
        self.add_several(severity, 1);
    }

    fn add_several(&mut self, severity: Severity, count: usize) {
        match severity {
            Severity::Error => self.errors += count,
            Severity::Warning => self.warnings += count,
            Severity::Info => self.infos += count,
        }
    }

    /// Whether there is a finding of at least this severity.
    #[must_use]
    pub const fn any_from(&self, severity: Severity) -> bool {
        match severity {
            Severity::Error => self.errors > 0,
            Severity::Warning => self.errors + self.warnings > 0,
            Severity::Info => self.total() > 0,
        }
    }

    /// How many there are of each severity, worst first.
    fn by_severity(&self) -> [(Severity, usize); 3] {
        [
            (Severity::Error, self.errors),
            (Severity::Warning, self.warnings),
            (Severity::Info, self.infos),
        ]
    }

    /// All together.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

/// The figures of a whole report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
    /// Events in them.
    pub payloads: usize,
    /// All findings, those not shown or hidden included.
    #[serde(flatten)]
    pub found: Counts,
    /// How many of them are beyond the limit for a file.
    pub not_shown: usize,
    /// How many of them are below the severity from which findings are shown.
    pub hidden: usize,
    /// How many of all findings a fix mends.
    pub fixable: Fixable,
    /// Files that could not be checked.
    pub unreadable: usize,
    /// What was not looked at.
    #[serde(flatten)]
    pub omitted: Omitted,
}

impl Report {
    /// The figures.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            files: self.files.len(),
            unreadable: self.errors.len(),
            omitted: self.omitted,
            ..Summary::default()
        };
        for file in &self.files {
            summary.payloads += file.payloads;
            summary.found += file.not_shown.counts();
            summary.found += file.hidden.counts();
            summary.not_shown += file.not_shown.total();
            summary.hidden += file.hidden.total();
            summary.fixable += file.not_shown.fixable();
            summary.fixable += file.hidden.fixable();
            for Located { diagnostic, .. } in &file.diagnostics {
                summary.found.add(diagnostic.severity);
                let fix = diagnostic.fix.as_ref().map(|fix| fix.applicability);
                summary.fixable.add(fix, 1);
            }
        }
        summary
    }

    /// The findings that are shown, in their order.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        let found = |file: &&FileReport| !file.diagnostics.is_empty();
        self.files.iter().filter(found).flat_map(|file| {
            let mut fingerprints = Fingerprints::new(&file.key());
            file.diagnostics.iter().map(move |located| Finding {
                file,
                located,
                fingerprint: fingerprints.next(&located.diagnostic),
            })
        })
    }

    /// What could not be checked, each with what is known of the file.
    fn unchecked(&self) -> Vec<Unchecked<'_>> {
        let mut files: HashMap<&str, &FileReport> = HashMap::new();
        for file in self.files.iter().filter(|_| !self.errors.is_empty()) {
            files.entry(&file.path).or_insert(file);
        }
        let errors = self.errors.iter();
        errors
            .map(|error| Unchecked {
                error,
                file: files.get(&*error.file).copied(),
            })
            .collect()
    }

    /// The findings that are shown, errors first, else in their order.
    fn worst_first(&self) -> Vec<Finding<'_>> {
        let mut findings: Vec<Finding<'_>> = self.findings().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.located.diagnostic.severity));
        findings
    }
}

/// How a format draws.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions {
    /// ANSI colours.
    pub color: bool,
    /// Box drawing and ellipses; otherwise ASCII.
    pub unicode: bool,
    /// OSC 8 links to the pages of rules, where those are published; only with `color`.
    pub hyperlinks: bool,
    /// Columns of the terminal; at least 40 are used, at most 200.
    pub width: usize,
    /// The severity from which a finding fails the run; `None` = no finding does. Formats that
    /// know but pass and fail go by it.
    pub fail_level: Option<Severity>,
}

impl Default for RenderOptions {
    /// What a file or pipe takes: no colour, 80 columns.
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            hyperlinks: false,
            width: 80,
            fail_level: Some(Severity::Error),
        }
    }
}

/// A way to print a report.
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// It shows [`Located::frame`] and [`Located::preview`].
    pub frames: bool,
    /// It is read by itself, away from files and run: it draws [`Diagnostic::times`], and tells of
    /// [`Report::origin`].
    pub standalone: bool,
    /// It is read by people, and tells them of [`Report::errors`] too.
    pub for_people: bool,
    /// Writes the whole report. It does not flush.
    ///
    /// # Errors
    /// Those of the writer, and none of its own.
    pub write: fn(&Report, &RenderOptions, &mut dyn io::Write) -> io::Result<()>,
}

/// Every format.
pub static FORMATS: &[Format] = &[
    Format {
        name: "full",
        summary: "for people: the source around each finding, and how to fix it",
        frames: true,
        standalone: false,
        for_people: true,
        write: full::write,
    },
    Format {
        name: "concise",
        summary: "one line per finding: path:line:column: severity[rule] message; help: …",
        frames: false,
        standalone: false,
        for_people: true,
        write: concise::write,
    },
    Format {
        name: "grouped",
        summary: "for people: one line per finding, grouped by file",
        frames: false,
        standalone: false,
        for_people: true,
        write: grouped::write,
    },
    Format {
        name: "json",
        summary: "one JSON document with the whole report",
        frames: false,
        standalone: false,
        for_people: false,
        write: json::write,
    },
    Format {
        name: "json-lines",
        summary: "one line of JSON per finding, then per file not checked",
        frames: false,
        standalone: false,
        for_people: false,
        write: json::write_lines,
    },
    Format {
        name: "sarif",
        summary: "SARIF 2.1.0, for code scanning",
        frames: false,
        standalone: false,
        for_people: false,
        write: sarif::write,
    },
    Format {
        name: "github",
        summary: "GitHub Actions annotations",
        frames: false,
        standalone: false,
        for_people: false,
        write: github::write,
    },
    Format {
        name: "azure",
        summary: "Azure Pipelines issues",
        frames: false,
        standalone: false,
        for_people: false,
        write: azure::write,
    },
    Format {
        name: "gitlab",
        summary: "GitLab code quality report",
        frames: false,
        standalone: false,
        for_people: false,
        write: gitlab::write,
    },
    Format {
        name: "junit",
        summary: "JUnit XML: one test suite per file, one test case per finding",
        frames: false,
        standalone: false,
        for_people: false,
        write: junit::write,
    },
    Format {
        name: "html",
        summary: "one self-contained page",
        frames: true,
        standalone: true,
        for_people: false,
        write: html::write,
    },
    Format {
        name: "markdown",
        summary: "Markdown, for job summaries and comments",
        frames: false,
        standalone: true,
        for_people: false,
        write: markdown::write,
    },
];

/// The format of this name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Where the pages of the rules are; the one place that says so.
const RULE_PAGES: &str = "docs/rules/";

/// The page of a rule, if the package says where the project is published: a path that leads
/// nowhere helps nobody.
#[must_use]
pub fn rule_url(rule: &Rule) -> Option<String> {
    page_url(env!("CARGO_PKG_REPOSITORY"), rule.name)
}

fn page_url(repository: &str, name: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    let repository = repository.strip_suffix(".git").unwrap_or(repository);
    let version = env!("CARGO_PKG_VERSION");
    (!repository.is_empty()).then(|| format!("{repository}/blob/v{version}/{RULE_PAGES}{name}.md"))
}

/// Where the project presents itself, if the package says so.
fn project_url() -> Option<&'static str> {
    let urls = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    urls.into_iter().find(|url| !url.is_empty())
}

/// Numbers the findings of one file that say the same, so that each has a fingerprint of its own.
#[derive(Debug, Default)]
pub struct Fingerprints {
    path: String,
    seen: HashMap<(&'static str, u64), u64>,
}

impl Fingerprints {
    /// For the findings of one file; `path` is its name from the root of the repository.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            path: relative(path).to_owned(),
            seen: HashMap::new(),
        }
    }

    /// The fingerprint of the next finding: 32 hexadecimal digits that stay the same while the
    /// file's name, the rule and what it says of which member do.
    pub fn next(&mut self, diagnostic: &Diagnostic) -> String {
        let key = (diagnostic.rule.name, diagnostic.identity);
        let ordinal = self.seen.entry(key).or_default();
        *ordinal += 1;
        fingerprint(
            diagnostic.rule.name,
            &self.path,
            diagnostic.identity,
            *ordinal,
        )
    }
}

/// XXH3 because its values are specified for good and it brings no other crates; no secret hangs
/// on it. The leading tag changes only if the recipe does.
fn fingerprint(rule: &str, path: &str, identity: u64, ordinal: u64) -> String {
    let mut hash = Xxh3::new();
    for text in ["finding/2", rule, path] {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.update(&identity.to_le_bytes());
    hash.update(&ordinal.to_le_bytes());
    format!("{:032x}", hash.digest128())
}

/// A file name as it is told to programs: without a leading `./`.
fn relative(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

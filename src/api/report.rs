//! Findings with their places, and reports of them.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use super::{Fix, Format, RenderOptions};
use crate::diagnostic::{Range, Rule, Severity};
use crate::json::Pointer;
use crate::policy::FailLevel;
use crate::report;
use crate::text::sanitize;

/// What was found in one or more documents.
///
/// Reports add up: [`collect`](Iterator::collect) or [`extend`](Extend::extend) puts those of many
/// documents into one. `Display` prints one line per finding, as [`Format::CONCISE`] does.
///
/// ```
/// use autopilot_lint::{Format, Linter, Report};
///
/// let mut session = Linter::new().session();
/// let documents = [("a.json", r#"{"id": 1}"#), ("b.json", "{}")];
/// let report: Report = documents
///     .into_iter()
///     .map(|(file, text)| session.check(file, text))
///     .collect();
///
/// for finding in report.findings() {
///     println!("{}, line {}: {}", finding.file(), finding.line(), finding.message());
/// }
/// let sarif = report.render(Format::SARIF);
/// assert!(sarif.contains("not-an-event"));
/// ```
#[derive(Debug, Clone)]
pub struct Report {
    inner: report::Report,
    fail_level: FailLevel,
}

impl Default for Report {
    /// The report on no document.
    fn default() -> Self {
        Self::new(report::Report::default(), FailLevel::Never)
    }
}

impl Report {
    pub(super) const fn new(inner: report::Report, fail_level: FailLevel) -> Self {
        Self { inner, fail_level }
    }

    /// The findings, in the order in which documents were checked and within each by place.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.inner.findings().map(Finding)
    }

    /// The documents that are beyond a limit and were not checked, by their names, with which limit
    /// it is. The names are as they were given; the rest is safe to print.
    pub fn unchecked(&self) -> impl Iterator<Item = (&str, &str)> {
        let errors = self.inner.errors.iter();
        errors.map(|error| (&*error.file, &*error.message))
    }

    /// Whether all was checked, and nothing found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.inner.errors.is_empty() && self.inner.files.iter().all(|file| !file.says_something())
    }

    /// Whether a finding has at least the severity that fails a run under the policy, or a document
    /// was not checked. Of reports that were put together, the strictest policy decides.
    #[must_use]
    pub fn fails(&self) -> bool {
        !self.inner.errors.is_empty() || self.fail_level.fails(&self.inner.summary().found)
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.inner.summary().found;
        match severity {
            Severity::Error => found.errors,
            Severity::Warning => found.warnings,
            Severity::Info => found.infos,
        }
    }

    /// How many events were checked.
    #[must_use]
    pub fn payloads(&self) -> usize {
        self.inner.summary().payloads
    }

    /// How many findings the policy accepts and the report therefore leaves out.
    #[must_use]
    pub fn silenced(&self) -> usize {
        self.inner.files.iter().map(|file| file.silenced).sum()
    }

    /// The whole report in a format, without colours.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        let options = self.options(&RenderOptions::default());
        format.inner().render(&self.inner, &options)
    }

    /// Writes the whole report in a format. `out` is not flushed.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(
        &self,
        mut out: impl Write,
        format: Format,
        options: &RenderOptions,
    ) -> io::Result<()> {
        (format.inner().write)(&self.inner, &self.options(options), &mut out)
    }

    fn options(&self, options: &RenderOptions) -> report::RenderOptions {
        report::RenderOptions {
            fail_level: self.fail_level.threshold(),
            ..options.inner()
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Format::CONCISE))
    }
}

impl Extend<Report> for Report {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, reports: I) {
        for report in reports {
            self.inner.files.extend(report.inner.files);
            self.inner.errors.extend(report.inner.errors);
            self.fail_level = self.fail_level.stricter(report.fail_level);
        }
    }
}

impl FromIterator<Report> for Report {
    fn from_iter<I: IntoIterator<Item = Self>>(reports: I) -> Self {
        let mut all = Self::default();
        all.extend(reports);
        all
    }
}

/// One finding: what is wrong, and where.
///
/// `Display` prints `file:line:column: severity[rule] message; help: …`.
///
/// ```
/// use autopilot_lint::Linter;
///
/// let text = "{\n  \"managedDeviceName\": \"PC-1\",\n  \"osVersion\": 10\n}";
/// let report = Linter::new().check("events/one.json", text);
/// let finding = report.findings().next().ok_or("a finding")?;
///
/// assert_eq!(finding.file(), "events/one.json");
/// assert_eq!((finding.line(), finding.column()), (3, 16));
/// assert_eq!(finding.pointer(), "/osVersion");
/// let range = finding.range();
/// assert_eq!(&text[range.start.offset..range.end.offset], "10");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct Finding<'a>(report::Finding<'a>);

impl<'a> Finding<'a> {
    /// The rule that found it.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.0.located.diagnostic.rule
    }

    /// Its severity under the policy.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.0.located.diagnostic.severity
    }

    /// What is wrong, in one sentence. Control and invisible characters of the payload are escaped:
    /// safe to print.
    #[must_use]
    pub fn message(&self) -> Cow<'a, str> {
        sanitize::text(&self.0.located.diagnostic.message)
    }

    /// What to do, where there is more to say than the message does. Safe to print.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'a, str>> {
        let help = self.0.located.diagnostic.help.as_deref();
        help.map(sanitize::text)
    }

    /// What mends it, where that is known.
    #[must_use]
    pub fn fix(&self) -> Option<Fix<'a>> {
        let located = self.0.located;
        let fix = located.diagnostic.fix.as_deref()?;
        Some(Fix::new(fix, &located.edits))
    }

    /// The file, as it was named when its document was checked: not escaped.
    #[must_use]
    pub fn file(&self) -> &'a str {
        &self.0.file.path
    }

    /// Line of the first character, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.range().start.line
    }

    /// Column of the first character, from 1, in Unicode code points.
    #[must_use]
    pub fn column(&self) -> usize {
        self.range().start.column
    }

    /// The offending token: a whole value, or a member name.
    #[must_use]
    pub fn range(&self) -> Range {
        self.0.located.range
    }

    /// JSON Pointer (RFC 6901) of the value: not escaped for printing.
    #[must_use]
    pub fn pointer(&self) -> &'a str {
        self.0.located.diagnostic.pointer.as_str()
    }

    /// JSON Pointer of the event it is in; `None` where it concerns the whole document.
    #[must_use]
    pub fn payload(&self) -> Option<&'a str> {
        let payload = self.0.located.diagnostic.payload.as_ref();
        payload.map(Pointer::as_str)
    }

    /// The other places that the finding speaks of.
    pub fn related(&self) -> impl Iterator<Item = RelatedPlace<'a>> {
        let located = self.0.located;
        let labels = located.diagnostic.labels.iter().zip(&located.labels);
        labels.map(|(label, range)| RelatedPlace {
            message: sanitize::text(&label.message),
            range: *range,
            pointer: label.pointer.as_str(),
        })
    }

    /// 32 hexadecimal digits that stay the same while the file's name, the rule and what it says of
    /// which member do, however the document is formatted.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = sanitize::path(self.file());
        f.write_str(&report::line_of(&path, self.0.located))
    }
}

/// Another place that a [`Finding`] speaks of, in the same file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelatedPlace<'a> {
    /// A few words, for example `starts here`. Safe to print.
    pub message: Cow<'a, str>,
    /// The token.
    pub range: Range,
    /// JSON Pointer (RFC 6901) of the value: not escaped for printing.
    pub pointer: &'a str,
}

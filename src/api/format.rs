//! Formats, and how those that draw are to draw.

use std::fmt;

use crate::report::{self, FORMATS};

/// A format that a [`Report`](crate::Report) can be written in.
///
/// Its name is that of the command line's `--output-format`.
///
/// ```
/// use autopilot_lint::Format;
///
/// assert_eq!(Format::from_name("sarif"), Some(Format::SARIF));
/// for format in Format::all() {
///     println!("{format}: {}", format.summary());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Format(&'static report::Format);

impl Format {
    /// For people: the source around each finding, and how to fix it.
    pub const FULL: Self = Self::named("full");
    /// One line per finding: `path:line:column: severity[rule] message; help: …`.
    pub const CONCISE: Self = Self::named("concise");
    /// For people: one line per finding, grouped by file.
    pub const GROUPED: Self = Self::named("grouped");
    /// One JSON document with the whole report.
    pub const JSON: Self = Self::named("json");
    /// One line of JSON per finding, then per file that could not be checked.
    pub const JSON_LINES: Self = Self::named("json-lines");
    /// SARIF 2.1.0, for code scanning.
    pub const SARIF: Self = Self::named("sarif");
    /// GitHub Actions annotations.
    pub const GITHUB: Self = Self::named("github");
    /// Azure Pipelines issues.
    pub const AZURE: Self = Self::named("azure");
    /// GitLab code quality report.
    pub const GITLAB: Self = Self::named("gitlab");
    /// `JUnit` XML: one test suite per file, one test case per finding.
    pub const JUNIT: Self = Self::named("junit");
    /// One self-contained HTML page.
    pub const HTML: Self = Self::named("html");
    /// Markdown, for job summaries and comments: no longer than a comment on GitHub may be.
    pub const MARKDOWN: Self = Self::named("markdown");

    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(Self)
    }

    /// The format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        report::format(name).map(Self)
    }

    /// The name on the command line, for example `json-lines`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// What it is, in one line.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        self.0.summary
    }

    pub(super) fn inner(self) -> &'static report::Format {
        self.0
    }

    /// The format of this name, for constants: one that does not exist fails the build.
    const fn named(name: &str) -> Self {
        let mut index = 0;
        while index < FORMATS.len() {
            let format = &FORMATS[index];
            if is_same(format.name.as_bytes(), name.as_bytes()) {
                return Self(format);
            }
            index += 1;
        }
        panic!("no such format")
    }
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name()).finish()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How formats for people are drawn. Formats for programs ignore it.
///
/// The default suits a file or a pipe: no colours, Unicode line drawing, 80 columns.
///
/// ```
/// use autopilot_lint::{Format, RenderOptions};
///
/// let report = autopilot_lint::check("[]");
/// let options = RenderOptions::default().color(true).width(120);
/// report.write_to(std::io::stdout(), Format::FULL, &options)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct RenderOptions(report::RenderOptions);

impl RenderOptions {
    /// Whether to use ANSI colours.
    pub const fn color(mut self, color: bool) -> Self {
        self.0.color = color;
        self
    }

    /// Whether to use box drawing and ellipses; otherwise ASCII.
    pub const fn unicode(mut self, unicode: bool) -> Self {
        self.0.unicode = unicode;
        self
    }

    /// Whether rule names link to their pages (OSC 8). Only with colours.
    pub const fn hyperlinks(mut self, hyperlinks: bool) -> Self {
        self.0.hyperlinks = hyperlinks;
        self
    }

    /// Columns to fill: at least 40 are used, at most 200.
    pub const fn width(mut self, columns: usize) -> Self {
        self.0.width = columns;
        self
    }

    pub(super) const fn inner(&self) -> report::RenderOptions {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_constant() {
        let constants = [
            Format::FULL,
            Format::CONCISE,
            Format::GROUPED,
            Format::JSON,
            Format::JSON_LINES,
            Format::SARIF,
            Format::GITHUB,
            Format::AZURE,
            Format::GITLAB,
            Format::JUNIT,
            Format::HTML,
            Format::MARKDOWN,
        ];
        assert!(Format::all().eq(constants));
        for format in constants {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
    }
}

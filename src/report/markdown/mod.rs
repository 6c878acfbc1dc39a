//! The `markdown` format: for summaries of a build and for comments on a change.
//!
//! It keeps to what GitHub, GitLab and Azure Pipelines show alike, tables and code, and to the size
//! of a comment: the worst findings come first, and what does not fit is counted. Owns the layout;
//! what a text may become is decided in `escape`.

mod escape;
#[cfg(test)]
mod tests;
mod timeline;

use std::io;

use escape::{Place, code, prose};

use super::full::conclusion;
use super::line::fix_note;
use super::statistics::Statistics;
use super::timeline::{Timeline, events};
use super::{Finding, Origin, RenderOptions, Report, Unchecked, count, rule_url};
use crate::diagnostic::Rule;

/// Most of a report. GitHub refuses comments from 65,536 characters on, and counts some of them as
/// two; the rest is for a heading of whoever posts it. A summary may have 1 MiB.
const LIMIT: usize = 64_000;
/// Most of what is used up when a part begins no more rows; each part leaves room for the next.
const UNCHECKED: usize = LIMIT / 8;
const FINDINGS: usize = LIMIT * 3 / 4;
const TIMELINES: usize = LIMIT - ORIGIN;
/// Room for what was run.
const ORIGIN: usize = 6_000;
/// Most characters of a text that nothing else limits.
const MAX_TEXT: usize = 300;

/// Writes the report.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page::default();
    page.push(&head(report));
    page.table(
        "Not checked",
        "| File | Reason |\n|---|---|\n",
        UNCHECKED,
        &report.unchecked(),
        unchecked,
    );
    let findings = report.worst_first();
    page.table(
        "Findings",
        "| Severity | Place | Rule | Message |\n|---|---|---|---|\n",
        FINDINGS,
        &findings,
        finding,
    );
    page.timelines(report);
    if let Some(origin) = &report.origin {
        page.push(&run(origin));
    }
    out.write_all(page.text.as_bytes())
}

/// A text that counts what GitHub counts.
#[derive(Debug, Default)]
struct Page {
    text: String,
    /// UTF-16 code units.
    used: usize,
}

impl Page {
    fn push(&mut self, piece: &str) {
        self.used += units(piece);
        self.text.push_str(piece);
    }

    /// Appends what ends within the limit.
    fn push_within(&mut self, piece: &str, limit: usize) -> bool {
        let fits = self.used + units(piece) <= limit;
        if fits {
            self.push(piece);
        }
        fits
    }

    /// A row for each item, as many as there is room for; the rest is counted.
    fn table<T>(
        &mut self,
        title: &str,
        head: &str,
        limit: usize,
        items: &[T],
        row: fn(&T) -> String,
    ) {
        if items.is_empty() {
            return;
        }
        self.push(&format!("\n### {title}\n\n{head}"));
        let written = items
            .iter()
            .take_while(|item| self.push_within(&row(item), limit))
            .count();
        self.more(items.len() - written, "row");
    }

    fn more(&mut self, number: usize, noun: &str) {
        if number > 0 {
            self.push(&format!(
                "\n{} left out.\n",
                count(number, &format!("more {noun}"))
            ));
        }
    }

    /// The phases of each event with a finding about a time.
    fn timelines(&mut self, report: &Report) {
        let findings: Vec<Finding<'_>> = report.findings().collect();
        let files = findings.chunk_by(|a, b| std::ptr::eq(a.file, b.file));
        let events = files.flat_map(|of_file| {
            events(of_file)
                .into_iter()
                .map(|event| (&of_file[0], event))
        });
        let timelines: Vec<_> = events
            .filter_map(|(first, event)| Some((first, Timeline::of(event)?)))
            .filter(|(_, timeline)| timeline.is_found())
            .collect();
        if timelines.is_empty() {
            return;
        }
        self.push("\n### Phases\n");
        let drawn = timelines.iter().take_while(|(finding, timeline)| {
            let name = shortened(&finding.file.name_from_root());
            self.push_within(&timeline::draw(&name, timeline), TIMELINES)
        });
        let drawn = drawn.count();
        self.more(timelines.len() - drawn, "event");
    }
}

/// What came of the run at a glance.
fn head(report: &Report) -> String {
    let statistics = Statistics::new(report);
    let figures = statistics.figures();
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let names = row(figures
        .iter()
        .map(|figure| figure.name.to_owned())
        .collect());
    let numbers = row(figures
        .iter()
        .map(|figure| figure.number.to_string())
        .collect());
    format!(
        "## {}\n\n{}\n\n{names}{}|\n{numbers}",
        env!("CARGO_PKG_NAME"),
        conclusion(&statistics.summary),
        "|--:".repeat(figures.len()),
    )
}

fn unchecked(unchecked: &Unchecked<'_>) -> String {
    let name = shortened(&unchecked.name_from_root());
    let message = shortened(&unchecked.error.message);
    format!(
        "| {} | {} |\n",
        code(&name, Place::Cell),
        prose(&message, Place::Cell)
    )
}

fn finding(finding: &Finding<'_>) -> String {
    let diagnostic = &finding.located.diagnostic;
    let start = finding.located.range.start;
    let name = shortened(&finding.file.name_from_root());
    let place = format!("{name}:{}:{}", start.line, start.column);
    let message = prose(&diagnostic.message, Place::Cell);
    // A column of its own would have to be scrolled to.
    let help = match &diagnostic.help {
        Some(help) => format!("; help: {}", prose(help, Place::Cell)),
        None => String::new(),
    };
    let fix = match fix_note(diagnostic) {
        Some(note) => format!("; {}", prose(&note, Place::Cell)),
        None => String::new(),
    };
    format!(
        "| {} | {} | {} | {message}{help}{fix} |\n",
        diagnostic.severity,
        code(&place, Place::Cell),
        rule(diagnostic.rule),
    )
}

fn rule(rule: &Rule) -> String {
    let name = code(rule.name, Place::Cell);
    match rule_url(rule) {
        Some(url) => format!("[{name}](<{url}>)"),
        None => name,
    }
}

/// What was run, for those who read it later.
fn run(origin: &Origin) -> String {
    let code = |text: &str| code(&shortened(text), Place::Line);
    let named = |what: &str, name: &Option<String>| {
        name.as_deref().map(|name| format!("{what} {}", code(name)))
    };
    let parts = [
        Some(format!(
            "{} {}",
            env!("CARGO_PKG_NAME"),
            code(env!("CARGO_PKG_VERSION"))
        )),
        Some(code(&origin.command)),
        Some(format!("revision {}", code(&origin.revision))),
        Some(format!("mode {}", code(origin.mode))),
        named("configuration", &origin.configuration),
        named("baseline", &origin.baseline),
        named("date", &origin.date),
        origin
            .redacted
            .then(|| "identifying values masked".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("\n{}.\n", parts.join(", "))
}

/// The end of a text, which tells most of a path, and its beginning.
fn shortened(text: &str) -> String {
    let characters = text.chars().count();
    if characters <= MAX_TEXT {
        return text.to_owned();
    }
    let begin: String = text.chars().take(MAX_TEXT / 2).collect();
    let end: String = text.chars().skip(characters - MAX_TEXT / 2).collect();
    format!("{begin}…{end}")
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

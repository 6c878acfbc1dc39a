//! The `full` format: for people, with the source around each finding and what it compares drawn
//! to scale.
//!
//! Owns the words around the frame; the frame itself is drawn elsewhere.

use std::fmt::Write as _;
use std::io;

use owo_colors::Style;
use textwrap::{Options as Wrap, WordSeparator, WordSplitter};

use super::diff::DiffPainter;
use super::drawing::{Chart, charts};
use super::frame::{FramePainter, width};
use super::line::{fix_message, fixable};
use super::marks::Mark;
use super::palette::Palette;
use super::{RenderOptions, Report, RunError, Summary, count, rule_url, sanitize};
use crate::diagnostic::{Located, Position, Severity};

/// Columns that a chart needs for its words.
const CHART_WORDS: usize = 48;

/// Writes the report.
pub(super) fn write(
    report: &Report,
    options: &RenderOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let painter = Painter::new(options);
    for file in &report.files {
        let path = sanitize::path(&file.path);
        for located in &file.diagnostics {
            out.write_all(painter.finding(&path, located).as_bytes())?;
            out.write_all(b"\n")?;
        }
        if file.not_shown.total() > 0 {
            let more = count(file.not_shown.total(), "more finding");
            writeln!(out, "{path}: {more} not shown\n")?;
        }
    }
    for error in &report.errors {
        out.write_all(painter.error(error).as_bytes())?;
    }
    Ok(())
}

/// The last line: what was found in how much.
pub(super) fn conclusion(summary: &Summary) -> String {
    let found: Vec<String> = [
        (summary.found.errors, "error"),
        (summary.found.warnings, "warning"),
        (summary.found.infos, "info"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| count(number, noun))
    .collect();
    let found = match found.split_last() {
        None => "No findings".to_owned(),
        Some((last, [])) => format!("Found {last}"),
        Some((last, rest)) => format!("Found {} and {last}", rest.join(", ")),
    };
    let files = count(summary.files, "file");
    let payloads = count(summary.payloads, "payload");
    let mut text = format!("{found} in {files} ({payloads}).");
    if summary.not_shown > 0 {
        let findings = count(summary.not_shown, "finding");
        let _ = write!(text, " {findings} not shown.");
    }
    if summary.hidden > 0 {
        let _ = write!(text, " {} hidden.", count(summary.hidden, "finding"));
    }
    if summary.unreadable > 0 {
        let files = count(summary.unreadable, "file");
        let _ = write!(text, " {files} could not be checked.");
    }
    text
}

/// The look of a run.
struct Painter {
    width: usize,
    /// Columns of a chart's strokes.
    chart: usize,
    hyperlinks: bool,
    strokes: &'static Strokes,
    palette: Palette,
    frames: FramePainter,
    diffs: DiffPainter,
}

/// What charts are drawn with.
struct Strokes {
    instant: &'static str,
    axis: &'static str,
    bar: &'static str,
    negative: &'static str,
}

const UNICODE: Strokes = Strokes {
    instant: "●",
    axis: "─",
    bar: "█",
    negative: "░",
};

const ASCII: Strokes = Strokes {
    instant: "*",
    axis: "-",
    bar: "=",
    negative: "-",
};

impl Painter {
    fn new(options: &RenderOptions) -> Self {
        Self {
            width: width(options),
            chart: width(options).saturating_sub(CHART_WORDS).clamp(8, 32),
            hyperlinks: options.hyperlinks && options.color,
            strokes: if options.unicode { &UNICODE } else { &ASCII },
            palette: Palette::new(options),
            frames: FramePainter::new(options),
            diffs: DiffPainter::new(options),
        }
    }

    fn finding(&self, path: &str, located: &Located) -> String {
        let mut text = self.header(located);
        let notes = match &located.frame {
            Some(frame) => self.frames.paint(path, located, frame, &mut text),
            None => Mark::all(located),
        };
        for mark in notes {
            text.push_str(&self.note(path, &mark));
        }
        for chart in charts(&located.diagnostic.operands, self.chart) {
            self.chart(&chart, &mut text);
        }
        if let Some(help) = &located.diagnostic.help {
            let help = sanitize::text(help);
            text.push_str(&self.paragraph("  help: ", &help, self.palette.help));
        }
        self.fix(located, &mut text);
        text
    }

    /// That there is a fix, and what it does.
    fn fix(&self, located: &Located, out: &mut String) {
        let diagnostic = &located.diagnostic;
        let Some(fixable) = fixable(diagnostic) else {
            return;
        };
        match fix_message(diagnostic) {
            None => {
                let _ = writeln!(out, "  {}", self.palette.help.style(fixable));
            }
            Some(message) => {
                let text = format!("  {fixable}: {}", sanitize::text(message));
                let wrapped = textwrap::fill(&text, wrap(self.width).subsequent_indent("    "));
                let rest = wrapped
                    .strip_prefix("  ")
                    .and_then(|text| text.strip_prefix(fixable));
                let rest = rest.unwrap_or_default();
                let _ = writeln!(out, "  {}{rest}", self.palette.help.style(fixable));
            }
        }
        if let Some(preview) = &located.preview {
            let framed = located.frame.iter().flat_map(|frame| &frame.lines);
            let framed = framed.map(|line| line.number);
            let hunks = preview.hunks.iter();
            let changed = hunks.map(|hunk| hunk.number + hunk.old.lines.len());
            let last = framed.chain(changed).max().unwrap_or(1);
            self.diffs.paint(preview, last.to_string().len(), out);
        }
    }

    /// `error[rule]: message`, wrapped.
    fn header(&self, located: &Located) -> String {
        let diagnostic = &located.diagnostic;
        let name = format!("{}[{}]", diagnostic.severity, diagnostic.rule.name);
        let message = sanitize::text(&diagnostic.message);
        let plain = format!("{name}: {message}");
        let mut styled_name = self
            .palette
            .severity(diagnostic.severity)
            .style(&name)
            .to_string();
        if self.hyperlinks
            && let Some(url) = rule_url(diagnostic.rule)
        {
            styled_name = hyperlink(&styled_name, &url);
        }
        let mut text = String::new();
        for line in textwrap::wrap(&plain, wrap(self.width).subsequent_indent("  ")) {
            let (head, rest) = match line.strip_prefix(&name) {
                Some(rest) if text.is_empty() => (styled_name.as_str(), rest),
                _ => ("", line.as_ref()),
            };
            text.push_str(head);
            let _ = writeln!(text, "{}", self.palette.message.style(rest));
        }
        text
    }

    /// What could not be checked, and why.
    fn error(&self, error: &RunError) -> String {
        let path = sanitize::path(&error.file);
        let text = format!("error: {path}: {}", sanitize::text(&error.message));
        let head = self.palette.severity(Severity::Error).style("error");
        let wrapped = textwrap::fill(&text, wrap(self.width).subsequent_indent("  "));
        format!("{head}{}\n\n", &wrapped["error".len()..])
    }

    /// A place that no frame shows.
    fn note(&self, path: &str, mark: &Mark) -> String {
        let Position { line, column, .. } = mark.range.start;
        let place = format!("{path}:{line}:{column}");
        match &mark.text {
            None => format!("  at {}\n", self.palette.place.style(place)),
            Some(text) => format!("  {text}: {}\n", self.palette.place.style(place)),
        }
    }

    /// A row for each quantity: its name, its place or length, its size in words.
    fn chart(&self, chart: &Chart, out: &mut String) {
        let names: Vec<_> = chart
            .rows
            .iter()
            .map(|row| sanitize::text(&row.name))
            .collect();
        let pad = names
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or(0);
        for (name, row) in names.iter().zip(&chart.rows) {
            let stroke = match (chart.instants, row.negative) {
                (true, _) => self.strokes.axis,
                (false, true) => self.strokes.negative,
                (false, false) => self.strokes.bar,
            };
            let mut drawn = stroke.repeat(row.cells);
            if chart.instants {
                drawn.push_str(self.strokes.instant);
            }
            let drawn = self.palette.label.style(drawn);
            let gap = if row.text.is_empty() { "" } else { " " };
            let _ = writeln!(out, "  {name:pad$}  {drawn}{gap}{}", row.text);
        }
    }

    fn paragraph(&self, head: &str, text: &str, style: Style) -> String {
        let indent = " ".repeat(head.len());
        let wrapped = textwrap::fill(
            text,
            wrap(self.width)
                .initial_indent(&indent)
                .subsequent_indent(&indent),
        );
        format!(
            "{}{}\n",
            style.style(head),
            &wrapped[head.len().min(wrapped.len())..]
        )
    }
}

/// A text that a terminal opens `url` for (OSC 8).
fn hyperlink(text: &str, url: &str) -> String {
    format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

fn wrap<'a>(width: usize) -> Wrap<'a> {
    Wrap::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_closed() {
        let linked = hyperlink("a", "https://example.com/b");
        assert_eq!(
            linked,
            "\u{1b}]8;;https://example.com/b\u{1b}\\a\u{1b}]8;;\u{1b}\\"
        );
    }
}

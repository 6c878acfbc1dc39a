//! The `html` format: one page that needs nothing else, neither network nor files.
//!
//! Everything is in the page as it is written; the script only hides what a filter leaves out.
//! The page's policy allows this very style and script by their hashes and nothing else, so that
//! even a text that got past the escaping could do nothing.

mod escape;
mod timeline;

use std::io::{self, Write};
use std::ops::Range;

use escape::{escape, push_escaped};

use super::full::conclusion;
use super::marks::{Mark, MarkedLine, distribute};
use super::sanitize::Sanitizer;
use super::statistics::Statistics;
use super::{Counts, FileReport, Finding, RenderOptions, Report, count, rule_url};
use crate::diagnostic::{Diagnostic, Located, Operand, Severity};
use crate::json::Pointer;
use crate::source::Frame;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// SHA-256 of [`STYLE`] and [`SCRIPT`], base64; a test computes them.
const STYLE_HASH: &str = "0uJPgpeQKYSvIlhjnmgvzwcOMK7lleT7BLESwBxamSs=";
const SCRIPT_HASH: &str = "bw8AYTtGbXgqDFPrKBUKPqWvgy/81TKK+lzK3LUnVfU=";
/// Characters between tab stops.
const TAB: usize = 4;
/// Rows of a bar chart.
const BARS: usize = 20;
/// Width of a bar, in the units of its drawing.
const BAR: usize = 320;

/// Writes the page.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let statistics = Statistics::new(report);
    write_head(&statistics, out)?;
    if !statistics.rules.is_empty() {
        write_bars("Rules", "rule", &statistics.rules, out)?;
        write_bars("Files", "file", &statistics.files, out)?;
        write_filters(&statistics, out)?;
    }
    write_errors(report, out)?;
    out.write_all(b"<main>\n")?;
    let mut findings = report.findings().peekable();
    for file in &report.files {
        let mut of_file = Vec::with_capacity(file.diagnostics.len());
        while let Some(finding) = findings.next_if(|finding| std::ptr::eq(finding.file, file)) {
            of_file.push(finding);
        }
        if !of_file.is_empty() {
            write_file(file, &of_file, out)?;
        }
    }
    write!(
        out,
        "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

fn write_head(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let summary = &statistics.summary;
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    );
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{name}: {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{name} <small>{version}</small></h1>\n<p>{}</p>\n<dl class=\"tiles\">\n",
        count(summary.found.total(), "finding"),
        conclusion(summary),
    )?;
    for (class, name, number) in [
        ("error", "errors", summary.found.errors),
        ("warning", "warnings", summary.found.warnings),
        ("info", "infos", summary.found.infos),
        ("", "not shown", summary.not_shown),
        ("", "suppressed", statistics.silenced),
        ("", "files", summary.files),
        ("", "payloads", summary.payloads),
        ("", "not checked", summary.unreadable),
    ] {
        writeln!(
            out,
            "<div class=\"{class}\"><dt>{name}</dt><dd>{number}</dd></div>"
        )?;
    }
    out.write_all(b"</dl>\n</header>\n")
}

/// A bar for each row, its parts the severities; a row's name sets the filter.
fn write_bars(
    heading: &str,
    filter: &str,
    rows: &[(String, Counts)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let most = rows
        .iter()
        .map(|(_, counts)| counts.total())
        .max()
        .unwrap_or(1);
    write!(
        out,
        "<section class=\"bars\">\n<h2>{heading}</h2>\n<table>\n"
    )?;
    for (name, counts) in rows.iter().take(BARS) {
        let name = escape(name);
        write!(
            out,
            "<tr><th scope=\"row\"><button type=\"button\" data-filter=\"{filter}\" data-value=\"{name}\">{name}</button></th>\
             <td class=\"number\">{}</td><td><svg viewBox=\"0 0 {BAR} 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
            counts.total()
        )?;
        let mut x = 0;
        for (class, number) in [
            ("error", counts.errors),
            ("warning", counts.warnings),
            ("info", counts.infos),
        ] {
            let width = number * BAR / most;
            write!(
                out,
                "<rect class=\"{class}\" x=\"{x}\" width=\"{width}\" height=\"12\"/>"
            )?;
            x += width;
        }
        out.write_all(b"</svg></td></tr>\n")?;
    }
    out.write_all(b"</table>\n")?;
    if rows.len() > BARS {
        writeln!(out, "<p>and {} more</p>", rows.len() - BARS)?;
    }
    out.write_all(b"</section>\n")
}

/// Hidden until the script, without which it would do nothing, shows it.
fn write_filters(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"<form id=\"filters\" hidden>\n<h2>Filter</h2>\n\
          <label>Text <input type=\"search\" name=\"text\" placeholder=\"press / to search\"></label>\n",
    )?;
    write_choice("Rule", "rule", &statistics.rules, out)?;
    write_choice("File", "file", &statistics.files, out)?;
    out.write_all(b"<fieldset>\n<legend>Severity</legend>\n")?;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        writeln!(
            out,
            "<label><input type=\"checkbox\" name=\"severity\" value=\"{severity}\" checked> {severity}</label>"
        )?;
    }
    out.write_all(
        b"</fieldset>\n<button type=\"reset\">Show all</button>\n\
          <output aria-live=\"polite\"></output>\n\
          <p class=\"keys\"><kbd>/</kbd> search, <kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>Esc</kbd> show all</p>\n</form>\n",
    )
}

fn write_choice(
    label: &str,
    name: &str,
    rows: &[(String, Counts)],
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(
        out,
        "<label>{label} <select name=\"{name}\"><option value=\"\">all</option>"
    )?;
    for (value, counts) in rows {
        let value = escape(value);
        write!(
            out,
            "<option value=\"{value}\">{value} ({})</option>",
            counts.total()
        )?;
    }
    out.write_all(b"</select></label>\n")
}

fn write_errors(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.errors.is_empty() {
        return Ok(());
    }
    out.write_all(b"<section class=\"unreadable\">\n<h2>Not checked</h2>\n<ul>\n")?;
    for error in &report.errors {
        writeln!(
            out,
            "<li><code>{}</code>: {}</li>",
            escape(&error.file),
            escape(&error.message)
        )?;
    }
    out.write_all(b"</ul>\n</section>\n")
}

fn write_file(file: &FileReport, findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    let path = escape(&file.path);
    writeln!(out, "<section class=\"file\">\n<h2>{path}</h2>")?;
    for event in events(findings) {
        out.write_all(b"<div class=\"event\">\n")?;
        for finding in event {
            write_finding(finding, &path, out)?;
        }
        write_timeline(event, out)?;
        out.write_all(b"</div>\n")?;
    }
    if file.not_shown.total() > 0 {
        writeln!(
            out,
            "<p>{} not shown</p>",
            count(file.not_shown.total(), "more finding")
        )?;
    }
    out.write_all(b"</section>\n")
}

fn write_finding(finding: &Finding<'_>, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let located = finding.located;
    let diagnostic = &located.diagnostic;
    let (severity, rule) = (diagnostic.severity, diagnostic.rule.name);
    let name = match rule_url(diagnostic.rule) {
        Some(url) => format!("<a href=\"{}\">{rule}</a>", escape(&url)),
        None => rule.to_owned(),
    };
    let start = located.range.start;
    write!(
        out,
        "<article class=\"{severity}\" id=\"f{}\" tabindex=\"-1\" data-severity=\"{severity}\" data-rule=\"{rule}\" data-file=\"{path}\">\n\
         <h3><span class=\"badge\">{severity}</span> <span class=\"rule\">{name}</span></h3>\n<p class=\"message\">{}</p>\n\
         <p class=\"place\">{path}:{}:{} <code>{}</code></p>\n",
        finding.fingerprint,
        escape(&diagnostic.message),
        start.line,
        start.column,
        escape(diagnostic.pointer.as_str()),
    )?;
    if let Some(frame) = &located.frame {
        write_frame(located, frame, out)?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "<p class=\"help\"><b>Help:</b> {}</p>", escape(help))?;
    }
    out.write_all(b"</article>\n")
}

fn write_frame(located: &Located, frame: &Frame, out: &mut dyn Write) -> io::Result<()> {
    let (lines, elsewhere) = distribute(Mark::all(located), &frame.lines);
    out.write_all(b"<pre>")?;
    let mut previous = None;
    for line in &lines {
        let number = line.line.number;
        if previous.is_some_and(|previous| previous + 1 < number) {
            out.write_all("<span class=\"line\">⋮</span>\n".as_bytes())?;
        }
        previous = Some(number);
        writeln!(out, "{}", line_html(line))?;
    }
    out.write_all(b"</pre>\n")?;
    for mark in elsewhere {
        if let Some(text) = mark.text {
            let start = mark.range.start;
            writeln!(
                out,
                "<p class=\"place\">{}: {}:{}</p>",
                escape(&text),
                start.line,
                start.column
            )?;
        }
    }
    Ok(())
}

/// A line with its number, its marks and, at its end, what the marks say.
fn line_html(marked: &MarkedLine<'_>) -> String {
    let line = marked.line;
    let mut html = format!("<span class=\"line\">{}</span>", line.number);
    html.push_str(if line.cut_before { "…" } else { "" });
    let spans = marked.spans();
    let mut sanitizer = Sanitizer::default();
    for (index, c) in line.text.chars().enumerate() {
        open_marks(&spans, &marked.marks, index, &mut html);
        let mut piece = String::new();
        if c == '\t' {
            piece.push_str(&" ".repeat(TAB - index % TAB));
        } else {
            sanitizer.next(c).push_to(&mut piece);
        }
        piece.chars().for_each(|c| push_escaped(c, &mut html));
        if spans
            .iter()
            .any(|span| span.end == index + 1 && !span.is_empty())
        {
            html.push_str("</mark>");
        }
    }
    open_marks(&spans, &marked.marks, line.text.chars().count(), &mut html);
    html.push_str(if line.cut_after { "…" } else { "" });
    for text in marked.marks.iter().filter_map(|mark| mark.text.as_ref()) {
        html.push_str(" <em>");
        html.push_str(&escape(text));
        html.push_str("</em>");
    }
    html
}

/// Begins the mark that begins at this character; one of no characters is closed at once.
fn open_marks(spans: &[Range<usize>], marks: &[Mark], index: usize, html: &mut String) {
    for (span, mark) in spans
        .iter()
        .zip(marks)
        .filter(|(span, _)| span.start == index)
    {
        html.push_str(match mark.text {
            None => "<mark class=\"main\">",
            Some(_) => "<mark class=\"label\">",
        });
        if span.is_empty() {
            html.push_str("</mark>");
        }
    }
}

/// The dates and durations of the event that a finding is about, or those that it compares.
fn times<'a>(finding: &Finding<'a>) -> &'a [Operand] {
    let diagnostic = &finding.located.diagnostic;
    diagnostic.times.as_deref().unwrap_or(&diagnostic.operands)
}

/// The findings event by event; those between, of none, go with the next.
fn events<'a, 'f>(findings: &'f [Finding<'a>]) -> Vec<&'f [Finding<'a>]> {
    let mut events = Vec::new();
    let mut rest = findings;
    while let Some(first) = rest.iter().position(|finding| !times(finding).is_empty()) {
        let of_event = times(&rest[first]);
        let other = |finding: &Finding<'a>| {
            let times = times(finding);
            !times.is_empty() && !std::ptr::eq(times, of_event)
        };
        let end = rest[first..].iter().position(other);
        let (event, after) = rest.split_at(end.map_or(rest.len(), |end| first + end));
        events.push(event);
        rest = after;
    }
    events.extend((!rest.is_empty()).then_some(rest));
    events
}

/// The phases of the event that findings are about.
fn write_timeline(findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    let Some(finding) = findings.iter().find(|finding| !times(finding).is_empty()) else {
        return Ok(());
    };
    let about = findings.iter().flat_map(|finding| {
        let Diagnostic {
            operands, pointer, ..
        } = &finding.located.diagnostic;
        let at = pointer.as_str().rsplit('/').next();
        at.into_iter()
            .chain(operands.iter().map(|one| one.name.as_str()))
    });
    let payload = finding.located.diagnostic.payload.as_ref();
    let caption = match payload.map_or("", Pointer::as_str) {
        "" => "Phases of the event".to_owned(),
        pointer => format!("Phases of the event <code>{}</code>", escape(pointer)),
    };
    timeline::write(times(finding), &about.collect::<Vec<_>>(), &caption, out)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_allows_this_style_and_script() {
        for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
            let digest = Sha256::digest(text.replace("\r\n", "\n"));
            assert_eq!(data_encoding::BASE64.encode(&digest), hash);
            assert!(!text.contains("</"));
        }
    }
}

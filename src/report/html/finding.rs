//! One finding: what is wrong, where, and what to do.
//!
//! Owns the marks on the source that is shown with it, and the lines that a fix changes.

use std::io::{self, Write};
use std::ops::Range;

use super::escape::{escape, prose, push_escaped};
use crate::diagnostic::{Applicability, Fix, Located};
use crate::report::marks::{Mark, MarkedLine, distribute};
use crate::report::sanitize::{self, Sanitizer};
use crate::report::{Finding, count, rule_url};
use crate::source::{Frame, Hunk, Preview, PreviewLine, Side};

/// Characters between tab stops.
const TAB: usize = 4;

/// Writes a finding of the file whose escaped name is `path`.
pub(super) fn write(finding: &Finding<'_>, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let located = finding.located;
    let diagnostic = &located.diagnostic;
    let (severity, rule) = (diagnostic.severity, diagnostic.rule.name);
    let name = match rule_url(diagnostic.rule) {
        Some(url) => format!("<a href=\"{}\">{rule}</a>", escape(&url)),
        None => rule.to_owned(),
    };
    let start = located.range.start;
    let pointer = match diagnostic.pointer.as_str() {
        "" => String::new(),
        pointer => format!(" <code>{}</code>", escape(pointer)),
    };
    write!(
        out,
        "<article class=\"{severity}\" id=\"f{}\" tabindex=\"-1\" data-rule=\"{rule}\">\n\
         <h3><span class=\"badge\">{severity}</span> <span class=\"rule\">{name}</span> \
         <button type=\"button\" popovertarget=\"why-{rule}\">Why?</button></h3>\n\
         <p class=\"message\">{}</p>\n\
         <p class=\"place\"><a href=\"#f{0}\">{path}:{}:{}</a>{pointer}</p>\n",
        finding.fingerprint,
        prose(&diagnostic.message),
        start.line,
        start.column,
    )?;
    if let Some(frame) = &located.frame {
        write_frame(located, frame, out)?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "<p class=\"help\"><b>Help:</b> {}</p>", prose(help))?;
    }
    if let Some(fix) = &diagnostic.fix {
        write_fix(fix, located.preview.as_ref(), out)?;
    }
    out.write_all(b"</article>\n")
}

/// What the fix does, and the lines before and after it, one block for those that follow each other.
fn write_fix(fix: &Fix, preview: Option<&Preview>, out: &mut dyn Write) -> io::Result<()> {
    let option = match fix.applicability {
        Applicability::Safe => "--fix",
        Applicability::Unsafe => "--fix --unsafe-fixes",
    };
    let message = prose(&fix.message);
    writeln!(
        out,
        "<p class=\"help\"><b>Fixable</b> with <code>{option}</code>: {message}</p>"
    )?;
    let Some(preview) = preview else {
        return Ok(());
    };
    let follows = |one: &Hunk, next: &Hunk| {
        one.old.more == 0 && one.number + one.old.lines.len() == next.number
    };
    for run in preview.hunks.chunk_by(follows) {
        write_change(run, out)?;
    }
    if preview.more > 0 {
        let more = count(preview.more, "more change");
        writeln!(out, "<p class=\"place\">… {more}</p>")?;
    }
    Ok(())
}

fn write_change(run: &[Hunk], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<div class=\"change\">")?;
    if let Some(text) = copied(run) {
        write!(
            out,
            "<button type=\"button\" class=\"copy\" data-text=\"{text}\" title=\"Copy the new text\" aria-live=\"polite\" hidden>Copy</button>"
        )?;
    }
    out.write_all(b"<pre>")?;
    for hunk in run {
        let numbers = hunk.number..hunk.number + hunk.old.lines.len();
        write_side(&hunk.old, '-', numbers, out)?;
        let unnumbered = usize::from(hunk.old.lines.is_empty());
        write_side(&hunk.new, '+', hunk.number..hunk.number + unnumbered, out)?;
    }
    out.write_all(b"</pre></div>\n")
}

/// The new lines as the value of an attribute, if all are there as they are to be.
fn copied(run: &[Hunk]) -> Option<String> {
    let as_is = |line: &PreviewLine| {
        let plain = line.text.replace('\t', " ");
        !line.cut_before && !line.cut_after && !line.masked && sanitize::text(&plain) == plain
    };
    let lines = || run.iter().flat_map(|hunk| &hunk.new.lines);
    let is_whole = run.iter().all(|hunk| hunk.new.more == 0) && lines().all(as_is);
    let lines: Vec<String> = lines().map(|line| attribute(&line.text)).collect();
    (is_whole && !lines.is_empty()).then(|| lines.join("&#10;"))
}

/// A line without characters that are not seen, but for tabs, as the value of an attribute.
fn attribute(line: &str) -> String {
    let parts: Vec<String> = line.split('\t').map(escape).collect();
    parts.join("&#9;")
}

fn write_side(
    side: &Side,
    sign: char,
    numbers: Range<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (element, class) = if sign == '-' {
        ("del", "goes")
    } else {
        ("ins", "comes")
    };
    let numbers = numbers.map(|number| format!("{number} "));
    let numbers = numbers.chain(std::iter::repeat_with(String::new));
    for (line, number) in side.lines.iter().zip(numbers) {
        let text = changed_html(line, class);
        writeln!(
            out,
            "<{element}><span class=\"line\">{number}{sign}</span>{text}</{element}>"
        )?;
    }
    if side.more > 0 {
        let more = count(side.more, "more line");
        writeln!(out, "<span class=\"line\">{sign}</span>… {more}")?;
    }
    Ok(())
}

/// A line with marks on what changes.
fn changed_html(line: &PreviewLine, class: &str) -> String {
    let mut html = String::new();
    html.push_str(if line.cut_before { "…" } else { "" });
    let mut sanitizer = Sanitizer::default();
    let changed = || line.changed.iter().filter(|range| !range.is_empty());
    for (index, c) in line.text.chars().enumerate() {
        if changed().any(|range| range.start == index) {
            html.push_str("<mark class=\"");
            html.push_str(class);
            html.push_str("\">");
        }
        push_character(c, index, &mut sanitizer, &mut html);
        if changed().any(|range| range.end == index + 1) {
            html.push_str("</mark>");
        }
    }
    html.push_str(if line.cut_after { "…" } else { "" });
    html
}

/// A character of a line of the source, made safe.
fn push_character(c: char, index: usize, sanitizer: &mut Sanitizer, html: &mut String) {
    let mut piece = String::new();
    if c == '\t' {
        piece.push_str(&" ".repeat(TAB - index % TAB));
    } else {
        sanitizer.next(c).push_to(&mut piece);
    }
    piece.chars().for_each(|c| push_escaped(c, html));
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
        push_character(c, index, &mut sanitizer, &mut html);
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

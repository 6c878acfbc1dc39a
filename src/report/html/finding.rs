//! One finding: what is wrong, where, and what to do.
//!
//! Owns the marks on the source that is shown with it.

use std::io::{self, Write};
use std::ops::Range;

use super::escape::{escape, prose, push_escaped};
use crate::diagnostic::Located;
use crate::report::marks::{Mark, MarkedLine, distribute};
use crate::report::sanitize::Sanitizer;
use crate::report::{Finding, rule_url};
use crate::source::Frame;

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

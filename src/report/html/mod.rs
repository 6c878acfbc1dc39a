//! The `html` format: one page that needs nothing else, neither network nor files.
//!
//! Everything is in the page as it is written, and folded by elements that need no script; the
//! script only filters and moves. The page's policy allows this very style and script by their hashes
//! and nothing else, so that even a text that got past the escaping could do nothing.

mod charts;
mod escape;
mod finding;
mod timeline;

use std::collections::BTreeMap;
use std::io::{self, Write};

use escape::{escape, prose};

use super::full::conclusion;
use super::statistics::{Figure, Statistics};
use super::timeline::{Timeline, events};
use super::{Counts, FileReport, Finding, Origin, RenderOptions, Report, Summary, count, rule_url};
use crate::diagnostic::{Rule, Severity};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// SHA-256 of [`STYLE`] and [`SCRIPT`], base64; a test computes them.
const STYLE_HASH: &str = "pF3c83+HP+2j9JyL5jGQAFGMQ8OpeKlCsexbLESlUkM=";
const SCRIPT_HASH: &str = "DbJIA/wstfKOmHTp2ytTtRJBOpymwZwAxJqW1MjOm9A=";

/// Writes the page.
pub(super) fn write(report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let statistics = Statistics::new(report);
    let has_findings = !statistics.rules.is_empty();
    write_head(&statistics, out)?;
    write_header(report, &statistics, out)?;
    if has_findings {
        write_filters(&statistics, out)?;
    }
    write_errors(report, out)?;
    write_findings(report, out)?;
    if has_findings {
        charts::write(&statistics, out)?;
    }
    write_rules(report, out)?;
    write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n")
}

fn write_head(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
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
         <title>{}: {}</title>\n<style>{STYLE}</style>\n</head>\n",
        env!("CARGO_PKG_NAME"),
        count(statistics.summary.found.total(), "finding"),
    )
}

/// What came of the run at a glance, and how it came about.
fn write_header(report: &Report, statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    let summary = &statistics.summary;
    let fixable = summary.fixable.words().map(|words| format!(" {words}."));
    write!(
        out,
        "<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n\
         <h1>{} <small>{}</small></h1>\n<p class=\"conclusion {}\">{}{}</p>\n",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
        outcome(summary),
        conclusion(summary),
        fixable.unwrap_or_default(),
    )?;
    write_tiles(statistics, out)?;
    if let Some(origin) = &report.origin {
        write_origin(origin, out)?;
    }
    if !statistics.rules.is_empty() {
        out.write_all(b"<p><a href=\"#counts\">Findings by rule and by file</a></p>\n")?;
    }
    out.write_all(b"</header>\n")
}

/// The colour of the whole.
fn outcome(summary: &Summary) -> &'static str {
    let worst = summary.found.by_severity().into_iter();
    let mut worst = worst.filter(|(_, number)| *number > 0);
    match worst.next() {
        _ if summary.unreadable > 0 => Severity::Error.name(),
        Some((severity, _)) => severity.name(),
        None => "clean",
    }
}

fn write_tiles(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<dl class=\"tiles\">\n")?;
    for Figure {
        name,
        number,
        severity,
    } in statistics.figures()
    {
        let class = severity.map_or("", Severity::name);
        writeln!(
            out,
            "<div class=\"{class}\"><dt>{name}</dt><dd>{number}</dd></div>"
        )?;
    }
    out.write_all(b"</dl>\n")
}

fn write_origin(origin: &Origin, out: &mut dyn Write) -> io::Result<()> {
    let code = |text: &str| format!("<code>{}</code>", escape(text));
    let named = |name: &Option<String>| name.as_deref().map_or("none".to_owned(), code);
    out.write_all(b"<dl class=\"origin\">\n")?;
    for (name, html) in [
        ("Command", Some(code(&origin.command))),
        ("Revision", Some(escape(&origin.revision))),
        ("Mode", Some(escape(origin.mode))),
        ("Configuration", Some(named(&origin.configuration))),
        ("Baseline", origin.baseline.as_deref().map(code)),
        ("Date", origin.date.as_deref().map(escape)),
        (
            "Identifying values",
            origin.redacted.then(|| "masked".to_owned()),
        ),
    ] {
        if let Some(html) = html {
            writeln!(out, "<div><dt>{name}</dt><dd>{html}</dd></div>")?;
        }
    }
    out.write_all(b"</dl>\n")
}

/// Hidden until the script, without which it would do nothing, shows it.
fn write_filters(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"<form id=\"filters\" hidden aria-label=\"Filter\">\n\
          <label>Text <input type=\"search\" name=\"text\" placeholder=\"press / to search\"></label>\n",
    )?;
    write_choice("Rule", "rule", &statistics.rules, out)?;
    write_choice("File", "file", &statistics.files, out)?;
    out.write_all(b"<fieldset>\n<legend>Severity</legend>\n")?;
    for (severity, number) in statistics.summary.found.by_severity() {
        writeln!(
            out,
            "<label class=\"{severity}\"><input type=\"checkbox\" name=\"severity\" value=\"{severity}\" checked> {severity} <small>{number}</small></label>"
        )?;
    }
    out.write_all(
        b"</fieldset>\n<button type=\"reset\">Show all</button>\n\
          <button type=\"button\" name=\"fold\">Fold files</button>\n\
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
            prose(&error.message)
        )?;
    }
    out.write_all(b"</ul>\n</section>\n")
}

fn write_findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<main id=\"findings\" tabindex=\"-1\">\n")?;
    let mut findings = report.findings().peekable();
    for file in report.files.iter().filter(|file| file.says_something()) {
        let mut of_file = Vec::with_capacity(file.diagnostics.len());
        while let Some(finding) = findings.next_if(|finding| std::ptr::eq(finding.file, file)) {
            of_file.push(finding);
        }
        write_file(file, &of_file, out)?;
    }
    out.write_all(b"</main>\n")
}

fn write_file(file: &FileReport, findings: &[Finding<'_>], out: &mut dyn Write) -> io::Result<()> {
    let path = escape(&file.path);
    let mut counts = file.not_shown.counts();
    for finding in findings {
        counts.add(finding.located.diagnostic.severity);
    }
    write!(
        out,
        "<details class=\"file\" data-file=\"{path}\" open>\n<summary><h2>{path}</h2>"
    )?;
    for (severity, number) in counts.by_severity() {
        if number > 0 {
            let counted = count(number, severity.name());
            write!(out, " <span class=\"{severity}\">{counted}</span>")?;
        }
    }
    out.write_all(b"</summary>\n")?;
    for event in events(findings) {
        out.write_all(b"<div class=\"event\">\n")?;
        for finding in event {
            finding::write(finding, &path, out)?;
        }
        if let Some(timeline) = Timeline::of(event) {
            timeline::write(&timeline, out)?;
        }
        out.write_all(b"</div>\n")?;
    }
    if file.not_shown.total() > 0 {
        writeln!(
            out,
            "<p>{} not shown</p>",
            count(file.not_shown.total(), "more finding")
        )?;
    }
    out.write_all(b"</details>\n")
}

/// What each rule is for, once: the findings ask for it by the rule's name.
fn write_rules(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let found = report.files.iter().flat_map(|file| &file.diagnostics);
    let rules: BTreeMap<&str, &Rule> = found
        .map(|located| located.diagnostic.rule)
        .map(|rule| (rule.name, rule))
        .collect();
    for (name, rule) in rules {
        write!(
            out,
            "<section class=\"why\" id=\"why-{name}\" popover aria-labelledby=\"rule-{name}\">\n\
             <h2 id=\"rule-{name}\">{name}</h2>\n<p>Reports {}.</p>\n<p>{}</p>\n<p>Source: {}</p>\n",
            prose(rule.summary),
            prose(rule.why),
            prose(rule.source),
        )?;
        if let Some(url) = rule_url(rule) {
            let url = escape(&url);
            writeln!(out, "<p><a href=\"{url}\">More on this rule</a></p>")?;
        }
        write!(
            out,
            "<button type=\"button\" popovertarget=\"why-{name}\" popovertargetaction=\"hide\">Close</button>\n\
             </section>\n"
        )?;
    }
    Ok(())
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

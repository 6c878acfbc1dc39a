//! Findings counted by rule and by file, as bars.
//!
//! Owns how long a bar is, and which rows are folded.

use std::io::{self, Write};

use super::escape::escape;
use crate::report::Counts;
use crate::report::statistics::Statistics;

/// Rows of a chart that are seen at once.
const SEEN: usize = 20;
/// Width of the longest bar, in the units of its drawing.
const BAR: usize = 320;

/// Writes both charts.
pub(super) fn write(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<section id=\"counts\">\n")?;
    write_chart("Findings by rule", "rule", &statistics.rules, out)?;
    write_chart("Findings by file", "file", &statistics.files, out)?;
    out.write_all(b"</section>\n")
}

/// A bar for each row, its parts the severities; a row's name sets the filter.
fn write_chart(
    heading: &str,
    filter: &str,
    rows: &[(String, Counts)],
    out: &mut dyn Write,
) -> io::Result<()> {
    // The first has most.
    let most = rows.first().map_or(1, |(_, counts)| counts.total().max(1));
    let (seen, more) = rows.split_at(rows.len().min(SEEN));
    writeln!(
        out,
        "<details class=\"chart\" open>\n<summary><h2>{heading}</h2></summary>"
    )?;
    write_rows(filter, seen, most, out)?;
    if !more.is_empty() {
        writeln!(out, "<details>\n<summary>and {} more</summary>", more.len())?;
        write_rows(filter, more, most, out)?;
        out.write_all(b"</details>\n")?;
    }
    out.write_all(b"</details>\n")
}

fn write_rows(
    filter: &str,
    rows: &[(String, Counts)],
    most: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"<table>\n")?;
    for (name, counts) in rows {
        let name = escape(name);
        write!(
            out,
            "<tr><th scope=\"row\"><button type=\"button\" data-filter=\"{filter}\" value=\"{name}\">{name}</button></th>\
             <td class=\"number\">{}</td><td><svg viewBox=\"0 0 {BAR} 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
            counts.total()
        )?;
        let mut x = 0;
        for (class, number) in counts.by_severity() {
            let width = number * BAR / most;
            if width > 0 {
                write!(
                    out,
                    "<rect class=\"{class}\" x=\"{x}\" width=\"{width}\" height=\"12\"/>"
                )?;
            }
            x += width;
        }
        out.write_all(b"</svg></td></tr>\n")?;
    }
    out.write_all(b"</table>\n")
}

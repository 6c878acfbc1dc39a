//! The phases of one event as rows of a table, each with its strokes as a picture.

use std::io::{self, Write};

use super::escape::escape;
use crate::report::timeline::{Axis, Kind, Row, Scale, Timeline};

/// Sizes of a picture.
const SCALE: Scale = Scale {
    width: 400,
    margin: 5,
    gap: 24,
};

/// Draws what an event gives.
pub(super) fn write(timeline: &Timeline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let axis = Axis::new(&timeline.rows, SCALE);
    // Where no finding is about a time, who reads on need not pass it.
    let open = if timeline.is_found() { " open" } else { "" };
    writeln!(
        out,
        "<details class=\"timeline {}\"{open}>\n<summary>{}</summary>\n<table>",
        timeline.severity,
        caption(timeline.pointer),
    )?;
    for row in &timeline.rows {
        let class = if row.found { " class=\"found\"" } else { "" };
        writeln!(
            out,
            "<tr{class}><th scope=\"row\">{}</th><td><svg viewBox=\"0 0 {} 14\" aria-hidden=\"true\">{}{}</svg></td><td>{}</td></tr>",
            escape(&row.name),
            SCALE.width + 2 * SCALE.margin,
            breaks(&axis),
            shape(&axis, row),
            row.text
        )?;
    }
    out.write_all(b"</table>\n")?;
    if let Some(left_out) = axis.left_out() {
        writeln!(
            out,
            "<p class=\"place\">Dashed line: {left_out} omitted.</p>"
        )?;
    }
    out.write_all(b"</details>\n")
}

fn caption(pointer: &str) -> String {
    match pointer {
        "" => "Phases of the event".to_owned(),
        pointer => format!("Phases of the event <code>{}</code>", escape(pointer)),
    }
}

fn breaks(axis: &Axis) -> String {
    let line = |x: &u64| format!("<path class=\"break\" d=\"M{x} 0V14\"/>");
    axis.breaks.iter().map(line).collect()
}

fn shape(axis: &Axis, row: &Row) -> String {
    let (start, end) = (axis.place(row.start), axis.place(row.end));
    let class = match row.kind {
        Kind::Instant => return format!("<circle cx=\"{start}\" cy=\"7\" r=\"4\"/>"),
        Kind::Phase => "bar",
        Kind::Backwards => "negative",
    };
    let width = start.abs_diff(end).max(1);
    let x = start.min(end);
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"2\" width=\"{width}\" height=\"10\"/>")
}

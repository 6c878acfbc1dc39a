//! What a fix does to the lines of a text, for a terminal or a text file: `-` before what goes, `+`
//! before what comes.
//!
//! Owns how such lines are cut to the width, so that what belongs together stands above each other.

use std::fmt::Write as _;
use std::ops::Range;

use owo_colors::Style;

use super::RenderOptions;
use super::cells::Cells;
use super::count;
use super::frame::{GUTTER, width};
use super::palette::Palette;
use crate::source::{Hunk, Preview, PreviewLine, Side};

/// The look of a run's diffs.
pub(super) struct DiffPainter {
    width: usize,
    ellipsis: &'static str,
    palette: Palette,
}

/// One side of a hunk.
struct Signed<'a> {
    sign: char,
    side: &'a Side,
    style: Style,
}

/// A line, made safe.
struct Row {
    cells: Cells,
    /// The display columns of each change.
    changed: Vec<Range<usize>>,
    cut_before: bool,
    cut_after: bool,
}

impl DiffPainter {
    /// The look that the options ask for.
    pub(super) fn new(options: &RenderOptions) -> Self {
        Self {
            width: width(options),
            ellipsis: if options.unicode { "…" } else { "..." },
            palette: Palette::new(options),
        }
    }

    /// Draws the lines below a frame whose line numbers have so many digits.
    pub(super) fn paint(&self, preview: &Preview, digits: usize, out: &mut String) {
        let room = self.width - GUTTER - digits;
        let lines = || preview.hunks.iter().flat_map(lines);
        let overflows = lines().any(|line| Cells::new(&line.text).width() > room);
        let indent = if overflows { common_indent(lines()) } else { 0 };
        for hunk in &preview.hunks {
            self.hunk(hunk, indent, digits, out);
        }
        if preview.more > 0 {
            let more = count(preview.more, "more change");
            let _ = writeln!(out, " {:digits$}   {} {more}", "", self.ellipsis);
        }
    }

    fn hunk(&self, hunk: &Hunk, indent: usize, digits: usize, out: &mut String) {
        let (old, new) = (self.signed('-', &hunk.old), self.signed('+', &hunk.new));
        let room = self.width - GUTTER - digits;
        // Where one line becomes another, both are cut at the same places.
        if let ([one], [other]) = (&*hunk.old.lines, &*hunk.new.lines)
            && one.changed.len() == other.changed.len()
        {
            let rows = [Row::new(one, indent), Row::new(other, indent)];
            for [from, to] in self.windows(&rows, room) {
                let number = hunk.number.to_string();
                self.line(&old, &number, &rows[0], &from, digits, out);
                self.line(&new, "", &rows[1], &to, digits, out);
            }
        } else {
            let mut number = (hunk.number..).map(|number| number.to_string());
            for signed in [&old, &new] {
                for line in &signed.side.lines {
                    let rows = [Row::new(line, indent)];
                    let number = if signed.sign == '-' || hunk.old.lines.is_empty() {
                        number.next().unwrap_or_default()
                    } else {
                        String::new()
                    };
                    for [window] in self.windows(&rows, room).into_iter().take(1) {
                        self.line(signed, &number, &rows[0], &window, digits, out);
                    }
                }
                if signed.side.more > 0 {
                    let sign = signed.style.style(signed.sign);
                    let more = count(signed.side.more, "more line");
                    let _ = writeln!(out, " {:digits$} {sign} {} {more}", "", self.ellipsis);
                }
            }
        }
    }

    fn signed<'a>(&self, sign: char, side: &'a Side) -> Signed<'a> {
        let style = if sign == '-' {
            self.palette.goes
        } else {
            self.palette.comes
        };
        Signed { sign, side, style }
    }

    /// The windows (display columns) that show the changes of lines which have as many: one for
    /// all of them, or for each group that fits.
    fn windows<const N: usize>(&self, rows: &[Row; N], room: usize) -> Vec<[Range<usize>; N]> {
        let fits = |row: &Row| row.cells.width() <= room && !row.cut_before && !row.cut_after;
        if rows.iter().all(fits) {
            return vec![rows.each_ref().map(|row| 0..row.cells.width())];
        }
        let budget = room - 2 * self.ellipsis.chars().count();
        let changes = rows.iter().map(|row| row.changed.len()).min().unwrap_or(0);
        let place = |row: &Row, at: usize| row.changed.get(at).cloned().unwrap_or(0..0);
        let mut windows = Vec::new();
        let mut first = 0;
        while first < changes.max(1) {
            let extent = |row: &Row, last: usize| place(row, last).end - place(row, first).start;
            let together = |last: &usize| rows.iter().all(|row| extent(row, *last) <= budget);
            let last = (first + 1..changes)
                .take_while(together)
                .last()
                .unwrap_or(first);
            let most = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
            let spare = budget.saturating_sub(most(&|row| extent(row, last)));
            let after = most(&|row| row.cells.width() - place(row, last).end);
            let lead = (spare / 2).max(spare.saturating_sub(after));
            windows.push(rows.each_ref().map(|row| {
                let start = place(row, first).start.saturating_sub(lead);
                start..(start + budget).min(row.cells.width())
            }));
            first = last + 1;
        }
        windows
    }

    fn line(
        &self,
        signed: &Signed<'_>,
        number: &str,
        row: &Row,
        window: &Range<usize>,
        digits: usize,
        out: &mut String,
    ) {
        let chars = row.cells.within(window);
        let before = row.cut_before || chars.start > 0;
        let after = row.cut_after || chars.end < row.cells.len();
        let number = self.palette.faint.style(format!("{number:>digits$}"));
        let _ = write!(out, " {number} {}", signed.style.style(signed.sign));
        out.push_str(if row.cells.len() > 0 { " " } else { "" });
        out.push_str(if before { self.ellipsis } else { "" });
        let mut plain = true;
        let mut run = String::new();
        for at in chars {
            let column = row.cells.columns[at];
            let is_plain = !row.changed.iter().any(|range| range.contains(&column));
            if is_plain != plain {
                push(&run, plain, signed.style, out);
                run.clear();
                plain = is_plain;
            }
            run.push_str(&row.cells.pieces[at]);
        }
        push(&run, plain, signed.style, out);
        out.push_str(if after { self.ellipsis } else { "" });
        out.push('\n');
    }
}

fn push(run: &str, plain: bool, style: Style, out: &mut String) {
    if plain || run.is_empty() {
        out.push_str(run);
    } else {
        let _ = write!(out, "{}", style.style(run));
    }
}

impl Row {
    /// A line less its first characters, which are blanks.
    fn new(line: &PreviewLine, indent: usize) -> Self {
        let indent = if line.cut_before { 0 } else { indent };
        let cells = Cells::new(&line.text.chars().skip(indent).collect::<String>());
        let column = |at: usize| cells.columns[at.saturating_sub(indent).min(cells.len())];
        let changed = line.changed.iter();
        Self {
            changed: changed
                .map(|range| column(range.start)..column(range.end))
                .collect(),
            cells,
            cut_before: line.cut_before,
            cut_after: line.cut_after,
        }
    }
}

fn lines(hunk: &Hunk) -> impl Iterator<Item = &PreviewLine> {
    hunk.old.lines.iter().chain(&hunk.new.lines)
}

/// How many blanks all lines begin with that begin where the line does: the same ones.
fn common_indent<'a>(lines: impl Iterator<Item = &'a PreviewLine>) -> usize {
    let blanks = lines.filter(|line| !line.cut_before).map(|line| {
        &line.text[..line.text.len() - line.text.trim_start_matches([' ', '\t']).len()]
    });
    let common = blanks.reduce(|one, other| {
        let same = one
            .bytes()
            .zip(other.bytes())
            .take_while(|(one, other)| one == other);
        &one[..same.count()]
    });
    common.map_or(0, str::len)
}

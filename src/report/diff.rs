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

/// Most windows that are drawn of the lines of a fix.
const MAX_WINDOWS: usize = 5;

/// The look of a run's diffs.
pub(super) struct DiffPainter {
    width: usize,
    ellipsis: &'static str,
    palette: Palette,
}

/// What of `N` lines is shown.
struct Window<const N: usize> {
    /// The display columns of each.
    columns: [Range<usize>; N],
    /// How many changes are in it.
    changes: usize,
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
        let mut drawing = Drawing {
            look: self,
            room,
            digits,
            indent: if overflows { common_indent(lines()) } else { 0 },
            left: MAX_WINDOWS,
            more: preview.more,
            out,
        };
        for hunk in &preview.hunks {
            drawing.hunk(hunk);
        }
        if drawing.more > 0 {
            let more = count(drawing.more, "more change");
            drawing.note("", ' ', &more);
        }
    }
}

/// The lines of one fix.
struct Drawing<'a> {
    look: &'a DiffPainter,
    /// Columns for the text of a line.
    room: usize,
    /// Digits of the line numbers.
    digits: usize,
    /// Characters that all lines begin with and that are left out.
    indent: usize,
    /// How many windows may yet be drawn.
    left: usize,
    /// How many changes are not shown.
    more: usize,
    out: &'a mut String,
}

impl Drawing<'_> {
    fn hunk(&mut self, hunk: &Hunk) {
        // Where one line becomes another, both are cut at the same places.
        if let ([old], [new]) = (&*hunk.old.lines, &*hunk.new.lines)
            && old.changed.len() == new.changed.len()
        {
            let rows = [old, new].map(|line| Row::new(line, self.indent));
            for window in windows(&rows, self.room, self.budget()) {
                if !self.begins_window(window.changes) {
                    continue;
                }
                let [from, to] = window.columns;
                self.line('-', &hunk.number.to_string(), &rows[0], &from);
                self.line('+', "", &rows[1], &to);
            }
        } else if self.begins_window(1) {
            let numbers = hunk.number..hunk.number + hunk.old.lines.len();
            self.side('-', &hunk.old, numbers);
            let unnumbered = usize::from(hunk.old.lines.is_empty());
            self.side('+', &hunk.new, hunk.number..hunk.number + unnumbered);
        }
    }

    /// Whether there is room for another window, with so many changes.
    const fn begins_window(&mut self, changes: usize) -> bool {
        let has_room = self.left > 0;
        if has_room {
            self.left -= 1;
        } else {
            self.more += changes;
        }
        has_room
    }

    /// Lines of one side, each where it changes first.
    fn side(&mut self, sign: char, side: &Side, numbers: Range<usize>) {
        let numbers = numbers.map(|number| number.to_string());
        let numbers = numbers.chain(std::iter::repeat_with(String::new));
        for (line, number) in side.lines.iter().zip(numbers) {
            let rows = [Row::new(line, self.indent)];
            let first = windows(&rows, self.room, self.budget()).into_iter().next();
            if let Some(Window {
                columns: [columns], ..
            }) = first
            {
                self.line(sign, &number, &rows[0], &columns);
            }
        }
        if side.more > 0 {
            self.note("", sign, &count(side.more, "more line"));
        }
    }

    /// Columns for the text of a line that is cut on both sides.
    fn budget(&self) -> usize {
        self.room - 2 * self.look.ellipsis.chars().count()
    }

    fn note(&mut self, number: &str, sign: char, text: &str) {
        self.begin(number, sign);
        let _ = writeln!(self.out, " {} {text}", self.look.ellipsis);
    }

    fn line(&mut self, sign: char, number: &str, row: &Row, columns: &Range<usize>) {
        let chars = row.cells.within(columns);
        let before = row.cut_before || chars.start > 0;
        let after = row.cut_after || chars.end < row.cells.len();
        self.begin(number, sign);
        self.out
            .push_str(if row.cells.len() > 0 { " " } else { "" });
        self.out
            .push_str(if before { self.look.ellipsis } else { "" });
        let is_changed = |at: &usize| {
            let column = row.cells.columns[*at];
            row.changed.iter().any(|range| range.contains(&column))
        };
        let chars: Vec<usize> = chars.collect();
        for run in chars.chunk_by(|one, next| is_changed(one) == is_changed(next)) {
            let text: String = run.iter().map(|at| &*row.cells.pieces[*at]).collect();
            let style = if is_changed(&run[0]) {
                self.style(sign)
            } else {
                Style::new()
            };
            let _ = write!(self.out, "{}", style.style(text));
        }
        self.out
            .push_str(if after { self.look.ellipsis } else { "" });
        self.out.push('\n');
    }

    /// The gutter.
    fn begin(&mut self, number: &str, sign: char) {
        let number = format!("{number:>0$}", self.digits);
        let number = self.look.palette.faint.style(number);
        let _ = write!(self.out, " {number} {}", self.style(sign).style(sign));
    }

    const fn style(&self, sign: char) -> Style {
        match sign {
            '-' => self.look.palette.goes,
            '+' => self.look.palette.comes,
            _ => Style::new(),
        }
    }
}

/// The windows that show the changes of lines which have as many: one for
/// all of them, or for each group that fits.
fn windows<const N: usize>(rows: &[Row; N], room: usize, budget: usize) -> Vec<Window<N>> {
    let fits = |row: &Row| row.cells.width() <= room && !row.cut_before && !row.cut_after;
    if rows.iter().all(fits) {
        return vec![Window {
            columns: rows.each_ref().map(|row| 0..row.cells.width()),
            changes: rows.iter().map(|row| row.changed.len()).max().unwrap_or(0),
        }];
    }
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
        let widest = most(&|row| extent(row, last));
        let spare = budget.saturating_sub(widest);
        let after = most(&|row| row.cells.width() - place(row, last).end);
        // Where there is no room for all of it, what stands before it tells what it is.
        let lead = if widest > budget {
            budget / 2
        } else {
            (spare / 2).max(spare.saturating_sub(after))
        };
        let columns = rows.each_ref().map(|row| {
            let start = place(row, first).start.saturating_sub(lead);
            start..(start + budget).min(row.cells.width())
        });
        windows.push(Window {
            columns,
            changes: last + 1 - first,
        });
        first = last + 1;
    }
    windows
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{LineIndex, changes_of};

    /// What is drawn in so many columns of changes: what goes, by its first occurrence, and comes.
    fn drawn(text: &str, changes: &[(&str, &str)], width: usize) -> String {
        let index = LineIndex::new(text);
        let changes = changes_of(text, changes);
        let preview = index.preview(&changes).expect("changes");
        let options = RenderOptions {
            width,
            ..RenderOptions::default()
        };
        let mut out = String::new();
        DiffPainter::new(&options).paint(&preview, 1, &mut out);
        for line in out.lines() {
            assert!(
                textwrap::core::display_width(line) <= width,
                "{width}: {out}"
            );
        }
        out
    }

    #[test]
    fn lines_are_cut_around_what_changes() {
        let object = format!("  \"duration\": {{{}}},", "\"x\": 1, ".repeat(50));
        let of_object = &object[14..object.len() - 1];
        let names: Vec<String> = (10..38).map(|at| format!("\"Name{at}\"")).collect();
        let minified = format!("{{{}}}", names.join(":1,"));
        let pairs: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "\"n\"")).collect();
        for (text, changes, expected) in [
            (
                "\ta: A,\n",
                &[("A", "\u{202e}")][..],
                " 1 -     a: A,\n   +     a: \\u{202e},\n",
            ),
            (
                &object,
                &[(of_object, "\"PT5M\"")],
                " 1 - \"duration\": {\"x\": 1, \"x\": 1, \"x\":…\n   + \"duration\": \"PT5M\",\n",
            ),
            (
                &minified,
                &pairs,
                " 1 - {\"Name10\":1,\"Name11\":1,\"Name12\":1…\n   + {\"n\":1,\"n\":1,\"n\":1,\"n\":1,\"n\":1,\"n…\n",
            ),
        ] {
            let drawn = drawn(text, changes, 40);
            assert!(drawn.starts_with(expected), "{drawn}");
        }
        let drawn = drawn(&minified, &pairs, 40);
        assert_eq!(drawn.lines().count(), 2 * MAX_WINDOWS + 1);
        assert!(drawn.ends_with(" more changes\n"), "{drawn}");
    }
}

//! The lines around a finding with every place underlined, for a terminal or a text file.
//!
//! The only place that knows miette, which draws. It is handed an excerpt that is safe to print
//! and fits the width, so that neither long lines nor control characters reach it.

use std::fmt;
use std::ops::Range as Bytes;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::RenderOptions;
use super::cells::Cells;
use super::marks::{Mark, MarkedLine, distribute};
use super::palette::Palette;
use crate::diagnostic::{Located, Position, Severity};
use crate::source::{Frame, FrameLine, MAX_COLUMNS, windows};

/// Columns that miette puts left of a line, next to the digits of its number.
pub(super) const GUTTER: usize = 4;
/// Columns between the middle of an underline and the label below it.
const LABEL_INDENT: usize = 4;
/// Longest label, in characters.
const MAX_LABEL: usize = 40;

/// The look of a run's frames.
pub(super) struct FramePainter {
    width: usize,
    ellipsis: &'static str,
    characters: ThemeCharacters,
    palette: Palette,
}

impl FramePainter {
    /// The look that the options ask for.
    pub(super) fn new(options: &RenderOptions) -> Self {
        Self {
            width: width(options),
            ellipsis: if options.unicode { "…" } else { "..." },
            characters: if options.unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            palette: Palette::new(options),
        }
    }

    /// Draws the frame, and gives back the marks that are not in it.
    pub(super) fn paint(
        &self,
        path: &str,
        located: &Located,
        frame: &Frame,
        out: &mut String,
    ) -> Vec<Mark> {
        let room = self.room(frame);
        let overflows = |line: &FrameLine| Cells::new(&line.text).width() > room;
        let dedented = frame.lines.iter().any(overflows).then(|| dedent(frame));
        let frame = dedented.as_ref().unwrap_or(frame);
        let (lines, elsewhere) = distribute(Mark::all(located), &frame.lines);
        let runs = runs(lines.into_iter().flat_map(|line| self.fit(line, room)));
        let gutter = runs.iter().map(|run| digits(run)).max().unwrap_or(0);
        let first = runs.iter().position(|run| run.iter().any(Line::has_main));
        let order = first
            .into_iter()
            .chain((0..runs.len()).filter(|run| Some(*run) != first));
        for run in order {
            let drawing = self.draw(path, located.diagnostic.severity, &runs[run]);
            out.push_str(&indented(&drawing, gutter - digits(&runs[run])));
        }
        elsewhere
    }

    /// Columns for the text of a line.
    fn room(&self, frame: &Frame) -> usize {
        let last = frame.lines.last().map_or(1, |line| line.number);
        self.width - GUTTER - last.to_string().len()
    }

    /// A line made safe and cut to `room`: one window, or one for each group of marks.
    fn fit(&self, marked: MarkedLine<'_>, room: usize) -> Vec<Line> {
        let line = marked.line;
        let cells = Cells::new(&line.text);
        let spans = marked.spans();
        let marks = marked.marks.into_iter().map(cut_label).collect::<Vec<_>>();
        let mut ranges: Vec<Bytes<usize>> = spans
            .iter()
            .zip(&marks)
            .map(|(span, mark)| room_of(&cells, span, mark))
            .collect();
        let total = ranges.iter().map(|range| range.end).max();
        let total = total.unwrap_or_default().max(cells.width());
        let budget = if total <= room && !line.cut_before && !line.cut_after {
            room
        } else {
            room - 2 * self.ellipsis.chars().count()
        };
        if ranges.is_empty() {
            ranges.push(0..0);
        }
        let mut placed = spans.into_iter().zip(marks).peekable();
        windows(&ranges, total, budget)
            .into_iter()
            .map(|window| {
                let chars = cells.within(&window);
                let mut cut = self.cut(line, &cells, &chars);
                while let Some((span, mark)) = placed.next_if(|(span, _)| span.start <= chars.end) {
                    cut.add(&cells, &chars, &span, mark);
                }
                cut
            })
            .collect()
    }

    fn cut(&self, line: &FrameLine, cells: &Cells, chars: &Bytes<usize>) -> Line {
        let before = line.cut_before || chars.start > 0;
        let after = line.cut_after || chars.end < cells.len();
        let head = if before { self.ellipsis } else { "" };
        let tail = if after { self.ellipsis } else { "" };
        Line {
            number: line.number,
            text: format!("{head}{}{tail}\n", cells.pieces[chars.clone()].concat()),
            head: head.len(),
            marks: Vec::new(),
        }
    }

    /// Miette's drawing of consecutive lines.
    fn draw(&self, path: &str, severity: Severity, run: &[Line]) -> String {
        let excerpt = Excerpt::new(path, run);
        let styles = excerpt.labels.iter().map(|label| {
            if label.primary() {
                self.palette.severity(severity)
            } else {
                self.palette.label
            }
        });
        let theme = GraphicalTheme {
            characters: self.characters.clone(),
            styles: ThemeStyles {
                link: self.palette.place,
                linum: self.palette.faint,
                highlights: styles.collect(),
                ..ThemeStyles::none()
            },
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        let mut drawing = String::new();
        match handler.render_report(&mut drawing, &excerpt) {
            // The first line is miette's own heading; ours stands above.
            Ok(()) => drawing.split_off(drawing.find('\n').map_or(0, |end| end + 1)),
            Err(_) => String::new(),
        }
    }
}

/// Digits of the line numbers, to whose length miette makes the gutter of a drawing.
fn digits(run: &[Line]) -> usize {
    run.last().map_or(0, |line| line.number.to_string().len())
}

/// A drawing whose gutter is so much narrower than that of another.
fn indented(drawing: &str, by: usize) -> String {
    let indent = " ".repeat(by);
    let lines = drawing.split_inclusive('\n');
    lines.flat_map(|line| [&*indent, line]).collect()
}

/// Columns of the output.
pub(super) fn width(options: &RenderOptions) -> usize {
    options.width.clamp(40, MAX_COLUMNS)
}

/// The lines less the white space that all of them begin with.
fn dedent(frame: &Frame) -> Frame {
    let mut common: Option<&str> = None;
    for line in &frame.lines {
        let blank = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
        let blank = &line.text[..blank];
        let whole = if line.first_column == 1 { blank } else { "" };
        common = Some(common.map_or(whole, |common| common_start(common, whole)));
    }
    let indent = common.unwrap_or_default().len();
    let mut lines = frame.lines.clone();
    for line in &mut lines {
        line.text.drain(..indent);
        line.first_column += indent;
    }
    Frame { lines }
}

fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b);
    &a[..same.count()]
}

fn cut_label(mut mark: Mark) -> Mark {
    if let Some(text) = &mut mark.text
        && let Some((end, _)) = text.char_indices().nth(MAX_LABEL)
    {
        text.truncate(end);
        text.push_str("...");
    }
    mark
}

/// The display columns that a mark and its label take.
fn room_of(cells: &Cells, span: &Bytes<usize>, mark: &Mark) -> Bytes<usize> {
    let (start, end) = (cells.columns[span.start], cells.columns[span.end]);
    let label = mark
        .text
        .as_ref()
        .map_or(0, |text| text.chars().count() + LABEL_INDENT);
    start..end.max(usize::midpoint(start, end) + label)
}

/// A line as it is printed.
struct Line {
    number: usize,
    /// Ends with LF.
    text: String,
    /// Bytes of `text` before the first character of the source.
    head: usize,
    /// Byte ranges of `text`, ascending, none overlapping another.
    marks: Vec<(Bytes<usize>, Mark)>,
}

impl Line {
    fn has_main(&self) -> bool {
        self.marks.iter().any(|(_, mark)| mark.text.is_none())
    }

    fn add(&mut self, cells: &Cells, chars: &Bytes<usize>, span: &Bytes<usize>, mark: Mark) {
        let start = span.start.max(chars.start);
        let end = span.end.clamp(start, chars.end.max(start));
        let from = self.head + cells.bytes(chars.start..start);
        self.marks
            .push((from..from + cells.bytes(start..end), mark));
    }
}

/// Splits lines where numbers are not consecutive.
fn runs(lines: impl Iterator<Item = Line>) -> Vec<Vec<Line>> {
    let mut runs: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|last| last.number + 1 == line.number) =>
            {
                run.push(line);
            }
            _ => runs.push(vec![line]),
        }
    }
    runs
}

/// Consecutive lines as miette's source text and diagnostic in one.
#[derive(Debug)]
struct Excerpt<'a> {
    path: &'a str,
    text: String,
    first_line: usize,
    lines: usize,
    /// What the frame's heading names.
    anchor: Option<Position>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Excerpt<'a> {
    fn new(path: &'a str, run: &[Line]) -> Self {
        let mut excerpt = Self {
            path,
            text: String::new(),
            first_line: run.first().map_or(1, |line| line.number),
            lines: run.len(),
            anchor: None,
            labels: Vec::new(),
        };
        for line in run {
            for (range, mark) in &line.marks {
                excerpt.add(range, mark);
            }
            excerpt.text.push_str(&line.text);
        }
        excerpt
    }

    fn add(&mut self, range: &Bytes<usize>, mark: &Mark) {
        let span = (self.text.len() + range.start, range.len());
        let main = mark.text.is_none();
        if main || self.anchor.is_none() {
            self.anchor = Some(mark.range.start);
        }
        self.labels.push(if main {
            LabeledSpan::new_primary_with_span(None, span)
        } else {
            LabeledSpan::new_with_span(mark.text.clone(), span)
        });
    }
}

impl SourceCode for Excerpt<'_> {
    /// With context all of the excerpt, without it the position of the anchor: miette asks for
    /// nothing else.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column, lines) = match self.anchor {
            Some(anchor) if before == 0 => (anchor.line, anchor.column, 1),
            _ => (self.first_line, 1, self.lines),
        };
        let span = if before == 0 {
            *span
        } else {
            (0, self.text.len()).into()
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.to_owned(),
            self.text.as_bytes(),
            span,
            line - 1,
            column - 1,
            lines,
        )))
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Excerpt<'_> {}

impl miette::Diagnostic for Excerpt<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

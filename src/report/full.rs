//! The `full` format: for people, with the source around each finding.
//!
//! The only place that knows miette, which draws the frame. It is handed an excerpt that is safe
//! to print and fits the width; the words around the frame are laid out here.

use std::fmt::{self, Write as _};
use std::io;
use std::ops::Range as Bytes;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use owo_colors::Style;
use textwrap::{Options as Wrap, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthChar;

use super::sanitize::{self, Sanitizer};
use super::{RenderOptions, Report, Summary, count, rule_url};
use crate::diagnostic::{Located, Position, Range};
use crate::rules::Severity;
use crate::source::{Frame, FrameLine, windows};

/// Columns between tab stops.
const TAB: usize = 4;
/// Columns that miette puts left of a line, next to the digits of its number.
const GUTTER: usize = 4;
/// Columns between the middle of an underline and the label below it.
const LABEL_INDENT: usize = 4;
/// Longest label, in characters.
const MAX_LABEL: usize = 40;

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
    writeln!(out, "{}", conclusion(&report.summary()))
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
    if summary.unreadable > 0 {
        let files = count(summary.unreadable, "file");
        let _ = write!(text, " {files} could not be checked.");
    }
    text
}

/// The look of a run.
struct Painter {
    width: usize,
    hyperlinks: bool,
    ellipsis: &'static str,
    characters: ThemeCharacters,
    palette: Palette,
}

/// The styles of everything that is not payload text.
struct Palette {
    severities: [Style; 3],
    message: Style,
    label: Style,
    help: Style,
    place: Style,
    number: Style,
}

impl Palette {
    const COLOR: Self = Self {
        severities: [
            Style::new().bright_cyan().bold(),
            Style::new().yellow().bold(),
            Style::new().bright_red().bold(),
        ],
        message: Style::new().bold(),
        label: Style::new().bright_blue(),
        help: Style::new().green().bold(),
        place: Style::new().cyan(),
        number: Style::new().bright_black(),
    };

    const PLAIN: Self = Self {
        severities: [Style::new(); 3],
        message: Style::new(),
        label: Style::new(),
        help: Style::new(),
        place: Style::new(),
        number: Style::new(),
    };

    const fn severity(&self, severity: Severity) -> Style {
        self.severities[severity as usize]
    }
}

impl Painter {
    fn new(options: &RenderOptions) -> Self {
        Self {
            width: options.width.clamp(40, crate::source::MAX_COLUMNS),
            hyperlinks: options.hyperlinks && options.color,
            ellipsis: if options.unicode { "…" } else { "..." },
            characters: if options.unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            palette: if options.color {
                Palette::COLOR
            } else {
                Palette::PLAIN
            },
        }
    }

    fn finding(&self, path: &str, located: &Located) -> String {
        let mut text = self.header(located);
        let notes = match &located.frame {
            Some(frame) => self.frame(path, located, frame, &mut text),
            None => Mark::all(located),
        };
        for mark in notes {
            text.push_str(&self.note(path, &mark));
        }
        if let Some(help) = &located.diagnostic.help {
            let help = sanitize::text(help);
            text.push_str(&self.paragraph("  help: ", &help, self.palette.help));
        }
        text
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
        if self.hyperlinks {
            let url = rule_url(diagnostic.rule);
            styled_name = format!("\u{1b}]8;;{url}\u{1b}\\{styled_name}\u{1b}]8;;\u{1b}\\");
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

    /// A place that no frame shows.
    fn note(&self, path: &str, mark: &Mark) -> String {
        let Position { line, column, .. } = mark.range.start;
        let place = format!("{path}:{line}:{column}");
        match &mark.text {
            None => format!("  at {}\n", self.palette.place.style(place)),
            Some(text) => format!("  {text}: {}\n", self.palette.place.style(place)),
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

    /// Draws the frame, and gives back the marks that are not in it.
    fn frame(&self, path: &str, located: &Located, frame: &Frame, out: &mut String) -> Vec<Mark> {
        let room = self.room(frame);
        let overflows = |line: &FrameLine| Cells::new(&line.text).width() > room;
        let dedented = frame.lines.iter().any(overflows).then(|| dedent(frame));
        let frame = dedented.as_ref().unwrap_or(frame);
        let (elsewhere, lines) = self.place_marks(Mark::all(located), frame);
        let runs = runs(lines);
        let first = runs.iter().position(|run| run.iter().any(Line::has_main));
        let order = first
            .into_iter()
            .chain((0..runs.len()).filter(|run| Some(*run) != first));
        for run in order {
            self.draw(path, located.diagnostic.severity, &runs[run], out);
        }
        elsewhere
    }

    /// Columns for the text of a line.
    fn room(&self, frame: &Frame) -> usize {
        let last = frame.lines.last().map_or(1, |line| line.number);
        self.width - GUTTER - last.to_string().len()
    }

    /// Lines of a frame cut to the width with the marks that stand in them, and the marks that
    /// stand in none.
    fn place_marks(&self, marks: Vec<Mark>, frame: &Frame) -> (Vec<Mark>, Vec<Line>) {
        let mut of_line: Vec<Vec<Mark>> = frame.lines.iter().map(|_| Vec::new()).collect();
        let mut elsewhere = Vec::new();
        for mark in marks {
            match frame.lines.iter().position(|line| mark.stands_in(line)) {
                // miette cannot draw two marks at one character.
                Some(line)
                    if of_line[line]
                        .iter()
                        .any(|other| other.range.start == mark.range.start) =>
                {
                    elsewhere.push(mark);
                }
                Some(line) => of_line[line].push(mark),
                None => elsewhere.push(mark),
            }
        }
        let room = self.room(frame);
        let lines = frame.lines.iter().zip(of_line);
        let lines = lines
            .flat_map(|(line, marks)| self.fit(line, marks, room))
            .collect();
        (elsewhere, lines)
    }

    /// A line made safe and cut to `room`: one window, or one for each group of marks.
    fn fit(&self, line: &FrameLine, mut marks: Vec<Mark>, room: usize) -> Vec<Line> {
        marks.sort_by_key(|mark| mark.range.start);
        let cells = Cells::new(&line.text);
        let spans = mark_spans(line, &marks, cells.len());
        let mut ranges: Vec<Bytes<usize>> = spans
            .iter()
            .zip(&marks)
            .map(|(span, mark)| cells.room_of(span, mark))
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

    /// Appends miette's drawing of consecutive lines.
    fn draw(&self, path: &str, severity: Severity, run: &[Line], out: &mut String) {
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
                linum: self.palette.number,
                highlights: styles.collect(),
                ..ThemeStyles::none()
            },
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        let mut drawing = String::new();
        if handler.render_report(&mut drawing, &excerpt).is_ok() {
            // The first line is miette's own heading; ours stands above.
            let frame = drawing.split_once('\n').map_or("", |(_, frame)| frame);
            out.push_str(frame);
        }
    }
}

fn wrap<'a>(width: usize) -> Wrap<'a> {
    Wrap::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
}

/// A place to point at.
#[derive(Debug, Clone)]
struct Mark {
    range: Range,
    /// The label, safe to print; none for the main place.
    text: Option<String>,
}

impl Mark {
    fn all(located: &Located) -> Vec<Self> {
        let main = Self {
            range: located.range,
            text: None,
        };
        let labels = located.diagnostic.labels.iter().zip(&located.labels);
        let labels = labels.map(|(label, range)| Self {
            range: *range,
            text: Some(cut_label(&sanitize::text(&label.message))),
        });
        std::iter::once(main).chain(labels).collect()
    }

    fn stands_in(&self, line: &FrameLine) -> bool {
        let start = self.range.start;
        let columns = line.first_column..=line.first_column + line.text.chars().count();
        start.line == line.number && columns.contains(&start.column)
    }
}

fn cut_label(text: &str) -> String {
    match text.char_indices().nth(MAX_LABEL) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}...", &text[..end]),
    }
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

/// The characters of a line that each mark covers. A mark ends with its line, and where another
/// begins.
fn mark_spans(line: &FrameLine, marks: &[Mark], length: usize) -> Vec<Bytes<usize>> {
    let column = |position: Position| {
        if position.line == line.number {
            (position.column - line.first_column).min(length)
        } else {
            length
        }
    };
    let starts: Vec<usize> = marks.iter().map(|mark| column(mark.range.start)).collect();
    marks
        .iter()
        .enumerate()
        .map(|(index, mark)| {
            let next = starts.get(index + 1).copied().unwrap_or(length);
            starts[index]..column(mark.range.end).min(next)
        })
        .collect()
}

/// A line character by character: what is printed for each, and where.
struct Cells {
    pieces: Vec<String>,
    /// Display column from 0 of each character, and of the end.
    columns: Vec<usize>,
}

impl Cells {
    fn new(text: &str) -> Self {
        let mut sanitizer = Sanitizer::default();
        let mut cells = Self {
            pieces: Vec::with_capacity(text.len()),
            columns: vec![0],
        };
        for c in text.chars() {
            let column = cells.width();
            let mut piece = String::new();
            if c == '\t' {
                piece.push_str(&" ".repeat(TAB - column % TAB));
            } else {
                sanitizer.next(c).push_to(&mut piece);
            }
            let width: usize = piece.chars().filter_map(UnicodeWidthChar::width).sum();
            cells.columns.push(column + width);
            cells.pieces.push(piece);
        }
        cells
    }

    fn len(&self) -> usize {
        self.pieces.len()
    }

    fn width(&self) -> usize {
        self.columns[self.len()]
    }

    /// The display columns that a mark and its label take.
    fn room_of(&self, span: &Bytes<usize>, mark: &Mark) -> Bytes<usize> {
        let (start, end) = (self.columns[span.start], self.columns[span.end]);
        let label = mark
            .text
            .as_ref()
            .map_or(0, |text| text.chars().count() + LABEL_INDENT);
        start..end.max(usize::midpoint(start, end) + label)
    }

    /// The characters that lie wholly within a range of display columns.
    fn within(&self, window: &Bytes<usize>) -> Bytes<usize> {
        let start = self
            .columns
            .partition_point(|column| *column < window.start);
        let end = self.columns.partition_point(|column| *column <= window.end) - 1;
        start.min(self.len())..end.max(start.min(self.len()))
    }

    fn bytes(&self, chars: Bytes<usize>) -> usize {
        self.pieces[chars].iter().map(String::len).sum()
    }
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
fn runs(lines: Vec<Line>) -> Vec<Vec<Line>> {
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

//! The lines that changes touch, before and after: what a person reads before agreeing to them.
//!
//! Owns which lines those are and how much of them is shown, and reads no more of a text than that.
//! Knows nothing of how they are drawn.

use std::convert::Infallible;
use std::ops;

use memchr::memchr;

use super::{LineIndex, MAX_COLUMNS, Range, back, code_points};

/// Most hunks in a [`Preview`].
const MAX_HUNKS: usize = 5;
/// Most lines on each side of a [`Hunk`].
const MAX_HUNK_LINES: usize = 5;
/// Characters of a line that are looked at; the shown ones are cut from these.
const LOOKED_AT: usize = 3 * MAX_COLUMNS;
/// Bytes that are read of what goes.
const READ: usize = 16 << 10;
/// Bytes that a line's start or end is looked for in.
const MARGIN: usize = 4 * MAX_COLUMNS;

/// A change to a text.
#[derive(Debug, Clone, Copy)]
pub struct Change<'t> {
    /// What goes.
    pub range: Range,
    /// What comes in its place.
    pub text: &'t str,
}

/// What changes make of the lines of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// In order of place; the first few.
    pub hunks: Vec<Hunk>,
    /// Changes that no hunk shows.
    pub more: usize,
}

/// Lines that go, and those that come in their place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hunk {
    /// Number of the first line of both, from 1.
    pub number: usize,
    /// What goes.
    pub old: Side,
    /// What comes.
    pub new: Side,
}

/// The lines of one side of a [`Hunk`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// The first few lines.
    pub lines: Vec<PreviewLine>,
    /// How many follow that are not shown.
    pub more: usize,
}

/// A line, or a window of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviewLine {
    /// The characters, raw: not yet made safe; without the line end.
    pub text: String,
    /// The characters of `text` that are not the same on the other side: one range for each change,
    /// in order, without overlaps.
    pub changed: Vec<ops::Range<usize>>,
    /// The line goes on before `text`.
    pub cut_before: bool,
    /// The line goes on after `text`.
    pub cut_after: bool,
    /// Some of `text` is masked.
    pub masked: bool,
}

impl LineIndex<'_> {
    /// What changes of the text, in order of place and without overlaps, make of its lines; `None`
    /// if there are none.
    #[must_use]
    pub fn preview(&self, changes: &[Change<'_>]) -> Option<Preview> {
        let start = self.origin.offset;
        let read = |bytes: ops::Range<usize>| {
            let at = |offset: usize| offset.saturating_sub(start).min(self.text.len());
            Ok::<_, Infallible>(self.text[at(bytes.start)..at(bytes.end)].to_vec())
        };
        match preview(changes, read) {
            Ok(preview) => preview,
            Err(never) => match never {},
        }
    }
}

/// The same, of a file: `read` gives the bytes of a range of it, as far as it has them.
///
/// # Errors
/// Those of `read`.
pub fn preview<E>(
    changes: &[Change<'_>],
    mut read: impl FnMut(ops::Range<usize>) -> Result<Vec<u8>, E>,
) -> Result<Option<Preview>, E> {
    let mut preview = Preview::default();
    let mut rest = changes;
    while !rest.is_empty() {
        let (group, others) = rest.split_at(together(rest));
        if preview.hunks.len() == MAX_HUNKS {
            preview.more = rest.len();
            break;
        }
        preview.hunks.push(hunk(group, &mut read)?);
        rest = others;
    }
    Ok((!preview.hunks.is_empty()).then_some(preview))
}

/// How many of the changes, from the first on, stand so near to each other that one line shows them.
fn together(changes: &[Change<'_>]) -> usize {
    let (mut old, mut new) = (0, 0);
    for (index, change) in changes.iter().enumerate() {
        let Range { start, end } = change.range;
        let gap = match index.checked_sub(1).map(|before| changes[before].range.end) {
            None => 0,
            Some(before) if before.line == start.line => start.column.saturating_sub(before.column),
            Some(_) => return index,
        };
        let goes = if start.line == end.line {
            end.column.saturating_sub(start.column)
        } else {
            MAX_COLUMNS
        };
        old += gap + goes;
        new += gap + code_points(change.text.as_bytes());
        if index > 0 && old.max(new) > MAX_COLUMNS {
            return index;
        }
    }
    changes.len()
}

fn hunk<E>(
    group: &[Change<'_>],
    read: &mut impl FnMut(ops::Range<usize>) -> Result<Vec<u8>, E>,
) -> Result<Hunk, E> {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return Ok(Hunk::default());
    };
    let (start, end) = (first.range.start, last.range.end);
    let before = read(start.offset.saturating_sub(MARGIN)..start.offset)?;
    let columns = (start.column - 1).min(MAX_COLUMNS);
    let lead = &before[back(&before, before.len(), 0, columns)..];
    let (mut old, mut new) = (Builder::new(lead), Builder::new(lead));
    let mut at = start.offset;
    for Change { range, text } in group {
        let gap = read(at..range.start.offset)?;
        old.keep(&gap);
        new.keep(&gap);
        let known = range.end.offset.min(range.start.offset + READ);
        old.change(&read(range.start.offset..known)?);
        if known < range.end.offset {
            old.skip_to(range.end.line - start.line);
        }
        new.change(text.as_bytes());
        at = range.end.offset;
    }
    let rest = read(at..at + MARGIN)?;
    // What starts a line on both sides is the next line, and stays.
    if old.count > 1 && end.column == 1 && new.is_blank {
        old.forget_last();
        new.forget_last();
    } else {
        let (tail, ends) = match memchr(b'\n', &rest) {
            Some(at) => (&rest[..at], true),
            None => (&*rest, rest.len() < MARGIN),
        };
        for side in [&mut old, &mut new] {
            side.keep(tail);
            side.finish(ends);
        }
    }
    let lead = code_points(lead);
    let keep = lead_shown(lead, old.lines.first(), new.lines.first());
    let mut hunk = Hunk {
        number: start.line,
        old: old.side(lead - keep),
        new: new.side(lead - keep),
    };
    for side in [&mut hunk.old, &mut hunk.new] {
        if let Some(line) = side.lines.first_mut() {
            line.cut_before = keep + 1 < start.column;
        }
    }
    hunk.trim();
    Ok(hunk)
}

/// How many of the `lead` characters that stand before the first change are shown: on both sides
/// as many, so that what stands above each other belongs together.
fn lead_shown(lead: usize, old: Option<&Line>, new: Option<&Line>) -> usize {
    let lines = || old.into_iter().chain(new);
    if lines().all(|line| line.length <= MAX_COLUMNS) {
        return lead;
    }
    let most = |of: fn(&Line) -> usize| lines().map(of).max().unwrap_or(0);
    let changed = most(Line::changed_end).saturating_sub(lead);
    let after = most(|line| line.length - line.changed_end());
    if changed > MAX_COLUMNS {
        // What stands before it tells what it is.
        return lead.min(MAX_COLUMNS / 2);
    }
    let spare = MAX_COLUMNS.saturating_sub(changed);
    lead.min((spare / 2).max(spare.saturating_sub(after)))
}

impl Hunk {
    /// Takes out lines that are the same on both sides, before and after what is not.
    fn trim(&mut self) {
        let whole = |line: &PreviewLine| !line.cut_before && !line.cut_after;
        let same = |old: Option<&PreviewLine>, new: Option<&PreviewLine>| {
            old.zip(new)
                .is_some_and(|(old, new)| whole(old) && whole(new) && old.text == new.text)
        };
        // A change that nobody sees, of a line end for example, stays.
        let (old, new) = (&mut self.old.lines, &mut self.new.lines);
        while old.len() + new.len() > 2 && same(old.first(), new.first()) {
            old.remove(0);
            new.remove(0);
            self.number += 1;
        }
        let ends = self.old.more + self.new.more == 0;
        while ends && old.len() + new.len() > 2 && same(old.last(), new.last()) {
            old.pop();
            new.pop();
        }
    }
}

/// One side of a hunk while it is put together.
struct Builder {
    /// The first lines.
    lines: Vec<Line>,
    /// How many there are, the one that is being put together included.
    count: usize,
    /// The last is empty so far.
    is_blank: bool,
}

impl Builder {
    fn new(lead: &[u8]) -> Self {
        let mut builder = Self {
            lines: vec![Line::default()],
            count: 1,
            is_blank: true,
        };
        builder.keep(lead);
        builder
    }

    /// Adds a part of a line that is the same on both sides.
    fn keep(&mut self, part: &[u8]) {
        self.is_blank &= part.is_empty();
        if let Some(line) = self.last() {
            line.push(part);
        }
    }

    /// Adds what a change takes or gives.
    fn change(&mut self, bytes: &[u8]) {
        for (index, part) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                self.end_line();
            }
            self.is_blank &= part.is_empty();
            if let Some(line) = self.last() {
                let start = line.length;
                line.push(part);
                if index == 0 || line.length > start {
                    line.changed.push(start..line.length);
                }
            }
        }
    }

    /// Leaves out everything up to somewhere in the line after so many others.
    fn skip_to(&mut self, line: usize) {
        if let Some(last) = self.last() {
            last.is_cut = true;
        }
        self.count = line + 1;
        self.is_blank = false;
    }

    fn end_line(&mut self) {
        self.finish(true);
        let is_next = self.last().is_some() && self.count < MAX_HUNK_LINES;
        self.lines.extend(is_next.then(Line::default));
        self.count += 1;
        self.is_blank = true;
    }

    /// Tells whether the last line ends here.
    fn finish(&mut self, ends: bool) {
        if let Some(line) = self.last() {
            line.is_cut |= !ends;
            line.strip_carriage_return();
        }
    }

    /// The last line, if it is one of those that are held.
    fn last(&mut self) -> Option<&mut Line> {
        let is_held = self.count == self.lines.len();
        self.lines.last_mut().filter(|_| is_held)
    }

    fn forget_last(&mut self) {
        self.count -= 1;
        self.lines.truncate(self.count);
    }

    /// The lines, the first one less as many characters.
    fn side(self, first: usize) -> Side {
        let from = std::iter::once(first).chain(std::iter::repeat(0));
        let more = self.count - self.lines.len();
        let lines = self.lines.into_iter().zip(from);
        Side {
            lines: lines.map(|(line, from)| line.window(from)).collect(),
            more,
        }
    }
}

/// A line while it is put together.
#[derive(Default)]
struct Line {
    text: String,
    /// Characters in it.
    length: usize,
    changed: Vec<ops::Range<usize>>,
    /// It goes on after `text`.
    is_cut: bool,
}

impl Line {
    fn push(&mut self, part: &[u8]) {
        let near = &part[..part.len().min(4 * LOOKED_AT)];
        for c in String::from_utf8_lossy(near).chars() {
            if self.is_cut || self.length == LOOKED_AT {
                self.is_cut = true;
                return;
            }
            self.text.push(c);
            self.length += 1;
        }
    }

    fn strip_carriage_return(&mut self) {
        if !self.is_cut && self.text.ends_with('\r') {
            self.text.pop();
            self.length -= 1;
            for range in &mut self.changed {
                *range = range.start.min(self.length)..range.end.min(self.length);
            }
        }
    }

    fn changed_end(&self) -> usize {
        self.changed.last().map_or(0, |last| last.end)
    }

    /// Its characters from one on, as many as are shown.
    fn window(self, from: usize) -> PreviewLine {
        let text: String = self.text.chars().skip(from).take(MAX_COLUMNS).collect();
        let length = text.chars().count();
        let within = |at: usize| at.saturating_sub(from).min(length);
        let changed = self.changed.iter();
        PreviewLine {
            changed: changed
                .map(|range| within(range.start)..within(range.end))
                .collect(),
            text,
            cut_before: false,
            cut_after: self.is_cut || from + length < self.length,
            masked: false,
        }
    }
}

/// Changes of a text for tests: what goes, by its first occurrence, and what comes.
#[cfg(test)]
pub(crate) fn changes_of<'a>(text: &str, changes: &[(&str, &'a str)]) -> Vec<Change<'a>> {
    let index = LineIndex::new(text);
    let change = |(goes, comes): &(&str, &'a str)| {
        let start = text.find(goes).expect("it is there");
        let span = crate::json::Span::new(start, start + goes.len());
        let range = index.range(span);
        Change { range, text: comes }
    };
    changes.iter().map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Span;

    /// The changes of a text: what goes, by its first occurrence, and what comes.
    fn of(text: &str, changes: &[(&str, &str)]) -> Preview {
        let index = LineIndex::new(text);
        let changes = changes_of(text, changes);
        let preview = index.preview(&changes).expect("changes");
        // A file that is read piece by piece gives the same.
        let read = |bytes: ops::Range<usize>| {
            let end = bytes.end.min(text.len());
            Ok::<_, Infallible>(text.as_bytes()[bytes.start.min(end)..end].to_vec())
        };
        assert_eq!(super::preview(&changes, read), Ok(Some(preview.clone())));
        preview
    }

    /// As a diff, what changes in brackets.
    fn drawn(preview: &Preview) -> Vec<String> {
        let mut all = Vec::new();
        for Hunk { number, old, new } in &preview.hunks {
            for (sign, side) in [('-', old), ('+', new)] {
                all.extend(side.lines.iter().map(|line| {
                    let [head, tail] =
                        [line.cut_before, line.cut_after].map(|cut| if cut { "…" } else { "" });
                    let mut text = String::new();
                    for (at, c) in line.text.chars().chain(['\0']).enumerate() {
                        let starts = line.changed.iter().filter(|range| range.start == at);
                        let empty = starts.clone().filter(|range| range.is_empty()).count();
                        text.extend(
                            (line.changed.iter())
                                .filter(|r| r.end == at && !r.is_empty())
                                .map(|_| ']'),
                        );
                        text.extend(std::iter::repeat_n("[]", empty));
                        text.extend(starts.filter(|range| !range.is_empty()).map(|_| '['));
                        text.extend((c != '\0').then_some(c));
                    }
                    format!("{number}{sign}{head}{text}{tail}")
                }));
                if side.more > 0 {
                    all.push(format!("{number}{sign} {} more", side.more));
                }
            }
        }
        if preview.more > 0 {
            all.push(format!("{} more", preview.more));
        }
        all
    }

    /// A name, a text, what goes and comes in it, and the lines.
    type Case = (
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
        &'static [&'static str],
    );

    const CASES: [Case; 18] = [
        (
            "one line",
            "{\n  \"A\": 1,\n}",
            &[("\"A\"", "\"a\"")],
            &["2-  [\"A\"]: 1,", "2+  [\"a\"]: 1,"],
        ),
        (
            "put in",
            "[1 2]",
            &[(" ", ", ")],
            &["1-[1[ ]2]", "1+[1[, ]2]"],
        ),
        (
            "CRLF",
            "{\r\n\"A\": 1\r\n}",
            &[("A", "a")],
            &["2-\"[A]\": 1", "2+\"[a]\": 1"],
        ),
        (
            "a last line that does not end",
            "{\n\"A\"",
            &[("A", "")],
            &["2-\"[A]\"", "2+\"[]\""],
        ),
        (
            "a line goes with its end",
            "a\n  b\nc\n",
            &[("  b\n", "")],
            &["2-[  b]"],
        ),
        (
            "a CRLF line goes",
            "a\r\n  b\r\nc\r\n",
            &[("  b\r\n", "")],
            &["2-[  b]"],
        ),
        (
            "the last goes with the end before",
            "a\nb\n}",
            &[("\nb", "")],
            &["2-[b]"],
        ),
        (
            "a comma too",
            "a,\n  b\n}",
            &[(",\n  b", "")],
            &["1-a[,]", "1-[  b]", "1+a[]"],
        ),
        (
            "from name to name",
            "{\n  b,\n  c\n}",
            &[("b,\n  ", "")],
            &["2-  [b,]"],
        ),
        ("a line comes", "a\nc\n", &[("c", "b\nc")], &["2+[b]"]),
        (
            "several in a line",
            "{A: B, C: D}",
            &[("A", "a"), ("B", "bb"), ("C", "")],
            &["1-{[A]: [B], [C]: D}", "1+{[a]: [bb], []: D}"],
        ),
        (
            "lines in turn",
            "A\nB\n",
            &[("A", "a"), ("B", "b")],
            &["1-[A]", "1+[a]", "2-[B]", "2+[b]"],
        ),
        (
            "whole lines one after the other",
            "A\nB\nC",
            &[("A\n", ""), ("B\n", "")],
            &["1-[A]", "2-[B]"],
        ),
        (
            "a line that becomes two",
            "a b",
            &[(" ", "\n")],
            &["1-a[ ]b", "1+a[]", "1+b"],
        ),
        (
            "the byte order mark",
            "\u{feff}{}",
            &[("\u{feff}", "")],
            &["1-[\u{feff}]{}", "1+[]{}"],
        ),
        (
            "after a byte order mark",
            "\u{feff}{A}",
            &[("A", "a")],
            &["1-{[A]}", "1+{[a]}"],
        ),
        (
            "everything",
            "a\nb",
            &[("a\nb", "{}")],
            &["1-[a]", "1-[b]", "1+[{}]"],
        ),
        (
            "a line end that nobody sees",
            "a\r\nb",
            &[("\r", "")],
            &["1-a[]", "1+a[]"],
        ),
    ];

    #[test]
    fn lines_before_and_after() {
        for (name, text, changes, expected) in CASES {
            assert_eq!(drawn(&of(text, changes)), expected, "{name}");
        }
    }

    #[test]
    fn what_is_long_is_cut() {
        let line = format!("{}A{}", "é".repeat(5000), "x".repeat(5000));
        let preview = of(&line, &[("A", "bb")]);
        let [old, new] = [&preview.hunks[0].old, &preview.hunks[0].new].map(|side| &side.lines[0]);
        for (line, changed) in [(old, 99..100), (new, 99..101)] {
            assert_eq!(line.changed, [changed]);
            assert_eq!(line.text.chars().count(), MAX_COLUMNS);
            assert!(line.cut_before && line.cut_after);
        }
        // Far apart on one line: each is shown.
        let two = format!("{line}{}", line.replace('A', "B"));
        let preview = of(&two, &[("A", "a"), ("B", "b")]);
        assert_eq!(preview.hunks.len(), 2);
        // A value of many lines goes, and one without a line end.
        for (end, more, new) in [("\n", 1995, 0), ("", 0, 1)] {
            let value = format!("v{}", format!("{}{end}", "x".repeat(20)).repeat(2000));
            let preview = of(&format!("a\n{value}c\nd"), &[(&value, "")]);
            let Hunk {
                old, new: comes, ..
            } = &preview.hunks[0];
            assert_eq!((old.more, comes.lines.len()), (more, new), "{end:?}");
            assert!(old.lines.iter().all(|line| line.text.len() <= MAX_COLUMNS));
            assert_eq!(old.lines[0].cut_after, end.is_empty());
        }
        // Many lines come.
        let preview = of("a", &[("a", &"b\n".repeat(1000))]);
        assert_eq!(drawn(&preview).last().unwrap(), "1+ 996 more");
    }

    #[test]
    fn many_changes_are_counted() {
        let names: Vec<String> = (0..28).map(|line| format!("<{line}>")).collect();
        let text = names.join("\n");
        let changes: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "x")).collect();
        let preview = of(&text, &changes);
        assert_eq!(
            (preview.hunks.len(), preview.more),
            (MAX_HUNKS, 28 - MAX_HUNKS)
        );
        assert_eq!(LineIndex::new("").preview(&[]), None);
    }

    #[test]
    fn hostile_places_are_clamped() {
        let text = "日\n本\r\n\u{feff}";
        let index = LineIndex::new(text);
        for start in 0..14 {
            for end in start..14 {
                for comes in ["", "x", "\n", "\r\n日"] {
                    let range = index.range(Span::new(start, end));
                    let changes = [Change { range, text: comes }];
                    assert!(index.preview(&changes).is_some());
                }
            }
        }
    }
}

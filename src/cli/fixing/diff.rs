//! What would change, as a unified diff.
//!
//! Owns its form: that of `diff -u`, with the name of the file as the report has it. Holds no text:
//! lines are read when they are written.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::Mutex;

use autopilot_lint::redact::{Vocabulary, masked_line};
use autopilot_lint::text::sanitize;
use memchr::{memchr, memchr_iter, memrchr};
use tempfile::SpooledTempFile;

use super::mender::Change;
use crate::cli::inputs::read_at;
use crate::cli::results::FixError;
use crate::cli::streams::lock;

/// Lines that are shown before and after a change.
const CONTEXT: u64 = 3;
/// Bytes that are read at a time.
const STEP: u64 = 64 << 10;
/// Bytes of the diffs of a run that are held.
const HELD: usize = 16 << 20;
/// Bytes of a diff that are held while it is made.
const HELD_OF_ONE: usize = 1 << 20;
/// Longest line that is shown to people, in bytes.
const SHOWN: u64 = 8 << 10;

/// Who reads a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// A program, which applies it: each line is as it is.
    Exact,
    /// A person: each line is safe to print.
    Shown {
        /// What may identify is masked.
        redacted: bool,
        color: bool,
    },
}

/// The diffs of a run, in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Diffs {
    style: Style,
    all: Mutex<SpooledTempFile>,
}

impl Diffs {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            all: Mutex::new(SpooledTempFile::new(HELD)),
        }
    }

    /// Adds one, and says where it is.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn add(&self, diff: &Diff<'_>) -> Result<Range<u64>, FixError> {
        let mut one = SpooledTempFile::new(HELD_OF_ONE);
        let mut out = io::BufWriter::new(&mut one);
        diff.write(self.style, &mut out)?;
        out.flush().map_err(FixError::write)?;
        drop(out);
        one.rewind()?;
        let mut all = lock(&self.all);
        let start = all.seek(SeekFrom::End(0))?;
        let length = io::copy(&mut one, &mut *all).map_err(FixError::write)?;
        Ok(start..start + length)
    }

    /// Copies one.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub(crate) fn copy(&self, place: &Range<u64>, mut out: &mut dyn Write) -> io::Result<()> {
        let mut all = lock(&self.all);
        all.seek(SeekFrom::Start(place.start))?;
        let mut one = (&mut *all).take(place.end - place.start);
        io::copy(&mut one, &mut out).map(drop)
    }
}

/// What makes one text another.
pub(super) struct Diff<'a> {
    /// Not yet safe to print.
    pub(super) name: &'a str,
    pub(super) old: &'a File,
    pub(super) new: &'a File,
    pub(super) changes: &'a [Change],
    pub(super) vocabulary: &'a Vocabulary,
}

/// Whole lines that become others.
#[derive(Debug, Clone)]
struct Block {
    old: Lines,
    new: Lines,
}

/// Whole lines of a text.
#[derive(Debug, Clone)]
struct Lines {
    bytes: Range<u64>,
    /// Number of the first one, from 0.
    first: u64,
    count: u64,
}

/// How lines are marked.
#[derive(Debug, Clone, Copy)]
enum Mark {
    Context,
    Old,
    New,
}

impl Diff<'_> {
    fn write(&self, style: Style, out: &mut impl Write) -> Result<(), FixError> {
        let mut writer = Writer {
            style,
            vocabulary: self.vocabulary,
            out,
        };
        let name = sanitize::path(self.name);
        writer.line("1", &format!("--- {name}"))?;
        writer.line("1", &format!("+++ {name}"))?;
        let blocks = self.blocks()?;
        for hunk in blocks.chunk_by(|one, next| next.old.first - one.old.end() <= 2 * CONTEXT) {
            self.write_hunk(hunk, &mut writer)?;
        }
        Ok(())
    }

    fn write_hunk(
        &self,
        hunk: &[Block],
        writer: &mut Writer<'_, impl Write>,
    ) -> Result<(), FixError> {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            return Ok(());
        };
        let before = lines_before(self.old, first.old.bytes.start, CONTEXT)?;
        let after = lines_after(self.old, last.old.bytes.end, CONTEXT)?;
        let lead = first.old.first.min(CONTEXT);
        let old = first.old.first - lead..last.old.end() + after.count;
        let new = first.new.first - lead..last.new.end() + after.count;
        let header = format!("@@ -{} +{} @@", numbers(&old), numbers(&new));
        writer.line("36", &header)?;
        let mut at = before;
        for block in hunk {
            writer.lines(self.old, at..block.old.bytes.start, Mark::Context)?;
            writer.lines(self.old, block.old.bytes.clone(), Mark::Old)?;
            writer.lines(self.new, block.new.bytes.clone(), Mark::New)?;
            at = block.old.bytes.end;
        }
        writer.lines(self.old, at..after.bytes.end, Mark::Context)
    }

    fn begins_line(&self, at: u64) -> Result<bool, FixError> {
        Ok(lines_before(self.old, at, 0)? == at)
    }

    /// The lines of the changes, those that touch put together.
    fn blocks(&self) -> Result<Vec<Block>, FixError> {
        let mut ranges: Vec<(Range<u64>, Range<u64>)> = Vec::new();
        for Change {
            old,
            new,
            ends_line,
        } in self.changes
        {
            // Of a long line with many changes, the ends are looked for once.
            let last = ranges.last_mut().filter(|(last, _)| old.start < last.end);
            let is_inside = last.is_some();
            let end = match &last {
                Some((last, _)) if old.end <= last.end => last.end,
                _ if *ends_line && (is_inside || self.begins_line(old.start)?) => old.end,
                _ => end_of_line(self.old, old.end)?,
            };
            let new_end = new.end + (end - old.end);
            if let Some((old, new)) = last {
                (old.end, new.end) = (end, new_end);
                continue;
            }
            let start = lines_before(self.old, old.start, 0)?;
            match ranges.last_mut() {
                Some((old, new)) if start <= old.end => (old.end, new.end) = (end, new_end),
                _ => ranges.push((start..end, new.start - (old.start - start)..new_end)),
            }
        }
        let mut numbered = (0, 0, 0);
        let mut blocks = Vec::with_capacity(ranges.len());
        for (old, new) in ranges {
            let (at, old_line, new_line) = numbered;
            let between = count_lines(self.old, at..old.start)?;
            let lines = |file, bytes: Range<u64>, first| {
                let count = count_lines(file, bytes.clone())?;
                Ok::<_, io::Error>(Lines {
                    bytes,
                    first,
                    count,
                })
            };
            let end = old.end;
            let old = lines(self.old, old, old_line + between)?;
            let new = lines(self.new, new, new_line + between)?;
            numbered = (end, old.end(), new.end());
            blocks.push(Block { old, new });
        }
        Ok(blocks)
    }
}

impl Lines {
    /// Number of the line behind the last one.
    const fn end(&self) -> u64 {
        self.first + self.count
    }
}

/// Lines as the head of a hunk names them: the first from 1, and how many unless it is one.
fn numbers(lines: &Range<u64>) -> String {
    match lines.end - lines.start {
        // Behind which line nothing stands.
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        count => format!("{},{count}", lines.start + 1),
    }
}

/// Writes lines for whoever reads them.
struct Writer<'a, W> {
    style: Style,
    vocabulary: &'a Vocabulary,
    out: &'a mut W,
}

impl<W: Write> Writer<'_, W> {
    /// Writes a line of our own, which is safe to print.
    fn line(&mut self, color: &str, text: &str) -> Result<(), FixError> {
        let written = match self.style {
            Style::Shown { color: true, .. } => writeln!(self.out, "\x1b[{color}m{text}\x1b[0m"),
            _ => writeln!(self.out, "{text}"),
        };
        written.map_err(FixError::write)
    }

    /// Writes lines of a file.
    fn lines(&mut self, file: &File, bytes: Range<u64>, mark: Mark) -> Result<(), FixError> {
        match self.style {
            Style::Exact => self.exact_lines(file, bytes, mark),
            Style::Shown { redacted, .. } => self.shown_lines(file, bytes, mark, redacted),
        }
    }

    fn exact_lines(&mut self, file: &File, bytes: Range<u64>, mark: Mark) -> Result<(), FixError> {
        let mut begins = true;
        each_block(file, bytes, |block| {
            for line in block.split_inclusive(|byte| *byte == b'\n') {
                if begins {
                    self.out.write_all(mark.sign().as_bytes())?;
                }
                self.out.write_all(line)?;
                begins = line.ends_with(b"\n");
            }
            Ok(())
        })?;
        if !begins {
            self.out
                .write_all(b"\n\\ No newline at end of file\n")
                .map_err(FixError::write)?;
        }
        Ok(())
    }

    fn shown_lines(
        &mut self,
        file: &File,
        bytes: Range<u64>,
        mark: Mark,
        redacted: bool,
    ) -> Result<(), FixError> {
        let mut at = bytes.start;
        while at < bytes.end {
            let end = end_of_line(file, at)?.min(bytes.end);
            let cut = end.min(at + SHOWN);
            let mut text = Vec::new();
            each_block(file, at..cut, |block| {
                text.extend_from_slice(block);
                Ok(())
            })?;
            let text = String::from_utf8_lossy(&text);
            let ended = text.strip_suffix('\n');
            let line = ended.unwrap_or(&text);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let masked = redacted.then(|| masked_line(line, cut < end, self.vocabulary));
            let line = sanitize::text(masked.as_deref().unwrap_or(line)).into_owned();
            let more = if cut < end { "…" } else { "" };
            self.line(mark.color(), &format!("{}{line}{more}", mark.sign()))?;
            if ended.is_none() && cut == end {
                self.line("0", "\\ No newline at end of file")?;
            }
            at = end;
        }
        Ok(())
    }
}

impl Mark {
    const fn sign(self) -> &'static str {
        match self {
            Self::Context => " ",
            Self::Old => "-",
            Self::New => "+",
        }
    }

    /// The number that terminals know its colour by.
    const fn color(self) -> &'static str {
        match self {
            Self::Context => "0",
            Self::Old => "31",
            Self::New => "32",
        }
    }
}

/// Reads bytes of a file, some at a time.
fn each_block(
    file: &File,
    bytes: Range<u64>,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut block = vec![0; usize::try_from(STEP.min(bytes.end - bytes.start)).unwrap_or_default()];
    let mut at = bytes.start;
    while at < bytes.end {
        let wanted =
            usize::try_from(bytes.end - at).map_or(block.len(), |left| left.min(block.len()));
        match read_at(file, &mut block[..wanted], at) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                each(&block[..read])?;
                at += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// How many lines bytes are, the last of which may have no end.
fn count_lines(file: &File, bytes: Range<u64>) -> io::Result<u64> {
    let (mut count, mut whole) = (0, true);
    each_block(file, bytes, |block| {
        count += memchr_iter(b'\n', block).count() as u64;
        whole = block.ends_with(b"\n");
        Ok(())
    })?;
    Ok(count + u64::from(!whole))
}

/// Where the line begins that stands `lines` before the one of this byte.
fn lines_before(file: &File, at: u64, lines: u64) -> io::Result<u64> {
    let mut left = lines + 1;
    let mut end = at;
    while end > 0 {
        let start = end.saturating_sub(STEP);
        let mut text = Vec::new();
        each_block(file, start..end, |block| {
            text.extend_from_slice(block);
            Ok(())
        })?;
        while let Some(newline) = memrchr(b'\n', &text) {
            left -= 1;
            if left == 0 {
                return Ok(start + newline as u64 + 1);
            }
            text.truncate(newline);
        }
        end = start;
    }
    Ok(0)
}

/// Up to so many lines from a byte on that begins one.
fn lines_after(file: &File, at: u64, lines: u64) -> io::Result<Lines> {
    let length = file.metadata()?.len();
    let (mut end, mut count) = (at, 0);
    while count < lines && end < length {
        end = end_of_line(file, end)?;
        count += 1;
    }
    Ok(Lines {
        bytes: at..end,
        first: 0,
        count,
    })
}

/// Where the line ends that a byte is in, its newline included.
fn end_of_line(file: &File, at: u64) -> io::Result<u64> {
    let mut block = vec![0; usize::try_from(STEP).unwrap_or_default()];
    let mut at = at;
    loop {
        match read_at(file, &mut block, at) {
            Ok(0) => return Ok(at),
            Ok(read) => match memchr(b'\n', &block[..read]) {
                Some(newline) => return Ok(at + newline as u64 + 1),
                None => at += read as u64,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

//! JSON Lines: runs of whole lines, read and checked side by side, reported in order.
//!
//! Owns the cutting into lines and the limit on their length. Memory is bounded by the pieces that
//! are under way and the identifiers of the last events, for those that come again.

use std::fs::File;
use std::io::{self, Read};
use std::ops::{ControlFlow, Range};
use std::sync::Mutex;

use autopilot_lint::json;
use autopilot_lint::lint::{self, Duplicates, Linter, Outcome, Scratch};
use memchr::{memchr, memchr_iter, memrchr};

use super::input::{Buffer, describe, read_at};
use super::ordered::{self, Turns, Work, locked};
use super::run::{Base, Collected, admit};
use super::spare::Spare;

/// How a stream is cut into pieces, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// A line belongs to the piece that its first byte is in.
    piece: usize,
    /// Longest line, its end not counted.
    line: usize,
}

/// Pieces fit the second-level cache; of larger ones, more would wait to be reported.
pub(crate) const CUT: Cut = Cut {
    piece: 256 << 10,
    line: 16 << 20,
};

/// Read beyond a piece at once: most often the end of its last line is there.
const SLACK: usize = 8 << 10;

/// Where the lines come from.
pub(crate) trait Source: Sync {
    /// Reads the next piece of `turns`.
    fn read_piece(&self, cut: Cut, turns: &Turns, text: &mut Buffer) -> Option<(usize, Piece)>;
}

/// A run of whole lines.
pub(crate) struct Piece {
    /// Where they stand in what was read.
    lines: Range<usize>,
    /// Byte of the file that the first one begins at.
    offset: usize,
    end: Option<End>,
}

/// Why no piece comes after one.
enum End {
    All,
    TooLong,
    Unreadable(io::Error),
}

/// Reads a file from several threads: each has a place of its own.
impl Source for File {
    fn read_piece(&self, cut: Cut, turns: &Turns, text: &mut Buffer) -> Option<(usize, Piece)> {
        let number = turns.claim()?;
        let start = number * cut.piece;
        // Whether a line begins with the piece, the byte before says.
        let from = start.saturating_sub(1);
        let first = |text: &[u8]| match number {
            0 => Some(0),
            _ => memchr(b'\n', text).map(|end| end + 1),
        };
        let mut at = from;
        let read = |bytes: &mut [u8]| {
            let read = read_at(self, bytes, at as u64)?;
            at += read;
            Ok(read)
        };
        let (lines, end) = cut.lines(text, start + cut.piece - from, first, read);
        let offset = from + lines.start;
        Some((number, Piece { lines, offset, end }))
    }
}

/// Reads from one thread at a time, in the order of the pieces: no thread only reads, and none of
/// those that check waits for another but while it reads.
pub(crate) struct Stream<R>(Mutex<Reader<R>>);

struct Reader<R> {
    source: R,
    /// What was read and is not yet given.
    rest: Vec<u8>,
    /// Byte of the stream that this begins at.
    offset: usize,
}

impl<R: Read> Stream<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self(Mutex::new(Reader {
            source,
            rest: Vec::new(),
            offset: 0,
        }))
    }
}

impl<R: Read + Send> Source for Stream<R> {
    fn read_piece(&self, cut: Cut, turns: &Turns, text: &mut Buffer) -> Option<(usize, Piece)> {
        let mut reader = locked(&self.0);
        let number = turns.claim()?;
        let Reader {
            source,
            rest,
            offset,
        } = &mut *reader;
        text.put(rest);
        let limit = cut.piece - *offset % cut.piece;
        let (lines, end) = cut.lines(text, limit, |_| Some(0), |bytes| source.read(bytes));
        rest.clear();
        rest.extend_from_slice(&text.bytes()[lines.end..]);
        let piece = Piece {
            offset: *offset,
            end,
            lines,
        };
        *offset += piece.lines.end;
        Some((number, piece))
    }
}

impl Cut {
    /// Reads the lines that begin among the next `limit` bytes, of which `text` may hold some.
    /// `first` says where the first one does.
    fn lines(
        self,
        text: &mut Buffer,
        limit: usize,
        first: impl FnOnce(&[u8]) -> Option<usize>,
        mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> (Range<usize>, Option<End>) {
        match self.try_lines(text, limit, first, &mut read) {
            Ok(lines) => lines,
            Err(error) => (0..0, Some(End::Unreadable(error))),
        }
    }

    fn try_lines(
        self,
        text: &mut Buffer,
        limit: usize,
        first: impl FnOnce(&[u8]) -> Option<usize>,
        read: &mut impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> io::Result<(Range<usize>, Option<End>)> {
        let mut ended = text.fill(limit + SLACK, &mut *read)?;
        let end = (ended && text.bytes().len() <= limit).then_some(End::All);
        let own = &text.bytes()[..limit.min(text.bytes().len())];
        let Some(first) = first(own).filter(|first| *first < limit) else {
            return Ok((0..0, end));
        };
        let before_last = &own[first..own.len().max(first + 1) - 1];
        let last = memrchr(b'\n', before_last).map_or(first, |end| first + end + 1);
        let mut searched = first + before_last.len();
        loop {
            let bytes = text.bytes();
            let newline = memchr(b'\n', &bytes[searched..]).map(|at| searched + at);
            searched = newline.unwrap_or(bytes.len());
            if searched - last > self.line {
                return Ok((first..last, Some(End::TooLong)));
            }
            if let Some(newline) = newline {
                return Ok((first..newline + 1, end));
            }
            if ended {
                return Ok((first..searched, end));
            }
            // A line that grows and grows is not read in small steps.
            ended = text.fill(searched + SLACK + searched / 2, &mut *read)?;
        }
    }
}

/// Checks a stream of lines on `threads` threads. `name` is what messages call it; `met` has the
/// identifiers that were met before.
///
/// # Errors
/// A sentence that says why it could not be read to its end; what was found until then is kept.
pub(crate) fn check(
    linter: &Linter,
    source: &impl Source,
    threads: usize,
    collected: &mut Collected<'_>,
    (name, met): (&str, &mut Duplicates),
) -> Result<(), String> {
    let lines = Lines {
        linter,
        source,
        cut: CUT,
        spare: Spare::new(),
    };
    lines.check(threads, collected, (name, met))
}

struct Lines<'a, S> {
    linter: &'a Linter,
    source: &'a S,
    cut: Cut,
    spare: Spare<Buffer>,
}

impl<S: Source> Lines<'_, S> {
    fn check(
        &self,
        threads: usize,
        collected: &mut Collected<'_>,
        (name, met): (&str, &mut Duplicates),
    ) -> Result<(), String> {
        let mut line = 1;
        let mut fault = None;
        ordered::run(self, threads, |done| {
            let mut outcome = done.found.outcome;
            for id in &mut outcome.ids {
                id.shift(line - 1, 0);
            }
            admit(&mut outcome, name, met);
            let base = Base {
                text: &done.text.bytes()[done.piece.lines],
                line,
                offset: done.piece.offset,
            };
            collected.run.shared.advance(base.text.len());
            collected.add(base, outcome.diagnostics, outcome.payloads);
            line += done.found.line_ends;
            self.spare.put_back(done.text);
            let Some(end) = done.piece.end else {
                return ControlFlow::Continue(());
            };
            fault = self.fault(&end, line);
            ControlFlow::Break(())
        });
        fault.map_or(Ok(()), Err)
    }

    fn fault(&self, end: &End, line: usize) -> Option<String> {
        match end {
            End::All => None,
            End::TooLong => Some(format!(
                "line {line} exceeds the limit of {} bytes for JSON Lines",
                self.cut.line
            )),
            End::Unreadable(error) => Some(describe(error)),
        }
    }
}

/// A piece that was checked.
struct Done {
    text: Buffer,
    piece: Piece,
    found: Found,
}

/// What was found in a piece; spans and lines count from its first byte.
#[derive(Default)]
struct Found {
    outcome: Outcome,
    line_ends: usize,
}

impl<S: Source> Work for Lines<'_, S> {
    type Buffers = Scratch;
    type Done = Done;

    fn next(&self, turns: &Turns, scratch: &mut Scratch) -> Option<(usize, Done)> {
        let mut text = self.spare.take();
        text.clear();
        let (number, piece) = self.source.read_piece(self.cut, turns, &mut text)?;
        let found = check_lines(self.linter, &text.bytes()[piece.lines.clone()], scratch);
        Some((number, Done { text, piece, found }))
    }
}

fn check_lines(linter: &Linter, text: &[u8], scratch: &mut Scratch) -> Found {
    let mut found = Found::default();
    let mut start = 0;
    for end in memchr_iter(b'\n', text).chain([text.len()]) {
        let line = &text[start..end];
        if !line.iter().all(u8::is_ascii_whitespace) {
            let before = (found.line_ends, start);
            linter.check_part(line, before, scratch, &mut found.outcome);
        }
        start = end + 1;
        found.line_ends += usize::from(end < text.len());
    }
    found
}

/// Whether a text whose kind is not known is JSON Lines: its first line that is not blank is a
/// JSON value, and something follows.
pub(crate) fn looks_like_lines(text: &[u8]) -> bool {
    let text = text[lint::mark(text)..].trim_ascii_start();
    let Some(end) = memchr(b'\n', text) else {
        return false;
    };
    let (first, rest) = text.split_at(end);
    let value = |line: &str| json::parse(line, &mut json::Tape::new()).is_ok();
    !rest.trim_ascii().is_empty() && std::str::from_utf8(first).is_ok_and(value)
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;

    /// Pieces as text, with where they begin, and how the last one ends.
    fn pieces(source: &impl Source, cut: Cut) -> (Vec<(usize, String)>, Option<End>) {
        struct Pieces<'a, S>(&'a S, Cut);
        impl<S: Source> Work for Pieces<'_, S> {
            type Buffers = Buffer;
            type Done = (String, Piece);
            fn next(&self, turns: &Turns, text: &mut Buffer) -> Option<(usize, Self::Done)> {
                text.clear();
                let (number, piece) = self.0.read_piece(self.1, turns, text)?;
                let lines = &text.bytes()[piece.lines.clone()];
                Some((number, (String::from_utf8_lossy(lines).into(), piece)))
            }
        }
        let (mut all, mut end) = (Vec::new(), None);
        ordered::run(&Pieces(source, cut), 1, |(text, piece)| {
            if !text.is_empty() {
                all.push((piece.offset, text));
            }
            end = piece.end;
            match &end {
                Some(_) => ControlFlow::Break(()),
                None => ControlFlow::Continue(()),
            }
        });
        (all, end)
    }

    fn file(text: &str) -> File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        file.rewind().expect("a file");
        file
    }

    /// A source that gives little at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let some = bytes.len().min(3);
            self.0.read(&mut bytes[..some])
        }
    }

    #[test]
    fn every_line_is_in_one_piece_whatever_the_source() {
        let texts = [
            "",
            "\n",
            "a",
            "a\n",
            "aaaa\nbb\n",
            "\n\n\n\nccccc\n",
            "aaa\n\nbbbbbbbbbbbbbbbbbbbb\nc\nd",
            "aaaaaaa\nbbbbbbb\nccccccc\n",
            "aaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaa\nbbb\n\n",
        ];
        for text in texts {
            for piece in 1..12 {
                let cut = Cut { piece, line: 100 };
                let (of_file, end) = pieces(&file(text), cut);
                assert!(matches!(end, Some(End::All)));
                let (of_stream, end) = pieces(&Stream::new(Drops(text.as_bytes())), cut);
                assert!(matches!(end, Some(End::All)));
                assert_eq!(of_file, of_stream, "{text:?} {piece}");
                let mut at = 0;
                for (offset, lines) in &of_file {
                    assert_eq!(*offset, at, "{text:?} {piece}");
                    at += lines.len();
                    assert!(at == text.len() || lines.ends_with('\n'));
                    let begins = lines.trim_end_matches('\n').rfind('\n');
                    let last = offset + begins.map_or(0, |at| at + 1);
                    assert_eq!(offset / piece, last / piece, "{text:?} {piece}");
                }
                assert_eq!(at, text.len(), "{text:?} {piece}");
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_ends_the_stream_before_it() {
        let cut = |piece| Cut { piece, line: 5 };
        for (text, before) in [
            ("a\nbbbbb\ncccccc\nd\n", Some("a\nbbbbb\n")),
            ("a\nbbbbb\ncccccc", Some("a\nbbbbb\n")),
            ("aaaaaa", Some("")),
            ("aaaaa\nb\naaaaa", None),
            ("aaaaa\nb\naaaaa\n", None),
        ] {
            for piece in 1..5 {
                for (all, end) in [
                    pieces(&file(text), cut(piece)),
                    pieces(&Stream::new(text.as_bytes()), cut(piece)),
                ] {
                    let all: String = all.into_iter().map(|(_, lines)| lines).collect();
                    assert_eq!(all, before.unwrap_or(text), "{piece}");
                    let too_long = matches!(end, Some(End::TooLong));
                    assert_eq!(too_long, before.is_some(), "{text:?} {piece}");
                }
            }
        }
    }
}

//! Cuts JSON Lines into chunks of whole lines.
//!
//! Owns where a chunk ends and the limit on the length of a line. Must not know what is in a line.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Mutex;

use memchr::{memchr, memrchr};

use crate::cli::inputs::{Buffer, read_at};
use crate::cli::streams::in_order::{Numbered, Tickets, lock};

/// How lines are cut into chunks, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineLimits {
    /// A line belongs to the chunk that its first byte is in.
    pub(super) chunk: usize,
    /// Longest line, its end of LF or CRLF not counted.
    pub(super) line: usize,
}

impl LineLimits {
    /// Chunks fit the second-level cache; larger ones would also mean more that waits to be
    /// reported.
    pub(super) const DEFAULT: Self = Self {
        chunk: 256 << 10,
        line: 16 << 20,
    };
}

/// Bytes that are read beyond a chunk at once: the end of its last line is mostly among them.
const SLACK: usize = 8 << 10;

/// Where lines come from.
pub(crate) trait LineReader: Sync {
    /// Reads the next chunk of `tickets` into `text`.
    fn read_chunk(
        &self,
        limits: LineLimits,
        tickets: &Tickets,
        text: &mut Buffer,
    ) -> Option<Numbered<Chunk>>;
}

/// Consecutive whole lines.
pub(crate) struct Chunk {
    /// Where they stand in what was read.
    pub(super) lines: Range<usize>,
    /// Byte of the file that the first one begins with.
    pub(super) offset: usize,
    pub(super) end: Option<End>,
}

/// Why no chunk comes after one.
pub(super) enum End {
    All,
    TooLong,
    Unreadable(io::Error),
}

/// Lines in the bytes that were read for a chunk.
struct WholeLines {
    range: Range<usize>,
    end: Option<End>,
}

/// Reads a file on several threads at once: each chunk has its place in the file.
impl LineReader for File {
    fn read_chunk(
        &self,
        limits: LineLimits,
        tickets: &Tickets,
        text: &mut Buffer,
    ) -> Option<Numbered<Chunk>> {
        let number = tickets.claim()?;
        let start = number * limits.chunk;
        // The byte before a chunk tells whether a line begins with it.
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
        let WholeLines { range, end } =
            limits.whole_lines(text, start + limits.chunk - from, first, read);
        let value = Chunk {
            offset: from + range.start,
            lines: range,
            end,
        };
        Some(Numbered { number, value })
    }
}

/// Reads on one thread at a time, in the order of the chunks. No thread only reads, and a thread that
/// checks waits for another one only while that reads.
pub(crate) struct SequentialReader<R>(Mutex<Unread<R>>);

struct Unread<R> {
    source: R,
    /// What was read and belongs to no chunk yet.
    rest: Vec<u8>,
    /// Byte of the stream that this begins with.
    offset: usize,
}

impl<R: Read> SequentialReader<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self(Mutex::new(Unread {
            source,
            rest: Vec::new(),
            offset: 0,
        }))
    }
}

impl<R: Read + Send> LineReader for SequentialReader<R> {
    fn read_chunk(
        &self,
        limits: LineLimits,
        tickets: &Tickets,
        text: &mut Buffer,
    ) -> Option<Numbered<Chunk>> {
        let mut unread = lock(&self.0);
        let number = tickets.claim()?;
        let Unread {
            source,
            rest,
            offset,
        } = &mut *unread;
        text.put(rest);
        let limit = limits.chunk - *offset % limits.chunk;
        let WholeLines { range, end } =
            limits.whole_lines(text, limit, |_| Some(0), |bytes| source.read(bytes));
        rest.clear();
        rest.extend_from_slice(&text.bytes()[range.end..]);
        let value = Chunk {
            offset: *offset,
            lines: range,
            end,
        };
        *offset += value.lines.end;
        Some(Numbered { number, value })
    }
}

impl LineLimits {
    /// Reads the lines that begin among the next `limit` bytes, some of which `text` may hold
    /// already. `first` finds the first of them.
    fn whole_lines(
        self,
        text: &mut Buffer,
        limit: usize,
        first: impl FnOnce(&[u8]) -> Option<usize>,
        mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> WholeLines {
        let mut failed = None;
        let mut until_failed = |bytes: &mut [u8]| match read(bytes) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                failed = Some(error);
                Ok(0)
            }
            read => read,
        };
        let found = self.try_whole_lines(text, limit, first, &mut until_failed);
        let WholeLines { mut range, mut end } = found.unwrap_or_else(|error| WholeLines {
            range: 0..0,
            end: Some(End::Unreadable(error)),
        });
        if let Some(error) = failed {
            // What stands before is as good as without it, but for a line that is cut off.
            let lines = &text.bytes()[range.clone()];
            let whole = memrchr(b'\n', lines).map_or(0, |end| end + 1);
            let cut = whole < lines.len();
            range.end = range.start + whole;
            // Lines of the next chunk may be there; it meets the same error behind them.
            if cut || matches!(end, Some(End::All)) {
                end = Some(End::Unreadable(error));
            }
        }
        WholeLines { range, end }
    }

    fn try_whole_lines(
        self,
        text: &mut Buffer,
        limit: usize,
        first: impl FnOnce(&[u8]) -> Option<usize>,
        read: &mut impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> io::Result<WholeLines> {
        let mut ended = text.fill(limit + SLACK, &mut *read)?;
        let end = (ended && text.bytes().len() <= limit).then_some(End::All);
        let own = &text.bytes()[..limit.min(text.bytes().len())];
        let Some(first) = first(own).filter(|first| *first < limit) else {
            return Ok(WholeLines { range: 0..0, end });
        };
        let before_last = &own[first..own.len().max(first + 1) - 1];
        let last = memrchr(b'\n', before_last).map_or(first, |end| first + end + 1);
        let mut searched = first + before_last.len();
        loop {
            let bytes = text.bytes();
            let newline = memchr(b'\n', &bytes[searched..]).map(|at| searched + at);
            searched = newline.unwrap_or(bytes.len());
            let carriage_return = bytes[last..searched].ends_with(b"\r");
            if searched - last - usize::from(carriage_return) > self.line {
                return Ok(WholeLines {
                    range: first..last,
                    end: Some(End::TooLong),
                });
            }
            if newline.is_some() || ended {
                return Ok(WholeLines {
                    range: first..newline.map_or(searched, |newline| newline + 1),
                    end,
                });
            }
            // A line that keeps growing is not read in small steps.
            ended = text.fill(searched + SLACK + searched / 2, &mut *read)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};
    use std::ops::ControlFlow;

    use super::*;
    use crate::cli::streams::in_order::{self, Work};

    /// Chunks as text, with where they begin, and how the last one ends.
    fn chunks(source: &impl LineReader, limits: LineLimits) -> (Vec<(usize, String)>, Option<End>) {
        struct Chunks<'a, S>(&'a S, LineLimits);
        impl<S: LineReader> Work for Chunks<'_, S> {
            type State = Buffer;
            type Done = (String, Chunk);
            fn next(&self, tickets: &Tickets, text: &mut Buffer) -> Option<Numbered<Self::Done>> {
                text.clear();
                let Numbered { number, value } = self.0.read_chunk(self.1, tickets, text)?;
                let lines = &text.bytes()[value.lines.clone()];
                let value = (String::from_utf8_lossy(lines).into(), value);
                Some(Numbered { number, value })
            }
        }
        let (mut all, mut end) = (Vec::new(), None);
        in_order::run(&Chunks(source, limits), 1, |Numbered { value, .. }| {
            let (text, chunk) = value;
            if !text.is_empty() {
                all.push((chunk.offset, text));
            }
            end = chunk.end;
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
    fn every_line_is_in_one_chunk_whatever_the_source() {
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
            for chunk in 1..12 {
                let limits = LineLimits { chunk, line: 100 };
                let (of_file, end) = chunks(&file(text), limits);
                assert!(matches!(end, Some(End::All)));
                let (of_stream, end) =
                    chunks(&SequentialReader::new(Drops(text.as_bytes())), limits);
                assert!(matches!(end, Some(End::All)));
                assert_eq!(of_file, of_stream, "{text:?} {chunk}");
                let mut at = 0;
                for (offset, lines) in &of_file {
                    assert_eq!(*offset, at, "{text:?} {chunk}");
                    at += lines.len();
                    assert!(at == text.len() || lines.ends_with('\n'));
                    let begins = lines.trim_end_matches('\n').rfind('\n');
                    let last = offset + begins.map_or(0, |at| at + 1);
                    assert_eq!(offset / chunk, last / chunk, "{text:?} {chunk}");
                }
                assert_eq!(at, text.len(), "{text:?} {chunk}");
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_ends_the_stream_before_it() {
        let limits = |chunk| LineLimits { chunk, line: 5 };
        for (text, before) in [
            ("a\nbbbbb\ncccccc\nd\n", Some("a\nbbbbb\n")),
            ("a\nbbbbb\ncccccc", Some("a\nbbbbb\n")),
            ("aaaaaa", Some("")),
            ("aaaaa\nb\naaaaa", None),
            ("aaaaa\nb\naaaaa\n", None),
            ("aaaaa\r\nb\r\naaaaa\r\n", None),
            ("aaaaa\r\nb\naaaaaa\r\n", Some("aaaaa\r\nb\n")),
            ("aaaa\ra\nb\n", Some("")),
        ] {
            for chunk in 1..5 {
                for (all, end) in [
                    chunks(&file(text), limits(chunk)),
                    chunks(&SequentialReader::new(text.as_bytes()), limits(chunk)),
                ] {
                    let all: String = all.into_iter().map(|(_, lines)| lines).collect();
                    assert_eq!(all, before.unwrap_or(text), "{chunk}");
                    let too_long = matches!(end, Some(End::TooLong));
                    assert_eq!(too_long, before.is_some(), "{text:?} {chunk}");
                }
            }
        }
    }
}

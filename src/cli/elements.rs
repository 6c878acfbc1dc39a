//! Arrays in files, a piece at a time: elements are read and checked side by side, reported in
//! order.
//!
//! Owns the finding of elements without having read what stands before them. Where one begins is
//! guessed, and the guess counts only where the elements before end there. Memory is bounded by the
//! pieces that are under way and the identifiers of the last events.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;

use autopilot_lint::json::{self, Tape, skip_blanks};
use autopilot_lint::lint::{self, Joined, Linter, Part, Scratch, Shell};
use memchr::memmem;

use super::file_index::FileIndex;
use super::input::Buffer;
use super::ordered::{self, Turns, Work};
use super::run::Collected;

/// How an array is cut into pieces, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// An element belongs to the piece that its first byte is in.
    piece: usize,
    /// Longest element, and longest blanks between two.
    element: usize,
    /// Most that stands before the first element, and after the last one.
    around: usize,
}

/// How the arrays of files are cut.
pub(crate) const CUT: Cut = Cut {
    piece: 256 << 10,
    element: 16 << 20,
    around: 64 << 10,
};

/// Read beyond a piece at once: most often the end of its last element is there.
const SLACK: usize = 8 << 10;
/// Read before a piece: what a guess is judged by.
const MARGIN: usize = 256;
/// Guesses for one piece: those that are wrong are of objects within events.
const GUESSES: usize = 16;
/// Brackets from the end on of which one closes the array.
const CLOSINGS: usize = 16;

/// Checks the array that a file of `length` bytes holds, on `threads` threads. `None` where it has to
/// be held as a whole: because it is no array, because something is wrong with it of which a part
/// does not tell everything, or because it cannot be read.
pub(crate) fn check(
    cut: Cut,
    linter: &Linter,
    file: &File,
    length: u64,
    threads: usize,
    collected: &mut Collected<'_>,
) -> Option<()> {
    let around = Around::read(file, usize::try_from(length).ok()?, cut).ok()??;
    let mut tape = Tape::new();
    let frame = Shell::read(linter, &around.text, &mut tape)?;
    if frame.array().start != around.open {
        return None;
    }
    let array = Array {
        cut,
        file,
        around: &around,
        name: memmem::Finder::new(&around.name),
        frame: &frame,
    };
    let mut merge = Merge {
        array: &array,
        joined: Joined::new(&frame, length),
        index: FileIndex::new(file),
        collected,
        due: around.first,
        ended: false,
        scratch: Scratch::default(),
    };
    let before = merge.joined.before();
    merge
        .collected
        .add_indexed(&mut merge.index, before, 0)
        .ok()?;
    ordered::run(&array, threads, |done| {
        merge.take(done).unwrap_or(ControlFlow::Break(()))
    });
    merge.finish()
}

/// A document without the elements of its array.
struct Around {
    text: Vec<u8>,
    /// Where the array's brackets are in the file.
    open: usize,
    close: usize,
    /// Where its first element begins.
    first: usize,
    /// How that one begins, up to the end of its first name.
    name: Vec<u8>,
}

impl Around {
    /// Reads both ends of a file; `None` where no array of objects is seen there.
    fn read(file: &File, length: usize, cut: Cut) -> io::Result<Option<Self>> {
        let (mut head, mut tail) = (Buffer::default(), Buffer::default());
        head.fill_from(file, 0, cut.around)?;
        let tail_start = length.saturating_sub(cut.around);
        tail.fill_from(file, tail_start, cut.around)?;
        Ok(Self::find(head.bytes(), tail.bytes(), tail_start))
    }

    fn find(head: &[u8], tail: &[u8], tail_start: usize) -> Option<Self> {
        let open = array_start(head)?;
        let first = skip_blanks(head, open + 1);
        let name = first_name(&head[first..])?.to_vec();
        let closings = memchr::memrchr_iter(b']', tail).take(CLOSINGS);
        closings
            .filter(|close| tail_start + close > first)
            .find_map(|close| {
                let text = [&head[..=open], &tail[close..]].concat();
                is_json(&text).then(|| Self {
                    text,
                    open,
                    close: tail_start + close,
                    first,
                    name: name.clone(),
                })
            })
    }
}

fn is_json(bytes: &[u8]) -> bool {
    let text = &bytes[lint::mark(bytes)..];
    std::str::from_utf8(text).is_ok_and(|text| json::parse(text, &mut Tape::new()).is_ok())
}

/// Where the array opens that a document is, or that its member `value` is.
fn array_start(head: &[u8]) -> Option<usize> {
    let begin = lint::mark(head);
    let text = valid(head, begin);
    let bytes = text.as_bytes();
    let mut at = skip_blanks(bytes, 0);
    if bytes.get(at) == Some(&b'[') {
        return Some(begin + at);
    }
    let mut tape = Tape::new();
    let mut before = b'{';
    while bytes.get(at) == Some(&before) {
        let name = skip_blanks(bytes, at + 1);
        let colon = skip_blanks(
            bytes,
            name + json::parse_prefix(text.get(name..)?, 1, &mut tape)?,
        );
        let value = skip_blanks(bytes, colon + 1);
        if &text[name..colon] == "\"value\"" && bytes.get(value) == Some(&b'[') {
            return Some(begin + value);
        }
        at = skip_blanks(
            bytes,
            value + json::parse_prefix(text.get(value..)?, 1, &mut tape)?,
        );
        before = b',';
    }
    None
}

/// An object's text up to the end of its first name.
fn first_name(text: &[u8]) -> Option<&[u8]> {
    let quote = skip_blanks(text, 1);
    if text.first() != Some(&b'{') || text.get(quote) != Some(&b'"') {
        return None;
    }
    let end = memchr::memchr2(b'"', b'\\', &text[quote + 1..])? + quote + 1;
    (text[end] == b'"' && end < MARGIN).then(|| &text[..=end])
}

/// The text from `start` on, up to what is no UTF-8 or not whole.
fn valid(bytes: &[u8], start: usize) -> &str {
    let bytes = bytes.get(start..).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_else(|error| {
        let valid = &bytes[..error.valid_up_to()];
        std::str::from_utf8(valid).unwrap_or_default()
    })
}

struct Array<'a> {
    cut: Cut,
    file: &'a File,
    around: &'a Around,
    name: memmem::Finder<'a>,
    frame: &'a Shell<'a>,
}

/// Part of a file.
#[derive(Default)]
struct Window {
    bytes: Buffer,
    /// Byte of the file that it begins with.
    start: usize,
    ended: bool,
}

impl Window {
    fn read(&mut self, file: &File, start: usize, wanted: usize) -> io::Result<()> {
        self.bytes.clear();
        self.start = start;
        self.grow(file, wanted)
    }

    fn grow(&mut self, file: &File, wanted: usize) -> io::Result<()> {
        self.ended = self.bytes.fill_from(file, self.start, wanted)?;
        Ok(())
    }
}

/// Elements that follow one another.
struct Stretch {
    first: usize,
    next: Next,
    part: Part,
}

#[derive(Clone, Copy)]
enum Next {
    /// An element begins here.
    Element(usize),
    /// The array closes here.
    Close(usize),
}

/// How far elements were read, in bytes of the file.
#[derive(Clone, Copy)]
enum At {
    /// An element should begin here.
    Element(usize),
    /// An element ends here.
    After(usize),
}

impl Array<'_> {
    /// First byte of the piece of this number, and of the one after.
    fn bounds(&self, number: usize) -> (usize, usize) {
        let start = self.around.first / self.cut.piece + number;
        (start * self.cut.piece, (start + 1) * self.cut.piece)
    }

    /// The elements of a piece, where a guess leads to some that end as they should.
    fn guess(&self, number: usize, window: &mut Window, scratch: &mut Scratch) -> Option<Stretch> {
        let (start, limit) = self.bounds(number);
        let from = start.saturating_sub(MARGIN);
        let wanted = limit + SLACK - from;
        window.read(self.file, from, wanted).ok()?;
        if number == 0 {
            return self.stretch(self.around.first, limit, window, scratch);
        }
        self.guesses(window, start, limit)
            .into_iter()
            .find_map(|guess| {
                let stretch = self.stretch(guess, limit, window, scratch)?;
                let closed = match stretch.next {
                    Next::Element(_) => true,
                    Next::Close(at) => at == self.around.close,
                };
                closed.then_some(stretch)
            })
    }

    /// Where in a piece an element may begin: as the first one does, behind a comma.
    fn guesses(&self, window: &Window, start: usize, limit: usize) -> Vec<usize> {
        let bytes = window.bytes.bytes();
        let own = start - window.start..(limit - window.start).min(bytes.len());
        let found = self
            .name
            .find_iter(bytes.get(own.start..).unwrap_or_default());
        let places = found
            .map(|at| own.start + at)
            .take_while(|at| *at < own.end);
        let behind_comma = |at: &usize| bytes[..*at].trim_ascii_end().ends_with(b",");
        let places = places.filter(behind_comma).take(GUESSES);
        places.map(|at| window.start + at).collect()
    }

    /// Checks the elements from `first` on that begin before `limit`; `None` where one is none. The
    /// window begins before them, and is read on as far as it takes.
    fn stretch(
        &self,
        first: usize,
        limit: usize,
        window: &mut Window,
        scratch: &mut Scratch,
    ) -> Option<Stretch> {
        let mut part = Part::default();
        let mut at = At::Element(first);
        loop {
            let (At::Element(begin) | At::After(begin)) = at;
            let start = begin - window.start;
            let text = valid(window.bytes.bytes(), start);
            let reader = Reader {
                frame: self.frame,
                text,
                start: begin,
                limit,
            };
            at = match reader.read(at, scratch, &mut part) {
                Reached::Next(next) => return Some(Stretch { first, next, part }),
                Reached::End(at) => at,
                Reached::Wrong => return None,
            };
            let (At::Element(begin) | At::After(begin)) = at;
            let held = window.bytes.bytes().len();
            let pending = (window.start + held).saturating_sub(begin);
            if window.ended || pending > self.cut.element {
                return None;
            }
            window.grow(self.file, held + SLACK + pending).ok()?;
        }
    }
}

/// Where a reader comes to.
enum Reached {
    /// All elements before the limit, and what comes next.
    Next(Next),
    /// The text ends, so far.
    End(At),
    /// There is something else than elements.
    Wrong,
}

/// Reads elements from a text.
struct Reader<'a> {
    frame: &'a Shell<'a>,
    text: &'a str,
    /// Byte of the file that the text begins with.
    start: usize,
    limit: usize,
}

impl Reader<'_> {
    fn read(&self, mut at: At, scratch: &mut Scratch, part: &mut Part) -> Reached {
        loop {
            at = match at {
                At::Element(begin) => {
                    let text = &self.text[begin - self.start..];
                    match self.frame.check(text, begin, scratch, part) {
                        Some(length) => At::After(begin + length),
                        None => return Reached::End(at),
                    }
                }
                At::After(end) => match self.after(end) {
                    Reached::Next(Next::Element(next)) if next < self.limit => At::Element(next),
                    reached => return reached,
                },
            };
        }
    }

    /// What comes after an element that ends here.
    fn after(&self, end: usize) -> Reached {
        let bytes = self.text.as_bytes();
        let mark = skip_blanks(bytes, end - self.start);
        let next = skip_blanks(bytes, mark + 1);
        match bytes.get(mark) {
            Some(b']') => Reached::Next(Next::Close(self.start + mark)),
            Some(b',') if next < bytes.len() => Reached::Next(Next::Element(self.start + next)),
            Some(b',') | None => Reached::End(At::After(end)),
            Some(_) => Reached::Wrong,
        }
    }
}

/// What one thread uses again from piece to piece.
#[derive(Default)]
pub(crate) struct Buffers {
    window: Window,
    scratch: Scratch,
}

impl Work for Array<'_> {
    type Buffers = Buffers;
    type Done = (usize, Option<Stretch>);

    fn next(&self, turns: &Turns, buffers: &mut Buffers) -> Option<(usize, Self::Done)> {
        let number = turns.claim()?;
        let Buffers { window, scratch } = buffers;
        Some((number, (number, self.guess(number, window, scratch))))
    }
}

/// Puts stretches together.
struct Merge<'a, 'c> {
    array: &'a Array<'a>,
    joined: Joined<'a>,
    index: FileIndex<'a>,
    collected: &'a mut Collected<'c>,
    /// Where the next element begins.
    due: usize,
    ended: bool,
    scratch: Scratch,
}

impl Merge<'_, '_> {
    /// Takes the elements of the next piece; `None` where the document has to be held as a whole.
    fn take(&mut self, (number, guessed): (usize, Option<Stretch>)) -> Option<ControlFlow<()>> {
        let (_, limit) = self.array.bounds(number);
        if self.due >= limit {
            return Some(ControlFlow::Continue(()));
        }
        let stretch = match guessed.filter(|guessed| guessed.first == self.due) {
            Some(stretch) => stretch,
            None => self.again(limit)?,
        };
        let (found, payloads) = self.joined.add(stretch.part).ok()?;
        let added = self.collected.add_indexed(&mut self.index, found, payloads);
        added.ok()?;
        match stretch.next {
            Next::Element(next) => {
                self.collected.run.shared.advance(next - self.due);
                self.due = next;
                Some(ControlFlow::Continue(()))
            }
            Next::Close(at) => {
                self.ended = at == self.array.around.close;
                Some(ControlFlow::Break(()))
            }
        }
    }

    /// Checks the elements of a piece for which the guess was wrong.
    fn again(&mut self, limit: usize) -> Option<Stretch> {
        let array = self.array;
        let mut window = Window::default();
        let wanted = limit + SLACK - self.due;
        window.read(array.file, self.due, wanted).ok()?;
        array.stretch(self.due, limit, &mut window, &mut self.scratch)
    }

    fn finish(mut self) -> Option<()> {
        if !self.ended {
            return None;
        }
        let Around { open, close, .. } = self.array.around;
        let after = self.joined.finish(close - open - 1).ok()?;
        self.collected.add_indexed(&mut self.index, after, 0).ok()
    }
}

#[cfg(test)]
mod tests;

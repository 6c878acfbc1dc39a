//! One input from its bytes to its part of the report.
//!
//! Owns which way an input goes: at a glance, as a stream of lines, as a stream of elements, or as a
//! document that is held.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

use autopilot_lint::diagnostic::Diagnostics;
use autopilot_lint::lint::Duplicates;

use super::document::{self, FileBuffers};
use crate::cli::budget::{Denied, Permit};
use crate::cli::inputs::{
    Afterwards, Buffer, Claim, Compression, Input, InputPath, OpenFile, ReadError, Reason,
    decompress, has_document_extension,
};
use crate::cli::results::{
    CheckedInput, Collector, FileError, FixedInput, RunOptions, Segment, add_repeated,
};
use crate::cli::streams::{
    array,
    lines::{self, LineReader, SequentialReader},
};

/// Size of a document from which on it is not held as a whole, in bytes. Elements checked one by one
/// are decided faster, but what is around them has to be read separately.
const STREAMED_FROM: u64 = 64 << 10;
/// Size of a document up to which it takes its memory unasked, in bytes.
const UNCLAIMED: u64 = 64 << 10;
/// Size of a document after which buffers are used again, in bytes.
const KEPT: usize = 1 << 20;

/// The check of one input.
pub(super) struct FileCheck<'a, 's> {
    pub(super) input: &'a Input,
    pub(super) collector: Collector<'a>,
    /// The identifiers of the inputs before this one, if they count.
    pub(super) seen: Option<&'s mut Duplicates>,
    /// How long its document proved to be, in bytes, when there was no memory for it.
    pub(super) length: Option<u64>,
    pub(super) standard_input: StandardInput<'s>,
}

/// Where the text of standard input comes from.
#[derive(Clone, Copy)]
pub(super) enum StandardInput<'a> {
    /// It is read.
    Read,
    /// It is read, and kept in this file.
    Kept(&'a File),
    /// It was read before, and is in this file.
    WasRead(&'a File),
}

/// A document for which there is memory only when others are done.
#[derive(Debug, Default)]
pub(super) struct Postponed {
    /// Its length, where that showed, in bytes.
    pub(super) length: Option<u64>,
    /// What fixing it gave, where that was done.
    pub(super) fixed: Option<FixedInput>,
}

impl Postponed {
    /// Of a document of this length.
    pub(super) fn of(length: u64) -> Self {
        Self {
            length: Some(length),
            fixed: None,
        }
    }
}

/// Why a check stops before its end.
enum Stop {
    Failed(FileError),
    Postponed(Postponed),
}

impl<E: Into<FileError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Denied> for Stop {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Later(length) => Self::Postponed(Postponed::of(length)),
            Denied::Never(bytes) => Self::Failed(FileError::AboveMaxMemory(bytes)),
        }
    }
}

/// What reading an input led to.
enum Reading<'a> {
    /// The buffer holds a document that is still to be checked, with this memory. It may have come
    /// out of an archive, of which there is something to say.
    Held(Option<Permit<'a>>, Option<Afterwards>),
    /// It was checked while it was read.
    Streamed,
}

impl<'a> FileCheck<'a, '_> {
    /// Checks the input. What was found before an error is in the report all the same.
    ///
    /// # Errors
    /// When there is no memory for it yet.
    pub(super) fn run(mut self, buffers: &mut FileBuffers) -> Result<CheckedInput, Postponed> {
        let error = match self.check(buffers) {
            Ok(()) => None,
            Err(Stop::Failed(error)) => Some(error),
            Err(Stop::Postponed(postponed)) => {
                buffers.text.clear();
                return Err(postponed);
            }
        };
        Ok(self.collector.finish(&self.input.name, error))
    }

    fn check(&mut self, buffers: &mut FileBuffers) -> Result<(), Stop> {
        if self.seen.is_none() && self.is_settled_at_a_glance(buffers) {
            return Ok(());
        }
        buffers.text.clear();
        let reading = match &self.input.path {
            InputPath::StandardInput => self.read_standard_input(&mut buffers.text)?,
            InputPath::File(_) => self.read_file(&mut buffers.text)?,
        };
        match reading {
            Reading::Held(_permit, afterwards) => {
                let checked = self.check_held(buffers);
                if buffers.text.bytes().len() > KEPT {
                    // What is kept for the next one would be nobody's.
                    *buffers = FileBuffers::default();
                }
                checked?;
                afterwards.map_or(Ok(()), |archive| archive.check())?;
            }
            Reading::Streamed if self.may_be_own() && self.is_own_file() => {
                self.collector.pass_over(Reason::OwnOutput);
            }
            Reading::Streamed => {}
        }
        Ok(())
    }

    /// Whether it may be one of this program's own: found by a search, and not clean.
    fn may_be_own(&self) -> bool {
        self.input.claim != Claim::Named && self.collector.has_findings
    }

    fn is_own_file(&self) -> bool {
        let RunOptions {
            recognition,
            max_file_size,
            max_unpacked,
            ..
        } = self.collector.options;
        recognition.is_own_file(self.input, max_file_size, max_unpacked)
    }

    /// Takes the memory for a document of `length` bytes. Small ones do not queue: all threads
    /// together have room for theirs.
    fn claim(&self, length: u64) -> Result<Option<Permit<'a>>, Denied> {
        let length = self.length.unwrap_or_default().max(length);
        let queues = length > UNCLAIMED;
        let budget = self.collector.options.budget;
        queues.then(|| budget.claim(length)).transpose()
    }

    /// Checks a regular file with a single read, if this gives one event that is certainly clean, or
    /// no sign of one where there must be. No question need be asked about such a file: what is cut
    /// off is never one event.
    fn is_settled_at_a_glance(&mut self, buffers: &mut FileBuffers) -> bool {
        let InputPath::File(path) = &self.input.path else {
            return false;
        };
        let FileBuffers { text, scratch, .. } = buffers;
        let Collector {
            linter, options, ..
        } = &self.collector;
        let small = self.input.listed
            && has_document_extension(path)
            && text.fill_once(path).is_ok_and(|ended| ended)
            && text.bytes().len() as u64 <= options.max_file_size;
        if !small {
            return false;
        }
        let clean = linter.is_certainly_clean(text.bytes(), scratch);
        if !clean && self.collector.look_for_signs(text.bytes()) {
            return false;
        }
        self.collector.options.advance(text.bytes().len());
        if clean {
            self.collector
                .add(Segment::whole(text.bytes()), Diagnostics::default(), 1);
        }
        true
    }

    fn read_standard_input(&mut self, text: &mut Buffer) -> Result<Reading<'a>, Stop> {
        match self.standard_input {
            StandardInput::Read => self.read_stream(io::stdin(), text),
            StandardInput::Kept(file) => {
                let source = Keeping {
                    source: io::stdin(),
                    file,
                };
                self.read_stream(source, text)
            }
            StandardInput::WasRead(mut file) => {
                file.rewind().map_err(ReadError::from)?;
                self.read_stream(file, text)
            }
        }
    }

    /// Reads what has no size, and maybe no name that says what it is.
    fn read_stream(
        &mut self,
        source: impl Read + Send,
        text: &mut Buffer,
    ) -> Result<Reading<'a>, Stop> {
        let kind = self.input.kind();
        let RunOptions {
            max_file_size,
            max_unpacked,
            ..
        } = self.collector.options;
        let mut source = decompress(kind.compression, max_unpacked, source);
        let afterwards = source.afterwards();
        let json_lines = kind.json_lines
            || lines::begins_with_lines(&mut source, text).map_err(ReadError::from)?;
        if json_lines {
            let begin = io::Cursor::new(text.bytes().to_vec());
            let streamed = self.stream_lines(&SequentialReader::new(begin.chain(source)))?;
            afterwards.check()?;
            return Ok(streamed);
        }
        text.fill_to_end(source, max_file_size)?;
        let permit = match self.claim(text.bytes().len() as u64) {
            // It cannot be read again later, so it goes without.
            Err(Denied::Later(_)) => None,
            permit => permit?,
        };
        Ok(Reading::Held(permit, Some(afterwards)))
    }

    fn read_file(&mut self, text: &mut Buffer) -> Result<Reading<'a>, Stop> {
        let OpenFile { file, size } = self.input.open()?;
        let Some(size) = size else {
            return self.read_stream(file, text);
        };
        let RunOptions {
            max_file_size: limit,
            max_unpacked,
            ..
        } = self.collector.options;
        let kind = self.input.kind();
        match (kind.json_lines, kind.compression) {
            (true, Compression::None) => self.stream_lines(&file),
            (true, compression) => {
                let source = decompress(compression, max_unpacked, file);
                let afterwards = source.afterwards();
                let streamed = self.stream_lines(&SequentialReader::new(source))?;
                afterwards.check()?;
                Ok(streamed)
            }
            (false, Compression::None) => {
                // Identifiers that count in other files are at hand only where it is held.
                if self.seen.is_none() && self.stream_elements(&file, size) {
                    return Ok(Reading::Streamed);
                }
                // What is above the limit is refused before it takes memory.
                let permit = self.claim(size.min(limit))?;
                text.fill_from_file(&file, size, limit)?;
                Ok(Reading::Held(permit, None))
            }
            (false, compression) => {
                // How long it is shows only while it is read.
                let mut permit = self.claim(size.min(limit))?;
                let source = decompress(compression, max_unpacked, file);
                let afterwards = source.afterwards();
                text.fill_to_end_asking(source, limit, |length| {
                    match &mut permit {
                        Some(permit) => permit.extend(length)?,
                        None => permit = self.claim(length)?,
                    }
                    Ok::<_, Stop>(())
                })?;
                Ok(Reading::Held(permit, Some(afterwards)))
            }
        }
    }

    fn stream_lines(&mut self, reader: &impl LineReader) -> Result<Reading<'a>, Stop> {
        let mut own = Duplicates::new();
        let seen = self.seen.as_deref_mut().unwrap_or(&mut own);
        lines::check(reader, &mut self.collector, &self.input.name, seen)?;
        Ok(Reading::Streamed)
    }

    /// Checks an array in a file of `size` bytes without holding it, where it is long and nothing
    /// about it is unusual.
    fn stream_elements(&mut self, file: &File, size: u64) -> bool {
        let options = &self.collector.options;
        if size < STREAMED_FROM || size > options.max_file_size {
            return false;
        }
        let mut attempt = self.collector.fresh();
        let done = array::check(file, size, &mut attempt).is_some();
        if done {
            self.collector = attempt;
        }
        done
    }

    fn check_held(&mut self, buffers: &mut FileBuffers) -> Result<(), FileError> {
        let Collector {
            linter, options, ..
        } = &self.collector;
        let mut outcome = match document::check(self.input, linter, options, buffers) {
            Ok(outcome) => outcome,
            Err(reason) => {
                self.collector.pass_over(reason);
                return Ok(());
            }
        };
        if let Some(seen) = &mut self.seen {
            add_repeated(&mut outcome, &self.input.name, seen);
        }
        let error = FileError::of_document(&outcome);
        let segment = Segment::whole(buffers.text.bytes());
        self.collector
            .add(segment, outcome.diagnostics, outcome.payloads);
        error.map_or(Ok(()), Err)
    }
}

/// Keeps what is read.
struct Keeping<'a, R> {
    source: R,
    file: &'a File,
}

impl<R: Read> Read for Keeping<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(bytes)?;
        self.file.write_all(&bytes[..read])?;
        Ok(read)
    }
}

//! One input from its bytes to its part of the report.
//!
//! Owns which way an input goes: at a glance, as a stream of lines, as a stream of elements, or as a
//! document that is held.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use autopilot_lint::lint::Duplicates;

use super::document::{self, FileBuffers};
use crate::cli::inputs::{
    Buffer, Compression, FileKind, Input, InputPath, OpenFile, ReadError, decompress,
    has_document_extension,
};
use crate::cli::results::{CheckedInput, Collector, FileError, Segment, add_repeated};
use crate::cli::streams::{
    array,
    lines::{self, LineReader, SequentialReader},
};

/// Size of a document from which on it is not held as a whole, in bytes. Elements checked one by one
/// are decided faster, but what is around them has to be read separately.
const STREAMED_FROM: u64 = 64 << 10;

/// The check of one input.
pub(super) struct FileCheck<'a, 's> {
    pub(super) input: &'a Input,
    pub(super) collector: Collector<'a>,
    /// The identifiers of the inputs before this one, if they count.
    pub(super) seen: Option<&'s mut Duplicates>,
}

/// What reading an input led to.
enum Reading {
    /// The buffer holds a document that is still to be checked.
    Held,
    /// It was checked while it was read.
    Streamed,
}

impl FileCheck<'_, '_> {
    /// Checks the input. What was found before an error is in the report all the same.
    pub(super) fn run(mut self, buffers: &mut FileBuffers) -> CheckedInput {
        let error = self.check(buffers).err();
        self.collector.finish(&self.input.name, error)
    }

    fn check(&mut self, buffers: &mut FileBuffers) -> Result<(), FileError> {
        if self.seen.is_none() && self.is_clean_at_a_glance(buffers) {
            return Ok(());
        }
        buffers.text.clear();
        let reading = match &self.input.path {
            InputPath::StandardInput => self.read_stdin(&mut buffers.text)?,
            InputPath::File(path) => self.read_file(path, &mut buffers.text)?,
        };
        match reading {
            Reading::Held => self.check_held(buffers),
            Reading::Streamed => {}
        }
        Ok(())
    }

    /// Checks a regular file with a single read, if this gives one event that is certainly clean. No
    /// question need be asked about such a file: what is cut off is never one event.
    fn is_clean_at_a_glance(&mut self, buffers: &mut FileBuffers) -> bool {
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
        if !small || !linter.is_certainly_clean(text.bytes(), scratch) {
            return false;
        }
        options.advance(text.bytes().len());
        self.collector
            .add(Segment::whole(text.bytes()), Vec::new(), 1);
        true
    }

    fn read_stdin(&mut self, text: &mut Buffer) -> Result<Reading, FileError> {
        let kind = FileKind::from_name(Path::new(&self.input.name));
        let mut source = decompress(kind.compression, io::stdin());
        let json_lines = kind.json_lines
            || lines::begins_with_lines(&mut source, text).map_err(ReadError::from)?;
        if json_lines {
            let begin = io::Cursor::new(text.bytes().to_vec());
            return self.stream_lines(&SequentialReader::new(begin.chain(source)));
        }
        text.fill_to_end(source, self.collector.options.max_file_size)?;
        Ok(Reading::Held)
    }

    fn read_file(&mut self, path: &Path, text: &mut Buffer) -> Result<Reading, FileError> {
        let OpenFile { file, size } = self.input.open()?;
        let limit = self.collector.options.max_file_size;
        let kind = FileKind::from_name(path);
        match (kind.json_lines, kind.compression) {
            (true, Compression::None) => return self.stream_lines(&file),
            (true, compression) => {
                let source = decompress(compression, file);
                return self.stream_lines(&SequentialReader::new(source));
            }
            (false, Compression::None) => {
                // Identifiers that count in other files are at hand only where it is held.
                if self.seen.is_none() && self.stream_elements(&file, size) {
                    return Ok(Reading::Streamed);
                }
                text.fill_from_file(&file, size, limit)?;
            }
            (false, compression) => text.fill_to_end(decompress(compression, file), limit)?,
        }
        Ok(Reading::Held)
    }

    fn stream_lines(&mut self, reader: &impl LineReader) -> Result<Reading, FileError> {
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

    fn check_held(&mut self, buffers: &mut FileBuffers) {
        let Collector {
            linter, options, ..
        } = &self.collector;
        let mut outcome = document::check(linter, options, buffers);
        if let Some(seen) = &mut self.seen {
            add_repeated(&mut outcome, &self.input.name, seen);
        }
        let segment = Segment::whole(buffers.text.bytes());
        self.collector
            .add(segment, outcome.diagnostics, outcome.payloads);
    }
}

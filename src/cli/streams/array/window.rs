//! A part of a file that is read further as needed.

use std::fs::File;
use std::io;

use crate::cli::inputs::Buffer;

#[derive(Default)]
pub(super) struct Window {
    buffer: Buffer,
    /// Byte of the file that it begins with.
    start: usize,
    /// It reaches to the end of the file.
    ended: bool,
}

impl Window {
    /// Moves to `start` and reads `wanted` bytes.
    pub(super) fn read(&mut self, file: &File, start: usize, wanted: usize) -> io::Result<()> {
        self.buffer.clear();
        self.start = start;
        self.grow(file, wanted)
    }

    /// Reads on until it holds `wanted` bytes.
    pub(super) fn grow(&mut self, file: &File, wanted: usize) -> io::Result<()> {
        self.ended = self.buffer.fill_from(file, self.start, wanted)?;
        Ok(())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.bytes()
    }

    pub(super) const fn start(&self) -> usize {
        self.start
    }

    pub(super) const fn ended(&self) -> bool {
        self.ended
    }

    /// The text from a byte of the file on, up to what is not UTF-8 or not whole.
    pub(super) fn text_from(&self, offset: usize) -> &str {
        valid_text(self.bytes(), offset - self.start)
    }
}

/// The text from `start` on, up to what is not UTF-8 or not whole.
pub(super) fn valid_text(bytes: &[u8], start: usize) -> &str {
    let bytes = bytes.get(start..).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_else(|error| {
        let valid = &bytes[..error.valid_up_to()];
        std::str::from_utf8(valid).unwrap_or_default()
    })
}

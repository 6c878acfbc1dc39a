//! Memory that inputs are read into, within limits.
//!
//! Must not know what is in an input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::open::{open_itself_at_once, open_place, read_at};
use super::read_error::ReadError;
use crate::cli::paths::Place;

/// Bytes that were read, in memory that is reused and zeroed only once.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    length: usize,
}

impl Buffer {
    /// Most memory that is kept for later, in bytes.
    const KEPT: usize = 2 << 20;
    /// What is read first, in bytes: most events fit.
    const FIRST: usize = 64 << 10;
    /// The same where the size is known: in a run over one small file every page costs time.
    const LEAST: usize = 4 << 10;

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Makes it empty.
    pub(crate) fn clear(&mut self) {
        self.length = 0;
        if self.bytes.len() > Self::KEPT {
            self.bytes = Vec::new();
        }
    }

    /// Adds bytes that were read elsewhere.
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        self.bytes.truncate(self.length);
        self.bytes.extend_from_slice(bytes);
        self.length = self.bytes.len();
    }

    /// Reads on until it holds `wanted` bytes; says whether the source ended before.
    pub(crate) fn fill(
        &mut self,
        wanted: usize,
        mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> io::Result<bool> {
        if self.bytes.len() < wanted {
            self.bytes.reserve_exact(wanted - self.bytes.len());
            self.bytes.resize(wanted, 0);
        }
        while self.length < wanted {
            match read(&mut self.bytes[self.length..wanted]) {
                Ok(0) => return Ok(true),
                Ok(count) => self.length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Reads on until it holds `wanted` bytes of a file from `start` on; says whether the file ended
    /// before.
    pub(crate) fn fill_from(
        &mut self,
        file: &File,
        start: usize,
        wanted: usize,
    ) -> io::Result<bool> {
        let mut at = start + self.length;
        self.fill(wanted, |bytes| {
            let read = read_at(file, bytes, at as u64)?;
            at += read;
            Ok(read)
        })
    }

    /// Replaces what it holds by what one read of a file gives; says whether that seems to be all.
    pub(crate) fn fill_once(&mut self, path: &Path) -> io::Result<bool> {
        self.clear();
        let mut file = open_itself_at_once(path)?;
        if self.bytes.len() < Self::FIRST {
            self.bytes.resize(Self::FIRST, 0);
        }
        self.length = file.read(&mut self.bytes[..Self::FIRST])?;
        Ok(self.length < Self::FIRST)
    }

    /// Reads a file of `size` bytes, or of another size by now, but no more than `limit` bytes.
    ///
    /// # Errors
    /// When it is larger or cannot be read.
    pub(crate) fn fill_from_file(
        &mut self,
        mut file: &File,
        size: u64,
        limit: u64,
    ) -> Result<(), ReadError> {
        if size > limit {
            return Err(ReadError::AboveMaxFileSize(limit));
        }
        let wanted = usize::try_from(size).unwrap_or(usize::MAX).max(Self::LEAST);
        let mut left = size;
        let mut begun = false;
        let ended = self.fill(wanted.saturating_add(1), |bytes| {
            // One more call, to see that nothing follows, costs as much as reading a small file.
            if begun && left == 0 {
                return Ok(0);
            }
            let read = file.read(bytes)?;
            left = left.checked_sub(read as u64).unwrap_or(u64::MAX);
            begun = true;
            Ok(read)
        });
        if ended? && self.length as u64 <= limit {
            return Ok(());
        }
        self.fill_to_end(file, limit)
    }

    /// Reads everything there is, but no more than `limit` bytes.
    ///
    /// # Errors
    /// When there is more or it cannot be read.
    pub(crate) fn fill_to_end(&mut self, source: impl Read, limit: u64) -> Result<(), ReadError> {
        self.fill_to_end_asking(source, limit, |_| Ok(()))
    }

    /// The same, but asks again and again whether it may hold as many bytes as it does by then. It
    /// has room for twice as many.
    ///
    /// # Errors
    /// When there is more, it cannot be read, or may not be held.
    pub(crate) fn fill_to_end_asking<E: From<ReadError>>(
        &mut self,
        mut source: impl Read,
        limit: u64,
        mut ask: impl FnMut(u64) -> Result<(), E>,
    ) -> Result<(), E> {
        let most = usize::try_from(limit.saturating_add(1)).unwrap_or(usize::MAX);
        let mut wanted = Self::FIRST.max(self.length).min(most);
        loop {
            let ended = self.fill(wanted, |bytes| source.read(bytes));
            let ended = ended.map_err(ReadError::from)?;
            if self.length >= most {
                return Err(ReadError::AboveMaxFileSize(limit).into());
            }
            ask(self.length as u64)?;
            if ended {
                return Ok(());
            }
            wanted = wanted.saturating_mul(2).min(most);
        }
    }
}

/// The bytes of a file of at most `limit` bytes, which a door has let through.
///
/// # Errors
/// When it is larger or cannot be read.
pub(crate) fn read_place(place: &Place, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut buffer = Buffer::default();
    let filled = buffer.fill_to_end(open_place(place)?.file, limit);
    filled.map_err(|error| match error {
        // That option is for inputs.
        ReadError::AboveMaxFileSize(limit) => ReadError::AboveLimitOfKind(limit),
        error => error,
    })?;
    Ok(buffer.bytes().to_vec())
}

/// The text of such a file. A byte order mark stays, so that places in it remain places in the file.
///
/// # Errors
/// When it is larger, cannot be read, or is not UTF-8.
pub(crate) fn read_text(place: &Place, limit: u64) -> Result<String, ReadError> {
    let bytes = read_place(place, limit)?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(ReadError::Utf16);
    }
    String::from_utf8(bytes).map_err(|_| ReadError::NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_asks_before_it_holds_much_more() {
        let endless = || io::repeat(b' ');
        for denied_from in [0, 1, 100_000, 5_000_000] {
            let mut buffer = Buffer::default();
            let mut asked = Vec::new();
            let filled = buffer.fill_to_end_asking(endless(), u64::MAX, |length| {
                asked.push(length);
                if length < denied_from {
                    Ok(())
                } else {
                    Err(ReadError::NotRegular)
                }
            });
            assert!(matches!(filled, Err(ReadError::NotRegular)));
            assert!(asked.is_sorted());
            let most = (2 * denied_from).max(Buffer::FIRST as u64);
            assert!(buffer.bytes().len() as u64 <= most, "{asked:?}");
        }
    }
}

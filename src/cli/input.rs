//! Opening and reading what is to be checked, within limits.
//!
//! Owns the system calls and the memory that is read into. Knows nothing of what is in a file.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Opens a file for reading, if it is one.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn open(path: &Path) -> Result<File, String> {
    open_sized(path).map(|(file, _)| file)
}

/// The same, with the size of the file in bytes.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn open_sized(path: &Path) -> Result<(File, u64), String> {
    let opened = at_once(File::options().read(true)).open(path);
    let metadata = match &opened {
        Ok(file) => file.metadata(),
        // A socket cannot be opened at all.
        Err(_) => std::fs::metadata(path),
    };
    if metadata.as_ref().is_ok_and(|metadata| !metadata.is_file()) {
        return Err("not a regular file".to_owned());
    }
    let sized = opened.and_then(|file| Ok((file, metadata?.len())));
    sized.map_err(|error| describe(&error))
}

/// Does not wait until somebody writes to what is opened, as a FIFO would have it.
#[cfg(unix)]
fn at_once(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NONBLOCK)
}

#[cfg(not(unix))]
const fn at_once(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Bytes that were read, in memory that is used again and set to zero but once.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    length: usize,
}

impl Buffer {
    /// Memory that is kept for later, in bytes.
    const KEPT: usize = 2 << 20;
    /// What is read at first: most events fit.
    const FIRST: usize = 64 << 10;
    /// The same where the size is known: each page costs time where one small file is all there is.
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

    /// Reads on until it holds `wanted` bytes; gives whether the source ended before.
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

    /// Reads on until it holds `wanted` bytes of a file from `start` on; gives whether the file ended
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

    /// Reads what one call gives of a file, in place of what it holds; gives whether this seems to
    /// be all.
    pub(crate) fn fill_once(&mut self, path: &Path) -> io::Result<bool> {
        self.clear();
        let mut file = at_once(File::options().read(true)).open(path)?;
        if self.bytes.len() < Self::FIRST {
            self.bytes.resize(Self::FIRST, 0);
        }
        self.length = file.read(&mut self.bytes[..Self::FIRST])?;
        Ok(self.length < Self::FIRST)
    }

    /// Reads a file that has `size` bytes, if it did not change since, but no more than `limit`.
    ///
    /// # Errors
    /// A sentence that says why not.
    pub(crate) fn fill_from_file(
        &mut self,
        mut file: &File,
        size: u64,
        limit: u64,
    ) -> Result<(), String> {
        if size > limit {
            return Err(too_large(limit));
        }
        let wanted = usize::try_from(size).unwrap_or(usize::MAX).max(Self::LEAST);
        let mut left = size;
        let mut begun = false;
        let ended = self.fill(wanted.saturating_add(1), |bytes| {
            // To ask for more than there should be costs as much as to read a small file.
            if begun && left == 0 {
                return Ok(0);
            }
            let read = file.read(bytes)?;
            left = left.checked_sub(read as u64).unwrap_or(u64::MAX);
            begun = true;
            Ok(read)
        });
        if ended.map_err(|error| describe(&error))? && self.length as u64 <= limit {
            return Ok(());
        }
        self.fill_to_end(file, limit)
    }

    /// Reads everything there is, but no more than `limit` bytes.
    ///
    /// # Errors
    /// A sentence that says why not.
    pub(crate) fn fill_to_end(&mut self, mut source: impl Read, limit: u64) -> Result<(), String> {
        let most = usize::try_from(limit.saturating_add(1)).unwrap_or(usize::MAX);
        let mut wanted = Self::FIRST.max(self.length).min(most);
        loop {
            let ended = self.fill(wanted, |bytes| source.read(bytes));
            let ended = ended.map_err(|error| describe(&error))?;
            if self.length >= most {
                return Err(too_large(limit));
            }
            if ended {
                return Ok(());
            }
            wanted = wanted.saturating_mul(2).min(most);
        }
    }
}

fn too_large(limit: u64) -> String {
    format!("larger than the limit of {limit} bytes; raise it with --max-file-size")
}

/// Reads from a place of a file, whatever other threads read.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, offset)
}

/// Reads from a place of a file, whatever other threads read.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, offset)
}

/// The text of a small file.
///
/// # Errors
/// A sentence that says why it cannot be had.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, String> {
    let mut text = Vec::new();
    open(path)?
        .take(limit + 1)
        .read_to_end(&mut text)
        .map_err(|error| describe(&error))?;
    if text.len() as u64 > limit {
        return Err(format!(
            "larger than the limit of {limit} bytes for such a file"
        ));
    }
    String::from_utf8(text).map_err(|_| "not UTF-8".to_owned())
}

/// An error of the system, without its number.
pub(crate) fn describe(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for path in [pipe.as_path(), folder.path(), Path::new("/dev/null")] {
            let (send, receive) = std::sync::mpsc::channel();
            let path = path.to_path_buf();
            std::thread::spawn(move || send.send(open(&path).err()));
            let refused = receive.recv_timeout(std::time::Duration::from_secs(10));
            assert_eq!(refused.unwrap().as_deref(), Some("not a regular file"));
        }
    }
}

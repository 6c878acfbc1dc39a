//! Opens files for reading, waiting for nothing.
//!
//! Owns the system calls, and the reading of small files that are held as a whole.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::read_error::ReadError;

/// A regular file that is open.
pub(crate) struct OpenFile {
    pub(crate) file: File,
    /// In bytes.
    pub(crate) size: u64,
}

/// Opens a regular file for reading.
///
/// # Errors
/// When it is none, or the system refuses.
pub(crate) fn open(path: &Path) -> Result<OpenFile, ReadError> {
    let opened = open_at_once(path);
    let metadata = match &opened {
        Ok(file) => file.metadata(),
        // A socket cannot be opened at all.
        Err(_) => std::fs::metadata(path),
    };
    if metadata.as_ref().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(ReadError::NotRegular);
    }
    Ok(OpenFile {
        file: opened?,
        size: metadata?.len(),
    })
}

/// Opens whatever is there without waiting for somebody to write to it, as a FIFO would.
pub(crate) fn open_at_once(path: &Path) -> io::Result<File> {
    without_waiting(File::options().read(true)).open(path)
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NONBLOCK)
}

#[cfg(not(unix))]
const fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Reads at an offset, whatever other threads read.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, offset)
}

/// Reads at an offset, whatever other threads read.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, offset)
}

/// The text of a small file of at most `limit` bytes.
///
/// # Errors
/// When it cannot be read, is larger, or is not UTF-8.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, ReadError> {
    let mut text = Vec::new();
    let source = open(path)?.file;
    source.take(limit + 1).read_to_end(&mut text)?;
    if text.len() as u64 > limit {
        return Err(ReadError::AboveLimitOfKind(limit));
    }
    String::from_utf8(text).map_err(|_| ReadError::NotUtf8)
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
            assert!(matches!(refused.unwrap(), Some(ReadError::NotRegular)));
        }
    }
}

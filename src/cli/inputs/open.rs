//! Opens files for reading, waiting for nothing but pipes that somebody named.
//!
//! Owns the system calls.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(windows)]
use same_file::Handle;

use super::read_error::ReadError;
use crate::cli::paths::{Place, is_device};

/// A file that is open.
pub(crate) struct OpenFile {
    pub(crate) file: File,
    /// In bytes; `None` for a pipe.
    pub(crate) size: Option<u64>,
}

/// Opens the regular file at a place that a door has let through: what has become a link since is
/// refused.
///
/// # Errors
/// When it is none, or the system refuses.
pub(crate) fn open_place(place: &Place) -> Result<OpenFile, ReadError> {
    if place.dangling {
        let opened = open(&place.real);
        return opened.map_err(|error| match error {
            ReadError::System(error) if error.is_not_found() => ReadError::Dangling,
            error => error,
        });
    }
    open_itself(&place.real)
}

/// Opens a regular file for reading, whatever links lead to it.
///
/// # Errors
/// When it is none, or the system refuses.
pub(super) fn open(path: &Path) -> Result<OpenFile, ReadError> {
    regular(path, open_at_once)
}

/// Opens a regular file for reading, unless it is a link.
///
/// # Errors
/// When it is none, or the system refuses.
pub(crate) fn open_itself(path: &Path) -> Result<OpenFile, ReadError> {
    regular(path, open_itself_at_once)
}

/// Opens a regular file or, waiting for a writer, a named pipe; whatever links lead to it.
///
/// # Errors
/// When it is neither, or the system refuses.
pub(super) fn open_or_pipe(path: &Path) -> Result<OpenFile, ReadError> {
    if is_pipe(path.metadata()) {
        return pipe(File::open(path)?);
    }
    open(path)
}

/// The same, but no link.
///
/// # Errors
/// When it is neither, or the system refuses.
pub(super) fn open_itself_or_pipe(path: &Path) -> Result<OpenFile, ReadError> {
    if is_pipe(path.symlink_metadata()) {
        return pipe(File::open(path)?);
    }
    open_itself(path)
}

/// What was opened as a pipe; anything else has taken its place since.
fn pipe(file: File) -> Result<OpenFile, ReadError> {
    if !is_pipe(file.metadata()) {
        return Err(ReadError::NotRegular);
    }
    Ok(OpenFile { file, size: None })
}

#[cfg(unix)]
fn is_pipe(metadata: io::Result<Metadata>) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: io::Result<Metadata>) -> bool {
    false
}

/// `open` opens the file.
fn regular(path: &Path, open: impl Fn(&Path) -> io::Result<File>) -> Result<OpenFile, ReadError> {
    // On Windows, to open a device may be to wait for it.
    if is_device(path) {
        return Err(ReadError::NotRegular);
    }
    let opened = open(path);
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
        size: Some(metadata?.len()),
    })
}

/// Opens whatever is there without waiting for somebody to write to it, as a FIFO would.
fn open_at_once(path: &Path) -> io::Result<File> {
    without_waiting(File::options().read(true)).open(path)
}

/// The same, but no link.
#[cfg(not(windows))]
pub(super) fn open_itself_at_once(path: &Path) -> io::Result<File> {
    without_following(File::options().read(true)).open(path)
}

/// The same, but no link.
#[cfg(windows)]
pub(super) fn open_itself_at_once(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    const FILE_ATTRIBUTE_REPARSE_POINT: u32 = 0x400;
    let mut options = File::options();
    options.read(true);
    let itself = options
        .custom_flags(FILE_FLAG_OPEN_REPARSE_POINT)
        .open(path)?;
    let metadata = itself.metadata()?;
    let is_redirected = metadata.file_attributes() & FILE_ATTRIBUTE_REPARSE_POINT != 0;
    if !is_redirected || metadata.is_symlink() {
        return Ok(itself);
    }
    // Its data stands elsewhere, in the cloud or deduplicated, and comes by the usual way.
    let file = File::open(path)?;
    let same = Handle::from_file(itself)? == Handle::from_file(file.try_clone()?)?;
    let changed = || io::Error::other("has become another file meanwhile");
    same.then_some(file).ok_or_else(changed)
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NONBLOCK)
}

#[cfg(unix)]
fn without_following(options: &mut OpenOptions) -> &mut OpenOptions {
    let flags = libc::O_NONBLOCK | libc::O_NOFOLLOW;
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags)
}

/// Nothing in a folder of Windows makes anyone wait.
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

    #[test]
    fn what_has_become_a_link_since_it_was_let_through_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let inside = |name| folder.path().join(name);
        std::fs::write(inside("file"), "{}").unwrap();
        std::os::unix::fs::symlink(inside("file"), inside("link")).unwrap();
        assert!(open_itself(&inside("file")).is_ok());
        assert!(open(&inside("link")).is_ok());
        assert!(open_itself(&inside("link")).is_err());
        assert!(open_itself_at_once(&inside("link")).is_err());
    }

    #[test]
    fn what_has_taken_the_place_of_a_pipe_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "{}").unwrap();
        let opened = pipe(File::open(&file).unwrap());
        assert!(matches!(opened.err(), Some(ReadError::NotRegular)));
    }
}

//! Opening and reading what is to be checked, within limits.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const NOT_A_FILE: &str = "not a regular file";

/// Opens a file for reading, if it is one. Looks first: to open a device may set it going.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn open(path: &Path) -> Result<File, String> {
    let metadata = std::fs::metadata(path).map_err(|error| describe(&error))?;
    if !metadata.is_file() {
        return Err(NOT_A_FILE.to_owned());
    }
    open_now(path)
}

/// Opens what is there at this moment, which may be something else than before, without waiting
/// for it.
fn open_now(path: &Path) -> Result<File, String> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let file = options.open(path).map_err(|error| describe(&error))?;
    let metadata = file.metadata().map_err(|error| describe(&error))?;
    if metadata.is_file() {
        Ok(file)
    } else {
        Err(NOT_A_FILE.to_owned())
    }
}

/// Reads everything into `buffer`, but no more than `limit` bytes.
///
/// # Errors
/// A sentence that says why not.
pub(crate) fn read_all(
    mut source: impl Read,
    limit: u64,
    buffer: &mut Vec<u8>,
) -> Result<(), String> {
    let room = limit.saturating_add(1).saturating_sub(buffer.len() as u64);
    source
        .by_ref()
        .take(room)
        .read_to_end(buffer)
        .map_err(|error| describe(&error))?;
    if buffer.len() as u64 > limit {
        return Err(format!(
            "larger than {limit} bytes, the limit; raise it with --max-file-size"
        ));
    }
    Ok(())
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
            "larger than {limit} bytes, the limit for such a file"
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
    fn what_takes_the_place_of_a_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for path in [pipe.as_path(), folder.path(), Path::new("/dev/null")] {
            let (send, receive) = std::sync::mpsc::channel();
            let path = path.to_path_buf();
            std::thread::spawn(move || send.send(open_now(&path).err()));
            let refused = receive.recv_timeout(std::time::Duration::from_secs(10));
            assert_eq!(refused.unwrap().as_deref(), Some(NOT_A_FILE));
        }
    }
}

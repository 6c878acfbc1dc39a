//! Lists of paths, as `--files-from` takes them.
//!
//! Owns how a list is read: a path a line, or up to each NUL where there is one.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use autopilot_lint::source::BYTE_ORDER_MARK;
use autopilot_lint::text::sanitize;
use memchr::memchr;

use super::buffer::Buffer;
use super::input::Input;
use super::open::OpenFile;
use super::read_error::ReadError;
use crate::cli::paths::{Door, Outside, reads_standard_input};

/// Largest list, in bytes: a million paths of 256.
const MAX_SIZE: u64 = 256 << 20;

/// Why a list gives no paths; names the list.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PathListError {
    #[error("{}: {error}", sanitize::display_path(list))]
    Unreadable { list: PathBuf, error: ReadError },
    #[error(transparent)]
    Outside(#[from] Outside),
    /// On systems whose paths are Unicode.
    #[error("{}: path {number} is not UTF-8", sanitize::display_path(list))]
    NotUtf8 { list: PathBuf, number: usize },
    #[error("{}: names standard input, which is read for the list itself", sanitize::display_path(.0))]
    StandardInput(PathBuf),
}

/// Adds the paths in a list to those that are named; `-` is standard input.
///
/// # Errors
/// When it cannot be read, says what cannot be a path, or is read from what is to be checked.
pub(crate) fn add_path_list(
    paths: &mut Vec<PathBuf>,
    list: &Path,
    door: &Door,
) -> Result<(), PathListError> {
    paths.extend(read(list, door)?);
    if reads_standard_input(list) && paths.iter().any(|path| reads_standard_input(path)) {
        return Err(PathListError::StandardInput(list.to_path_buf()));
    }
    Ok(())
}

fn read(list: &Path, door: &Door) -> Result<Vec<PathBuf>, PathListError> {
    let unreadable = |error| PathListError::Unreadable {
        list: list.to_path_buf(),
        error: match error {
            ReadError::AboveMaxFileSize(limit) => ReadError::AboveLimitOfKind(limit),
            error => error,
        },
    };
    let mut buffer = Buffer::default();
    if list.as_os_str() == "-" {
        let read = buffer.fill_to_end(io::stdin(), MAX_SIZE);
        read.map_err(unreadable)?;
    } else {
        let place = door.enter(list)?;
        let real = (!place.dangling).then_some(place.real);
        let input = Input {
            real,
            ..Input::file(list)
        };
        let OpenFile { file, .. } = input.open().map_err(unreadable)?;
        buffer.fill_to_end(file, MAX_SIZE).map_err(unreadable)?;
    }
    let text = text_of(buffer.bytes()).ok_or_else(|| unreadable(ReadError::Utf16))?;
    let mut paths = Vec::new();
    for (path, number) in split(&text).zip(1..) {
        let path = path_of(path).ok_or_else(|| PathListError::NotUtf8 {
            list: list.to_path_buf(),
            number,
        })?;
        paths.push(path);
    }
    Ok(paths)
}

/// A list in UTF-8, or whatever bytes paths have. `>` of Windows PowerShell writes UTF-16, which a
/// mark at its begin tells. `None` if that goes wrong.
fn text_of(list: &[u8]) -> Option<Cow<'_, [u8]>> {
    let (units, decode): (_, fn([u8; 2]) -> u16) = match list {
        [0xff, 0xfe, units @ ..] => (units, u16::from_le_bytes),
        [0xfe, 0xff, units @ ..] => (units, u16::from_be_bytes),
        _ => return Some(Cow::Borrowed(list)),
    };
    let (units, rest) = units.as_chunks();
    let units = units.iter().map(|unit| decode(*unit));
    let text: Option<String> = char::decode_utf16(units).map(Result::ok).collect();
    text.filter(|_| rest.is_empty())
        .map(|text| Cow::Owned(text.into_bytes()))
}

fn split(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let list = list.strip_prefix(BYTE_ORDER_MARK).unwrap_or(list);
    let is_nul_separated = memchr(0, list).is_some();
    let end = if is_nul_separated { 0 } else { b'\n' };
    let paths = list.split(move |byte| *byte == end);
    let paths = paths.map(move |path| match path.strip_suffix(b"\r") {
        Some(path) if !is_nul_separated => path,
        _ => path,
    });
    paths.filter(|path| !path.is_empty())
}

fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    #[cfg(unix)]
    let path = Some(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes));
    #[cfg(not(unix))]
    let path = std::str::from_utf8(bytes).ok().map(OsStr::new);
    path.map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_be_utf_16() {
        let units = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            units.flat_map(bytes).collect()
        };
        let paths = "sub\\a.json\r\né 😀.json\r\n";
        for list in [
            units(paths, u16::to_le_bytes),
            units(paths, u16::to_be_bytes),
        ] {
            let text = text_of(&list).expect("UTF-16");
            let found: Vec<_> = split(&text).collect();
            assert_eq!(found, [&b"sub\\a.json"[..], "é 😀.json".as_bytes()]);
        }
        for broken in [&b"\xff\xfea"[..], b"\xff\xfe\x00\xd8a\x00"] {
            assert_eq!(text_of(broken), None);
        }
        assert_eq!(text_of(b"a\n\xff").as_deref(), Some(&b"a\n\xff"[..]));
    }

    #[test]
    fn a_list_has_a_path_a_line_or_up_to_each_nul() {
        for (list, expected) in [
            (&b""[..], &[][..]),
            (b"a.json", &[&b"a.json"[..]]),
            (b"a.json\nb c.json\n", &[b"a.json", b"b c.json"]),
            (b"\xef\xbb\xbfa.json\r\n\r\nb\r\n", &[b"a.json", b"b"]),
            (b"a\nb\0c\r\0", &[b"a\nb", b"c\r"]),
            (b"a\0\0b", &[b"a", b"b"]),
            (b"\xff\n", &[b"\xff"]),
        ] {
            assert_eq!(split(list).collect::<Vec<_>>(), expected, "{list:?}");
        }
    }
}

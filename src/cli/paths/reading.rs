//! How the system reads a path before it looks into any folder.
//!
//! Elsewhere a path is what it says. Windows has devices in every folder (`NUL`, `CON`, `COM1`),
//! starts relative paths at the folder of their drive, leaves out dots and blanks at the end of a
//! name, and takes what follows a colon for another stream of the file.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf, Prefix};

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading<'a> {
    /// A file or folder.
    Path(Cow<'a, Path>),
    /// A device; of Windows, since others have folders of them.
    Device(Cow<'a, Path>),
    /// No file, and why not.
    Nothing(&'static str),
}

/// What a path names to the system. On Windows, a path of a file is then absolute and without
/// anything that the system would read as something else.
pub(super) fn read(path: &Path) -> Reading<'_> {
    if !cfg!(windows) {
        return Reading::Path(Cow::Borrowed(path));
    }
    // The system refuses the empty path alone.
    let full = std::path::absolute(path).map_or(Cow::Borrowed(path), Cow::Owned);
    match kind(full.as_os_str().as_encoded_bytes()) {
        Kind::Device => Reading::Device(full),
        Kind::Stream => {
            Reading::Nothing("what follows `:` names a stream of a file; name the file itself")
        }
        Kind::Recursive => Reading::Nothing(
            "`**` stands for no folders; name the folder, and those in it are searched too",
        ),
        Kind::Pattern => Reading::Nothing("nothing there matches"),
        Kind::Path => Reading::Path(Cow::Owned(as_it_stands(&full))),
    }
}

/// An absolute path, with `.` and `..` resolved as text, as people write it.
pub(super) fn absolute(current: &Path, path: &Path) -> PathBuf {
    let path = path_clean::clean(current.join(path));
    if !cfg!(windows) {
        return path;
    }
    // Where its drive has a folder of its own, that is what it starts from.
    let path = std::path::absolute(&path).unwrap_or(path);
    let mut parts = path.components();
    let Some(Component::Prefix(prefix)) = parts.next() else {
        return path;
    };
    match prefix.kind() {
        Prefix::VerbatimDisk(letter) => {
            let root = OsString::from(format!(r"{}:\", char::from(letter)));
            below(root, parts.as_path())
        }
        Prefix::VerbatimUNC(server, share) => {
            below(share_root(r"\\", server, share), parts.as_path())
        }
        _ => path,
    }
}

/// Whether a path names a device of Windows, in whatever folder.
pub(crate) fn is_device(path: &Path) -> bool {
    matches!(read(path), Reading::Device(_))
}

/// What an absolute path of Windows names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Path,
    Device,
    /// A stream of a file.
    Stream,
    /// All that matches it: no name has its `*` or `?`.
    Pattern,
    /// The same, in all folders.
    Recursive,
}

/// What an absolute path of Windows names, in the system's own spelling of it.
fn kind(path: &[u8]) -> Kind {
    let is_drive = |path: &[u8]| matches!(path, [_, b':'] | [_, b':', b'\\', ..]);
    let after_drive = |path: &[u8]| path.get(2..).is_some_and(|rest| rest.contains(&b':'));
    let verbatim = path.strip_prefix(br"\\?\");
    let is_stream = match verbatim {
        Some(path) if is_drive(path) => after_drive(path),
        Some(path) if path.starts_with(b"Volume{") => path.contains(&b':'),
        Some(path) => match path.get(..4) {
            Some(share) if share.eq_ignore_ascii_case(br"UNC\") => path.contains(&b':'),
            _ => return Kind::Device,
        },
        None if path.starts_with(br"\\.\") => return Kind::Device,
        None => after_drive(path),
    };
    let names = verbatim.unwrap_or(path);
    if is_stream {
        Kind::Stream
    } else if names.split(|byte| *byte == b'\\').any(|name| name == b"**") {
        Kind::Recursive
    } else if names.iter().any(|byte| b"*?".contains(byte)) {
        Kind::Pattern
    } else {
        Kind::Path
    }
}

/// An absolute path in the form that the system does not read in any other way, however long it is.
fn as_it_stands(path: &Path) -> PathBuf {
    let mut parts = path.components();
    let Some(Component::Prefix(prefix)) = parts.next() else {
        return path.to_path_buf();
    };
    match prefix.kind() {
        Prefix::Disk(letter) => {
            let root = OsString::from(format!(r"\\?\{}:\", char::from(letter)));
            below(root, parts.as_path())
        }
        Prefix::UNC(server, share) => {
            below(share_root(r"\\?\UNC\", server, share), parts.as_path())
        }
        _ => path.to_path_buf(),
    }
}

fn share_root(prefix: &str, server: &OsStr, share: &OsStr) -> OsString {
    let mut root = OsString::from(prefix);
    for part in [server, r"\".as_ref(), share, r"\".as_ref()] {
        root.push(part);
    }
    root
}

/// A path below another root.
fn below(root: OsString, path: &Path) -> PathBuf {
    let mut whole = PathBuf::from(root);
    let parts = path.components();
    whole.extend(parts.filter(|part| *part != Component::RootDir));
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_and_streams_of_windows_are_told_from_files() {
        for (path, expected) in [
            (r"C:\repo\a.json", Kind::Path),
            (r"C:\", Kind::Path),
            (r"C:\repo\a.json:stream", Kind::Stream),
            (r"C:\repo\a.json::$DATA", Kind::Stream),
            (r"C:\repo\.git::$INDEX_ALLOCATION\config", Kind::Stream),
            (r"\\.\NUL", Kind::Device),
            (r"\\.\CON", Kind::Device),
            (r"\\.\pipe\export", Kind::Device),
            (r"\\server\share\a.json", Kind::Path),
            (r"\\server\share\a.json:x", Kind::Stream),
            (r"\\?\C:\repo\NUL", Kind::Path),
            (r"\\?\C:\repo\a:x", Kind::Stream),
            (r"\\?\UNC\server\share\a", Kind::Path),
            (r"\\?\unc\server\share\a:b", Kind::Stream),
            (r"\\?\Volume{b75e2c83-0000}\a", Kind::Path),
            (r"\\?\GLOBALROOT\Device\Null", Kind::Device),
            (r"\\?\NUL", Kind::Device),
            (r"C:\repo\*.json", Kind::Pattern),
            (r"\\?\C:\repo\?.json", Kind::Pattern),
            (r"C:\repo\**\a.json", Kind::Recursive),
        ] {
            assert_eq!(kind(path.as_bytes()), expected, "{path}");
        }
    }

    #[cfg(windows)]
    #[test]
    fn names_are_those_that_the_system_reads() {
        let folder = std::env::current_dir().unwrap().canonicalize().unwrap();
        for name in ["nul", "NUL", "sub/../nul", "con", "COM1"] {
            assert!(is_device(Path::new(name)), "{name}");
        }
        for (name, expected) in [
            ("a.json", "a.json"),
            ("a.json.", "a.json"),
            ("a.json. .", "a.json"),
            ("sub/../a.json", "a.json"),
            (r".\sub\a.json", r"sub\a.json"),
        ] {
            let read = read(Path::new(name));
            assert_eq!(
                read,
                Reading::Path(Cow::Owned(folder.join(expected))),
                "{name}"
            );
        }
        for (path, expected) in [
            (r"\\?\C:\a\b", r"C:\a\b"),
            (r"\\?\UNC\server\share\a", r"\\server\share\a"),
            (r"C:\a\..\b.", r"C:\b"),
            (r"x\.\y", r"C:\folder\x\y"),
            (r"\x", r"C:\x"),
        ] {
            let absolute = absolute(Path::new(r"C:\folder"), Path::new(path));
            assert_eq!(absolute.as_os_str(), expected);
        }
        for name in ["a.json:b", "*.json", "**/a.json"] {
            assert!(matches!(read(Path::new(name)), Reading::Nothing(_)));
        }
        assert_eq!(
            read(Path::new(r"\\server\share\a\..\b")),
            Reading::Path(Cow::Owned(r"\\?\UNC\server\share\b".into()))
        );
    }
}

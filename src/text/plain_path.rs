//! Absolute paths of Windows, as people and other programs write them.
//!
//! Owns the prefixes. Works on bytes, so that it holds for every name and on every system.

use std::borrow::Cow;

/// Begins a path that Windows takes as it stands.
const VERBATIM: &[u8] = br"\\?\";
/// Begins such a path to a share.
const VERBATIM_SHARE: &[u8] = br"\\?\UNC\";

/// A path without the prefix that the system's own answers begin with: `C:\a` for `\\?\C:\a`, and
/// `\\server\share` for `\\?\UNC\server\share`. Any other path stays as it is.
pub(crate) fn plain(path: &[u8]) -> Cow<'_, [u8]> {
    if let Some(share) = path.strip_prefix(VERBATIM_SHARE) {
        return Cow::Owned([br"\\", share].concat());
    }
    match path.strip_prefix(VERBATIM) {
        Some(plain) if begins_with_drive(plain) => Cow::Borrowed(plain),
        _ => Cow::Borrowed(path),
    }
}

/// Whether a path begins with a drive: `C:`.
pub(crate) fn begins_with_drive(path: &[u8]) -> bool {
    matches!(path, [letter, b':', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_that_nobody_writes_are_left_out() {
        for (path, expected) in [
            (r"\\?\C:\a\b.json", r"C:\a\b.json"),
            (r"\\?\c:\", r"c:\"),
            (r"\\?\UNC\server\share\a", r"\\server\share\a"),
            (r"\\server\share\a", r"\\server\share\a"),
            (r"C:\a", r"C:\a"),
            (r"\\?\Volume{b75e2c83}\a", r"\\?\Volume{b75e2c83}\a"),
            (r"\\.\NUL", r"\\.\NUL"),
            (r"a\\?\C:\b", r"a\\?\C:\b"),
            ("/a/b", "/a/b"),
            ("", ""),
        ] {
            assert_eq!(plain(path.as_bytes()), expected.as_bytes(), "{path}");
        }
    }
}

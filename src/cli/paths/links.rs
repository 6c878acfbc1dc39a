//! Links: where they lead.
//!
//! Windows asks a server for what a link names there, and shows it who asks. Whoever writes a tree
//! can have a link lead to a server of his own, so that there links are read before they are followed.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Why a link cannot be followed.
#[derive(Debug)]
pub(crate) enum Unresolved {
    /// It leads to another computer or to a device. Nobody has asked there.
    Elsewhere(PathBuf),
    /// It leads nowhere, or the system refuses.
    Broken,
}

/// The path without links of what is there.
///
/// # Errors
/// When nothing is there, or it is elsewhere.
pub(crate) fn resolve(path: &Path) -> Result<PathBuf, Unresolved> {
    if cfg!(windows) {
        let real = follow(path, is_elsewhere)?;
        // In the system's spelling, where the drive tells it.
        return Ok(real.canonicalize().unwrap_or(real));
    }
    path.canonicalize().map_err(|_| Unresolved::Broken)
}

/// Whether something is there, be it a link: on Windows, none is followed to see that.
pub(crate) fn is_there(path: &Path) -> io::Result<bool> {
    if !cfg!(windows) {
        return path.try_exists();
    }
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Most links on the way to a file; Windows follows as many.
const MAX_LINKS: usize = 63;

/// Follows links one at a time, none that `is_refused`.
fn follow(path: &Path, is_refused: impl Fn(&Path) -> bool) -> Result<PathBuf, Unresolved> {
    let parts = |path: &Path| {
        let parts = path.components().rev();
        parts
            .map(|part| PathBuf::from(part.as_os_str()))
            .collect::<Vec<_>>()
    };
    let mut at = PathBuf::new();
    let mut left = parts(path);
    let mut links = 0;
    while let Some(part) = left.pop() {
        match part.components().next() {
            Some(Component::Normal(_)) => {}
            Some(Component::CurDir) => continue,
            Some(Component::ParentDir) => {
                at.pop();
                continue;
            }
            _ => {
                at.push(part);
                continue;
            }
        }
        let next = at.join(part);
        let metadata = fs::symlink_metadata(&next).map_err(|_| Unresolved::Broken)?;
        if !metadata.is_symlink() {
            at = next;
            continue;
        }
        links += 1;
        let target = fs::read_link(&next).map_err(|_| Unresolved::Broken)?;
        if is_refused(&target) {
            return Err(Unresolved::Elsewhere(target));
        }
        if links > MAX_LINKS {
            return Err(Unresolved::Broken);
        }
        left.extend(parts(&target));
    }
    Ok(at)
}

/// Whether a link of Windows leads to another computer or to a device.
fn is_elsewhere(target: &Path) -> bool {
    let target = target.as_os_str().as_encoded_bytes();
    let target = target.strip_prefix(br"\\?\").map_or(target, |local| {
        // A drive, or a volume by its number.
        let is_local = local.get(1) == Some(&b':') || local.starts_with(b"Volume{");
        if is_local { local } else { target }
    });
    matches!(target, [b'\\' | b'/', b'\\' | b'/', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_windows_that_lead_elsewhere_are_known_by_their_text() {
        for (target, expected) in [
            (r"..\a.json", false),
            (r"\a.json", false),
            (r"C:\a.json", false),
            (r"\\?\C:\a.json", false),
            (r"\\?\Volume{b75e2c83}\a.json", false),
            (r"\\server\share\a.json", true),
            ("//server/share/a.json", true),
            (r"\\?\UNC\server\share\a.json", true),
            (r"\\.\pipe\a", true),
            (r"\\?\GLOBALROOT\Device\Mup\server", true),
        ] {
            assert_eq!(is_elsewhere(Path::new(target)), expected, "{target}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_as_the_system_does_but_for_those_that_are_refused() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let inside = |name: &str| folder.join(name);
        fs::create_dir(inside("sub")).unwrap();
        fs::write(inside("sub/file"), "{}").unwrap();
        for (target, link) in [
            ("sub/file", "direct"),
            ("direct", "twice"),
            ("sub", "folder"),
            ("../folder/./file", "sub/up"),
            ("loop", "loop"),
            ("missing", "dangling"),
        ] {
            symlink(target, inside(link)).unwrap();
        }
        symlink(inside("sub"), inside("absolute")).unwrap();
        symlink("/elsewhere/file", inside("outside")).unwrap();
        symlink("outside", inside("to-outside")).unwrap();
        let is_refused = |target: &Path| target.starts_with("/elsewhere");
        for name in [
            "sub/file",
            "direct",
            "twice",
            "folder/file",
            "folder/up",
            "absolute/../direct",
            "loop",
            "dangling",
            "missing",
        ] {
            let followed = follow(&inside(name), is_refused).ok();
            assert_eq!(followed, inside(name).canonicalize().ok(), "{name}");
        }
        for name in ["outside", "to-outside"] {
            let followed = follow(&inside(name), is_refused);
            let Err(Unresolved::Elsewhere(target)) = followed else {
                panic!("{name}: {followed:?}");
            };
            assert_eq!(target, Path::new("/elsewhere/file"));
        }
    }
}

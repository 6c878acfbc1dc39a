//! Where files are: absolute names, and names relative to a folder.
//!
//! Owns how two spellings of one path are made one, and where a repository ends. Reads no file.

use std::io;
use std::path::{Component, Path, PathBuf};

use autopilot_lint::text::sanitize;

/// The current folder, asked for once.
#[derive(Debug)]
pub(crate) struct Places {
    current: PathBuf,
}

impl Places {
    /// # Errors
    /// When the current folder is gone, or cannot be read.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            current: std::env::current_dir()?,
        })
    }

    pub(crate) fn current(&self) -> &Path {
        &self.current
    }

    /// The absolute path, `.` and `..` resolved as text.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        let mut absolute = PathBuf::new();
        for part in self.current.join(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    absolute.pop();
                }
                part => absolute.push(part),
            }
        }
        absolute
    }

    /// The path as seen from `folder`, if it is below it.
    pub(crate) fn below(&self, path: &Path, folder: &Path) -> Option<String> {
        let path = self.absolute(path);
        path.strip_prefix(folder).ok().map(sanitize::display_path)
    }

    /// The way to a file from `folder`, or the absolute one if it is not below it, links followed.
    pub(crate) fn from(&self, path: &Path, folder: &Path) -> PathBuf {
        let absolute = self.absolute(path);
        if let Ok(below) = absolute.strip_prefix(folder) {
            return below.to_path_buf();
        }
        let real = std::fs::canonicalize(&absolute).unwrap_or(absolute);
        let below = real.strip_prefix(folder).map(Path::to_path_buf);
        below.unwrap_or(real)
    }

    /// The path as seen from `folder`; the absolute one if it is not below it.
    pub(crate) fn seen_from(&self, path: &Path, folder: &Path) -> String {
        let below = self.below(path, folder);
        below.unwrap_or_else(|| sanitize::display_path(&self.absolute(path)))
    }

    /// The same as a key: no two files share one.
    pub(crate) fn key_from(&self, path: &Path, folder: &Path) -> String {
        let path = self.absolute(path);
        sanitize::path_key(path.strip_prefix(folder).unwrap_or(&path))
    }

    /// The innermost folder that holds all of these files and folders.
    pub(crate) fn holding<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> PathBuf {
        let folders = paths.map(|path| {
            let path = self.absolute(path);
            match path.parent() {
                Some(parent) if !path.is_dir() => parent.to_path_buf(),
                _ => path,
            }
        });
        folders
            .reduce(|a, b| common(&a, &b))
            .unwrap_or_else(|| self.current.clone())
    }
}

/// The root of the repository that a folder is in.
pub(crate) fn repository(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .find(|folder| folder.join(".git").exists())
}

fn common(a: &Path, b: &Path) -> PathBuf {
    let pairs = a.components().zip(b.components());
    pairs.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn places() -> Places {
        Places {
            current: PathBuf::from("/repo/sub"),
        }
    }

    #[test]
    fn spellings_of_a_path_become_one() {
        for (path, expected) in [
            ("a.json", "/repo/sub/a.json"),
            ("./b/../a.json", "/repo/sub/a.json"),
            ("../a.json", "/repo/a.json"),
            ("../../../../a.json", "/a.json"),
            ("/x/./y", "/x/y"),
        ] {
            assert_eq!(places().absolute(Path::new(path)), Path::new(expected));
        }
    }

    #[test]
    fn paths_are_seen_from_a_folder() {
        for (path, below, seen) in [
            ("a.json", Some("sub/a.json"), "sub/a.json"),
            ("../a.json", Some("a.json"), "a.json"),
            ("/other/a.json", None, "/other/a.json"),
            ("/repository/a.json", None, "/repository/a.json"),
        ] {
            let (path, folder) = (Path::new(path), Path::new("/repo"));
            assert_eq!(places().below(path, folder).as_deref(), below);
            assert_eq!(places().seen_from(path, folder), seen);
        }
    }

    #[test]
    fn the_folder_that_holds_all_is_the_innermost() {
        for (paths, expected) in [
            (&["a.json", "b.json"][..], "/repo/sub"),
            (&["x/a.json", "x/y/b.json"], "/repo/sub/x"),
            (&["a.json", "../other/b.json"], "/repo"),
            (&["a.json", "/elsewhere/b.json"], "/"),
            (&[], "/repo/sub"),
        ] {
            let paths = paths.iter().map(Path::new);
            assert_eq!(places().holding(paths), Path::new(expected));
        }
    }
}

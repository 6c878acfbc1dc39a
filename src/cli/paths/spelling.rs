//! Paths as text: made absolute or relative, and tidied.
//!
//! Owns how two spellings become one path and where a repository ends.

use std::path::{Component, Path, PathBuf};

use autopilot_lint::text::sanitize;

use super::links::is_there;
use super::reading::absolute;

/// The folder that relative paths start from, asked for once. Only a door gives one.
#[derive(Debug)]
pub(crate) struct WorkingFolder(PathBuf);

impl WorkingFolder {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The absolute path, with `.` and `..` resolved as text.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        absolute(&self.0, path)
    }

    /// The name to show for a path below `folder`; `None` for one that is not below it.
    pub(crate) fn name_below(&self, path: &Path, folder: &Path) -> Option<String> {
        let path = self.absolute(path);
        path.strip_prefix(folder).ok().map(sanitize::display_path)
    }

    /// The name to show for a path as seen from `folder`: the absolute one if it is not below it.
    pub(crate) fn name_from(&self, path: &Path, folder: &Path) -> String {
        let below = self.name_below(path, folder);
        below.unwrap_or_else(|| sanitize::display_path(&self.absolute(path)))
    }

    /// The same as a key: no two files share one.
    pub(crate) fn key_from(&self, path: &Path, folder: &Path) -> String {
        let path = self.absolute(path);
        sanitize::path_key(path.strip_prefix(folder).unwrap_or(&path))
    }

    /// The path relative to `folder`; the absolute one, links resolved, if it is not below it.
    pub(crate) fn relative_to(&self, path: &Path, folder: &Path) -> PathBuf {
        let absolute = self.absolute(path);
        if let Ok(below) = absolute.strip_prefix(folder) {
            return below.to_path_buf();
        }
        let real = absolute.canonicalize().unwrap_or(absolute);
        // Where the system spells real paths in its own way, the folder's as well.
        let folder = if cfg!(windows) {
            folder.canonicalize().unwrap_or(folder.to_path_buf())
        } else {
            folder.to_path_buf()
        };
        let below = real.strip_prefix(folder).map(Path::to_path_buf);
        below.unwrap_or(real)
    }

    /// The innermost folder that holds all of these files and folders, the current one where there
    /// are none.
    pub(crate) fn common_folder<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> PathBuf {
        let folders = paths.map(|path| {
            let path = self.absolute(path);
            match path.parent() {
                Some(parent) if !path.is_dir() => parent.to_path_buf(),
                _ => path,
            }
        });
        folders
            .reduce(|a, b| common_ancestor(&a, &b))
            .unwrap_or_else(|| self.0.clone())
    }
}

/// The root of the repository that a folder is in.
pub(crate) fn repository(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .find(|folder| is_there(&folder.join(".git")).unwrap_or(false))
}

/// The folder that a file is in, `.` for a bare name.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The path without a leading `./`. Looks at the text first: components are only compared where the
/// text alone does not settle it.
pub(crate) fn without_leading_dot(path: &Path) -> &Path {
    const ODD: [char; 2] = ['.', '/'];
    let text = path.to_str();
    match text.map(|text| text.strip_prefix("./").unwrap_or(text)) {
        Some(text) if !text.starts_with(ODD) && !text.ends_with(ODD) => Path::new(text),
        _ => path.strip_prefix(".").unwrap_or(path),
    }
}

/// A path with the letter case that the same parts have in its real path. Before a part that has
/// another name there, a link or a short one, all stays as it is.
pub(super) fn in_letters_of(path: &Path, real: &Path) -> PathBuf {
    let lower = |part: Component<'_>| part.as_os_str().to_string_lossy().to_lowercase();
    let mut parts: Vec<_> = path.components().collect();
    for (part, real) in parts.iter_mut().rev().zip(real.components().rev()) {
        let is_name = matches!(part, Component::Normal(_));
        if !is_name || lower(*part) != lower(real) {
            break;
        }
        *part = real;
    }
    parts.into_iter().collect()
}

fn common_ancestor(a: &Path, b: &Path) -> PathBuf {
    let pairs = a.components().zip(b.components());
    pairs.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn folder() -> WorkingFolder {
        WorkingFolder(PathBuf::from("/repo/sub"))
    }

    #[cfg(unix)]
    #[test]
    fn spellings_of_a_path_become_one() {
        for (path, expected) in [
            ("a.json", "/repo/sub/a.json"),
            ("./b/../a.json", "/repo/sub/a.json"),
            ("../a.json", "/repo/a.json"),
            ("../../../../a.json", "/a.json"),
            ("/x/./y", "/x/y"),
        ] {
            assert_eq!(folder().absolute(Path::new(path)), Path::new(expected));
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_are_named_from_a_folder() {
        for (path, below, from) in [
            ("a.json", Some("sub/a.json"), "sub/a.json"),
            ("../a.json", Some("a.json"), "a.json"),
            ("/other/a.json", None, "/other/a.json"),
            ("/repository/a.json", None, "/repository/a.json"),
        ] {
            let (path, repo) = (Path::new(path), Path::new("/repo"));
            assert_eq!(folder().name_below(path, repo).as_deref(), below);
            assert_eq!(folder().name_from(path, repo), from);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_common_folder_is_the_innermost() {
        for (paths, expected) in [
            (&["a.json", "b.json"][..], "/repo/sub"),
            (&["x/a.json", "x/y/b.json"], "/repo/sub/x"),
            (&["a.json", "../other/b.json"], "/repo"),
            (&["a.json", "/elsewhere/b.json"], "/"),
            (&[], "/repo/sub"),
        ] {
            let paths = paths.iter().map(Path::new);
            assert_eq!(folder().common_folder(paths), Path::new(expected));
        }
    }

    #[test]
    fn letters_are_those_of_the_real_path() {
        for (path, real, expected) in [
            (
                "PAYLOADS/A.JSON",
                "/repo/Payloads/a.json",
                "Payloads/a.json",
            ),
            ("../SUB/É.json", "/repo/sub/é.json", "../sub/é.json"),
            ("SUB/../A.json", "/repo/a.json", "SUB/../a.json"),
            ("LINK/A.json", "/repo/real/a.json", "LINK/a.json"),
            ("LINK.json", "/repo/a.json", "LINK.json"),
            ("/REPO/./Sub/A.json", "/repo/sub/a.json", "/repo/sub/a.json"),
            (".", "/repo", "."),
        ] {
            let spelled = in_letters_of(Path::new(path), Path::new(real));
            assert_eq!(spelled, Path::new(expected), "{path}");
        }
    }

    #[test]
    fn a_leading_dot_is_left_out() {
        for (path, expected) in [
            ("a.json", "a.json"),
            ("./a.json", "a.json"),
            ("./a/b.json", "a/b.json"),
            ("././a", "a"),
            (".//a", "a"),
            ("./a/", "a"),
            ("./a/.", "a"),
            ("a/", "a/"),
            ("./.a", ".a"),
            (".a", ".a"),
            ("./../a", "../a"),
            ("../a", "../a"),
            ("/a", "/a"),
            ("a/./b", "a/./b"),
            (".", ""),
            ("./", ""),
        ] {
            let path = without_leading_dot(Path::new(path));
            assert_eq!(path.as_os_str(), Path::new(expected).as_os_str());
        }
    }
}

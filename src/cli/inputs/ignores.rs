//! `.gitignore` files: which files of a folder they exclude.
//!
//! Owns how such a file is read. Other ignore files are nobody's to set for a gate: neither those of
//! other tools nor the settings of whoever runs git.

use std::path::Path;
use std::rc::Rc;

use autopilot_lint::policy::glob_excess;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::buffer::read_place;
use super::read_error::ReadError;
use crate::cli::paths::{Outside, Place};

/// The name of such a file.
pub(super) const FILE_NAME: &str = ".gitignore";
/// Largest such file that is read, in bytes: its patterns take 500 times that.
const MAX_SIZE: u64 = 256 << 10;

/// What excludes files of a folder: its own patterns before those of the folders above.
#[derive(Debug)]
pub(super) struct Ignores {
    /// Of paths relative to the folder.
    own: Gitignore,
    /// Length of the folder's path with the separator after it, in bytes.
    prefix: usize,
    above: Option<Rc<Self>>,
}

/// Why such a file was not followed.
#[derive(Debug, thiserror::Error)]
pub(super) enum IgnoresError {
    #[error("{}", .0.problem())]
    Outside(#[from] Outside),
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// A line, counted from 1, is too much for the library that reads patterns.
    #[error("line {line}: {excess}")]
    Excess { line: usize, excess: String },
}

impl Ignores {
    /// The patterns in the file at `place`, that of `folder` (without links), and those above; `None`
    /// where there are none.
    ///
    /// # Errors
    /// When it cannot be read, or has more than is borne.
    pub(super) fn read(
        place: &Place,
        folder: &Path,
        above: Option<Rc<Self>>,
    ) -> Result<Option<Rc<Self>>, IgnoresError> {
        let text = read_place(place, MAX_SIZE)?;
        check(&text)?;
        let own = patterns(&String::from_utf8_lossy(&text));
        if own.is_empty() {
            return Ok(above);
        }
        let prefix = folder.join("").as_os_str().len();
        Ok(Some(Rc::new(Self { own, prefix, above })))
    }

    /// Whether a file or folder in the folder, however deep, is excluded; `path` is without links.
    pub(super) fn exclude(&self, path: &Path, is_folder: bool) -> bool {
        let mut next = Some(self);
        while let Some(ignores) = next {
            match ignores.own.matched(ignores.relative(path), is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => next = ignores.above.as_deref(),
            }
        }
        false
    }
}

impl Ignores {
    /// The path from the folder. Part by part only where it is no Unicode: with a file in each of
    /// very many nested folders, that would take longer than all else.
    fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        let relative = path.to_str().and_then(|path| path.get(self.prefix..));
        relative.map_or_else(
            || {
                let above = path.ancestors();
                let mut above = above.filter(|folder| folder.as_os_str().len() <= self.prefix);
                let folder = above.next().unwrap_or(path);
                path.strip_prefix(folder).unwrap_or(path)
            },
            Path::new,
        )
    }
}

/// Looks at patterns before a library does.
fn check(text: &[u8]) -> Result<(), IgnoresError> {
    for (line, number) in text.split(|byte| *byte == b'\n').zip(1..) {
        if let Some(excess) = glob_excess(line) {
            return Err(IgnoresError::Excess {
                line: number,
                excess,
            });
        }
    }
    Ok(())
}

/// Leaves out lines that are no patterns: they exclude nothing.
fn patterns(text: &str) -> Gitignore {
    // What is matched is relative already.
    let mut builder = GitignoreBuilder::new(".");
    // As git does there, unless somebody sets it otherwise.
    if cfg!(windows) {
        let _ = builder.case_insensitive(true);
    }
    for line in text.trim_start_matches('\u{feff}').lines() {
        let _ = builder.add_line(None, &literal_braces(line));
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Git knows no alternatives in braces.
fn literal_braces(line: &str) -> String {
    let mut literal = String::with_capacity(line.len());
    let mut escaped = false;
    for character in line.chars() {
        if matches!(character, '{' | '}') && !escaped {
            literal.push('\\');
        }
        escaped = character == '\\' && !escaped;
        literal.push(character);
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path of a folder that is no Unicode where the system has such.
    #[cfg(unix)]
    fn not_unicode() -> std::path::PathBuf {
        use std::os::unix::ffi::OsStrExt;
        std::ffi::OsStr::from_bytes(b"/repo\xff/b").into()
    }

    #[cfg(not(unix))]
    fn not_unicode() -> std::path::PathBuf {
        "/repo/b".into()
    }

    #[test]
    fn patterns_are_those_of_git() {
        for (text, path, is_folder, expected) in [
            ("a.json", "a.json", false, true),
            ("a.json", "b/a.json", false, true),
            ("/a.json", "b/a.json", false, false),
            ("*.json\n!a.json", "a.json", false, false),
            ("*.json\n!a.json", "b.json", false, true),
            ("b/", "b", true, true),
            ("b/", "b", false, false),
            ("# a.json\n\n", "a.json", false, false),
            ("\u{feff}a.json\r\n", "a.json", false, true),
            ("{a,b}.json", "a.json", false, false),
            ("{a,b}.json", "{a,b}.json", false, true),
            ("\\{a}.json", "{a}.json", false, true),
            ("[a\nb.json", "b.json", false, true),
        ] {
            for folder in [Path::new("/repo"), Path::new("/"), not_unicode().as_ref()] {
                let ignores = Ignores {
                    own: patterns(text),
                    prefix: folder.join("").as_os_str().len(),
                    above: None,
                };
                let excluded = ignores.exclude(&folder.join(path), is_folder);
                assert_eq!(excluded, expected, "{text:?} {path}");
            }
        }
    }

    #[test]
    fn what_a_library_cannot_bear_is_refused_with_its_line() {
        let deep = "{".repeat(60_000) + "a" + &"}".repeat(60_000);
        let many = "{a,b}".repeat(65);
        for (text, expected) in [
            (format!("*.tmp\n\n{deep}\n"), Some(3)),
            (format!("!{many}"), Some(1)),
            ("# \u{fffd}\n{a,b}/{c,{d,e}}\r\n".to_owned(), None),
        ] {
            let line = match check(text.as_bytes()) {
                Err(IgnoresError::Excess { line, .. }) => Some(line),
                _ => None,
            };
            assert_eq!(line, expected);
        }
    }
}

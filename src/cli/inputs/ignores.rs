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
use crate::cli::paths::{Door, Outside};

/// The name of such a file.
pub(super) const FILE_NAME: &str = ".gitignore";
/// Largest such file that is read, in bytes: its patterns take 500 times that.
const MAX_SIZE: u64 = 256 << 10;

/// What excludes files of a folder: its own patterns before those of the folders above.
#[derive(Debug)]
pub(super) struct Ignores {
    own: Gitignore,
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
    /// The patterns in `file`, which is in `folder` (without links), and those above.
    ///
    /// # Errors
    /// When it cannot be read, or leads out of the repository.
    pub(super) fn read(
        door: &Door,
        folder: &Path,
        above: Option<Rc<Self>>,
    ) -> Result<Rc<Self>, IgnoresError> {
        let place = door.enter(&folder.join(FILE_NAME))?;
        let text = read_place(&place, MAX_SIZE)?;
        check(&text)?;
        let own = patterns(folder, &String::from_utf8_lossy(&text));
        Ok(Rc::new(Self { own, above }))
    }

    /// Whether a file or folder is excluded; `path` is without links.
    pub(super) fn exclude(&self, path: &Path, is_folder: bool) -> bool {
        let mut next = Some(self);
        while let Some(ignores) = next {
            match ignores.own.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => next = ignores.above.as_deref(),
            }
        }
        false
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
fn patterns(folder: &Path, text: &str) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
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
            let folder = Path::new("/repo");
            let own = patterns(folder, text);
            let ignores = Ignores { own, above: None };
            let excluded = ignores.exclude(&folder.join(path), is_folder);
            assert_eq!(excluded, expected, "{text:?} {path}");
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

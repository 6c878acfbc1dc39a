//! Ignore files of a searched tree, looked at before the library that obeys them reads them.
//!
//! Whoever wrote the tree wrote them too. What one may hold is the library's to say; knows nothing
//! of what a pattern matches.

use std::io::Read;
use std::path::{Path, PathBuf};

use autopilot_lint::policy::glob_excess;
use autopilot_lint::report::RunError;
use autopilot_lint::text::sanitize;

use super::open::open;
use super::read_error::ReadError;

const NAMES: [&str; 2] = [".gitignore", ".ignore"];
/// Largest ignore file, in bytes: the library takes 500 times as much memory.
const MAX_SIZE: u64 = 256 << 10;

/// An ignore file that a search does not obey, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    path: PathBuf,
    /// From 1.
    line: Option<usize>,
    reason: String,
}

/// Looks at the ignore files of a folder that is searched, and at those above it.
pub(super) fn check_from_root(folder: &Path) -> Result<(), Refused> {
    check(folder)?;
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    absolute.ancestors().skip(1).try_for_each(check)
}

/// Looks at the ignore files of one folder.
pub(super) fn check(folder: &Path) -> Result<(), Refused> {
    NAMES.iter().try_for_each(|name| {
        let path = folder.join(name);
        let fault = |line, reason| Refused {
            path: path.clone(),
            line,
            reason,
        };
        let Ok(source) = open(&path) else {
            // Not there, or nothing that anybody could read.
            return Ok(());
        };
        let mut text = Vec::new();
        if source
            .file
            .take(MAX_SIZE + 1)
            .read_to_end(&mut text)
            .is_err()
        {
            return Ok(());
        }
        if text.len() as u64 > MAX_SIZE {
            let reason = ReadError::AboveLimitOfKind(MAX_SIZE).to_string();
            return Err(fault(None, reason));
        }
        for (line, number) in text.split(|byte| *byte == b'\n').zip(1..) {
            if let Some(reason) = glob_excess(line) {
                return Err(fault(Some(number), reason));
            }
        }
        Ok(())
    })
}

impl From<Refused> for RunError {
    fn from(refused: Refused) -> Self {
        let Refused { path, line, reason } = refused;
        Self {
            file: sanitize::display_path(&path),
            message: match line {
                Some(line) => format!("line {line}: {reason}"),
                None => reason,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_a_library_cannot_bear_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a");
        fs::create_dir(&inner).unwrap();
        let deep = "{".repeat(60_000) + "a" + &"}".repeat(60_000);
        let many = "{a,b}".repeat(65);
        let large = "a\n".repeat(200_000);
        for (text, line) in [
            (format!("*.tmp\n\n{deep}\n"), Some(3)),
            (format!("!{many}"), Some(1)),
            (large, None),
        ] {
            for name in NAMES {
                let path = inner.join(name);
                fs::write(&path, &text).unwrap();
                let refused = check(&inner).unwrap_err();
                assert_eq!((&refused.path, refused.line), (&path, line));
                assert_eq!(check_from_root(&inner.join("b")), Err(refused));
                assert_eq!(check(folder.path()), Ok(()));
                fs::remove_file(path).unwrap();
            }
        }
        fs::write(inner.join(".gitignore"), b"# \xff\n{a,b}/{c,{d,e}}\r\n").unwrap();
        fs::create_dir(inner.join(".ignore")).unwrap();
        assert_eq!(check(&inner), Ok(()));
    }
}

//! `*` and `?` in paths, which the shells of Windows hand on as they are.
//!
//! No file there has such a name, so that they always stand for others. Elsewhere the shell puts
//! names in their place, and what is left is a name.

use std::fs;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

/// The paths with names in place of the wildcards, in order of name. A path that nothing matches
/// stays, and no door lets it through.
pub(crate) fn expand(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    if !cfg!(windows) {
        return paths;
    }
    let expanded = paths.into_iter().flat_map(|path| {
        let matching = matching(&path);
        if matching.is_empty() {
            vec![path]
        } else {
            matching
        }
    });
    expanded.collect()
}

/// What is there and matches a path with wildcards; nothing for other paths.
fn matching(path: &Path) -> Vec<PathBuf> {
    if !has_wildcards(path) || is_recursive(path) {
        return Vec::new();
    }
    let mut found = vec![PathBuf::new()];
    let mut parts = path.components().peekable();
    while let Some(part) = parts.next() {
        let Some(pattern) = pattern(part) else {
            for path in &mut found {
                path.push(part);
            }
            continue;
        };
        let folders_only = parts.peek().is_some();
        found = found
            .iter()
            .flat_map(|folder| names(folder, &pattern, folders_only))
            .collect();
    }
    found.retain(|path| path.symlink_metadata().is_ok());
    found
}

/// What in a folder matches. Links lead on to no other folder.
fn names(folder: &Path, pattern: &GlobMatcher, folders_only: bool) -> Vec<PathBuf> {
    let searched = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = fs::read_dir(searched).into_iter().flatten().flatten();
    let leads_on = |entry: &fs::DirEntry| {
        let kind = entry.file_type();
        !folders_only || kind.is_ok_and(|kind| kind.is_dir())
    };
    let matches = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        pattern.is_match(name)
    };
    let entries = entries.filter(|entry| matches(entry) && leads_on(entry));
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort_unstable();
    names.iter().map(|name| folder.join(name)).collect()
}

/// The glob for a part of a path with wildcards: all other characters stand for themselves.
fn pattern(part: Component<'_>) -> Option<GlobMatcher> {
    let Component::Normal(name) = part else {
        return None;
    };
    let name = name.to_str().filter(|name| name.contains(WILDCARDS))?;
    let mut glob = String::new();
    for c in name.chars() {
        if matches!(c, '[' | ']' | '{' | '}') {
            glob.extend(['[', c, ']']);
        } else {
            glob.push(c);
        }
    }
    // In any letter case, and not of ASCII letters alone, as the library has it.
    let glob = GlobBuilder::new(&glob.to_lowercase()).build();
    glob.ok().map(|glob| glob.compile_matcher())
}

const WILDCARDS: [char; 2] = ['*', '?'];

fn has_wildcards(path: &Path) -> bool {
    path.components().any(|part| pattern(part).is_some())
}

fn is_recursive(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "**")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "a.json",
            "B.JSON",
            "c.jsonl",
            "[d].json",
            "é1.json",
            ".e.json",
            "one/x.json",
            "two/x.json",
            "two/y.json",
        ] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "{}").unwrap();
        }
        for (path, expected) in [
            (
                "*.json",
                &[".e.json", "B.JSON", "[d].json", "a.json", "é1.json"][..],
            ),
            ("?.json", &["B.JSON", "a.json"]),
            ("É?.JSON", &["é1.json"]),
            ("[*].json", &["[d].json"]),
            ("*/x.json", &["one/x.json", "two/x.json"]),
            ("t*/?.json", &["two/x.json", "two/y.json"]),
            ("*/missing.json", &[]),
            ("missing/*.json", &[]),
            ("**/*.json", &[]),
            ("a.json", &[]),
        ] {
            let found = matching(&folder.path().join(path));
            let expected: Vec<_> = expected
                .iter()
                .map(|name| folder.path().join(name))
                .collect();
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn elsewhere_a_wildcard_is_a_letter() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "{}").unwrap();
        let named = folder.path().join("*.json");
        let found = expand(vec![named.clone()]);
        assert_eq!(found == [named], !cfg!(windows));
    }
}

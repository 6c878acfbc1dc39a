//! What the name of a file says about its content.
//!
//! Owns the extensions. A file with any other name is taken for one JSON document: somebody asked
//! for it.

use std::ffi::OsStr;
use std::path::Path;

/// Extensions of documents.
const DOCUMENTS: [&str; 1] = ["json"];
/// Extensions of JSON Lines.
const LINES: [&str; 2] = ["jsonl", "ndjson"];
/// Extensions that may follow those.
const COMPRESSIONS: [(&str, Compression); 2] =
    [("gz", Compression::Gzip), ("zst", Compression::Zstandard)];

/// How the bytes of a file are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    /// Not at all.
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstandard,
}

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileKind {
    /// JSON Lines rather than one document.
    pub(crate) json_lines: bool,
    pub(crate) compression: Compression,
}

impl FileKind {
    /// One document, not compressed.
    pub(crate) const PLAIN_DOCUMENT: Self = Self {
        json_lines: false,
        compression: Compression::None,
    };

    /// The kind that a file's name says it is of. Behind a compression's extension the one before
    /// decides.
    pub(crate) fn from_name(path: &Path) -> Self {
        let extension = path.extension().and_then(OsStr::to_str);
        let compressed = COMPRESSIONS
            .iter()
            .find(|(name, _)| extension == Some(name));
        let Some((_, compression)) = compressed else {
            return Self {
                json_lines: extension.is_some_and(|name| LINES.contains(&name)),
                compression: Compression::None,
            };
        };
        let inner = path.file_stem().map(Path::new);
        Self {
            json_lines: inner.is_some_and(|inner| Self::from_name(inner).json_lines),
            compression: *compression,
        }
    }
}

/// Whether a name ends in a document's extension: it then is a [`FileKind::PLAIN_DOCUMENT`]. Does
/// not take the path apart.
pub(crate) fn has_document_extension(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    let ends = |extension: &&str| name.strip_suffix(extension.as_bytes());
    let before = DOCUMENTS.iter().find_map(ends);
    before.is_some_and(|before| before.ends_with(b"."))
}

/// The globs that folders are searched for. With any folder before the name, a glob is matched by
/// its extension instead of a regular expression.
pub(crate) fn patterns() -> impl Iterator<Item = String> {
    let names = DOCUMENTS.iter().chain(&LINES);
    names.flat_map(|name| {
        let compressed = COMPRESSIONS.map(|(outer, _)| format!("**/*.{name}.{outer}"));
        std::iter::once(format!("**/*.{name}")).chain(compressed)
    })
}

/// The same for people.
pub(crate) fn patterns_in_words() -> String {
    let names: Vec<_> = DOCUMENTS.iter().chain(&LINES).collect();
    let names = names.iter().map(|name| format!("*.{name}"));
    let compressed = COMPRESSIONS.map(|(outer, _)| format!(".{outer}"));
    format!(
        "{}, also compressed as {}",
        names.collect::<Vec<_>>().join(", "),
        compressed.join(" or ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_in_a_file() {
        for (name, json_lines, compression) in [
            ("a.json", false, Compression::None),
            ("a.b/c", false, Compression::None),
            ("a.jsonl", true, Compression::None),
            ("a.ndjson", true, Compression::None),
            ("a.JSONL", false, Compression::None),
            (".jsonl", false, Compression::None),
            (".json", false, Compression::None),
            ("json", false, Compression::None),
            ("a.json.gz", false, Compression::Gzip),
            ("a.jsonl.gz", true, Compression::Gzip),
            ("a.ndjson.zst", true, Compression::Zstandard),
            ("jsonl.zst", false, Compression::Zstandard),
            ("gz", false, Compression::None),
        ] {
            let expected = FileKind {
                json_lines,
                compression,
            };
            assert_eq!(FileKind::from_name(Path::new(name)), expected, "{name}");
            let document = has_document_extension(Path::new(name));
            assert_eq!(document, ["a.json", ".json"].contains(&name), "{name}");
        }
    }
}

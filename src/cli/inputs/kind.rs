//! What the name of a file says about its content, and what its first byte does.
//!
//! Owns the extensions. A file with any other name is taken for one JSON document: somebody asked
//! for it.

use std::ffi::OsStr;
use std::path::Path;

use autopilot_lint::source::BYTE_ORDER_MARK;

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
        let compressed = COMPRESSIONS.iter().find(|(name, _)| {
            extension.is_some_and(|extension| extension.eq_ignore_ascii_case(name))
        });
        let Some((_, compression)) = compressed else {
            return Self {
                json_lines: extension.is_some_and(|extension| is_one_of(&LINES, extension)),
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
    DOCUMENTS
        .iter()
        .any(|extension| before(name, extension).is_some())
}

/// Whether folders are searched for files of this name.
pub(crate) fn is_searched_for(name: &Path) -> bool {
    let name = name.as_os_str().as_encoded_bytes();
    let mut outer = COMPRESSIONS.iter();
    let inner = outer.find_map(|(extension, _)| before(name, extension));
    let inner = inner.unwrap_or(name);
    let mut extensions = DOCUMENTS.iter().chain(&LINES);
    extensions.any(|extension| before(inner, extension).is_some())
}

/// What is before the dot and the extension, in whatever letter case.
fn before<'a>(name: &'a [u8], extension: &str) -> Option<&'a [u8]> {
    let (before, last) = name.split_at_checked(name.len().checked_sub(extension.len())?)?;
    let before = before.strip_suffix(b".")?;
    last.eq_ignore_ascii_case(extension.as_bytes())
        .then_some(before)
}

fn is_one_of(names: &[&str], extension: &str) -> bool {
    names
        .iter()
        .any(|name| name.eq_ignore_ascii_case(extension))
}

/// What folders are searched for, for people.
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

/// Whether a text begins as an object or an array does.
pub(crate) fn begins_as_json(text: &[u8]) -> bool {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    matches!(text.trim_ascii_start(), [b'{' | b'[', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_in_a_file() {
        for (name, json_lines, compression) in [
            ("a.json", false, Compression::None),
            ("a.JSON", false, Compression::None),
            ("a.b/c", false, Compression::None),
            ("a.jsonl", true, Compression::None),
            ("a.ndjson", true, Compression::None),
            ("a.JSONL", true, Compression::None),
            (".jsonl", false, Compression::None),
            (".json", false, Compression::None),
            ("json", false, Compression::None),
            ("a.json.gz", false, Compression::Gzip),
            ("a.JSON.GZ", false, Compression::Gzip),
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
            assert_eq!(
                document,
                ["a.json", "a.JSON", ".json"].contains(&name),
                "{name}"
            );
        }
    }
}

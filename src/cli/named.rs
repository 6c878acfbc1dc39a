//! What the name of a file says of what is in it.
//!
//! Owns the extensions. Whatever else a name is: a file that is asked for is taken for one document.

use std::ffi::OsStr;
use std::path::Path;

/// Extensions of documents.
const DOCUMENTS: [&str; 1] = ["json"];
/// Extensions of JSON Lines.
const LINES: [&str; 2] = ["jsonl", "ndjson"];
/// Extensions that may stand behind those, with what they say.
const PACKINGS: [(&str, Packing); 2] = [("gz", Packing::Gzip), ("zst", Packing::Zstandard)];

/// How the bytes of a file are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// As they are.
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstandard,
}

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content {
    /// JSON Lines, not a document.
    pub(crate) lines: bool,
    pub(crate) packing: Packing,
}

impl Content {
    /// One document, as it is.
    pub(crate) const DOCUMENT: Self = Self {
        lines: false,
        packing: Packing::None,
    };

    /// What a name says.
    pub(crate) fn of(path: &Path) -> Self {
        let extension = path.extension().and_then(OsStr::to_str);
        let packed = PACKINGS.iter().find(|(name, _)| extension == Some(name));
        let Some((_, packing)) = packed else {
            return Self {
                lines: extension.is_some_and(|name| LINES.contains(&name)),
                packing: Packing::None,
            };
        };
        let inner = path.file_stem().map(Path::new);
        Self {
            lines: inner.is_some_and(|inner| Self::of(inner).lines),
            packing: *packing,
        }
    }
}

/// Whether a name ends as that of one document, as it is: it then says [`Content::DOCUMENT`]. Does
/// not take the path apart.
pub(crate) fn ends_as_document(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    let ends = |extension: &&str| name.strip_suffix(extension.as_bytes());
    let before = DOCUMENTS.iter().find_map(ends);
    before.is_some_and(|before| before.ends_with(b"."))
}

/// What folders are searched for. Any folder may stand before the name: it takes no regular
/// expression to tell that a name has such an extension.
pub(crate) fn patterns() -> impl Iterator<Item = String> {
    let names = DOCUMENTS.iter().chain(&LINES);
    names.flat_map(|name| {
        let packed = PACKINGS.map(|(packed, _)| format!("**/*.{name}.{packed}"));
        std::iter::once(format!("**/*.{name}")).chain(packed)
    })
}

/// The same in words.
pub(crate) fn patterns_in_words() -> String {
    let names: Vec<_> = DOCUMENTS.iter().chain(&LINES).collect();
    let names = names.iter().map(|name| format!("*.{name}"));
    let packed = PACKINGS.map(|(packed, _)| format!(".{packed}"));
    format!(
        "{}, also compressed as {}",
        names.collect::<Vec<_>>().join(", "),
        packed.join(" or ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_in_a_file() {
        for (name, lines, packing) in [
            ("a.json", false, Packing::None),
            ("a.b/c", false, Packing::None),
            ("a.jsonl", true, Packing::None),
            ("a.ndjson", true, Packing::None),
            ("a.JSONL", false, Packing::None),
            (".jsonl", false, Packing::None),
            (".json", false, Packing::None),
            ("json", false, Packing::None),
            ("a.json.gz", false, Packing::Gzip),
            ("a.jsonl.gz", true, Packing::Gzip),
            ("a.ndjson.zst", true, Packing::Zstandard),
            ("jsonl.zst", false, Packing::Zstandard),
            ("gz", false, Packing::None),
        ] {
            let content = Content::of(Path::new(name));
            assert_eq!(content, Content { lines, packing }, "{name}");
            let ends = ends_as_document(Path::new(name));
            assert_eq!(ends, ["a.json", ".json"].contains(&name), "{name}");
        }
    }
}

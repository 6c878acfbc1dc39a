//! The documentation pages beside the project, and expectations to compare with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::library::derive::{self, DeriveError, Derived, Options};
use crate::library::{Enumeration, Member, Model, TypeRef};
use crate::support::{golden, shared};

/// The folder of documentation pages.
pub(crate) struct Pages {
    root: PathBuf,
}

impl Pages {
    /// `None` where the pages are not there.
    #[track_caller]
    pub(crate) fn open() -> Option<Self> {
        let root = shared::part("pages")?;
        Some(Self { root })
    }

    /// Names of the corpora, sorted.
    pub(crate) fn corpora(&self) -> Vec<String> {
        let mut names: Vec<String> = entries(&self.root)
            .into_iter()
            .filter(|path| path.is_dir())
            .map(|path| name(&path))
            .collect();
        names.sort();
        names
    }

    /// Keys of the pages of a corpus, sorted.
    pub(crate) fn of(&self, corpus: &str) -> Vec<String> {
        let root = self.root.join(corpus);
        let mut keys = Vec::new();
        walk(&root, &root, &mut keys);
        keys.sort();
        keys
    }

    /// What `derive` says of a page.
    pub(crate) fn derive(
        &self,
        corpus: &str,
        page: &str,
        options: Options,
    ) -> Result<Derived, DeriveError> {
        derive::derive(page, &|key| self.load(corpus, key), &options)
    }

    /// The text of a page.
    pub(crate) fn load(&self, corpus: &str, key: &str) -> Option<String> {
        fs::read_to_string(self.root.join(corpus).join(key)).ok()
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_str().expect("a name in UTF-8").to_owned()
}

fn walk(root: &Path, folder: &Path, keys: &mut Vec<String>) {
    for path in entries(folder) {
        if path.is_dir() {
            walk(root, &path, keys);
        } else {
            let key = path.strip_prefix(root).expect("inside");
            let parts: Vec<String> = key
                .iter()
                .map(|part| part.to_string_lossy().into())
                .collect();
            keys.push(parts.join("/"));
        }
    }
}

/// The expectation of this name.
pub(crate) fn expected(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_default()
}

fn path(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/derive")).join(name)
}

/// Compares a text with the expectation of this name.
pub(crate) fn expect(name: &str, text: &str) {
    golden::hold(path(name), text);
}

/// A member on one line.
pub(crate) fn member(model: &Model, of: &Member) -> String {
    let name = match of.type_ref {
        TypeRef::Edm(edm) => edm.name(),
        TypeRef::Enumeration(at) => &model.enumerations[at].name,
        TypeRef::Structured(at) => &model.types[at].name,
    };
    let array = if of.collection { "[]" } else { "" };
    let arrow = if of.navigation { " ->" } else { ":" };
    format!("{}{arrow} {name}{array}", of.name)
}

/// An enumeration on one line, the numbers where they are known.
pub(crate) fn enumeration(of: &Enumeration) -> String {
    let members: Vec<String> = of
        .members
        .iter()
        .map(|member| match member.value {
            Some(value) => format!("{}={value}", member.name),
            None => member.name.clone(),
        })
        .collect();
    format!("enum {}: {}", of.name, members.join(" "))
}

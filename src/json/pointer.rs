//! JSON Pointers (RFC 6901) as text that grows token by token, and their tokens.

use std::fmt::{self, Write as _};

/// A JSON Pointer; empty for the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

/// One reference token; displays as it stands in a pointer, `~` and `/` escaped.
#[derive(Debug, Clone, Copy)]
pub enum PointerToken<'a> {
    /// A member name, unescaped.
    Name(&'a str),
    /// An array index.
    Index(usize),
}

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Appends a reference token.
    pub fn push(&mut self, token: PointerToken<'_>) {
        let _ = write!(self.0, "/{token}");
    }

    /// This pointer with one more token.
    #[must_use]
    pub fn join(&self, token: PointerToken<'_>) -> Self {
        let mut joined = self.clone();
        joined.push(token);
        joined
    }

    /// Where this is once what `from` points to stands at `to`; the same if `from` does not lead to
    /// it.
    pub(crate) fn rebase(&mut self, from: &Self, to: &Self) {
        if let Some(rest) = self.0.strip_prefix(&from.0)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            self.0 = format!("{}{rest}", to.0);
        }
    }

    /// The text of the pointer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PointerToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = match self {
            Self::Index(index) => return write!(f, "{index}"),
            Self::Name(name) => *name,
        };
        while let Some(at) = rest.find(['~', '/']) {
            let (plain, special) = rest.split_at(at);
            f.write_str(plain)?;
            f.write_str(if special.starts_with('~') { "~0" } else { "~1" })?;
            rest = &special[1..];
        }
        f.write_str(rest)
    }
}

/// The reference tokens of the text of a pointer, unescaped.
pub(crate) fn pointer_tokens(pointer: &str) -> impl DoubleEndedIterator<Item = String> {
    let tokens = pointer.strip_prefix('/').map(|rest| rest.split('/'));
    let unescaped = |token: &str| token.replace("~1", "/").replace("~0", "~");
    tokens.into_iter().flatten().map(unescaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_as_rfc_6901_says() {
        let mut pointer = Pointer::root();
        pointer.push(PointerToken::Name("a/b~c"));
        pointer.push(PointerToken::Index(7));
        assert_eq!(pointer.as_str(), "/a~1b~0c/7");
    }

    #[test]
    fn tokens_come_back_unescaped() {
        for names in [
            &[][..],
            &[""],
            &["", "a"],
            &["a/b~c", "7", "~1", "~0", "~01", "é/"],
        ] {
            let mut pointer = Pointer::root();
            for name in names {
                pointer.push(PointerToken::Name(name));
            }
            let tokens: Vec<String> = pointer_tokens(pointer.as_str()).collect();
            assert_eq!(tokens, names, "{pointer}");
        }
    }

    #[test]
    fn a_pointer_moves_with_what_holds_it() {
        let pointer = |text: &str| Pointer(text.to_owned());
        for (text, moved) in [
            ("/a/0", "/b/12"),
            ("/a/0/x/a/0", "/b/12/x/a/0"),
            ("/a/01", "/a/01"),
            ("/a", "/a"),
            ("", ""),
        ] {
            let mut moving = pointer(text);
            moving.rebase(&pointer("/a/0"), &pointer("/b/12"));
            assert_eq!(moving.as_str(), moved);
        }
    }
}

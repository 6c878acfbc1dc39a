//! JSON Pointers (RFC 6901) as text that grows token by token.

use std::fmt;

/// A JSON Pointer; empty for the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

/// One reference token.
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

    /// Appends a reference token, `~` and `/` escaped.
    pub fn push(&mut self, token: PointerToken<'_>) {
        self.0.push('/');
        match token {
            PointerToken::Index(index) => self.0.push_str(&index.to_string()),
            PointerToken::Name(name) => {
                for c in name.chars() {
                    match c {
                        '~' => self.0.push_str("~0"),
                        '/' => self.0.push_str("~1"),
                        c => self.0.push(c),
                    }
                }
            }
        }
    }

    /// This pointer with one more token.
    #[must_use]
    pub fn join(&self, token: PointerToken<'_>) -> Self {
        let mut joined = self.clone();
        joined.push(token);
        joined
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
}

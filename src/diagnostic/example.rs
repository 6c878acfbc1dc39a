//! Examples of a rule: a text, the span that must be found in it, and how to check it.

use crate::json::Span;
use crate::model::Mode;

use super::Applicability;

/// Begins the span that the rule must find.
const OPEN: &[u8] = "⟦".as_bytes();
/// Ends it.
const CLOSE: &[u8] = "⟧".as_bytes();

/// A text with options.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The text; `⟦` and `⟧` mark the span that is found.
    marked: &'static [u8],
    /// Mode to check it in.
    pub mode: Mode,
    /// Revision to check it against.
    pub revision: &'static str,
    /// What fixing makes of it, and how sure that is; `None` where nothing is to be done.
    pub fixed: Option<(Applicability, &'static [u8])>,
}

impl Example {
    /// An example for `--mode any --revision any`.
    #[must_use]
    pub const fn new(marked: &'static str) -> Self {
        Self::bytes(marked.as_bytes())
    }

    /// An example that is not UTF-8.
    #[must_use]
    pub const fn bytes(marked: &'static [u8]) -> Self {
        Self {
            marked,
            mode: Mode::Any,
            revision: "any",
            fixed: None,
        }
    }

    /// The same in another mode.
    #[must_use]
    pub const fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// The same against one revision.
    #[must_use]
    pub const fn revision(self, revision: &'static str) -> Self {
        Self { revision, ..self }
    }

    /// The same with what a safe fix makes of it.
    #[must_use]
    pub const fn fixed(self, text: &'static str) -> Self {
        Self {
            fixed: Some((Applicability::Safe, text.as_bytes())),
            ..self
        }
    }

    /// The same with what an unsafe fix makes of it.
    #[must_use]
    pub const fn fixed_unsafely(self, text: &'static str) -> Self {
        Self {
            fixed: Some((Applicability::Unsafe, text.as_bytes())),
            ..self
        }
    }

    /// The text without marks.
    #[must_use]
    pub fn text(&self) -> Vec<u8> {
        match self.marks() {
            None => self.marked.to_vec(),
            Some((open, close)) => [
                &self.marked[..open],
                &self.marked[open + OPEN.len()..close],
                &self.marked[close + CLOSE.len()..],
            ]
            .concat(),
        }
    }

    /// The marked span of [`Example::text`]; `None` for a good example.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.marks()
            .map(|(open, close)| Span::new(open, close - OPEN.len()))
    }

    fn marks(&self) -> Option<(usize, usize)> {
        let position = |mark: &[u8]| memchr::memmem::find(self.marked, mark);
        position(OPEN).zip(position(CLOSE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_give_the_span() {
        let example = Example::new("[⟦1⟧, 2]");
        assert_eq!(example.text(), b"[1, 2]");
        assert_eq!(example.span(), Some(Span::new(1, 2)));
        assert_eq!(Example::new("[]").span(), None);
    }
}

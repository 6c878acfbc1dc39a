//! Repairs as data: the edits that mend a finding, and how sure it is that they do.
//!
//! Owns what a repair is; the rule that finds a fault makes it. Applies nothing.

use std::fmt;

use crate::json::Span;
use crate::text::words::Words;

/// How sure it is that a fix says what the author meant. Ordered: an unsafe fix is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Applicability {
    /// The text means the same before and after, and can mean nothing else.
    Safe,
    /// The text probably means this: somebody should look at it.
    Unsafe,
}

impl Applicability {
    /// All, least first.
    pub const ALL: [Self; 2] = [Self::Safe, Self::Unsafe];

    /// The name as every format spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

impl fmt::Display for Applicability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One change to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes: bytes of the text that was checked. Empty where something is put in.
    pub span: Span,
    /// What comes in its place: JSON text, escapes and quotes included.
    pub text: String,
    /// Some of `text` may identify a person or a device.
    quotes: bool,
}

impl Edit {
    /// Puts text that is certain to identify nobody, the program's or the model's own, in place of
    /// `span`.
    #[must_use]
    pub(crate) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
            quotes: false,
        }
    }

    /// Puts text that comes from the payload, or is computed from it, in place of `span`.
    #[must_use]
    pub(crate) fn rewrite(span: Span, text: impl Into<String>) -> Self {
        Self {
            quotes: true,
            ..Self::replace(span, text)
        }
    }

    /// Takes a span out.
    #[must_use]
    pub(crate) fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// Bytes of memory that it takes beside itself.
    pub(super) const fn held(&self) -> usize {
        size_of::<Self>() + self.text.len()
    }
}

/// What mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// How sure it is.
    pub applicability: Applicability,
    /// What it does, as an order without a full stop: ``write `PT5M` ``.
    pub message: Words,
    /// The changes, which belong together: in order of place, without overlaps. None where
    /// redaction withholds them.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A repair by one change or several.
    #[must_use]
    pub(crate) fn new(
        applicability: Applicability,
        message: impl Into<Words>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        let mut edits: Vec<Edit> = edits.into_iter().collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        debug_assert!(!edits.is_empty(), "a fix changes something");
        debug_assert!(
            edits
                .array_windows()
                .all(|[one, next]| one.span.end <= next.span.start),
            "edits overlap: {edits:?}"
        );
        Self {
            applicability,
            message: message.into(),
            edits,
        }
    }

    /// A repair that keeps the meaning.
    #[must_use]
    pub(crate) fn safe(message: impl Into<Words>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self::new(Applicability::Safe, message, edits)
    }

    /// A repair that somebody should look at.
    #[must_use]
    pub(crate) fn not_safe(
        message: impl Into<Words>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        Self::new(Applicability::Unsafe, message, edits)
    }

    /// The same with masks in its words, without its edits where one of them quotes the payload.
    pub(super) fn redacted(&self, masked: impl Fn(&Words) -> Words) -> Self {
        let withheld = self.edits.iter().any(|edit| edit.quotes);
        Self {
            applicability: self.applicability,
            message: masked(&self.message),
            edits: if withheld {
                Vec::new()
            } else {
                self.edits.clone()
            },
        }
    }

    /// Moves every edit.
    pub(super) fn move_spans(&mut self, moved: impl Fn(Span) -> Span) {
        for edit in &mut self.edits {
            edit.span = moved(edit.span);
        }
    }

    /// Bytes of memory that it takes.
    pub(super) fn size(&self) -> usize {
        let edits: usize = self.edits.iter().map(Edit::held).sum();
        size_of_val(self) + self.message.len() + edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::{quoted, words};

    #[test]
    fn what_quotes_the_payload_is_withheld() {
        let span = Span::new(1, 3);
        let masked = |words: &Words| words.masked(|_| false);
        let own = Fix::safe("write `id`", [Edit::replace(span, "\"id\"")]);
        assert_eq!(own.redacted(masked), own);
        let message = words!("write {}", quoted("Anna"));
        let quoting = Fix::safe(
            message,
            [
                Edit::delete(Span::new(7, 8)),
                Edit::rewrite(span, "\"Anna\""),
            ],
        );
        assert_eq!(quoting.edits[0].span, span, "in order of place");
        let hidden = quoting.redacted(masked);
        assert_eq!(hidden.edits, []);
        assert_eq!(hidden.message, "write `‹text, 4 characters›`");
        assert_eq!(hidden.applicability, Applicability::Safe);
    }
}

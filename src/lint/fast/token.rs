//! A scalar as it was written, met again by comparing.

use crate::json::{Node, Scalar};
use crate::text::bytes::Expected;

/// A scalar as it was written.
#[derive(Debug, Clone)]
pub(super) struct Token {
    text: Expected,
    /// Of the text, were it at offset 0.
    scalar: Scalar,
}

impl Token {
    pub(super) fn of(value: Node<'_>) -> Option<Self> {
        let text = value.raw().as_bytes();
        let scalar = Scalar::read(text, 0)?;
        let text = Expected::new(text);
        Some(Self { text, scalar })
    }

    /// Reads it again.
    #[inline]
    pub(super) fn read(&self, bytes: &[u8], at: usize) -> Option<Scalar> {
        let stands = self.text.stands_at(bytes, at);
        stands.then(|| self.scalar.shifted(at))
    }
}

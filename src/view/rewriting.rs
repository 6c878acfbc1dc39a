//! From a value to the edits that make it another one.
//!
//! Owns which of them are said to identify nobody. Knows nothing of why a value is to be another.

use crate::diagnostic::Edit;
use crate::json::Node;

/// The edits that make the token of a value `to`, another token. `shown`: it certainly identifies
/// nobody.
pub(crate) fn edits(value: Node<'_>, to: &str, shown: bool) -> Vec<Edit> {
    let changes = value.respelling(to).into_iter();
    let edits = changes.map(|(span, text)| {
        // What only parts or encloses what was there tells nothing of it.
        if shown || text.bytes().all(|byte| byte.is_ascii_punctuation()) {
            Edit::replace(span, text)
        } else {
            Edit::rewrite(span, text)
        }
    });
    edits.collect()
}

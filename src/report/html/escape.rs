//! Text in HTML.

use crate::report::sanitize;

/// Text for an element or a quoted attribute.
pub(super) fn escape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for c in sanitize::text(raw).chars() {
        push_escaped(c, &mut text);
    }
    text
}

pub(super) fn push_escaped(c: char, text: &mut String) {
    match c {
        '&' => text.push_str("&amp;"),
        '<' => text.push_str("&lt;"),
        '>' => text.push_str("&gt;"),
        '"' => text.push_str("&quot;"),
        '\'' => text.push_str("&#39;"),
        c => text.push(c),
    }
}

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

/// A sentence for an element: what stands in back-quotes is code. An empty pair stays as it is, since
/// nobody sees empty code; so does a quote without another.
pub(super) fn prose(raw: &str) -> String {
    let raw = sanitize::text(raw);
    let mut html = String::with_capacity(raw.len());
    let mut rest = &*raw;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else {
            break;
        };
        push_all(before, &mut html);
        if code.is_empty() {
            html.push_str("``");
        } else {
            html.push_str("<code>");
            push_all(code, &mut html);
            html.push_str("</code>");
        }
        rest = after;
    }
    push_all(rest, &mut html);
    html
}

fn push_all(safe: &str, html: &mut String) {
    safe.chars().for_each(|c| push_escaped(c, html));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_quotes_are_code() {
        for (raw, html) in [
            ("plain", "plain"),
            ("write `null`", "write <code>null</code>"),
            ("`a` or `<b>`", "<code>a</code> or <code>&lt;b&gt;</code>"),
            ("`` is empty", "`` is empty"),
            ("a ` alone", "a ` alone"),
            ("`a` and ` alone", "<code>a</code> and ` alone"),
            ("`a\u{202e}`", "<code>a\\u{202e}</code>"),
            ("#`#vso[`", "#<code>#vso[</code>"),
        ] {
            assert_eq!(prose(raw), html);
        }
    }
}

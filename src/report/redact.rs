//! Identifying values kept out of reports.
//!
//! Owns finding the values of given members in a text, whether or not it is JSON, and taking them
//! out of excerpts and messages. Which members identify a person or device is told from outside.

use memchr::memmem;

use crate::diagnostic::Diagnostic;
use crate::json::Span;
use crate::quote::quote;

/// What a message shows instead of a value.
const REDACTED: &str = "redacted";
/// A value of so many characters is looked for in messages outside of backticks too.
const LONG: usize = 4;

/// The identifying values of one text.
#[derive(Debug, Default)]
pub struct Redaction {
    spans: Vec<Span>,
    /// Longest first, so that a value that holds another goes first.
    values: Vec<String>,
}

impl Redaction {
    /// Finds the values of the members with these names, wherever they stand. Escapes in names are
    /// not resolved.
    #[must_use]
    pub fn new(text: &str, names: &[&str]) -> Self {
        let mut spans: Vec<Span> = names
            .iter()
            .flat_map(|name| values_of(text, name))
            .collect();
        spans.sort();
        let mut values: Vec<String> = spans
            .iter()
            .map(|span| value(&text[span.start..span.end]))
            .collect();
        values.retain(|value| !value.is_empty());
        values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        values.dedup();
        Self { spans, values }
    }

    /// The text with the values masked, each character by one of as many bytes: every position
    /// stays what it was. For excerpts.
    #[must_use]
    pub fn mask(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut end = 0;
        for span in &self.spans {
            masked.push_str(&text[end..span.start.max(end)]);
            masked.extend(
                text[span.start.max(end)..span.end.max(end)]
                    .chars()
                    .map(mask),
            );
            end = end.max(span.end);
        }
        masked.push_str(&text[end..]);
        masked
    }

    /// Takes the values out of a finding's words.
    pub fn apply(&self, diagnostic: &mut Diagnostic) {
        let words = std::iter::once(&mut diagnostic.message)
            .chain(&mut diagnostic.help)
            .chain(diagnostic.labels.iter_mut().map(|label| &mut label.message));
        for text in words {
            for value in &self.values {
                *text = without(text, value);
            }
        }
    }
}

fn without(text: &str, value: &str) -> String {
    let text = text.replace(&quote(value), &quote(REDACTED));
    if value.chars().count() < LONG {
        return text;
    }
    text.replace(value, REDACTED)
}

/// A visible character of as many bytes; quotes stay, so that a string is seen to be one.
const fn mask(c: char) -> char {
    match (c, c.len_utf8()) {
        ('"' | '\'', _) => c,
        (_, 1) => '*',
        (_, 2) => '\u{D7}',
        (_, 3) => '\u{2217}',
        _ => '\u{1F7BC}',
    }
}

/// The value that a JSON token stands for, or the token where it is none.
fn value(token: &str) -> String {
    serde_json::from_str::<String>(token)
        .unwrap_or_else(|_| token.trim_matches(['"', '\'']).to_owned())
}

/// The spans of what follows `"name":`.
fn values_of(text: &str, name: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), name) {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let Some(quote) = before
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''))
        else {
            continue;
        };
        let token = after
            .strip_prefix(quote)
            .and_then(|rest| rest.trim_start().strip_prefix(':'))
            .map(str::trim_start);
        if let Some(token) = token {
            let start = text.len() - token.len();
            spans.push(Span::new(start, start + token_length(token)));
        }
    }
    spans
}

/// Bytes of the token that `text` begins with: a string to its closing quote or the line's end,
/// anything else to where a value may end. Objects and arrays are left as they are.
fn token_length(text: &str) -> usize {
    match text.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => {
            let mut escaped = false;
            let closing = text.bytes().skip(1).position(|byte| {
                let ends = byte == b'\n' || (byte == quote && !escaped);
                escaped = byte == b'\\' && !escaped;
                ends
            });
            closing.map_or(text.len(), |at| {
                at + 1 + usize::from(text.as_bytes()[at + 1] == quote)
            })
        }
        Some(b'{' | b'[') | None => 0,
        Some(_) => text
            .find([',', '}', ']', '\n', '\r', ' ', '\t'])
            .unwrap_or(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn masks_keep_every_position() {
        let table = [
            (
                r#"{"upn": "a@b.c", "x": "a@b.c"}"#,
                r#"{"upn": "*****", "x": "a@b.c"}"#,
            ),
            (r#"{"upn":"é日😀"}"#, "{\"upn\":\"×∗\u{1F7BC}\"}"),
            (r#"{"upn" : "a\"b"}"#, r#"{"upn" : "**"*"}"#),
            (r#"{"upn": 12345}"#, r#"{"upn": *****}"#),
            (r#"{"upn": {"a": 1}}"#, r#"{"upn": {"a": 1}}"#),
            ("{'upn': 'ab', upn: 'c'}", "{'upn': '**', upn: 'c'}"),
            ("{\"upn\": \"ab\n  \"x\": 1}", "{\"upn\": \"**\n  \"x\": 1}"),
            (r#"["upn", "a"]"#, r#"["upn", "a"]"#),
            (
                r#"{"upn": "a", "serial": "b"}"#,
                r#"{"upn": "*", "serial": "*"}"#,
            ),
            (r#"{"upn":"#, r#"{"upn":"#),
        ];
        for (text, expected) in table {
            let masked = Redaction::new(text, &["upn", "serial"]).mask(text);
            assert_eq!(masked, expected);
            let boundaries = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(boundaries(&masked), boundaries(text));
        }
    }

    #[test]
    fn words_lose_the_values() {
        let text = r#"{"upn": "\u0061nna@contoso.com", "serial": "se"}"#;
        let redaction = Redaction::new(text, &["upn", "serial"]);
        let mut diagnostic = samples::report().files[1].diagnostics[1].diagnostic.clone();
        diagnostic.message = "upn is `anna@contoso.com`, serial is `se`".to_owned();
        diagnostic.help = Some("ask anna@contoso.com to reset it".to_owned());
        diagnostic.labels[0].message = "not `anna@contoso.com`".to_owned();
        redaction.apply(&mut diagnostic);
        assert_eq!(
            diagnostic.message,
            "upn is `redacted`, serial is `redacted`"
        );
        assert_eq!(diagnostic.help.as_deref(), Some("ask redacted to reset it"));
        assert_eq!(diagnostic.labels[0].message, "not `redacted`");
    }

    #[test]
    fn long_values_are_found_as_messages_cut_them() {
        let long = "x".repeat(500);
        let text = format!("{{\"upn\": \"{long}\"}}");
        let mut diagnostic = samples::report().files[1].diagnostics[1].diagnostic.clone();
        diagnostic.message = format!("upn is {}", quote(&long));
        Redaction::new(&text, &["upn"]).apply(&mut diagnostic);
        assert_eq!(diagnostic.message, "upn is `redacted`");
    }
}

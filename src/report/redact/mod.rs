//! Identifying values kept out of reports.
//!
//! Owns taking the values of members that identify a person or device out of words and excerpts,
//! whether or not the text is JSON, and wherever else in them a value comes again. Knows nothing
//! of rules and formats: what was found, and its fingerprint, stays the same.

mod names;
mod scan;
mod values;

pub use names::Identifying;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Located};
use crate::json::Span;
use crate::text::quote::quote;

use values::Values;

/// What words show instead of a value.
const REDACTED: &str = "redacted";
/// Bytes on either side of a finding that its excerpt can show of a long line.
const NEAR: usize = 1024;

/// The identifying values of one text.
#[derive(Debug, Default)]
pub struct Redaction {
    /// Where they stand, in order.
    spans: Vec<Span>,
    values: Values,
}

impl Redaction {
    /// Finds the values of the members that identify, wherever they stand.
    #[must_use]
    pub fn new(text: &[u8], names: &Identifying) -> Self {
        // UTF-16 and UTF-32, of which nothing else here can read a name.
        if memchr::memchr(0, text).is_some() {
            return Self {
                spans: vec![Span::new(0, text.len())],
                values: Values::default(),
            };
        }
        let spans = scan::values(text, names);
        Self {
            values: Values::of(text, &spans),
            spans,
        }
    }

    /// The text for excerpts around these findings: each letter or digit of a value becomes a
    /// character of as many bytes, so that every position stays what it was.
    #[must_use]
    pub fn mask(&self, text: &[u8], findings: &[Diagnostic]) -> Vec<u8> {
        let mut masked = text.to_vec();
        for span in &self.spans {
            mask(&mut masked[span.start..span.end]);
        }
        for finding in findings {
            let labels = finding.labels.iter().map(|label| label.span);
            for span in std::iter::once(finding.span).chain(labels) {
                let start = span.start.min(text.len());
                let near = start.saturating_sub(NEAR)..(start + NEAR).min(text.len());
                self.mask_again(&mut masked[near]);
            }
        }
        masked
    }

    /// Takes the values out of a finding's words, and out of the lines of its frame that
    /// [`Redaction::mask`] does not reach. Its spans are those of the text that was read.
    pub fn apply(&self, located: &mut Located) {
        let Located {
            diagnostic, frame, ..
        } = located;
        let own = self.value_at(diagnostic.span);
        let words = std::iter::once(&mut diagnostic.message)
            .chain(&mut diagnostic.help)
            .chain(diagnostic.labels.iter_mut().map(|label| &mut label.message))
            .chain(diagnostic.operands.iter_mut().map(|one| &mut one.name));
        for text in words {
            *text = self.values.replaced(text, REDACTED);
            if own {
                *text = without_quotations(text, self.values.ticked);
            }
        }
        for line in frame.iter_mut().flat_map(|frame| &mut frame.lines) {
            let mut text = std::mem::take(&mut line.text).into_bytes();
            self.mask_again(&mut text);
            line.text = String::from_utf8_lossy(&text).into_owned();
        }
    }

    /// Whether a span is that of a value, with or without its quotation marks, or within one.
    fn value_at(&self, span: Span) -> bool {
        let after = self.spans.partition_point(|value| value.end <= span.start);
        let value = self.spans.get(after);
        value.is_some_and(|value| value.start <= span.start + 1)
    }

    /// Masks the values that come again in a text, as those of other members.
    fn mask_again(&self, text: &mut [u8]) {
        for range in self.values.find(text) {
            mask(&mut text[range]);
        }
    }
}

/// Masks letters and digits, each by a visible character of as many bytes. What is left shows
/// what kind of value it is: its quotes, and the signs between the parts.
fn mask(text: &mut [u8]) {
    let mut masks: Vec<(Range<usize>, char)> = Vec::new();
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        for (start, c) in chunk.valid().char_indices() {
            let start = at + start;
            let range = start..start + c.len_utf8();
            masks.extend(mask_of(c).map(|mask| (range, mask)));
        }
        at += chunk.valid().len() + chunk.invalid().len();
    }
    for (range, mask) in masks {
        mask.encode_utf8(&mut text[range]);
    }
}

const fn mask_of(c: char) -> Option<char> {
    match c.len_utf8() {
        1 if c.is_ascii_alphanumeric() => Some('*'),
        1 => None,
        2 => Some('\u{D7}'),
        3 => Some('\u{2217}'),
        _ => Some('\u{1F7BC}'),
    }
}

/// The words about an identifying value quote it, or what it should be: a text without what
/// stands in backticks. Where a value has some of its own (`ticked`), nobody can say where it
/// ends.
fn without_quotations(text: &str, ticked: bool) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let [before, .., after] = parts.as_slice() else {
        return text.to_owned();
    };
    if ticked || parts.len().is_multiple_of(2) {
        return format!("{before}{}{after}", quote(REDACTED));
    }
    let kept: Vec<&str> = parts.into_iter().step_by(2).collect();
    kept.join(&quote(REDACTED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::locate;
    use crate::model::table;
    use crate::report::samples;
    use crate::source::LineIndex;

    fn redaction(text: &[u8]) -> Redaction {
        Redaction::new(text, &Identifying::of(&table::autopilot_event()))
    }

    #[test]
    fn masks_keep_every_position() {
        let table = [
            (
                r#"{"userId": "a@b.c", "x": 1}"#,
                r#"{"userId": "*@*.*", "x": 1}"#,
            ),
            (r#"{"userId":"é日😀"}"#, "{\"userId\":\"×∗\u{1F7BC}\"}"),
            (r#"{"userId" : "a\"b"}"#, r#"{"userId" : "*\"*"}"#),
            (r#"{"userId": 12345}"#, r#"{"userId": *****}"#),
            (
                r#"{"userId": null, "id": true}"#,
                r#"{"userId": null, "id": true}"#,
            ),
            // Escapes, in names and in values.
            (
                r#"{"\u0075serI\u0064": "\u0061nna"}"#,
                r#"{"\u0075serI\u0064": "\********"}"#,
            ),
            // What a payload makes of the name.
            (
                r#"{"UserPrincipalName": "x"}"#,
                r#"{"UserPrincipalName": "*"}"#,
            ),
            (
                r#"{"userPrincpalName": "x"}"#,
                r#"{"userPrincpalName": "*"}"#,
            ),
            (r#"{"serial_number": "x"}"#, r#"{"serial_number": "x"}"#),
            (
                r#"{"device_serial_number": "x"}"#,
                r#"{"device_serial_number": "*"}"#,
            ),
            // Values in the place of one.
            (
                r#"{"userId": ["ab", {"v": ["c"]}, 7], "x": "d"}"#,
                r#"{"userId": ["**", {"*": ["*"]}, *], "x": "d"}"#,
            ),
            // No JSON.
            ("{'userId': 'ab', userId: c}", "{'userId': '**', userId: *}"),
            ("{\"userId\" \"ab\"}", "{\"userId\" \"**\"}"),
            ("{\"userId\"= \"ab\"}", "{\"userId\"= \"**\"}"),
            (
                "{\"a\": \"b, \"userId\": \"cd\"}",
                "{\"a\": \"b, \"userId\": \"**\"}",
            ),
            (
                "{\"userId\": \"ab,\n  \"x\": 1}",
                "{\"userId\": \"**,\n  \"x\": 1}",
            ),
            (r#"{"userId":"#, r#"{"userId":"#),
            (r#"{"userId": [["a""#, r#"{"userId": [["*""#),
            (r#"["userId", "a"]"#, r#"["userId", "a"]"#),
            // JSON in a string, and a text that speaks of the member.
            (
                r#"{"x": "{\"userId\":\"ab\",\"y\":\"c\"}"}"#,
                r#"{"x": "{\"userId\":\"**\",\"y\":\"c\"}"}"#,
            ),
            (r#"{"x": "userId=ab, y"}"#, r#"{"x": "userId=**, y"}"#),
        ];
        for (text, expected) in table {
            let masked = redaction(text.as_bytes()).mask(text.as_bytes(), &[]);
            let masked = String::from_utf8(masked).expect("as before");
            assert_eq!(masked, expected);
            let boundaries = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(boundaries(&masked), boundaries(text));
        }
    }

    #[test]
    fn texts_that_are_not_utf_8_are_masked() {
        let latin = b"{\"x\": \"\xe9\", \"userId\": \"b\xe9b\"}";
        let masked = redaction(latin).mask(latin, &[]);
        assert_eq!(masked, b"{\"x\": \"\xe9\", \"userId\": \"*\xe9*\"}");
        let utf_16 = b"\xff\xfe{\0\"\0u\0";
        assert_eq!(redaction(utf_16).mask(utf_16, &[]), b"\xff\xfe{\0\"\0*\0");
    }

    /// A finding at the first `at`, with these words.
    fn finding(text: &str, at: &str, message: &str) -> Diagnostic {
        let mut diagnostic = samples::report().files[1].diagnostics[1].diagnostic.clone();
        diagnostic.span = samples::span(text, at);
        diagnostic.labels[0].span = diagnostic.span;
        diagnostic.message = message.to_owned();
        diagnostic
    }

    fn redacted(text: &str, diagnostic: Diagnostic) -> Located {
        let redaction = redaction(text.as_bytes());
        let masked = redaction.mask(text.as_bytes(), std::slice::from_ref(&diagnostic));
        let mut located = locate(diagnostic, &LineIndex::new(&masked), true);
        redaction.apply(&mut located);
        located
    }

    #[test]
    fn words_lose_the_values() {
        let text = r#"{"userId": "\u0061nna@contoso.com", "id": "se", "x": 1}"#;
        let table = [
            (
                "userId is `anna@contoso.com`, id is `se`",
                "userId is `redacted`, id is `redacted`",
            ),
            (
                "ask Anna@contoso.COM to reset it",
                "ask redacted to reset it",
            ),
            (r"\u0061nna@contoso.com", "redacted"),
            ("set it", "set it"),
        ];
        for (message, expected) in table {
            let mut diagnostic = finding(text, "1", message);
            diagnostic.help = Some(message.to_owned());
            diagnostic.labels[0].message = message.to_owned();
            diagnostic.operands[0].name = message.to_owned();
            let Diagnostic {
                message,
                help,
                labels,
                operands,
                ..
            } = redacted(text, diagnostic).diagnostic;
            assert_eq!(message, expected);
            assert_eq!(help.as_deref(), Some(expected));
            assert_eq!(labels[0].message, expected);
            assert_eq!(operands[0].name, expected);
        }
    }

    #[test]
    fn what_a_value_should_be_is_one_too() {
        let text = r#"{"deviceId": "{3e455cab}", "x": 1}"#;
        let message = "deviceId `{3e455cab}` is not a GUID: write `3e455cab-0`";
        let shown = redacted(text, finding(text, "\"{3e", message))
            .diagnostic
            .message;
        assert_eq!(shown, "deviceId `redacted` is not a GUID: write `redacted`");
        let elsewhere = redacted(text, finding(text, "1", "x is `1`"));
        assert_eq!(elsewhere.diagnostic.message, "x is `1`");
        let text = r#"{"deviceId": "a`b`c`", "x": 1}"#;
        let shown = redacted(text, finding(text, "a`b", "not `a`b``, but `a``b` here"));
        assert_eq!(shown.diagnostic.message, "not `redacted` here");
    }

    #[test]
    fn long_values_are_found_as_messages_cut_them() {
        let long = "x".repeat(500);
        let text = format!("{{\"userId\": \"{long}\", \"y\": 1}}");
        let message = format!("userId is {}", quote(&long));
        let shown = redacted(&text, finding(&text, "1", &message));
        assert_eq!(shown.diagnostic.message, "userId is `redacted…`");
    }

    #[test]
    fn words_of_the_language_are_left_in_other_words() {
        let text = r#"{"managedDeviceName": "device", "x": 1}"#;
        let shown = redacted(text, finding(text, "1", "deviceId of `device`"));
        assert_eq!(shown.diagnostic.message, "deviceId of `redacted`");
    }

    #[test]
    fn a_value_that_comes_again_is_masked_in_every_line_of_the_frame() {
        let lines = [
            r#"  "enrollmentFailureDetails": "Anna@Contoso.com failed on LT-7741","#,
            r#"  "x": ["C:\\Users\\\u0061nna@contoso.com", "\\nanna@contoso.com"],"#,
            r#"  "userPrincipalName": "anna@contoso.com", "managedDeviceName": "LT-7741""#,
        ];
        for pad in ["", &" ".repeat(3 * NEAR)] {
            let text = lines.join("\n");
            let text = text.replacen("[\"", &format!("[\"{pad}"), 1);
            for at in ["Users", "\\nanna"] {
                let frame = redacted(&text, finding(&text, at, "")).frame;
                let shown = format!("{frame:?}").to_ascii_lowercase();
                assert!(shown.contains("\"****") || shown.contains("*@*"), "{shown}");
                for secret in ["anna", "nna", "contoso", "7741"] {
                    assert!(!shown.contains(secret), "{secret}: {shown}");
                }
            }
        }
    }

    #[test]
    fn hostile_texts_cost_no_more_than_others() {
        let started = std::time::Instant::now();
        for part in [
            "\"id\":[",
            "\"id\":\"\\\"id\\\":",
            "id:",
            "\"id\":{",
            "\"id\"    ",
            "\\\"",
        ] {
            let text = part.repeat(100_000);
            let redaction = redaction(text.as_bytes());
            assert_eq!(redaction.mask(text.as_bytes(), &[]).len(), text.len());
        }
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}

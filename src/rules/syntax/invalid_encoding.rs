//! Bytes that are not UTF-8.

use crate::diagnostic::{Category, Diagnostic, Edit, Example, Fix, Rule, Severity};
use crate::foreign::Recognised;
use crate::json::{self, LONGEST_MENDED, Span, Tape};
use crate::rules::{Check, Declaration};
use crate::text::wide;
use crate::text::words::{Words, ours, words};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "invalid-encoding",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "text that is not UTF-8",
        why: "JSON is exchanged as UTF-8. Redirecting output in Windows PowerShell writes UTF-16, \
            and older editors save in a legacy code page; no Graph client can read either.",
        source: "RFC 8259 section 8.1",
        bad: &[
            Example::bytes(b"{\"managedDeviceName\": \"B\xe2\x9f\xa6\xfc\xe2\x9f\xa7RO-7\"}"),
            Example::bytes(b"\xe2\x9f\xa6\xff\xfe\xe2\x9f\xa7{\0\"\0i\0d\0\"\0:\0\"\0\"\0}\0")
                .fixed_unsafely(r#"{"id":""}"#),
        ],
        good: &[Example::new(r#"{"managedDeviceName": "BÜRO-7"}"#)],
    },
    checks: &[Check::Reader],
};

/// `bytes` as text.
///
/// # Errors
/// The finding, at the first byte that is not UTF-8; for UTF-16 and UTF-32 at their byte order
/// mark, or at the first character where they have none.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if let Some(wide) = wide::encoding(bytes) {
        let message = words!("the text is {}, not UTF-8", wide.name);
        let span = Span::new(0, wide.sign);
        let help =
            "save it as UTF-8; in Windows PowerShell, write it with `Out-File -Encoding utf8`";
        return Err(finding(span, message, help));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = error
            .error_len()
            .map_or(bytes.len(), |length| start + length);
        let sequence = &bytes[start..end];
        let bytes = format!("{sequence:02X?}");
        let message = words!("not UTF-8: the bytes {} are no character", ours(&bytes));
        finding(Span::new(start, end), message, "save the file as UTF-8")
    })
}

/// What makes UTF-8 of a text in UTF-16 or UTF-32 that is JSON, or can be made so. `tape` is
/// written over.
pub(crate) fn fix(bytes: &[u8], tape: &mut Tape) -> Option<Fix> {
    if bytes.len() > LONGEST_MENDED {
        return None;
    }
    let text = wide::encoding(bytes)?.decode(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let is_json = json::parse(text, tape).is_ok() || json::repair(text, tape).is_some();
    let edit = Edit::rewrite(Span::new(0, bytes.len()), text);
    is_json.then(|| Fix::not_safe("write it in UTF-8", [edit]))
}

/// The finding for bytes that are no text in UTF-8 because they are something else.
pub(crate) fn foreign(recognised: Recognised) -> Box<Diagnostic> {
    let Recognised { span, what } = recognised;
    finding(span, what.words(), what.cure)
}

fn finding(span: Span, message: Words, help: &'static str) -> Box<Diagnostic> {
    Box::new(Diagnostic {
        help: Some(help.into()),
        ..Diagnostic::of_text(&RULE.rule, span, message)
    })
}

#[cfg(test)]
mod tests {
    use crate::fixer::hold::hold;
    use crate::lint::Options;

    fn wide(text: &str, big_endian: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if big_endian {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_becomes_utf_8_where_it_is_json() {
        const TEXT: &str = "{\"managedDeviceName\": \"B\u{dc}RO \u{1f600}\",\r\n \"deploymentState\": \"success\"}\r\n";
        for big_endian in [false, true] {
            let bytes = wide(TEXT, big_endian);
            let left = String::from_utf8_lossy(&bytes).into_owned();
            hold(&Options::default(), &[(&bytes, &left, TEXT)]);
            let bytes = wide(&format!("\u{feff}{TEXT}"), big_endian);
            let left = String::from_utf8_lossy(&bytes).into_owned();
            hold(&Options::default(), &[(&bytes, &left, TEXT)]);
            // Then it is mended further.
            let bytes = wide(r#"{"deploymentState": 'success',}"#, big_endian);
            let left = String::from_utf8_lossy(&bytes).into_owned();
            let mended = r#"{"deploymentState": "success"}"#;
            hold(&Options::default(), &[(&bytes, &left, mended)]);
            // It is no JSON, or not all of it is text.
            for text in ["<html></html>", "{} {}", "{\"a\": 1"] {
                let bytes = wide(text, big_endian);
                let left = String::from_utf8_lossy(&bytes).into_owned();
                hold(&Options::default(), &[(&bytes, &left, &left)]);
            }
            let bytes = [wide("{\"a\": 1}", big_endian), vec![0x20]].concat();
            let left = String::from_utf8_lossy(&bytes).into_owned();
            hold(&Options::default(), &[(&bytes, &left, &left)]);
        }
    }
}

//! The payloads that a page shows: requests, responses, the JSON representation.
//!
//! Finds them and says where they stand, byte for byte; judges nothing.

use serde_json::Value;

use super::layout::{Fence, Layout};

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SampleKind {
    /// The body of a request.
    Request,
    /// The body of a response.
    Response,
    /// The skeleton of a resource page: right names, type words for values.
    Representation,
}

/// A JSON text in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<'a> {
    /// What it shows.
    pub kind: SampleKind,
    /// The body, from its first bracket to the last; not necessarily JSON.
    pub text: &'a str,
    /// Line of its first character in the page, from 1.
    pub line: usize,
    /// Column of its first character, from 1; only blanks stand before it.
    pub column: usize,
    /// Byte of its first character in the page.
    pub offset: usize,
    /// Request or status line and header fields before the body; empty where the page shows none.
    pub head: &'a str,
}

impl Sample<'_> {
    /// The text as JSON, where it is JSON. Values in the envelope of a collection or of the
    /// documentation's own (`{"value": …}`) are taken out of it.
    #[must_use]
    pub fn payload(&self) -> Option<Value> {
        let value: Value = serde_json::from_str(self.text).ok()?;
        Some(unwrap(value))
    }
}

/// The samples of a page, in its order. Fences without a JSON body are left out.
#[must_use]
pub fn samples(markdown: &str) -> Vec<Sample<'_>> {
    in_layout(&Layout::of(markdown))
}

pub(super) fn in_layout<'a>(layout: &Layout<'a>) -> Vec<Sample<'a>> {
    let mut samples = Vec::new();
    for fence in &layout.fences {
        in_fence(layout, fence, &mut samples);
    }
    samples
}

/// A fence may hold several exchanges one after the other.
fn in_fence<'a>(layout: &Layout<'a>, fence: &Fence<'a>, samples: &mut Vec<Sample<'a>>) {
    let mut start = fence.body.start;
    while let Some(body) = body_start(&layout.markdown[start..fence.body.end]) {
        let head = layout.markdown[start..start + body].trim();
        let offset = start + body;
        let rest = &layout.markdown[offset..fence.body.end];
        let text = &rest[..first_value(rest)];
        let Some(kind) = kind(layout, fence, head) else {
            return;
        };
        samples.push(Sample {
            kind,
            text,
            line: layout.line_of(offset),
            column: layout.column_of(offset),
            offset,
            head,
        });
        start = offset + text.len();
    }
}

/// First line that opens an object or an array.
fn body_start(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with(['{', '[']) {
            return Some(offset + indent);
        }
        offset += line.len();
    }
    None
}

/// Length of the first JSON value, or of everything where it is not JSON.
fn first_value(text: &str) -> usize {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => values.byte_offset(),
        _ => text.trim_end().len(),
    }
}

fn kind(layout: &Layout<'_>, fence: &Fence<'_>, head: &str) -> Option<SampleKind> {
    let noted = |word: &str| {
        fence
            .note
            .is_some_and(|note| block_type(note) == Some(word))
    };
    let section = fence.section.map(|at| layout.sections[at].slug.as_str());
    if head.starts_with("HTTP/") || noted("response") {
        return Some(SampleKind::Response);
    }
    if !head.is_empty() || noted("request") {
        return Some(SampleKind::Request);
    }
    match section? {
        "json-representation" | "properties" => Some(SampleKind::Representation),
        slug if slug.starts_with("response") => Some(SampleKind::Response),
        slug if slug.starts_with("request") => Some(SampleKind::Request),
        _ if noted("resource") => Some(SampleKind::Representation),
        _ => None,
    }
}

/// `blockType` of the comment that the documentation's tools read.
fn block_type(note: &str) -> Option<&str> {
    let (_, rest) = note.split_once("\"blockType\"")?;
    rest.split('"').nth(1)
}

fn unwrap(value: Value) -> Value {
    let Value::Object(mut object) = value else {
        return value;
    };
    let enveloped = object
        .keys()
        .all(|name| name == "value" || name.starts_with('@') && name != "@odata.type");
    match object.get_mut("value") {
        Some(inner @ Value::Object(_)) if enveloped => inner.take(),
        Some(Value::Array(items)) if enveloped && items.first().is_some_and(Value::is_object) => {
            items.remove(0)
        }
        _ => Value::Object(object),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# x\n### Request\n``` http\nPOST /x\nContent-length: 9\n\n{\n \"a\": 1\n}\n```\n\
        ### Response\n``` http\nHTTP/1.1 201 Created\n\n[ ]\n```\n\
        ## JSON Representation\n<!-- {\"blockType\": \"resource\"} -->\n``` json\n  {\"a\": \"String\"}\n```\n\
        ## Other\n``` json\n{}\n```\n``` http\nGET /x\n```\n";

    #[test]
    fn kinds_and_places() {
        let seen: Vec<_> = samples(PAGE)
            .iter()
            .map(|one| {
                assert!(PAGE[one.offset..].starts_with(one.text));
                (one.kind, one.text, one.line, one.column)
            })
            .collect();
        let expected = [
            (SampleKind::Request, "{\n \"a\": 1\n}", 7, 1),
            (SampleKind::Response, "[ ]", 15, 1),
            (SampleKind::Representation, "{\"a\": \"String\"}", 20, 3),
        ];
        assert_eq!(seen, expected);
        assert_eq!(samples(PAGE)[0].head, "POST /x\nContent-length: 9");
    }

    #[test]
    fn several_exchanges_in_a_fence_and_bodies_that_are_not_json() {
        let two = "# x\n``` http\nPATCH /a\n\n{\"a\": 1}\n\nPATCH /b\n\n{\"b\": 2}\n```\n";
        let texts = |page: &'static str| -> Vec<_> {
            samples(page)
                .iter()
                .map(|one| (one.head, one.text))
                .collect()
        };
        assert_eq!(
            texts(two),
            [("PATCH /a", "{\"a\": 1}"), ("PATCH /b", "{\"b\": 2}")]
        );
        let broken = "# x\n``` http\nPOST /a\n\n{\"a\": 1,}\n \n```\n";
        assert_eq!(texts(broken), [("POST /a", "{\"a\": 1,}")]);
        let bare = "# x\n## Request\n<!-- {\"blockType\": \"request\"} -->\n```json\n{}\n```\n";
        assert_eq!(texts(bare), [("", "{}")]);
        let crlf = "# x\r\n``` http\r\nPOST /a\r\n\r\n{\r\n}\r\n```\r\n";
        assert_eq!(texts(crlf), [("POST /a", "{\r\n}")]);
    }

    #[test]
    fn payloads_out_of_their_envelope() {
        let cases = [
            (r#"{"a": 1}"#, r#"{"a":1}"#),
            (r#"{"value": {"a": 1}}"#, r#"{"a":1}"#),
            (
                r#"{"@odata.context": "x", "value": [{"a": 1}, {}]}"#,
                r#"{"a":1}"#,
            ),
            (
                r#"{"@odata.type": "x", "value": {"a": 1}}"#,
                r#"{"@odata.type":"x","value":{"a":1}}"#,
            ),
            (r#"{"value": true}"#, r#"{"value":true}"#),
            (r#"{"value": []}"#, r#"{"value":[]}"#),
        ];
        for (text, expected) in cases {
            let page = format!("# x\n## Response\n```\n{text}\n```\n");
            let payload = samples(&page)[0].payload().expect("JSON");
            assert_eq!(payload.to_string(), expected);
        }
    }
}

//! The JSON report as another program reads it, held against the files it speaks of.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::json::{Spot, spots};

/// A file's text in which places are looked up: the whole, or a line of JSON Lines.
#[derive(Debug)]
struct Part {
    range: Range<usize>,
    /// `None` where it is no JSON.
    spots: Option<HashMap<String, Vec<Spot>>>,
}

/// A checked file.
#[derive(Debug)]
pub(crate) struct Checked {
    bytes: Vec<u8>,
    parts: Vec<Part>,
}

impl Checked {
    pub(crate) fn new(name: &str, bytes: Vec<u8>) -> Self {
        let whole = 0..bytes.len();
        let extension = Path::new(name).extension();
        let ranges = if extension.is_some_and(|name| name == "jsonl" || name == "ndjson") {
            lines(&bytes)
        } else {
            vec![whole]
        };
        let parts = ranges.into_iter().map(|range| Part {
            spots: places(&bytes[range.clone()]),
            range,
        });
        Self {
            parts: parts.collect(),
            bytes,
        }
    }

    /// Whether a pointer leads to a token that is, or opens at, this range.
    fn leads_to(&self, pointer: &str, range: &Range<usize>) -> bool {
        let holds = |part: &&Part| part.range.start <= range.start && range.end <= part.range.end;
        let part = self.parts.iter().find(holds).expect("a part of the file");
        let base = part.range.start;
        let found = part.spots.as_ref().and_then(|spots| spots.get(pointer));
        found.into_iter().flatten().any(|spot| {
            let at = |token: &Range<usize>| token.start + base..token.end + base;
            let value = at(&spot.value);
            let opening = value.start..value.start + 1;
            let opens = b"{[".contains(&self.bytes[value.start]);
            *range == value
                || opens && *range == opening
                || spot.name.as_ref().map(at).as_ref() == Some(range)
        })
    }

    /// Line and column of a byte, counted from the begin of the file.
    fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.bytes[..offset];
        let line = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let mark = "\u{feff}".as_bytes();
        let on_line = &before[line..];
        let on_line = match line {
            0 => on_line.strip_prefix(mark).unwrap_or(on_line),
            _ => on_line,
        };
        let columns = String::from_utf8_lossy(on_line).chars().count();
        (before.split(|byte| *byte == b'\n').count(), columns + 1)
    }
}

fn lines(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &[u8]| {
        let range = start..start + line.len();
        start = range.end;
        range
    };
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(line)
        .collect()
}

/// The values of a text by their pointers; `None` where it is no JSON.
fn places(bytes: &[u8]) -> Option<HashMap<String, Vec<Spot>>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<Value>(bare).ok()?;
    let mut places: HashMap<String, Vec<Spot>> = HashMap::new();
    for spot in spots(text) {
        places.entry(spot.pointer.clone()).or_default().push(spot);
    }
    Some(places)
}

/// Rules that speak of the text and not of a value in it.
const OF_TEXT: [&str; 5] = [
    "byte-order-mark",
    "invalid-encoding",
    "json-syntax",
    "lone-surrogate",
    "nesting-too-deep",
];

/// What is wrong with a report, one line each.
pub(crate) fn faults(report: &Value, files: &HashMap<String, Checked>) -> Vec<String> {
    let mut faults = Vec::new();
    let diagnostics = report["diagnostics"].as_array().expect("an array");
    for diagnostic in diagnostics {
        let file = &files[text(&diagnostic["file"])];
        let mut complain = |what: &str| faults.push(format!("{what}: {diagnostic}"));
        for place in places_of(diagnostic) {
            let range = offsets(&place["range"]);
            for (end, offset) in [("start", range.start), ("end", range.end)] {
                let end = &place["range"][end];
                let told = (number(&end["line"]), number(&end["column"]));
                if told != file.position(offset) {
                    complain("line or column");
                }
            }
            let of_text = OF_TEXT.contains(&text(&diagnostic["rule"]));
            let pointer = text(&place["pointer"]);
            if of_text && !pointer.is_empty() || !of_text && !file.leads_to(pointer, &range) {
                complain("the pointer does not lead to the span");
            }
        }
        let payload = diagnostic["payload"].as_str().unwrap_or_default();
        if !text(&diagnostic["pointer"]).starts_with(payload) {
            complain("not within its payload");
        }
    }
    faults.extend(disorder(diagnostics));
    faults.extend(repeated_fingerprints(diagnostics));
    faults.extend(miscount(report));
    faults
}

/// The diagnostic and its labels.
fn places_of(diagnostic: &Value) -> impl Iterator<Item = &Value> {
    let labels = diagnostic["labels"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    std::iter::once(diagnostic).chain(labels)
}

fn disorder(diagnostics: &[Value]) -> Option<String> {
    let key = |diagnostic: &Value| {
        let start = number(&diagnostic["range"]["start"]["offset"]);
        let [file, rule] = ["file", "rule"].map(|name| text(&diagnostic[name]).to_owned());
        (file, start, rule)
    };
    let pair = diagnostics
        .windows(2)
        .find(|pair| key(&pair[0]) > key(&pair[1]))?;
    Some(format!("not in order: {} {}", pair[0], pair[1]))
}

fn repeated_fingerprints(diagnostics: &[Value]) -> Option<String> {
    let mut seen = HashMap::new();
    diagnostics.iter().find_map(|diagnostic| {
        let before = seen.insert(text(&diagnostic["fingerprint"]), diagnostic)?;
        Some(format!("one fingerprint: {before} {diagnostic}"))
    })
}

fn miscount(report: &Value) -> Option<String> {
    let diagnostics = report["diagnostics"].as_array()?;
    let of = |severity: &str| {
        let found = diagnostics.iter().filter(|one| one["severity"] == severity);
        found.count()
    };
    let told = ["errors", "warnings", "infos"].map(|name| number(&report["summary"][name]));
    let counted = ["error", "warning", "info"].map(of);
    (told != counted).then(|| format!("{told:?} told, {counted:?} there"))
}

pub(crate) fn offsets(range: &Value) -> Range<usize> {
    number(&range["start"]["offset"])..number(&range["end"]["offset"])
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

pub(crate) fn number(value: &Value) -> usize {
    let number = value.as_u64().expect("a number");
    usize::try_from(number).expect("a small number")
}

//! Names out of what translation cannot reach: the page's own JSON, anchors, file names.
//!
//! A machine translates property names and type names too; the JSON on the same page keeps them.
//! Nothing is guessed silently: each recovered name is noted with both readings, and a row whose
//! name cannot be told is an error.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::cell::{self, Link};
use super::layout::Layout;
use super::page::{Form, Note, Page, PageKind, Property, PropertyType};
use super::samples::{Sample, SampleKind};
use crate::model::{JsonType, TypeRef};

/// A member of the page's JSON.
pub(super) struct Key {
    name: String,
    value: Value,
    representation: bool,
}

/// The members of the sample that has most of them, in its order, annotations left out. What an
/// action answers is not what it takes.
pub(super) fn keys(page: &Page<'_>) -> Vec<Key> {
    let taken =
        |sample: &&Sample<'_>| page.kind != PageKind::Action || sample.kind == SampleKind::Request;
    let samples = page.samples.iter().filter(taken);
    let members = samples.filter_map(|sample| match sample.payload() {
        Some(Value::Object(object)) => Some((sample.kind, object)),
        _ => None,
    });
    let Some((kind, object)) = members.max_by_key(|(_, object)| object.len()) else {
        return Vec::new();
    };
    object
        .into_iter()
        .filter(|(name, _)| !name.contains('@'))
        .map(|(name, value)| Key {
            name,
            value,
            representation: kind == SampleKind::Representation,
        })
        .collect()
}

/// How the page spells the type of this lower-case name: in `@odata.type` first, then in the
/// heading and the links of the introduction.
pub(super) fn spelling(lower: &str, layout: &Layout<'_>, samples: &[Sample<'_>]) -> Option<String> {
    let declared = samples.iter().filter_map(|sample| {
        let value = sample.payload()?;
        let name = value["@odata.type"].as_str()?;
        Some(simple(name).to_owned())
    });
    let introduction = layout.sections.first()?;
    let heading = words(&introduction.title).map(str::to_owned);
    let lines = layout.lines(introduction);
    let linked = lines.iter().flat_map(|line| Link::all(&line.text));
    let linked = linked.map(|link| link.text.to_owned());
    let mut candidates = declared.chain(heading).chain(linked);
    let found = candidates.find(|name| name.eq_ignore_ascii_case(lower));
    found.map(|name| type_name(&name))
}

/// A type's name as Graph writes it: a capital that only begins a word is the page's.
pub(super) fn type_name(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_ascii_lowercase() => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

/// Namespace of the types that the page's JSON names.
pub(super) fn namespace(samples: &[Sample<'_>]) -> String {
    let declared = samples.iter().find_map(|sample| {
        let value = sample.payload()?;
        let name = value["@odata.type"].as_str()?.trim_start_matches('#');
        Some(name.rsplit_once('.')?.0.to_owned())
    });
    declared.unwrap_or_else(|| "microsoft.graph".to_owned())
}

/// A type's name without `#` and namespace.
pub(super) fn simple(qualified: &str) -> &str {
    qualified.rsplit(['.', '#']).next().unwrap_or(qualified)
}

/// The words of plain letters and digits in a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Compares the property names with the page's JSON and takes them from there where a machine
/// translated them.
pub(super) fn recover(page: &mut Page<'_>, keys: &[Key], form: Form) -> Result<(), Note> {
    if form == Form::Translated {
        let notes = align(&mut page.properties, keys)?;
        page.notes.extend(notes);
        // Navigation properties are not in the page's JSON.
        let lost = page
            .navigation
            .extract_if(.., |row| !cell::is_name(&row.name));
        page.lost = lost.collect();
    }
    for property in page.properties.iter().chain(&page.navigation) {
        if !cell::is_name(&property.name) {
            return Err(Note::new(
                property.line,
                format!("the row `{}` does not name a property", property.name),
            ));
        }
    }
    let notes = compare(page, keys, form);
    page.notes.extend(notes);
    Ok(())
}

/// Pairs rows with members in order. Rows whose name is a member's are certain; between two of
/// them rows and members pair one to one where their numbers and types agree.
fn align(rows: &mut [Property], keys: &[Key]) -> Result<Vec<Note>, Note> {
    let mut notes = Vec::new();
    let named: HashSet<String> = rows.iter().map(|row| row.name.clone()).collect();
    let places: HashMap<&str, usize> = keys.iter().map(|key| key.name.as_str()).zip(0..).collect();
    let (mut row, mut key) = (0, 0);
    while row < rows.len() {
        let anchor = next_anchor(&rows[row..], &places, key);
        let (rows_between, keys_between) = anchor.unwrap_or((rows.len() - row, keys.len() - key));
        let free = keys[key..key + keys_between].iter();
        let free: Vec<&Key> = free.filter(|key| !named.contains(&key.name)).collect();
        pair(&mut rows[row..row + rows_between], &free, &mut notes)?;
        row += rows_between + 1;
        key += keys_between + 1;
        if anchor.is_none() {
            break;
        }
    }
    Ok(notes)
}

/// The next row that carries the name of a member from the place `first` on, and how far on that
/// member is.
fn next_anchor(
    rows: &[Property],
    places: &HashMap<&str, usize>,
    first: usize,
) -> Option<(usize, usize)> {
    rows.iter().enumerate().find_map(|(at, row)| {
        let key = places.get(row.name.as_str())?.checked_sub(first)?;
        Some((at, key))
    })
}

fn pair(rows: &mut [Property], keys: &[&Key], notes: &mut Vec<Note>) -> Result<(), Note> {
    let complete = rows.len() == keys.len();
    let mut lost: Vec<&mut Property> = rows
        .iter_mut()
        .filter(|row| complete || !cell::is_name(&row.name))
        .collect();
    if lost.len() != keys.len() {
        return match lost.first() {
            Some(row) => Err(unrecoverable(row)),
            None => Ok(()),
        };
    }
    for (row, key) in lost.iter_mut().zip(keys) {
        if !fits(row, &key.value) {
            return Err(unrecoverable(row));
        }
        notes.push(Note::new(
            row.line,
            format!(
                "the row says `{}`, the page's JSON `{}`; using the latter",
                row.name, key.name
            ),
        ));
        row.name.clone_from(&key.name);
    }
    Ok(())
}

fn unrecoverable(row: &Property) -> Note {
    Note::new(
        row.line,
        format!(
            "the row `{}` is machine-translated, and the page's JSON does not show its original name",
            row.name
        ),
    )
}

/// Whether a value can be of the type of the row.
fn fits(row: &Property, value: &Value) -> bool {
    let value = match value {
        Value::Array(items) if row.collection => match items.first() {
            Some(first) => first,
            None => return true,
        },
        _ if row.collection => return false,
        value => value,
    };
    match (&row.of, value) {
        (_, Value::Null) => true,
        (PropertyType::Named(_), value) => value.is_string() || value.is_object(),
        (PropertyType::Edm(edm), value) => match TypeRef::Edm(*edm).json_type() {
            None => true,
            Some(JsonType::Boolean) => value.is_boolean(),
            Some(JsonType::Integer) => value.is_number(),
            Some(JsonType::Number) => value.is_number() || value.is_string(),
            Some(JsonType::String) => value.is_string(),
            Some(JsonType::Object) => value.is_object(),
        },
    }
}

fn shown_type(row: &Property) -> String {
    let name = match &row.of {
        PropertyType::Edm(edm) => edm.name(),
        PropertyType::Named(reference) => &reference.name,
    };
    if row.collection {
        format!("a collection of {name}")
    } else {
        name.to_owned()
    }
}

const fn shown_value(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a Boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Where the table and the page's JSON disagree: names that only one has, values that are not of
/// the row's type. Samples may leave members out; a representation may not, and a translated name
/// needs a witness.
fn compare(page: &Page<'_>, keys: &[Key], form: Form) -> Vec<Note> {
    let Some(first) = page.properties.first() else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    let rows = page.properties.iter().map(|row| (row.name.as_str(), row));
    let rows: HashMap<&str, &Property> = rows.collect();
    for key in keys {
        let row = rows.get(key.name.as_str()).copied();
        let message = match row {
            None => format!(
                "the page's JSON has `{}`, but the table has no such row",
                key.name
            ),
            Some(row) if !fits(row, &key.value) => format!(
                "`{}` is {} in the table, but {} in the page's JSON",
                key.name,
                shown_type(row),
                shown_value(&key.value)
            ),
            Some(_) => continue,
        };
        notes.push(Note::new(row.unwrap_or(first).line, message));
    }
    let complete = form == Form::Translated || keys.iter().any(|key| key.representation);
    let names: HashSet<&str> = keys.iter().map(|key| key.name.as_str()).collect();
    for row in page.properties.iter().filter(|_| complete) {
        if !names.contains(row.name.as_str()) {
            notes.push(Note::new(
                row.line,
                format!("the table has `{}`, but the page's JSON does not", row.name),
            ));
        }
    }
    notes
}

/// A member's name as a heading: `osVersion` becomes "Os version".
pub(super) fn title(name: &str) -> String {
    let words = camel_words(name);
    let mut title = String::new();
    for word in words {
        let shout = word.len() > 1 && !word.contains(|c: char| c.is_ascii_lowercase());
        if title.is_empty() {
            title = capitalised(word);
        } else {
            title.push(' ');
            title.push_str(&if shout {
                word.to_owned()
            } else {
                word.to_lowercase()
            });
        }
    }
    title
}

/// `windows10OSEdition` is `windows10`, `OS`, `Edition`.
fn camel_words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let starts_word = |at: usize| {
        let (before, this) = (bytes[at - 1], bytes[at]);
        let next = bytes.get(at + 1);
        this.is_ascii_uppercase()
            && (!before.is_ascii_uppercase() || next.is_some_and(u8::is_ascii_lowercase))
    };
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        if starts_word(at) || bytes[at - 1] == b'_' {
            words.push(name[start..at].trim_end_matches('_'));
            start = at;
        }
    }
    words.push(&name[start..]);
    words
}

/// The words that the names of a page are made of, with their capitals; by those in lower case.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashMap<String, String>);

/// Bytes of a name that is spelt by words: the time grows with their square.
const MAX_SPELT: usize = 128;

impl Vocabulary {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let keys = keys(page);
        let names = keys.iter().map(|key| key.name.as_str());
        let names = names.chain([page.name.as_str()]);
        let words: BTreeSet<String> = names.flat_map(camel_words).map(capitalised).collect();
        Self::of_words(words)
    }

    /// Of those that differ in case alone the first.
    fn of_words(words: impl IntoIterator<Item = String>) -> Self {
        let mut vocabulary = HashMap::new();
        for word in words {
            vocabulary.entry(word.to_ascii_lowercase()).or_insert(word);
        }
        Self(vocabulary)
    }

    /// Spells a lower-case name by words of the page: the fewest that make it up. `None` where
    /// they do not.
    pub(super) fn spell(&self, lower: &str) -> Option<String> {
        if lower.len() > MAX_SPELT || self.0.is_empty() {
            return None;
        }
        let lower = lower.to_ascii_lowercase();
        // For each end of words: how many they are, and the last one.
        let mut best: Vec<Option<(usize, &str)>> = vec![None; lower.len() + 1];
        best[0] = Some((0, ""));
        for at in 0..lower.len() {
            let Some((count, _)) = best[at] else {
                continue;
            };
            for (end, best) in best.iter_mut().enumerate().skip(at + 1) {
                if best.is_some_and(|(known, _)| known <= count + 1) {
                    continue;
                }
                let word = lower.get(at..end).and_then(|word| self.0.get(word));
                if let Some(word) = word {
                    *best = Some((count + 1, word));
                }
            }
        }
        let mut words = Vec::new();
        let mut end = lower.len();
        while end > 0 {
            let (_, word) = best[end]?;
            words.push(word);
            end -= word.len();
        }
        let (first, rest) = words.split_last()?;
        let rest = rest.iter().rev().copied();
        Some(first.to_lowercase() + &rest.collect::<String>())
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_names() {
        let cases = [
            ("id", "Id"),
            ("osVersion", "Os version"),
            ("deploymentEndDateTime", "Deployment end date time"),
            ("windows10EnrollmentPage", "Windows10 enrollment page"),
            ("minOSVersion", "Min OS version"),
            ("PFXName", "PFX name"),
            ("v4_0_3", "V4 0 3"),
            ("macOS", "Mac OS"),
        ];
        for (name, expected) in cases {
            assert_eq!(title(name), expected);
        }
    }

    #[test]
    fn words_of_foreign_names() {
        assert_eq!(["", "имяX", "éTé"].map(title), ["", "имя x", "é Té"]);
    }

    #[test]
    fn names_spelt_by_the_words_of_a_page() {
        let words = [
            "Auto",
            "Autopilot",
            "Deployment",
            "Pilot",
            "State",
            "Windows",
        ];
        let vocabulary = Vocabulary::of_words(words.map(str::to_owned));
        let cases = [
            (
                "windowsautopilotdeploymentstate",
                Some("windowsAutopilotDeploymentState"),
            ),
            ("state", Some("state")),
            ("statemachine", None),
            ("", None),
        ];
        for (lower, expected) in cases {
            assert_eq!(vocabulary.spell(lower).as_deref(), expected, "{lower}");
        }
    }

    #[test]
    fn type_names_begin_with_a_small_letter() {
        let cases = [
            ("Message", "message"),
            ("iosApp", "iosApp"),
            ("URL", "URL"),
            ("X", "X"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(type_name(text), expected);
        }
    }

    #[test]
    fn simple_names() {
        assert_eq!(
            ["#a.b.c", "a.b", "#c", "c"].map(simple),
            ["c", "b", "c", "c"]
        );
    }
}

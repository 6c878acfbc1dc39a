//! What tells one finding from another: the place and the text at fault.
//!
//! Owns what goes into a fingerprint. Fingerprints are published, and anyone with a list of serial
//! numbers can compute the fingerprint of each. So text that may identify goes in by kind and length
//! only, which redaction shows anyway.

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use crate::json::{Kind, Node, Pointer};
use crate::redact::{Sink, Values, Vocabulary, Walk};

/// A hash that grows piece by piece. XXH3, as for fingerprints: its values are specified for good,
/// and an ordinal tells findings apart that collide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Identity(pub(crate) u64);

impl Identity {
    /// That of a string or member name, wherever its member stands.
    pub(crate) fn of_string(node: Node<'_>, vocabulary: &Vocabulary) -> Self {
        let mut identity = Self::default();
        let root = node.document().root();
        let is_known = |name: &str| vocabulary.knows(name);
        let (pointer, is_own_name) = node.pointer_knowing(root, &Pointer::root(), &is_known);
        // Where an array is read element by element, the way to an element is not known.
        if let Some(member) = pointer.steps().last().filter(|step| !step.is_index()) {
            identity.add_text(member.text, !member.strange || is_name(member.text));
        }
        if !is_own_name {
            identity.add_value(node, Values::Anything, vocabulary);
        }
        identity
    }

    /// Adds the program's own text.
    pub(crate) fn add(&mut self, text: &str) {
        self.0 = xxh3_64_with_seed(text.as_bytes(), self.0);
    }

    /// Adds the way from where `base` leads, without array indices: they change with every
    /// insertion above.
    pub(crate) fn add_path(&mut self, pointer: &Pointer, base: &Pointer) {
        let steps = pointer.steps().skip(base.steps().count());
        for step in steps.filter(|step| !step.is_index()) {
            self.add_text(step.text, !step.strange || is_name(step.text));
        }
    }

    /// Adds a value with everything in it, escapes resolved; blanks and the order of members do not
    /// count. `values`: what values are at this place.
    pub(crate) fn add_value(&mut self, node: Node<'_>, values: Values, vocabulary: &Vocabulary) {
        match node.kind() {
            Kind::Null | Kind::False | Kind::True => self.add(node.raw()),
            Kind::Number => self.add_text(node.raw(), values.shows(node.raw(), false)),
            Kind::String => {
                let text = node.text();
                let is_wrong_word = values.are_words() && is_word(&text);
                let certain = values.shows(&text, true) || vocabulary.knows(&text);
                self.add_text(&text, certain || is_wrong_word);
            }
            // Nesting is bounded by the parser.
            Kind::Array => {
                self.add("[");
                for element in node.elements() {
                    self.add_value(element, values, vocabulary);
                }
                self.add("]");
            }
            Kind::Object => {
                let members = node.members().map(|member| {
                    let name = member.name_text();
                    let mut identity = Self::default();
                    identity.add_name(member.name, vocabulary);
                    let values = if vocabulary.knows(&name) {
                        vocabulary.values(&name)
                    } else {
                        values
                    };
                    identity.add_value(member.value, values, vocabulary);
                    identity.0
                });
                let sum = members.fold(0, u64::wrapping_add);
                self.add_bytes(&sum.to_le_bytes());
            }
        }
    }

    /// Adds the name of a member.
    pub(crate) fn add_name(&mut self, name: Node<'_>, vocabulary: &Vocabulary) {
        let text = name.text();
        self.add_text(&text, vocabulary.knows(&text) || is_name(&text));
    }

    /// Adds the kind of a value and the names in it, without their values.
    pub(crate) fn add_outline(&mut self, node: Node<'_>, vocabulary: &Vocabulary) {
        let names = node.members().map(|member| {
            let mut identity = Self::default();
            identity.add_name(member.name, vocabulary);
            identity.0
        });
        let sum = names.fold(0, u64::wrapping_add);
        self.add_bytes(&[node.kind() as u8]);
        self.add_bytes(&sum.to_le_bytes());
    }

    /// Adds a whole text that cannot be read, without its blanks: nothing is known of what else is
    /// wrong with it, so any change makes another finding.
    pub(crate) fn add_unreadable(&mut self, text: &[u8], vocabulary: &Vocabulary) {
        let mut digest = Digest(Xxh3::with_seed(self.0));
        let mut walk = Walk::new(vocabulary);
        for chunk in text.utf8_chunks() {
            walk.pieces(chunk.valid(), false, &mut digest);
            if !chunk.invalid().is_empty() {
                digest.hidden("\u{fffd}");
            }
        }
        self.0 = digest.0.digest();
    }

    /// Adds a text of a payload, by kind and length only unless it is `certain` that it identifies
    /// nobody.
    fn add_text(&mut self, text: &str, certain: bool) {
        if certain {
            self.add(text);
        } else {
            self.add_bytes(&reduced(text));
        }
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }
}

/// Hashes the pieces of a text.
struct Digest(Xxh3);

impl Sink for Digest {
    fn shown(&mut self, text: &str) {
        if !text.starts_with([' ', '\t', '\n', '\r']) {
            self.0.update(text.as_bytes());
        }
    }

    fn hidden(&mut self, text: &str) {
        self.0.update(&reduced(text));
    }
}

/// Kind and length of a text, as bytes that no text has.
fn reduced(text: &str) -> [u8; 10] {
    let all = |is: fn(char) -> bool| text.chars().all(is);
    let kind = match text {
        "" => b'e',
        _ if all(|c| c.is_ascii_digit()) => b'd',
        _ if all(char::is_alphabetic) => b'l',
        _ if all(|c| c.is_ascii_hexdigit() || c == '-') => b'g',
        _ if text.contains('@') => b'u',
        _ => b'o',
    };
    let mut bytes = [0, kind, 0, 0, 0, 0, 0, 0, 0, 0];
    bytes[2..].copy_from_slice(&(text.chars().count() as u64).to_le_bytes());
    bytes
}

/// Longest word that is taken for one, in bytes.
const MAX_WORD: usize = 128;

/// Whether a wrong word is a word rather than an identifier: letters only. Another wrong word is
/// another fault.
fn is_word(text: &str) -> bool {
    let in_word = |c: char| c.is_alphabetic() || matches!(c, ',' | '_');
    text.len() <= MAX_WORD && text.chars().all(in_word)
}

/// Whether the name of a member is a word rather than an identifier, maybe with the term of an
/// annotation.
fn is_name(text: &str) -> bool {
    let (target, term) = text.split_once('@').unwrap_or((text, ""));
    is_word(target) && is_word(term.strip_prefix("odata.").unwrap_or(term))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::json::{self, Document, Tape};
    use crate::model::table;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(Arc::new(table::autopilot_event()))
    }

    fn of_value(text: &str, member: &str) -> Identity {
        let mut tape = Tape::new();
        json::parse(text, &mut tape).expect("JSON");
        let mut identity = Identity::default();
        let values = vocabulary().values(member);
        identity.add_value(Document::new(text, &tape).root(), values, &vocabulary());
        identity
    }

    #[test]
    fn another_content_is_another_identity() {
        for (member, one, other) in [
            ("deploymentState", r#""Sucess""#, r#""Failed""#),
            ("deploymentState", r#""a,b""#, r#""a,c""#),
            ("deploymentState", "1", "2"),
            ("targetedAppCount", "-1", "-2"),
            ("eventDateTime", r#""2024-05-02""#, r#""2024-05-03""#),
            ("deploymentDuration", r#""P1W""#, r#""P2W""#),
            ("deploymentDuration", r#"{"Ticks": 1}"#, r#"{"Ticks": 2}"#),
            ("deploymentDuration", r#"{"Ticks": 1}"#, r#"{"Tocks": 1}"#),
            ("deploymentDuration", "[1, 2]", "[2, 1]"),
            ("deploymentDuration", "[]", "{}"),
            ("x", r#"{"a": "b"}"#, r#"{"a": "bb"}"#),
            ("x", "[[1], 2]", "[[1, 2]]"),
            ("osVersion", r#""10.0.19045""#, r#""10.0.19046""#),
        ] {
            assert_ne!(of_value(one, member), of_value(other, member), "{one}");
        }
    }

    #[test]
    fn layout_and_order_of_members_change_nothing() {
        let one = r#"{"Ticks":1,"Days":[2,{"a":null}]}"#;
        let other = "{ \"Days\": [2, {\"\\u0061\" : null}],\n\"Ticks\": 1 }";
        assert_eq!(of_value(one, "x"), of_value(other, "x"));
    }

    #[test]
    fn what_identifies_is_reduced_to_kind_and_length() {
        for (member, one, other) in [
            ("deviceSerialNumber", r#""5CG1234XYZ""#, r#""7FH9876QRS""#),
            (
                "userPrincipalName",
                r#""anna@a.example""#,
                r#""bern@b.example""#,
            ),
            ("managedDeviceName", r#""Anna""#, r#""Bern""#),
            ("enrollmentFailureDetails", r#""Anna""#, r#""Bern""#),
            ("deploymentState", r#""5CG1234XYZ""#, r#""7FH9876QRS""#),
            (
                "eventDateTime",
                r#""490154203237518""#,
                r#""490154203237519""#,
            ),
            ("targetedAppCount", "490154203237518", "490154203237519"),
            ("imei", "490154203237518", "490154203237519"),
            (
                "x",
                r#"{"serial": "5CG1234XYZ"}"#,
                r#"{"serial": "7FH9876QRS"}"#,
            ),
            ("x", r#"{"5CG1234XYZ": 1}"#, r#"{"7FH9876QRS": 1}"#),
        ] {
            assert_eq!(of_value(one, member), of_value(other, member), "{one}");
        }
    }

    fn unreadable(text: &str) -> Identity {
        let mut identity = Identity::default();
        identity.add_unreadable(text.as_bytes(), &vocabulary());
        identity
    }

    #[test]
    fn an_unreadable_text_is_known_as_it_is() {
        let text = r#"{"targetedAppCount": 3, "deviceSerialNumber": "5CG1234XYZ",}"#;
        for same in [
            text.replace(' ', ""),
            text.replace(' ', "\r\n\t"),
            text.replace("5CG1234XYZ", "7FH9876QRS"),
        ] {
            assert_eq!(unreadable(text), unreadable(&same), "{same}");
        }
        for other in [
            text.replace('3', "4"),
            text.replace("XYZ", "XYZZ"),
            text.replace("\",}", "\"}"),
            text.replace("targetedAppCount", "targetedPolicyCount"),
            text.replace('3', "NaN"),
            text.replace('3', "inf"),
            format!("{text}}}"),
        ] {
            assert_ne!(unreadable(text), unreadable(&other), "{other}");
        }
    }
}

//! Signs that a text has to do with the resource, whatever the text is.
//!
//! Owns what counts as one: the name of the resource or of its collection, or three names of its
//! members, in whatever letter case and style. The text need not be JSON: what tells a broken event
//! from a stranger must not ask whether it is broken.

use foldhash::HashMap;

use crate::model::Model;

/// Names of members that are a sign together.
const MEMBERS: usize = 3;
/// The collection of Autopilot events in Graph.
const COLLECTION: &str = "autopilotEvents";

/// The names of a resource that are signs of it.
#[derive(Debug)]
pub struct Signs {
    /// Folded; `None` where the name is a sign by itself, else the member's index.
    names: HashMap<String, Option<usize>>,
    /// How many members are a sign together.
    enough: usize,
    /// Shortest and longest name, folded.
    shortest: usize,
    longest: usize,
}

/// What was seen of a text so far.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Indices of members, each once.
    members: Vec<usize>,
    enough: bool,
}

impl Seen {
    /// Whether there was a sign.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.enough
    }
}

impl Signs {
    /// The signs of a model's resource.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let resource = model.resource();
        let members = model.all_members(resource);
        let enough = MEMBERS.min(members.len());
        let members = members.iter().enumerate();
        let mut names: HashMap<_, _> = members
            .map(|(index, member)| (folded(&member.name), Some(index)))
            .collect();
        let collection = model.is_autopilot_event().then_some(COLLECTION);
        for name in collection.into_iter().chain([resource.name.as_str()]) {
            names.insert(folded(name), None);
        }
        Self {
            shortest: names.keys().map(String::len).min().unwrap_or_default(),
            longest: names.keys().map(String::len).max().unwrap_or_default(),
            names,
            enough,
        }
    }

    /// Looks for signs in a text, or in the next part of one; parts end between words. Reads no
    /// further than to the first sign.
    pub fn look(&self, text: &[u8], seen: &mut Seen) {
        if seen.enough {
            return;
        }
        self.look_at(text, seen);
        // In UTF-16 and UTF-32, there are zeros around every ASCII letter.
        if !seen.enough && memchr::memchr(0, text).is_some() {
            let letters: Vec<u8> = text.iter().copied().filter(|byte| *byte != 0).collect();
            self.look_at(&letters, seen);
        }
    }

    fn look_at(&self, text: &[u8], seen: &mut Seen) {
        let mut rest = text;
        let mut name = String::new();
        while let Some(start) = rest.iter().position(|byte| is_of_word(*byte)) {
            let word = &rest[start..];
            let length = word.iter().position(|byte| !is_of_word(*byte));
            let (word, after) = word.split_at(length.unwrap_or(word.len()));
            rest = after;
            // With a separator between any two letters, a name is twice as long.
            if (self.shortest..=2 * self.longest).contains(&word.len()) {
                name.clear();
                fold(word, &mut name);
                self.count(&name, seen);
                if seen.enough {
                    return;
                }
            }
        }
    }

    /// Counts a word, folded.
    fn count(&self, name: &str, seen: &mut Seen) {
        match self.names.get(name) {
            None => {}
            Some(None) => seen.enough = true,
            Some(Some(member)) => {
                if !seen.members.contains(member) {
                    seen.members.push(*member);
                }
                seen.enough = seen.members.len() >= self.enough;
            }
        }
    }
}

/// Letters, digits, and what stands between the words of a name in `snake_case` and `kebab-case`.
const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// A name without its style.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold(name.as_bytes(), &mut folded);
    folded
}

fn fold(word: &[u8], folded: &mut String) {
    let letters = word.iter().filter(|byte| !matches!(byte, b'_' | b'-'));
    folded.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::table;

    fn signs() -> Signs {
        Signs::of(&table::autopilot_event())
    }

    fn is_seen(text: &[u8]) -> bool {
        let mut seen = Seen::default();
        signs().look(text, &mut seen);
        seen.is_enough()
    }

    #[test]
    fn a_name_of_the_resource_or_three_of_its_members_are_a_sign() {
        for (text, expected) in [
            (
                r##"{"@odata.type": "#microsoft.graph.deviceManagementAutopilotEvent"}"##,
                true,
            ),
            ("x/$metadata#deviceManagement/autopilotEvents/$entity", true),
            ("DEVICEMANAGEMENTAUTOPILOTEVENT", true),
            ("", false),
            ("{}", false),
            (r#"{"osVersion": 1, "deploymentState": 2}"#, false),
            (
                r#"{"osVersion": 1, "deploymentState": 2, "osVersion": 3}"#,
                false,
            ),
            (r#"{"osVersion": 1, "deploymentState": 2, "id": 3}"#, true),
            // Whatever it is.
            ("osVersion: 1\ndeploymentState: 2\ndeviceId: 3", true),
            ("osVersion;deploymentState;deviceId\n1;2;3", true),
            ("{'osVersion': 1, 'deploymentState': 2, 'deviceId': ", true),
            (
                r#""{\"osVersion\": 1, \"deploymentState\": 2, \"deviceId\": 3}""#,
                true,
            ),
            // Names as others write them.
            (
                r#"{"OsVersion": 1, "DeploymentState": 2, "DeviceId": 3}"#,
                true,
            ),
            ("os_version deployment_state device_id", true),
            ("os-version deployment-state device-id", true),
            ("-osVersion 1 -deploymentState 2 -deviceId 3", true),
            // Parts of other names.
            ("myosVersion deploymentStates deviceIdx", false),
            (r#"{"name": "x", "version": "1.0", "id": 1}"#, false),
        ] {
            assert_eq!(is_seen(text.as_bytes()), expected, "{text}");
            let utf_16: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = utf_16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let utf_32 = text.chars().flat_map(|c| u32::from(c).to_le_bytes());
            for encoded in [little, big, utf_32.collect()] {
                assert_eq!(is_seen(&encoded), expected, "{text}");
            }
        }
    }

    #[test]
    fn what_is_seen_adds_up_over_parts() {
        let signs = signs();
        let mut seen = Seen::default();
        for (part, expected) in [
            ("osVersion deploymentState", false),
            ("osVersion", false),
            ("deviceId", true),
            ("", true),
        ] {
            signs.look(part.as_bytes(), &mut seen);
            assert_eq!(seen.is_enough(), expected, "{part}");
        }
    }

    #[test]
    fn another_resource_has_signs_of_its_own() {
        let mut model = table::autopilot_event();
        model.types[0].name = "kite".to_owned();
        model.types[0].members.truncate(2);
        let signs = Signs::of(&model);
        let names: Vec<_> = model.types[0].member_names();
        for (text, expected) in [
            ("#x.kite".to_owned(), true),
            ("autopilotEvents".to_owned(), false),
            (names[0].to_owned(), false),
            (names.join(" "), true),
        ] {
            let mut seen = Seen::default();
            signs.look(text.as_bytes(), &mut seen);
            assert_eq!(seen.is_enough(), expected, "{text}");
        }
    }
}

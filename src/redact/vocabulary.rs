//! The words of a model, which are no secret, and what the values of each member are.

use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt};

use crate::edm::{Grammar, shape};
use crate::model::{Member, Model, Role, TypeRef, table};
use crate::text::words::MAX_DIGITS;

/// Control information of OData JSON 4.01 (sections 4.5 and 4.6).
pub(crate) const CONTROL_INFORMATION: [&str; 20] = [
    "odata.associationLink",
    "odata.bind",
    "odata.collectionAnnotations",
    "odata.context",
    "odata.count",
    "odata.delta",
    "odata.deltaLink",
    "odata.editLink",
    "odata.etag",
    "odata.id",
    "odata.mediaContentType",
    "odata.mediaEditLink",
    "odata.mediaEtag",
    "odata.mediaReadLink",
    "odata.metadataEtag",
    "odata.navigationLink",
    "odata.nextLink",
    "odata.readLink",
    "odata.removed",
    "odata.type",
];

/// The prefix of these names, which may be left out.
const ODATA: &str = "odata.";

/// Longest text that is looked up, in bytes: more than any name has.
pub(super) const MAX_LENGTH: usize = 256;

/// The names and enumeration members of a model and of the bundled one. They are public.
#[derive(Debug)]
pub struct Vocabulary {
    model: Arc<Model>,
    /// By the letters and digits of the word, in lower case. Built when first asked for: many runs
    /// find nothing.
    words: OnceLock<HashMap<Box<[u8]>, Values>>,
}

/// What the values of a member are, which decides whether they can be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Values {
    /// Dates, times of day, or both.
    Instants,
    Durations,
    Numbers,
    /// Members of an enumeration, or booleans.
    Words,
    /// Versions of Windows.
    Versions,
    /// Texts in which a failure code may stand alone.
    Failures,
    /// Anything, serial numbers and names of people among it.
    #[default]
    Anything,
}

impl Vocabulary {
    /// The vocabulary of a model. Cheap: words are collected when first needed.
    #[must_use]
    pub fn new(model: Arc<Model>) -> Self {
        Self {
            model,
            words: OnceLock::new(),
        }
    }

    /// Whether a text is one of the words, in any letter case and with any separators; annotations
    /// and qualified type names count too.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        if let Some((target, term)) = text.split_once('@') {
            let term = term.strip_prefix(ODATA).unwrap_or(term);
            return (target.is_empty() || self.has(target)) && is_control_information(term);
        }
        self.has(text) || self.type_name(text).is_some_and(|name| self.has(name))
    }

    /// What the values of a member of this name are.
    pub(crate) fn values(&self, name: &str) -> Values {
        if let Some((_, term)) = name.split_once('@') {
            let count = term.strip_prefix(ODATA).unwrap_or(term) == "count";
            return if count {
                Values::Numbers
            } else {
                Values::Anything
            };
        }
        self.find(name).unwrap_or_default()
    }

    fn has(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    fn find(&self, word: &str) -> Option<Values> {
        let mut buffer = [0; MAX_LENGTH];
        self.words().get(folded(word, &mut buffer)?).copied()
    }

    /// The type that a text names in the namespace of the model.
    fn type_name<'t>(&self, text: &'t str) -> Option<&'t str> {
        let name = text.strip_prefix('#').unwrap_or(text);
        let element = name.strip_prefix("Collection(");
        let name = element
            .and_then(|name| name.strip_suffix(')'))
            .unwrap_or(name);
        // The text first: it is asked of every word, and hardly any has a point.
        let (namespace, name) = name.rsplit_once('.')?;
        let (own, _) = self.model.qualified_name.rsplit_once('.')?;
        (namespace == own).then_some(name)
    }

    fn words(&self) -> &HashMap<Box<[u8]>, Values> {
        self.words.get_or_init(|| {
            let mut words = HashMap::new();
            words.insert(b"value".as_slice().into(), Values::Anything);
            add(&mut words, &self.model);
            if !self.model.is_autopilot_event() {
                add(&mut words, &table::autopilot_event());
            }
            words
        })
    }
}

fn add(words: &mut HashMap<Box<[u8]>, Values>, model: &Model) {
    let mut buffer = [0; MAX_LENGTH];
    for member in model.types.iter().flat_map(|one| &one.members) {
        let Some(name) = folded(&member.name, &mut buffer) else {
            continue;
        };
        let values = Values::of(member);
        let known = words.entry(name.into()).or_insert(values);
        // A number in one type and text in another may be anything.
        if *known != values {
            *known = Values::Anything;
        }
    }
    let types = model.types.iter().map(|one| &one.name);
    let enumerations = model.enumerations.iter();
    let members = enumerations.clone().flat_map(|one| &one.members);
    let others = types
        .chain(enumerations.map(|one| &one.name))
        .chain(members.map(|member| &member.name));
    for word in others {
        if let Some(word) = folded(word, &mut buffer) {
            words.entry(word.into()).or_default();
        }
    }
}

/// A word as it is looked up: its letters and digits in lower case. `None` if it is too long, or
/// holds anything but letters, digits and separators.
fn folded<'b>(word: &str, buffer: &'b mut [u8; MAX_LENGTH]) -> Option<&'b [u8]> {
    if word.len() > MAX_LENGTH {
        return None;
    }
    let mut length = 0;
    for byte in word.bytes() {
        match byte {
            b' ' | b'-' | b'_' => {}
            byte if byte.is_ascii_alphanumeric() => {
                buffer[length] = byte.to_ascii_lowercase();
                length += 1;
            }
            _ => return None,
        }
    }
    (length > 0).then(|| &buffer[..length])
}

fn is_control_information(term: &str) -> bool {
    let known = CONTROL_INFORMATION.iter();
    let mut known = known.filter_map(|known| known.strip_prefix(ODATA));
    known.any(|known| known.eq_ignore_ascii_case(term))
}

impl Values {
    /// What those of a member are.
    pub(crate) fn of(member: &Member) -> Self {
        let edm = match member.type_ref {
            TypeRef::Edm(edm) => edm,
            TypeRef::Enumeration(_) => return Self::Words,
            TypeRef::Structured(_) => return Self::Anything,
        };
        match edm.grammar() {
            Grammar::Date | Grammar::DateTime | Grammar::TimeOfDay => Self::Instants,
            Grammar::Duration => Self::Durations,
            Grammar::Boolean => Self::Words,
            Grammar::Text => match member.role {
                Some(Role::OsVersion) => Self::Versions,
                Some(Role::FreeText) => Self::Failures,
                _ => Self::Anything,
            },
            // The key of another resource may be a number.
            _ if edm.is_number() && !member.name.to_ascii_lowercase().ends_with("id") => {
                Self::Numbers
            }
            _ => Self::Anything,
        }
    }

    /// Whether the values are words, so that a wrong one is probably a word too.
    pub(crate) const fn are_words(self) -> bool {
        !matches!(self, Self::Anything | Self::Failures)
    }

    /// Whether a value can be shown: a text without its quotes, or a number.
    pub(crate) fn shows(self, value: &str, is_text: bool) -> bool {
        match self {
            Self::Instants if is_text => shape::is_instant(value),
            Self::Durations if is_text => shape::is_duration(value),
            Self::Versions if is_text => shape::is_windows_version(value),
            Self::Failures if is_text => shape::is_failure_code(value),
            Self::Anything | Self::Versions | Self::Failures => false,
            Self::Numbers if !is_text => shape::is_number_of(value, MAX_DIGITS),
            Self::Numbers | Self::Words | Self::Instants | Self::Durations => {
                shape::is_short_number(value)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Edm;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(Arc::new(table::autopilot_event()))
    }

    #[test]
    fn words_of_the_model_are_known_in_every_spelling() {
        for word in [
            "deploymentState",
            "DeploymentState",
            "deployment_state",
            "deployment-state",
            "success",
            "Success",
            "value",
            "deviceManagementAutopilotEvent",
            "#microsoft.graph.deviceManagementAutopilotEvent",
            "@odata.type",
            "@Type",
            "osVersion@odata.type",
        ] {
            assert!(vocabulary().knows(word), "{word}");
        }
        for word in [
            "",
            "-",
            "deploymentStat",
            "anna.berg",
            "@anna",
            "anna@odata.type",
            "osVersion@vendor.note",
            "#microsoft.graph.anna",
            "deploymentState ✓",
            "déploymentState",
            &"a".repeat(1000),
        ] {
            assert!(!vocabulary().knows(word), "{word}");
        }
    }

    #[test]
    fn values_are_shown_where_the_model_says_what_they_are() {
        for (name, value, is_text, shown) in [
            ("eventDateTime", "2024-05-02 09:14:03Z", true, true),
            ("EventDateTime", "2024-05-02 09:14:03Z", true, true),
            ("eventDateTime", "490154203237518", true, false),
            ("eventDateTime", "490154203237518", false, false),
            ("birthday", "1984-03-12", true, false),
            ("deploymentDuration", "PT5M", true, true),
            ("deploymentDuration", "5CG1234XYZ", true, false),
            ("targetedAppCount", "2147483648", false, true),
            ("targetedAppCount", "490154203237518", false, false),
            ("targetedAppCount", "2147483648", true, false),
            ("@odata.count", "250", false, true),
            ("@odata.etag", "250", false, false),
            ("deploymentState", "1", false, true),
            ("deviceSerialNumber", "1", false, false),
            ("imei", "490154203237518", false, false),
            ("osVersion", "10.0.26200.8893", true, true),
            ("osVersion", "10.0.12.7", true, false),
            ("enrollmentFailureDetails", "0x80180014", true, true),
            ("enrollmentFailureDetails", "Anna", true, false),
        ] {
            let values = vocabulary().values(name);
            assert_eq!(values.shows(value, is_text), shown, "{name} {value}");
        }
    }

    #[test]
    fn numbers_that_may_be_keys_are_hidden() {
        let mut model = table::autopilot_event();
        let mut member = model.types[0].members[0].clone();
        for (name, values) in [
            ("employeeId", Values::Anything),
            ("id", Values::Anything),
            ("headCount", Values::Numbers),
        ] {
            name.clone_into(&mut member.name);
            member.type_ref = TypeRef::Edm(Edm::Int64);
            model.types[0].members.insert(0, member.clone());
            model.types[0].name = "employee".to_owned();
            let vocabulary = Vocabulary::new(Arc::new(model.clone()));
            assert_eq!(vocabulary.values(name), values, "{name}");
        }
    }
}

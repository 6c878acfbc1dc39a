//! Which members identify a person or a device.
//!
//! Owns how a name that is not quite right is still taken for one of them: what a payload misspells
//! is the very thing that a report shows. Which members they are, the property table says.

use std::collections::HashMap;

use crate::meant::meant;
use crate::model::{Model, table};

/// Most names of one text that are compared letter by letter.
const MAX_COMPARED: usize = 4096;

/// The names of the members whose values are kept out of reports.
#[derive(Debug, Clone)]
pub struct Identifying {
    names: Vec<String>,
    /// Declared members that are none of them, however much alike.
    others: Vec<String>,
}

impl Identifying {
    /// Those of a model, and of the bundled table: other resources have members of the same names.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let bundled = table::autopilot_event();
        let types = model.types.iter().chain(&bundled.types);
        let members = types.flat_map(|one| &one.members);
        let (names, others): (Vec<_>, Vec<_>) = members.partition(|member| member.identifies());
        let sorted = |members: Vec<&crate::model::Member>| {
            let mut names: Vec<String> = members.iter().map(|one| one.name.clone()).collect();
            names.sort();
            names.dedup();
            names
        };
        Self {
            names: sorted(names),
            others: sorted(others),
        }
    }

    /// Tells names of one text apart.
    pub(super) fn judge(&self) -> Judge<'_> {
        Judge {
            identifying: self,
            known: self.names.iter().map(String::as_str).collect(),
            verdicts: HashMap::new(),
        }
    }
}

/// The verdicts on the names of one text; a name comes in every event.
pub(super) struct Judge<'a> {
    identifying: &'a Identifying,
    known: Vec<&'a str>,
    verdicts: HashMap<String, bool>,
}

impl Judge<'_> {
    /// Whether a name is, or was meant to be, that of a member that identifies.
    pub(super) fn identifies(&mut self, name: &str) -> bool {
        if let Some(verdict) = self.verdicts.get(name) {
            return *verdict;
        }
        if self.identifying.others.iter().any(|other| other == name) {
            return false;
        }
        let same = |known: &&str| known.eq_ignore_ascii_case(name);
        let room = self.verdicts.len() < MAX_COMPARED;
        let verdict = self.known.iter().any(same) || room && meant(name, &self.known).is_some();
        if room {
            self.verdicts.insert(name.to_owned(), verdict);
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let identifying = Identifying::of(&table::autopilot_event());
        let mut judge = identifying.judge();
        for (name, expected) in [
            ("userPrincipalName", true),
            ("UserPrincipalName", true),
            ("user_principal_name", true),
            ("userPrincpalName", true),
            ("deviceSerialNumber", true),
            ("serialNumber", true),
            ("managedDeviceName", true),
            ("deviceId", true),
            ("id", true),
            ("userId", true),
            ("osVersion", false),
            ("deploymentState", false),
            ("enrollmentFailureDetails", false),
            ("displayName", false),
            ("@odata.type", false),
            ("", false),
        ] {
            assert_eq!(judge.identifies(name), expected, "{name}");
        }
    }

    #[test]
    fn many_names_are_compared_no_more() {
        let identifying = Identifying::of(&table::autopilot_event());
        let mut judge = identifying.judge();
        for number in 0..2 * MAX_COMPARED {
            assert!(!judge.identifies(&format!("stranger{number}")));
        }
        assert_eq!(judge.verdicts.len(), MAX_COMPARED);
        assert!(judge.identifies("USERPRINCIPALNAME"));
    }
}

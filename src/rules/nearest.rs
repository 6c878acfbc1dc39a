//! The known name that a wrong one was probably meant to be.

/// A known name near a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nearest<'a> {
    name: &'a str,
    /// They differ in letter case only.
    case: bool,
}

impl Nearest<'_> {
    /// A sentence for the help; `kind` is what is being named, in the plural.
    #[must_use]
    pub(super) fn help(&self, kind: &str) -> String {
        let name = self.name;
        if self.case {
            format!("{kind} are case-sensitive: write `{name}`")
        } else {
            format!("did you mean `{name}`?")
        }
    }
}

/// The name of `known` that is nearest to `name`; `None` where none is near: more than a third of
/// its letters differ.
#[must_use]
pub(super) fn nearest<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<Nearest<'a>> {
    if let Some(name) = known.clone().find(|known| known.eq_ignore_ascii_case(name)) {
        return Some(Nearest { name, case: true });
    }
    // The distance costs the product of the lengths: a name of a megabyte is near to none.
    let length = name.chars().take(MAX_LENGTH + 1).count();
    if length > MAX_LENGTH {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    known
        .map(|known| {
            (
                strsim::damerau_levenshtein(&lower, &known.to_ascii_lowercase()),
                known,
            )
        })
        .filter(|(distance, known)| distance * 3 <= known.len().min(length))
        .min()
        .map(|(_, name)| Nearest { name, case: false })
}

/// Code points up to which a name is compared.
const MAX_LENGTH: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["deploymentState", "enrollmentState", "id"];
        for (name, expected) in [
            ("deploymentStat", Some("did you mean `deploymentState`?")),
            (
                "DeploymentState",
                Some("names are case-sensitive: write `deploymentState`"),
            ),
            ("enrolmentStates", Some("did you mean `enrollmentState`?")),
            ("displayName", None),
            ("", None),
        ] {
            let found = nearest(name, known.into_iter()).map(|near| near.help("names"));
            assert_eq!(found.as_deref(), expected, "{name}");
        }
        assert_eq!(nearest(&"a".repeat(1_000_000), known.into_iter()), None);
    }
}

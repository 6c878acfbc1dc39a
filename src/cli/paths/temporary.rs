//! The names of files that are written and not yet in their place.
//!
//! No search takes one for a payload, and a later run tells those that a killed one left behind.

use std::ffi::OsStr;

pub(crate) const PREFIX: &str = ".autopilot-lint-";
pub(crate) const SUFFIX: &str = ".tmp";
/// Letters and digits between the two.
pub(crate) const RANDOM: usize = 12;

/// Whether a name is that of such a file.
pub(crate) fn is_temporary(name: &OsStr) -> bool {
    let middle = name.to_str().and_then(|name| {
        let rest = name.strip_prefix(PREFIX)?;
        rest.strip_suffix(SUFFIX)
    });
    middle.is_some_and(|middle| {
        middle.len() == RANDOM && middle.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_are_taken_for_one() {
        for (name, expected) in [
            (".autopilot-lint-abcDEF123456.tmp", true),
            (".autopilot-lint-abcDEF12345.tmp", false),
            (".autopilot-lint-abcDEF1234567.tmp", false),
            (".autopilot-lint-abcDEF12345-.tmp", false),
            (".autopilot-lint-abcDEF123456.json", false),
            ("x.autopilot-lint-abcDEF123456.tmp", false),
            (".autopilot-lint-.tmp", false),
            (".tmp", false),
        ] {
            assert_eq!(is_temporary(OsStr::new(name)), expected, "{name}");
        }
    }
}

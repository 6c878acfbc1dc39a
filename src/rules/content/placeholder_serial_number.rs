//! Serial numbers that a manufacturer never set.

use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::model::Role;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Findings, TextLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "placeholder-serial-number",
        category: Category::Content,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a manufacturer's default in place of a serial number",
        why: "Many devices report the same default, so events of different devices look like those \
            of one. Such devices do exist, so this is only a hint.",
        source: "SMBIOS defaults of board manufacturers",
        bad: &[
            Example::new(
                r#"{"deviceSerialNumber": ⟦"To be filled by O.E.M."⟧, "deploymentState": "success"}"#,
            ),
            Example::new(r#"{"deviceSerialNumber": ⟦"0000000"⟧, "deploymentState": "success"}"#),
        ],
        good: &[
            Example::new(
                r#"{"deviceSerialNumber": "PC6TLVBTR", "managedDeviceName": "None", "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"deviceSerialNumber": "7763-4721-5520-5461-0042-5536-89", "deploymentState": "success"}"#,
            ),
            Example::new(r#"{"deviceSerialNumber": "", "deploymentState": "success"}"#),
        ],
    },
    checks: &[Check::Role(Role::SerialNumber, is_mixed, check)],
};

/// Letters and digits of the defaults, in lower case.
const DEFAULTS: [&str; 22] = [
    "0123456789",
    "123456789",
    "1234567890",
    "baseboardserialnumber",
    "chassisserialnumber",
    "default",
    "defaultstring",
    "empty",
    "invalid",
    "na",
    "none",
    "noserialnumber",
    "notapplicable",
    "notavailable",
    "notspecified",
    "null",
    "oem",
    "serialnumber",
    "systemserialnumber",
    "tobefilledbyoem",
    "undefined",
    "unknown",
];

fn check(literal: &TextLiteral<'_>, findings: &mut Findings<'_>) {
    let letters: String = literal
        .text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(MAX_LENGTH)
        .flat_map(char::to_lowercase)
        .collect();
    if !DEFAULTS.contains(&&*letters) && !one_character(&letters) {
        return;
    }
    // One of a few texts that are the same everywhere, or one character again and again.
    let whole = literal.text.chars().filter(|c| c.is_alphanumeric());
    let text = literal.quoted().shown_if(whole.count() <= MAX_LENGTH);
    let name = ours(&literal.member.name);
    findings
        .report(
            literal.node,
            words!(
                "{} is {}, the default of a board without a serial number",
                name,
                text
            ),
        )
        .help("devices with the same default cannot be told apart by it");
}

/// Letters and digits that are compared: more than any default has.
const MAX_LENGTH: usize = 32;

/// Whether there are letters and digits, as in nearly every serial number and in no default.
fn is_mixed(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// `0`, `00000000`, `XXXXXXXX`.
fn one_character(letters: &str) -> bool {
    let mut chars = letters.chars();
    let first = chars.next();
    first.is_some_and(|first| (first == '0' || letters.len() > 3) && chars.all(|c| c == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_default_has_both_a_letter_and_a_digit() {
        for default in DEFAULTS {
            assert!(!is_mixed(default), "{default}");
        }
    }
}

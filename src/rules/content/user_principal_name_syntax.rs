//! Sign-in names without a domain.

use super::placeholder_value;
use crate::diagnostic::{Category, Example, Rule, Severity};
use crate::model::Role;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::text::{invisible, misread};
use crate::view::{Findings, TextLiteral};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "user-principal-name-syntax",
        category: Category::Content,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "a user principal name that is not `user@domain`",
        why: "Events are joined with users by this name. It is empty or null if no user took part, \
            and contains one `@` otherwise.",
        source: "documentation of the resource; MS-ADTS section 5.1.1.1.1",
        bad: &[
            Example::new(
                r#"{"userPrincipalName": ⟦"CONTOSO\\jane"⟧, "deploymentState": "success"}"#,
            ),
            Example::new(r#"{"userPrincipalName": ⟦"Jane Doe"⟧, "deploymentState": "success"}"#),
            Example::new(r#"{"userPrincipalName": ⟦"jane@"⟧, "deploymentState": "success"}"#),
        ],
        good: &[
            Example::new(
                r#"{"userPrincipalName": "jane_fabrikam.com#EXT#@contoso.onmicrosoft.com", "deploymentState": "success"}"#,
            ),
            Example::new(
                r#"{"userPrincipalName": "jürgen.o'neil@büro.example", "deploymentState": "success"}"#,
            ),
            Example::new(r#"{"userPrincipalName": "", "deploymentState": "success"}"#),
            Example::new(r#"{"userPrincipalName": null, "deploymentState": "success"}"#),
        ],
    },
    checks: &[Check::Role(Role::UserPrincipalName, is_usual, check)],
};

fn check(literal: &TextLiteral<'_>, findings: &mut Findings<'_>) {
    let text = literal.text;
    if text.is_empty() || is_name(text) {
        return;
    }
    let stands_for_none = placeholder_value::recognise(text, literal.context.model).is_some();
    let hides_one =
        invisible::without(text, false).is_some_and(|(_, text)| text.is_empty() || is_name(&text));
    let was_one = misread::undo(text).is_some_and(|misread| is_name(&misread.mended));
    if stands_for_none || hides_one || was_one {
        return;
    }
    let down_level = text.contains('\\') && !text.contains('@');
    let name = &literal.member.name;
    findings
        .report(
            literal.node,
            words!("{} {} is not `user@domain`", ours(name), literal.quoted()),
        )
        .help(if down_level {
            "it reads as a down-level logon name; write the user principal name"
        } else {
            "add the domain, or write an empty string where no user took part"
        });
}

/// The usual form, told by bytes: one `@`, and letters, digits, points and hyphens in groups around
/// it.
fn is_usual(text: &str) -> bool {
    let (mut at_signs, mut faults, mut before) = (0, 0, SIGN);
    for byte in text.bytes() {
        // Without a branch: names are short, and no two of one length.
        let class = CLASSES[usize::from(byte)];
        faults |= class & (before | OTHER);
        at_signs += usize::from(class >> 2);
        before = class;
    }
    text.is_empty() || faults == 0 && before == LETTER && at_signs == 1
}

/// A letter or a digit.
const LETTER: u8 = 0;
/// What parts groups of letters.
const SIGN: u8 = 1;
/// What makes a name unusual.
const OTHER: u8 = 2;
/// The sign between name and domain.
const AT: u8 = 4 | SIGN;

/// What each byte is in the usual form.
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            b'@' => AT,
            b'.' | b'-' => SIGN,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

/// One `@` with something on each side, and nothing that no name or domain has.
fn is_name(text: &str) -> bool {
    let Some((user, domain)) = text.split_once('@') else {
        return false;
    };
    let stray = |c: char| c.is_whitespace() || c.is_control() || "\\\"<>,;:()[]".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    !user.is_empty() && !user.contains(stray) && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_name_has_groups_of_letters_around_one_at_sign() {
        let groups = |text: &str| {
            let mut groups = text.split(['.', '-']);
            groups
                .all(|group| !group.is_empty() && group.bytes().all(|c| c.is_ascii_alphanumeric()))
        };
        let expected = |text: &str| {
            let parts = text.split_once('@');
            text.is_empty() || parts.is_some_and(|(user, domain)| groups(user) && groups(domain))
        };
        let mut texts = vec![String::new()];
        for length in 0..6 {
            for text in texts
                .clone()
                .iter()
                .filter(|text| text.chars().count() == length)
            {
                texts.extend("a@.-_é".chars().map(|c| format!("{text}{c}")));
            }
        }
        for text in texts {
            assert_eq!(is_usual(&text), expected(&text), "{text}");
            assert!(
                !is_usual(&text) || text.is_empty() || is_name(&text),
                "{text}"
            );
        }
    }
}

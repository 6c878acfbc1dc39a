//! What a refused Edm.Guid was meant to be.
//!
//! The `uuid` crate reads the other spellings; it does not decide validity.

use uuid::Uuid;

use crate::edm::guid;
use crate::edm::notation::{Meant, trimmed};

/// The GUID that a refused text is in another spelling, its digits in the letter case that they
/// have: readers of Edm.Guid take either, and as a text it is to stay what it was.
#[must_use]
pub fn guid(text: &str) -> Option<Meant> {
    if guid::parse(text).is_ok() {
        return None;
    }
    let text = trimmed(text)?;
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    let literal = Uuid::try_parse(inner).ok()?.hyphenated().to_string();
    // A prefix has digits of its own, but all of the GUID's come after them.
    let digits = inner.chars().rev().filter(char::is_ascii_hexdigit);
    let mut digits: Vec<char> = digits.take(guid::DIGITS.into()).collect();
    let as_written = |c| if c == '-' { Some(c) } else { digits.pop() };
    let literal = literal.chars().filter_map(as_written).collect();
    Some(Meant::literal_of("a GUID in another spelling", literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANONICAL: &str = "3e455cab-5cab-3e45-ab5c-453eab5c453e";
    const UPPER: &str = "3E455CAB-5CAB-3E45-AB5C-453EAB5C453E";

    #[test]
    fn other_spellings_lead_to_the_same_digits() {
        let rows = [
            ("3e455cab5cab3e45ab5c453eab5c453e", Some(CANONICAL)),
            ("{3e455cab-5cab-3e45-ab5c-453eab5c453e}", Some(CANONICAL)),
            ("{3E455CAB-5CAB-3E45-AB5C-453EAB5C453E}", Some(UPPER)),
            ("3E455CAB5CAB3E45AB5C453EAB5C453E", Some(UPPER)),
            ("URN:UUID:3E455CAB-5CAB-3E45-AB5C-453EAB5C453E", Some(UPPER)),
            ("(3e455cab-5cab-3e45-ab5c-453eab5c453e)", Some(CANONICAL)),
            (
                "urn:uuid:3e455cab-5cab-3e45-ab5c-453eab5c453e",
                Some(CANONICAL),
            ),
            (
                "URN:UUID:3e455cab-5cab-3e45-ab5c-453eab5c453e",
                Some(CANONICAL),
            ),
            (" 3e455cab-5cab-3e45-ab5c-453eab5c453e\r\n", Some(CANONICAL)),
            (CANONICAL, None),
            ("3e455cab-5cab-3e45-ab5c-453eab5c453", None),
            ("event-001", None),
            ("", None),
        ];
        for (text, literal) in rows {
            let meant = guid(text);
            assert_eq!(
                meant.as_ref().and_then(|meant| meant.literal()),
                literal,
                "{text:?}"
            );
        }
    }
}

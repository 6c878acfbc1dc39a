//! What a refused Edm.Guid was meant to be.
//!
//! The `uuid` crate reads the other spellings; it does not decide validity.

use uuid::Uuid;

use crate::edm::guid;
use crate::edm::notation::{Meant, trimmed};

/// The canonical spelling of a refused text that is a GUID in another one.
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
    Some(Meant::literal_of("a GUID in another spelling", literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANONICAL: &str = "3e455cab-5cab-3e45-ab5c-453eab5c453e";

    #[test]
    fn other_spellings_lead_to_the_canonical_one() {
        let rows = [
            ("3e455cab5cab3e45ab5c453eab5c453e", Some(CANONICAL)),
            ("{3e455cab-5cab-3e45-ab5c-453eab5c453e}", Some(CANONICAL)),
            ("{3E455CAB-5CAB-3E45-AB5C-453EAB5C453E}", Some(CANONICAL)),
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

//! Edm.Guid: 8-4-4-4-12 hexadecimal digits of any case (`OData` ABNF 4.01, `guidValue`).
//!
//! Owns the verdict. Knows nothing of what a refused text was meant to be.

use std::borrow::Cow;

use super::notation::is_blank;

/// Where the hyphens stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];
/// Bytes of a literal.
pub(crate) const LENGTH: usize = 36;
/// Hexadecimal digits in it.
pub(super) const DIGITS: u8 = 32;
const NIL: &str = "00000000-0000-0000-0000-000000000000";
const MAX: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/// What is noteworthy about a legal literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuidRemark {
    /// Nothing.
    Ordinary,
    /// All digits are 0 (RFC 9562, nil).
    Nil,
    /// All digits are F (RFC 9562, max).
    Max,
}

/// Why a text is not an Edm.Guid. [`Display`](std::fmt::Display) as [`message`](Self::message).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuidFault {
    /// No text.
    Empty,
    /// White space or a control character (NUL too).
    Blank,
    /// `{…}`
    Braces,
    /// `(…)`
    Parentheses,
    /// `urn:uuid:…`
    Urn,
    /// 32 digits and no hyphens.
    NoHyphens,
    /// Digits and hyphens, but not 8-4-4-4-12 of them.
    Groups,
    /// Anything else.
    NotAGuid,
}

/// Parses an Edm.Guid literal.
///
/// # Errors
/// The fault, named after the other spelling where it is one.
pub fn parse(text: &str) -> Result<GuidRemark, GuidFault> {
    let Ok(bytes) = <&[u8; LENGTH]>::try_from(text.as_bytes()) else {
        return Err(fault(text));
    };
    let hyphens = HYPHENS.iter().all(|&at| bytes[at] == b'-');
    let legal = |count, byte: &u8| count + u8::from(byte.is_ascii_hexdigit());
    if !hyphens || bytes.iter().fold(0, legal) != DIGITS {
        return Err(fault(text));
    }
    Ok(match text {
        NIL => GuidRemark::Nil,
        _ if text.eq_ignore_ascii_case(MAX) => GuidRemark::Max,
        _ => GuidRemark::Ordinary,
    })
}

#[cold]
fn fault(text: &str) -> GuidFault {
    let bytes = text.as_bytes();
    let blank_ends = [bytes.first(), bytes.last()]
        .into_iter()
        .flatten()
        .any(|&byte| is_blank(byte));
    match bytes {
        [] => GuidFault::Empty,
        _ if blank_ends => GuidFault::Blank,
        [b'{', .., b'}'] => GuidFault::Braces,
        [b'(', .., b')'] => GuidFault::Parentheses,
        _ if text
            .get(..9)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn:uuid:")) =>
        {
            GuidFault::Urn
        }
        _ if bytes.len() == 32 && bytes.iter().all(u8::is_ascii_hexdigit) => GuidFault::NoHyphens,
        _ if bytes
            .iter()
            .all(|byte| byte.is_ascii_hexdigit() || *byte == b'-') =>
        {
            GuidFault::Groups
        }
        _ => GuidFault::NotAGuid,
    }
}

impl GuidFault {
    /// What is wrong, as a clause that holds none of the text.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Empty => "it is empty",
            Self::Blank => "white space and control characters have no place in it",
            Self::Braces => "it stands in braces",
            Self::Parentheses => "it stands in parentheses",
            Self::Urn => "it is a URN: the prefix `urn:uuid:` has no place in it",
            Self::NoHyphens => "it has no hyphens",
            Self::Groups => "its digits are not grouped 8-4-4-4-12",
            Self::NotAGuid => "it is not 8-4-4-4-12 hexadecimal digits",
        }
        .into()
    }
}

errors!(GuidFault);

#[cfg(test)]
mod tests {
    use super::*;

    const CANONICAL: &str = "3e455cab-5cab-3e45-ab5c-453eab5c453e";

    #[test]
    fn spellings_are_told_apart() {
        let rows = [
            (CANONICAL, Ok(GuidRemark::Ordinary)),
            (
                "3E455CAB-5CAB-3E45-AB5C-453EAB5C453E",
                Ok(GuidRemark::Ordinary),
            ),
            (
                "3e455cab-5CAB-3e45-AB5C-453eab5c453e",
                Ok(GuidRemark::Ordinary),
            ),
            ("00000000-0000-0000-0000-000000000000", Ok(GuidRemark::Nil)),
            ("ffffffff-ffff-ffff-ffff-ffffffffffff", Ok(GuidRemark::Max)),
            ("FFFFFFFF-ffff-FFFF-ffff-FFFFFFFFFFFF", Ok(GuidRemark::Max)),
            (
                "0000000f-0000-0000-0000-000000000000",
                Ok(GuidRemark::Ordinary),
            ),
            ("", Err(GuidFault::Empty)),
            (
                "3e455cab5cab3e45ab5c453eab5c453e",
                Err(GuidFault::NoHyphens),
            ),
            (
                "{3e455cab-5cab-3e45-ab5c-453eab5c453e}",
                Err(GuidFault::Braces),
            ),
            (
                "urn:uuid:3e455cab-5cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::Urn),
            ),
            (
                "URN:UUID:3e455cab-5cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::Urn),
            ),
            (
                "(3e455cab-5cab-3e45-ab5c-453eab5c453e)",
                Err(GuidFault::Parentheses),
            ),
            (
                "{0x3e455cab,0x5cab,0x3e45,{0xab,0x5c,0x45,0x3e,0xab,0x5c,0x45,0x3e}}",
                Err(GuidFault::Braces),
            ),
            (
                "3e455cab-5cab-3e45-ab5c-453eab5c453",
                Err(GuidFault::Groups),
            ),
            (
                "3e455cab-5cab-3e45-ab5c-453eab5c453e0",
                Err(GuidFault::Groups),
            ),
            (
                "3e455cab5-cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::Groups),
            ),
            (
                "3e455cab_5cab_3e45_ab5c_453eab5c453e",
                Err(GuidFault::NotAGuid),
            ),
            (
                "3e455cag-5cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::NotAGuid),
            ),
            (
                "\u{ff13}e455cab-5cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::NotAGuid),
            ),
            (
                "\u{ff13}455cab-5cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::NotAGuid),
            ),
            (
                " 3e455cab-5cab-3e45-ab5c-453eab5c453e",
                Err(GuidFault::Blank),
            ),
            (
                "3e455cab-5cab-3e45-ab5c-453eab5c453e\n",
                Err(GuidFault::Blank),
            ),
            (
                "3e455cab -5cab-3e45-ab5c-453eab5c453",
                Err(GuidFault::NotAGuid),
            ),
            ("event-001", Err(GuidFault::NotAGuid)),
        ];
        for (text, verdict) in rows {
            assert_eq!(parse(text), verdict, "{text:?}");
        }
    }
}

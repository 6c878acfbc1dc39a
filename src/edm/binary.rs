//! Edm.Binary: base64url text (`OData` ABNF 4.01, `binaryValue`; RFC 4648 section 5).
//!
//! Owns the verdict and the length; decodes nothing.

use std::borrow::Cow;

/// The value of an Edm.Binary, as far as it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Binary {
    /// Bytes that it stands for.
    pub len: usize,
    /// It has a `+` or `/` of the standard alphabet (RFC 4648 section 4), which .NET writes and
    /// reads, but `OData` does not name.
    pub standard_alphabet: bool,
}

/// Why a text is not an Edm.Binary. [`Display`](std::fmt::Display) as [`message`](Self::message).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryFault {
    /// A character of neither alphabet.
    Character,
    /// One character is left over after groups of four.
    Length,
    /// `=` that does not fill the last group.
    Padding,
    /// Bits of the last character that belong to no byte are not zero.
    LeftoverBits,
}

/// Checks an Edm.Binary literal. Padding may be there or not; both alphabets are read.
///
/// # Errors
/// The fault.
pub fn parse(text: &str) -> Result<Binary, BinaryFault> {
    let data = text.trim_end_matches('=').as_bytes();
    let mut last = 0;
    for &byte in data {
        last = sextet(byte).ok_or(BinaryFault::Character)?;
    }
    let (bits, padding) = match data.len() % 4 {
        0 => (0, 0),
        2 => (4, 2),
        3 => (2, 1),
        _ => return Err(BinaryFault::Length),
    };
    let padded = text.len() - data.len();
    if padded != 0 && padded != padding {
        return Err(BinaryFault::Padding);
    }
    if last & ((1 << bits) - 1) != 0 {
        return Err(BinaryFault::LeftoverBits);
    }
    Ok(Binary {
        len: data.len() / 4 * 3 + data.len() % 4 * 3 / 4,
        standard_alphabet: data.iter().any(|byte| matches!(byte, b'+' | b'/')),
    })
}

/// The six bits of a character.
fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => None,
    }
}

impl BinaryFault {
    /// What is wrong, as a clause that holds none of the text.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Character => "it holds a character that base64url does not have",
            Self::Length => "its length is that of no base64url text",
            Self::Padding => "the padding does not fill the last group of four",
            Self::LeftoverBits => "its last character holds bits that belong to no byte",
        }
        .into()
    }
}

errors!(BinaryFault);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_texts() {
        let binary = |len, standard_alphabet| {
            Ok(Binary {
                len,
                standard_alphabet,
            })
        };
        let rows = [
            ("", binary(0, false)),
            ("Zg", binary(1, false)),
            ("Zg==", binary(1, false)),
            ("Zm8", binary(2, false)),
            ("Zm8=", binary(2, false)),
            ("Zm9v", binary(3, false)),
            ("Zm9vYg", binary(4, false)),
            ("-_-_", binary(3, false)),
            ("+/+/", binary(3, true)),
            ("Z", Err(BinaryFault::Length)),
            ("Zm9vY", Err(BinaryFault::Length)),
            ("Zg=", Err(BinaryFault::Padding)),
            ("Zm8==", Err(BinaryFault::Padding)),
            ("Zm9v=", Err(BinaryFault::Padding)),
            ("====", Err(BinaryFault::Padding)),
            ("Zh", Err(BinaryFault::LeftoverBits)),
            ("Zm9", Err(BinaryFault::LeftoverBits)),
            ("Zg==Zg==", Err(BinaryFault::Character)),
            ("Zm 8", Err(BinaryFault::Character)),
            ("Zm8\n", Err(BinaryFault::Character)),
            ("Zé", Err(BinaryFault::Character)),
        ];
        for (text, verdict) in rows {
            assert_eq!(parse(text), verdict, "{text:?}");
        }
    }
}

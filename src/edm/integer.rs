//! The Edm integer types, decided on the raw JSON token: `-?(0|[1-9][0-9]*)` within bounds.
//!
//! Owns form and bounds. A number that merely equals an integer (`3.0`, `3e0`) is no integer
//! literal: `OData` readers take it for a decimal.

use std::borrow::Cow;

use std::ops::RangeInclusive;

use super::scientific::Scientific;
use crate::text::bytes;

/// Bounds of Edm.Byte.
pub const BYTE: RangeInclusive<i64> = 0..=255;
/// Bounds of Edm.SByte.
pub const SBYTE: RangeInclusive<i64> = -128..=127;
/// Bounds of Edm.Int16.
pub const INT16: RangeInclusive<i64> = -32_768..=32_767;
/// Bounds of Edm.Int32.
pub const INT32: RangeInclusive<i64> = -2_147_483_648..=2_147_483_647;
/// Bounds of Edm.Int64.
pub const INT64: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Why a JSON number is not an integer of the type. [`Display`](std::fmt::Display) as
/// [`message`](Self::message).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerFault {
    /// Not an integer literal.
    Form {
        /// The integer that it equals exactly, where there is one and it fits.
        equals: Option<i64>,
    },
    /// An integer literal out of bounds.
    Range {
        /// Least legal value.
        low: i64,
        /// Greatest legal value.
        high: i64,
    },
}

/// Parses the raw token of a JSON number. `-0` is 0.
///
/// # Errors
/// [`IntegerFault::Form`] for a fraction, an exponent or anything that is no JSON number;
/// [`IntegerFault::Range`] for an integer outside `range`.
pub fn parse(raw_json_number: &str, range: RangeInclusive<i64>) -> Result<i64, IntegerFault> {
    let unsigned = raw_json_number.strip_prefix('-').unwrap_or(raw_json_number);
    let digits = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (unsigned.len() > 1 && unsigned.starts_with('0')) {
        return Err(form_fault(raw_json_number));
    }
    let (low, high) = range.into_inner();
    match raw_json_number.parse() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        _ => Err(IntegerFault::Range { low, high }),
    }
}

/// The literal that a text begins with and its length in bytes, where it has no sign and at most
/// seven digits; `None` where it may be another. It is what [`parse`] gives for it.
#[inline]
pub(crate) fn prefix(text: &[u8]) -> Option<(i64, usize)> {
    let (count @ 1..8, value) = bytes::leading_number(text)? else {
        return None;
    };
    let padded = count > 1 && text[0] == b'0';
    let goes_on = matches!(text[count], b'.' | b'e' | b'E');
    (!padded && !goes_on).then_some((i64::from(value), count))
}

#[cold]
fn form_fault(raw: &str) -> IntegerFault {
    let exact = Scientific::read(raw).and_then(|number| number.to_integer());
    let equals = exact.and_then(|value| i64::try_from(value).ok());
    IntegerFault::Form { equals }
}

impl IntegerFault {
    /// What is wrong, as a clause that holds none of the text.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Form { .. } => "an integer has no fraction and no exponent".into(),
            Self::Range { low, high } => format!("it is not within {low} to {high}").into(),
        }
    }
}

errors!(IntegerFault);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_decides() {
        let form = |equals| Err(IntegerFault::Form { equals });
        let range = || {
            let (low, high) = INT32.into_inner();
            Err(IntegerFault::Range { low, high })
        };
        let rows = [
            ("0", Ok(0)),
            ("-0", Ok(0)),
            ("3", Ok(3)),
            ("-3", Ok(-3)),
            ("2147483647", Ok(2_147_483_647)),
            ("-2147483648", Ok(-2_147_483_648)),
            ("2147483648", range()),
            ("-2147483649", range()),
            ("18446744073709551616", range()),
            ("-99999999999999999999999999", range()),
            ("3.0", form(Some(3))),
            ("3e0", form(Some(3))),
            ("3e2", form(Some(300))),
            ("3E+2", form(Some(300))),
            ("300e-2", form(Some(3))),
            ("30.5e1", form(Some(305))),
            ("-0.0", form(Some(0))),
            ("0e99999999999999999999", form(Some(0))),
            ("-1.50e1", form(Some(-15))),
            ("9223372036854775807.0", form(Some(i64::MAX))),
            ("9223372036854775808.0", form(None)),
            ("3.5", form(None)),
            ("1e-400", form(None)),
            ("1e400", form(None)),
            ("1e99999999999999999999", form(None)),
            ("2147483647.0000000001", form(None)),
            ("3.00000000000000000001", form(None)),
            ("", form(None)),
            ("-", form(None)),
            ("+3", form(None)),
            ("03", form(None)),
            ("-01", form(None)),
            ("3.", form(None)),
            (".5", form(None)),
            ("1e", form(None)),
            (" 3", form(None)),
            ("\u{663}", form(None)),
            ("Infinity", form(None)),
        ];
        for (raw, verdict) in rows {
            assert_eq!(parse(raw, INT32), verdict, "{raw:?}");
        }
    }

    #[test]
    fn a_prefix_is_what_the_whole_token_is() {
        let rows = [
            ("0,        ", Some((0, 1))),
            ("7}        ", Some((7, 1))),
            ("1234567]  ", Some((1_234_567, 7))),
            ("12345678  ", None),
            ("00,       ", None),
            ("012,      ", None),
            ("1.5,      ", None),
            ("1e5,      ", None),
            ("1E5,      ", None),
            ("-1,       ", None),
            (",         ", None),
            ("1,", None),
        ];
        for (text, expected) in rows {
            assert_eq!(prefix(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn bounds_are_those_of_the_type() {
        for range in [BYTE, SBYTE, INT16, INT32, INT64] {
            let (low, high) = range.clone().into_inner();
            for value in [low, high] {
                assert_eq!(parse(&value.to_string(), range.clone()), Ok(value));
            }
            for value in [i128::from(low) - 1, i128::from(high) + 1] {
                let fault = IntegerFault::Range { low, high };
                assert_eq!(parse(&value.to_string(), range.clone()), Err(fault));
            }
        }
    }

    #[test]
    fn faults_read_as_clauses() {
        let rows = [
            ("3.0", "an integer has no fraction and no exponent"),
            ("3.5", "an integer has no fraction and no exponent"),
            ("3000000000", "it is not within -2147483648 to 2147483647"),
        ];
        for (raw, message) in rows {
            assert_eq!(parse(raw, INT32).unwrap_err().to_string(), message);
        }
    }
}

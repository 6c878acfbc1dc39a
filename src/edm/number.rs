//! Edm.Double, Edm.Single and Edm.Decimal as JSON writes them (`OData` JSON 4.01 section 7.1).
//!
//! Owns which tokens are legal and what they are worth; integers are [`integer`](super::integer)'s.

use std::borrow::Cow;

use super::scientific::Scientific;

/// The greatest magnitude of a .NET `Decimal`.
const MAX_DECIMAL: i128 = 79_228_162_514_264_337_593_543_950_335;
/// Digits of its integer part, and one more than its fraction has.
const DECIMAL_DIGITS: i64 = 29;

/// How JSON holds the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written<'a> {
    /// A number, as its raw token.
    Number(&'a str),
    /// A string, as its value.
    Text(&'a str),
}

/// What is noteworthy about a legal Edm.Decimal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct DecimalRemarks {
    /// A string: legal only in the format parameter `IEEE754Compatible=true`.
    pub ieee754_compatible: bool,
    /// More significant digits than a .NET `Decimal` keeps.
    pub excess_digits: bool,
}

/// Why a token is not a number of the type. [`Display`](std::fmt::Display) as
/// [`message`](Self::message).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberFault {
    /// No number.
    Form,
    /// A number in a string where the type has none.
    Quoted,
    /// Beyond the greatest value of the type.
    Range,
}

/// Parses an Edm.Double: a JSON number, or `"INF"`, `"-INF"`, `"NaN"`.
///
/// # Errors
/// The fault; [`NumberFault::Range`] where the nearest double is infinite.
pub fn parse_double(written: Written<'_>) -> Result<f64, NumberFault> {
    let value: f64 = rust_spelling(written)?.parse().unwrap_or(f64::NAN);
    not_overflown(written, value, value.is_infinite())
}

/// Parses an Edm.Single, written as an Edm.Double.
///
/// # Errors
/// The fault; [`NumberFault::Range`] where the nearest single is infinite.
pub fn parse_single(written: Written<'_>) -> Result<f32, NumberFault> {
    let value: f32 = rust_spelling(written)?.parse().unwrap_or(f32::NAN);
    not_overflown(written, value, value.is_infinite())
}

/// A spelling that Rust reads as the same value.
fn rust_spelling(written: Written<'_>) -> Result<&str, NumberFault> {
    match written {
        Written::Number(raw) if Scientific::read(raw).is_some() => Ok(raw),
        Written::Text("INF") => Ok("inf"),
        Written::Text("-INF") => Ok("-inf"),
        Written::Text("NaN") => Ok("NaN"),
        Written::Text(text) if Scientific::read(text).is_some() => Err(NumberFault::Quoted),
        Written::Number(_) | Written::Text(_) => Err(NumberFault::Form),
    }
}

fn not_overflown<T>(written: Written<'_>, value: T, infinite: bool) -> Result<T, NumberFault> {
    match written {
        Written::Number(_) if infinite => Err(NumberFault::Range),
        _ => Ok(value),
    }
}

/// Parses an Edm.Decimal: a JSON number, or the same in a string under `IEEE754Compatible=true`.
///
/// # Errors
/// The fault; [`NumberFault::Range`] beyond ±79,228,162,514,264,337,593,543,950,335.
pub fn parse_decimal(written: Written<'_>) -> Result<DecimalRemarks, NumberFault> {
    let (raw, ieee754_compatible) = match written {
        Written::Number(raw) => (raw, false),
        Written::Text(text) => (text, true),
    };
    let number = Scientific::read(raw).ok_or(NumberFault::Form)?;
    if integer_part_is_over(&number) {
        return Err(NumberFault::Range);
    }
    Ok(DecimalRemarks {
        ieee754_compatible,
        excess_digits: !fits_decimal(&number),
    })
}

fn integer_part_is_over(number: &Scientific) -> bool {
    let length = i64::try_from(number.digits.len()).unwrap_or(i64::MAX);
    let integer_digits = length.saturating_add(number.exponent);
    if number.digits.is_empty() || integer_digits < DECIMAL_DIGITS {
        return false;
    }
    if integer_digits > DECIMAL_DIGITS {
        return true;
    }
    let padding = std::iter::repeat('0');
    let integer: String = number.digits.chars().chain(padding).take(29).collect();
    integer.parse().is_ok_and(|value: i128| value > MAX_DECIMAL)
}

/// Whether a .NET `Decimal` (a 96-bit integer over ten to the power of 0 to 28) keeps it exactly.
fn fits_decimal(number: &Scientific) -> bool {
    let mantissa: Option<i128> = number.digits.parse().ok();
    number.digits.is_empty()
        || (number.exponent > -DECIMAL_DIGITS && mantissa.is_some_and(|value| value <= MAX_DECIMAL))
}

impl NumberFault {
    /// What is wrong, as a clause that holds none of the text.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Form => "it is not a number",
            Self::Quoted => "the number stands in quotes",
            Self::Range => "it is beyond the greatest value of the type",
        }
        .into()
    }
}

errors!(NumberFault);

#[cfg(test)]
mod tests {
    use super::Written::{Number, Text};
    use super::*;

    #[test]
    fn floating_point_tokens() {
        let rows = [
            (Number("0"), Ok(0.0)),
            (Number("-1.5e3"), Ok(-1500.0)),
            (Number("1e-400"), Ok(0.0)),
            (Text("INF"), Ok(f64::INFINITY)),
            (Text("-INF"), Ok(f64::NEG_INFINITY)),
            (Number("1e400"), Err(NumberFault::Range)),
            (Number("inf"), Err(NumberFault::Form)),
            (Number("1."), Err(NumberFault::Form)),
            (Text("1.5"), Err(NumberFault::Quoted)),
            (Text("inf"), Err(NumberFault::Form)),
            (Text("+INF"), Err(NumberFault::Form)),
            (Text("Infinity"), Err(NumberFault::Form)),
            (Text("nan"), Err(NumberFault::Form)),
            (Text(""), Err(NumberFault::Form)),
        ];
        for (written, verdict) in rows {
            assert_eq!(parse_double(written), verdict, "{written:?}");
        }
        assert!(parse_double(Text("NaN")).is_ok_and(f64::is_nan));
        assert!(parse_single(Text("NaN")).is_ok_and(f32::is_nan));
        assert_eq!(parse_single(Number("1e39")), Err(NumberFault::Range));
        assert_eq!(parse_single(Number("16777217")), Ok(16_777_216.0));
        assert_eq!(parse_single(Text("-INF")), Ok(f32::NEG_INFINITY));
    }

    #[test]
    fn decimal_tokens() {
        let remarks = |ieee754_compatible, excess_digits| {
            Ok(DecimalRemarks {
                ieee754_compatible,
                excess_digits,
            })
        };
        let rows = [
            (Number("0"), remarks(false, false)),
            (Number("0e-99999999999999999999"), remarks(false, false)),
            (Text("1.5"), remarks(true, false)),
            (
                Number("79228162514264337593543950335"),
                remarks(false, false),
            ),
            (
                Number("-79228162514264337593543950335"),
                remarks(false, false),
            ),
            (
                Number("7.9228162514264337593543950335"),
                remarks(false, false),
            ),
            (
                Number("79228162514264337593543950336"),
                Err(NumberFault::Range),
            ),
            (
                Number("7.9228162514264337593543950336"),
                remarks(false, true),
            ),
            (
                Number("79228162514264337593543950335.4"),
                remarks(false, true),
            ),
            (Number("1e28"), remarks(false, false)),
            (Number("1e29"), Err(NumberFault::Range)),
            (Number("8e28"), Err(NumberFault::Range)),
            (Number("1e99999999999999999999"), Err(NumberFault::Range)),
            (Number("1e-28"), remarks(false, false)),
            (Number("1e-29"), remarks(false, true)),
            (Text("INF"), Err(NumberFault::Form)),
            (Text(""), Err(NumberFault::Form)),
        ];
        for (written, verdict) in rows {
            assert_eq!(parse_decimal(written), verdict, "{written:?}");
        }
    }
}

//! A JSON number (RFC 8259 section 6) as digits and a power of ten, exact.
//!
//! Owns the grammar of the token and its exact value; knows nothing of Edm types.

/// A number: `digits` times ten to the power of `exponent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scientific {
    pub(super) negative: bool,
    /// Without leading or trailing zeros; empty for zero.
    pub(super) digits: String,
    /// Far exponents are brought to within half of `i64`.
    pub(super) exponent: i64,
}

impl Scientific {
    /// Reads a JSON number token; `None` where it is none.
    pub(super) fn read(raw: &str) -> Option<Self> {
        let unsigned = raw.strip_prefix('-');
        let negative = unsigned.is_some();
        let unsigned = unsigned.unwrap_or(raw);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (integer, fraction) = match mantissa.split_once('.') {
            Some((integer, fraction)) => (integer, Some(fraction)),
            None => (mantissa, None),
        };
        let padded = integer.len() > 1 && integer.starts_with('0');
        if !all_digits(integer) || padded || !fraction.is_none_or(all_digits) {
            return None;
        }
        let fraction = fraction.unwrap_or_default();
        let digits = format!("{integer}{fraction}");
        let significant = digits.trim_end_matches('0');
        let shift = digits.len() - significant.len();
        let places = i64::try_from(shift).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self {
            negative,
            digits: significant.trim_start_matches('0').to_owned(),
            exponent: exponent.saturating_add(places),
        })
    }

    /// The value as an integer of at most 38 digits; `None` where it is none.
    pub(super) fn to_integer(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let scale = u32::try_from(self.exponent).ok()?;
        let magnitude: i128 = self.digits.parse().ok()?;
        let value = magnitude.checked_mul(10_i128.checked_pow(scale)?)?;
        Some(if self.negative { -value } else { value })
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `[+-]n`, brought to within half of `i64`.
fn read_exponent(text: &str) -> Option<i64> {
    const FAR: i64 = i64::MAX / 2;
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !all_digits(digits) {
        return None;
    }
    let magnitude = digits.parse().unwrap_or(FAR).min(FAR);
    Some(if text.starts_with('-') {
        -magnitude
    } else {
        magnitude
    })
}

//! Decimal digits at the front of a text.
//!
//! Knows no grammar; the arithmetic on eight bytes at once is that of [`bytes`].

use crate::text::bytes;

/// Ten to the power of the index.
pub(super) const POWERS_OF_TEN: [u64; 8] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// How many ASCII digits `text` begins with.
pub(super) fn leading(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The number that seven digits behind a point say; `None` where this is not what they are.
#[inline]
pub(super) fn seven_decimals(text: [u8; 8]) -> Option<u32> {
    let values = bytes::fit_template(text, *b".0000000", [0, 9, 9, 9, 9, 9, 9, 9])?;
    Some(bytes::number_of_digits(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_digits_behind_a_point_are_a_number() {
        assert_eq!(seven_decimals(*b".1234567"), Some(1_234_567));
        assert_eq!(seven_decimals(*b".0000000"), Some(0));
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut text = *b".7654321";
                text[place] = byte;
                let digits = str::from_utf8(&text).ok();
                let digits = digits.and_then(|text| text.strip_prefix('.'));
                let digits = digits.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
                let number = digits.and_then(|digits| digits.parse().ok());
                assert_eq!(seven_decimals(text), number, "{text:?}");
            }
        }
    }
}

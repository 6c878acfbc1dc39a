//! Decimal digits at the front of a text, eight at a time in one word.
//!
//! Owns the bit arithmetic and nothing else: knows no grammar.

/// Ten to the power of the index.
pub(super) const POWERS_OF_TEN: [u64; 8] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// The byte `n` in each of the eight places of a word.
const fn everywhere(n: u8) -> u64 {
    u64::from_le_bytes([n; 8])
}

/// Eight bytes in one word: `zeros` taken from `text`, so that digits are worth 0 to 9 and what is
/// the same in both is 0. `None` where a byte is then greater than the one of `greatest`.
#[inline]
pub(super) fn shaped(text: [u8; 8], zeros: [u8; 8], greatest: [u8; 8]) -> Option<u64> {
    let values = u64::from_le_bytes(text) ^ u64::from_le_bytes(zeros);
    // What is too great gets its top bit set, or has it; a carry needs one that has it.
    let room = everywhere(0x7f) - u64::from_le_bytes(greatest);
    let too_great = (values.wrapping_add(room) | values) & everywhere(0x80);
    (too_great == 0).then_some(values)
}

/// Each byte times ten plus the next, and 0 for the last; bytes of `values` are 0 to 9, the first in
/// the lowest.
#[inline]
pub(super) fn pairs(values: u64) -> [u8; 8] {
    (values.wrapping_mul(10 << 8 | 1) >> 8).to_le_bytes()
}

/// How many ASCII digits `text` begins with.
pub(super) fn leading(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// How many of the first eight bytes are digits before anything else comes, and the number that
/// these digits say. `None` where there are fewer than eight bytes.
#[inline]
pub(super) fn eight(text: &[u8]) -> Option<(usize, u32)> {
    let bytes = text.first_chunk()?;
    // Digits become 0 to 9; adding 0x76 then leaves their top bit clear, and sets or finds set
    // that of anything else. A carry only disturbs what stands after the first such byte.
    let values = u64::from_le_bytes(*bytes) ^ everywhere(b'0');
    let others = (values.wrapping_add(everywhere(0x76)) | values) & everywhere(0x80);
    let count = others.trailing_zeros() / 8;
    // The digits move to the end, zeros before them: the text is least significant byte first.
    let aligned = values.checked_shl(64 - 8 * count).unwrap_or(0);
    Some((count as usize, number(aligned)))
}

/// The number that seven digits behind a point say; `None` where this is not what they are.
#[inline]
pub(super) fn seven_decimals(text: [u8; 8]) -> Option<u32> {
    shaped(text, *b".0000000", [0, 9, 9, 9, 9, 9, 9, 9]).map(number)
}

/// The number whose eight digits are the bytes of `values`, the first in the lowest.
fn number(values: u64) -> u32 {
    const PAIRS: u64 = 0x00ff_00ff_00ff_00ff;
    const FOURS: u64 = 0x0000_ffff_0000_ffff;
    // Each step adds neighbours, the earlier one times ten, a hundred, ten thousand.
    let pairs = (values.wrapping_mul(10 << 8 | 1) >> 8) & PAIRS;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & FOURS;
    u32::try_from(fours.wrapping_mul(10_000 << 32 | 1) >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_at_once_are_what_they_are_one_by_one() {
        let rows: [(&str, Option<(usize, u32)>); 9] = [
            ("12345678", Some((8, 12_345_678))),
            ("123456789", Some((8, 12_345_678))),
            ("99999999", Some((8, 99_999_999))),
            ("3984029-", Some((7, 3_984_029))),
            ("0000001Z", Some((7, 1))),
            ("5Zxxxxxx", Some((1, 5))),
            ("Z1234567", Some((0, 0))),
            ("1\u{664}34567", Some((1, 1))),
            ("1234567", None),
        ];
        for (text, expected) in rows {
            assert_eq!(eight(text.as_bytes()), expected, "{text}");
        }
    }

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

    #[test]
    fn any_byte_but_a_digit_ends_the_number() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut text = *b"98765432";
                text[place] = byte;
                let count = leading(&text);
                let number = str::from_utf8(&text[..count]).unwrap().parse().unwrap_or(0);
                assert_eq!(eight(&text), Some((count, number)), "{text:?}");
            }
        }
    }

    #[test]
    fn shapes_bound_each_byte() {
        let (zeros, greatest) = (*b"00-00:00", [9, 9, 0, 5, 9, 0, 9, 9]);
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut text = *b"98-54:32";
                text[place] = byte;
                let legal = byte ^ zeros[place] <= greatest[place];
                assert_eq!(shaped(text, zeros, greatest).is_some(), legal, "{text:?}");
            }
        }
        let values = shaped(*b"98-54:32", zeros, greatest).unwrap();
        assert_eq!(pairs(values), [98, 80, 5, 54, 40, 3, 32, 0]);
    }
}

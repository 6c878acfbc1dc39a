//! Eight bytes at once: what a loop over the bytes would compute, in one machine word.
//!
//! Owns the bit arithmetic, and the only such arithmetic in the crate. Knows no grammar: its callers
//! say what a byte means. Words are little-endian everywhere, so the first byte of a text is the
//! lowest of its word. The tests compare each function with the loop that it stands for.

/// The top bit of each byte: where the comparisons below leave their marks.
const HIGH: u64 = everywhere(0x80);

/// The byte `n` in each of the eight places of a word.
const fn everywhere(n: u8) -> u64 {
    u64::from_le_bytes([n; 8])
}

/// The eight bytes from `at`; `None` where fewer are left.
#[inline]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let chunk = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*chunk))
}

/// Where the first byte from `at` on stands that is a quote, a backslash or below U+0020; the length
/// of `bytes`, or `at` beyond it, where there is none.
#[inline(never)]
pub(crate) fn find_quote_backslash_or_control(bytes: &[u8], mut at: usize) -> usize {
    let Some(rest) = bytes.get(at..) else {
        return at;
    };
    let (words, tail) = rest.as_chunks();
    for word in words {
        let marks = quotes_backslashes_and_controls(u64::from_le_bytes(*word));
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + before_quote_backslash_or_control(tail)
}

/// The same for less than a word. Apart, so that the loop above stays small.
#[inline(never)]
fn before_quote_backslash_or_control(bytes: &[u8]) -> usize {
    let special = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
    bytes.iter().position(special).unwrap_or(bytes.len())
}

/// Marks those bytes of `word`. Exact up to and including the lowest mark; a borrow may set marks
/// above it.
const fn quotes_backslashes_and_controls(word: u64) -> u64 {
    // Flipping bit 1 takes the quote (0x22) to 0x20 and space to 0x22, so that one subtraction
    // catches quote and control characters.
    let quote_or_control = (word ^ everywhere(0x02)).wrapping_sub(everywhere(0x21));
    let backslash = (word ^ everywhere(b'\\')).wrapping_sub(everywhere(1));
    (quote_or_control | backslash) & !word & HIGH
}

/// Where the first byte from `at` on stands that is not a space, as long as whole words are left;
/// may stop early within the last seven bytes.
#[inline]
pub(crate) fn skip_most_spaces(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        let spaces = (word ^ everywhere(b' ')).trailing_zeros() as usize / 8;
        at += spaces;
        if spaces < 8 {
            break;
        }
    }
    at
}

/// Whether `byte`, which is ASCII, occurs. For short texts: a call of `memchr` costs more.
#[inline]
pub(crate) fn contains(bytes: &[u8], byte: u8) -> bool {
    let (words, rest) = bytes.as_chunks();
    let mut words = words.iter();
    words.any(|word| word_contains(u64::from_le_bytes(*word), byte)) || rest.contains(&byte)
}

#[inline]
const fn word_contains(word: u64, byte: u8) -> bool {
    let zero_where_equal = word ^ everywhere(byte);
    zero_where_equal.wrapping_sub(everywhere(1)) & !zero_where_equal & HIGH != 0
}

/// Whether all bytes are from space to tilde.
#[inline]
pub(crate) fn all_printable_ascii(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks();
    let last = bytes.last_chunk();
    words
        .iter()
        .chain(last)
        .all(|word| word_is_printable_ascii(u64::from_le_bytes(*word)))
        && (last.is_some() || rest.iter().all(|byte| matches!(byte, b' '..=b'~')))
}

#[inline]
const fn word_is_printable_ascii(word: u64) -> bool {
    // Adding 1 takes DEL to the top bit; taking 0x20 takes a control character there.
    let beyond = word.wrapping_add(everywhere(1));
    let below = word.wrapping_sub(everywhere(b' '));
    (word | beyond | below) & HIGH == 0
}

/// One word from the first and the last eight bytes, or from all where they are fewer: the cheap
/// part of a hash.
#[inline]
pub(crate) fn fold_ends(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29)
        }
        _ => bytes
            .iter()
            .fold(0, |all, byte| all << 8 | u64::from(*byte)),
    }
}

/// Eight bytes after `template` is taken from them, so that digits over a template's `0` are worth 0
/// to 9 and what equals the template is 0. `None` where a byte is then greater than that of
/// `greatest`, none of which may be above 0x7f.
#[inline]
pub(crate) fn fit_template(text: [u8; 8], template: [u8; 8], greatest: [u8; 8]) -> Option<u64> {
    let values = u64::from_le_bytes(text) ^ u64::from_le_bytes(template);
    // What is too great gets its top bit set, or has it; a carry needs one that has it.
    let room = everywhere(0x7f) - u64::from_le_bytes(greatest);
    let too_great = (values.wrapping_add(room) | values) & HIGH;
    (too_great == 0).then_some(values)
}

/// Each byte times ten plus the next, and 0 for the last; bytes of `values` are 0 to 9.
#[inline]
pub(crate) fn pairs_of_digits(values: u64) -> [u8; 8] {
    (values.wrapping_mul(10 << 8 | 1) >> 8).to_le_bytes()
}

/// The number whose eight decimal digits are the bytes of `values`, 0 to 9 each.
#[inline]
pub(crate) fn number_of_digits(values: u64) -> u32 {
    const PAIRS: u64 = 0x00ff_00ff_00ff_00ff;
    const FOURS: u64 = 0x0000_ffff_0000_ffff;
    // Each step adds neighbours, the earlier one times ten, a hundred, ten thousand.
    let pairs = (values.wrapping_mul(10 << 8 | 1) >> 8) & PAIRS;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & FOURS;
    u32::try_from(fours.wrapping_mul(10_000 << 32 | 1) >> 32).unwrap_or_default()
}

/// How many of the first eight bytes are ASCII digits before anything else comes, and the number
/// that these digits say. `None` where there are fewer than eight bytes.
#[inline]
pub(crate) fn leading_number(text: &[u8]) -> Option<(usize, u32)> {
    // Digits become 0 to 9; adding 0x76 then leaves their top bit clear, and sets or finds set
    // that of anything else. A carry only disturbs what stands after the first such byte.
    let values = word(text, 0)? ^ everywhere(b'0');
    let others = (values.wrapping_add(everywhere(0x76)) | values) & HIGH;
    let count = others.trailing_zeros() / 8;
    // The digits move to the end, zeros before them: the text is least significant byte first.
    let aligned = values.checked_shl(64 - 8 * count).unwrap_or(0);
    Some((count as usize, number_of_digits(aligned)))
}

/// A text that others are compared with at a given place, four words at a time: most are no longer.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    first: Words,
    /// The bits of the four words that belong to the text.
    mask: Words,
    whole: Box<[u8]>,
}

type Words = [u64; Expected::WORDS];

impl Expected {
    const WORDS: usize = 4;
    const BYTES: usize = 8 * Self::WORDS;

    pub(crate) fn new(whole: &[u8]) -> Self {
        let mut first = [0; Self::BYTES];
        let mut mask = [0; Self::BYTES];
        for (at, byte) in whole.iter().take(Self::BYTES).enumerate() {
            first[at] = *byte;
            mask[at] = u8::MAX;
        }
        Self {
            first: words(&first),
            mask: words(&mask),
            whole: whole.into(),
        }
    }

    /// Length in bytes.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.whole.len()
    }

    /// Whether it stands in `bytes` at `at`.
    #[inline]
    pub(crate) fn stands_at(&self, bytes: &[u8], at: usize) -> bool {
        let Some(rest) = bytes.get(at..) else {
            return false;
        };
        let Some((first, rest)) = rest.split_first_chunk() else {
            return rest.starts_with(&self.whole);
        };
        let found = words(first);
        let differ = |word: usize| (found[word] ^ self.first[word]) & self.mask[word];
        differ(0) | differ(1) | differ(2) | differ(3) == 0
            && (self.len() <= Self::BYTES || rest.starts_with(&self.whole[Self::BYTES..]))
    }
}

#[inline]
fn words(bytes: &[u8; Expected::BYTES]) -> Words {
    let mut words = Words::default();
    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of every length up to three words and a tail, with every byte at every place among
    /// neighbours that carry and borrow most easily, and every pair of neighbours in one word.
    fn each_text(mut check: impl FnMut(&[u8])) {
        for length in 0..28 {
            for around in [b'0', b'9', b' ', 0x21, b'~', 0x80] {
                let mut text = vec![around; length];
                check(&text);
                for place in 0..length {
                    for byte in 0..=u8::MAX {
                        text[place] = byte;
                        check(&text);
                    }
                    text[place] = around;
                }
            }
        }
        for pair in 0..=u16::MAX {
            let [first, second] = pair.to_be_bytes();
            check(&[b'5', first, second, b'7', b' ', b'x', b'0', b'9']);
        }
    }

    #[test]
    fn finds_what_ends_plain_text_as_a_loop_does() {
        each_text(|text| {
            let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
            for from in [0, 1, 7, 8, 9] {
                let rest = text.get(from..).unwrap_or_default();
                let expected = rest.iter().position(special).unwrap_or(rest.len());
                let found = find_quote_backslash_or_control(text, from);
                assert_eq!(found, from + expected, "{text:x?} from {from}");
            }
        });
    }

    #[test]
    fn skips_spaces_as_a_loop_does_while_words_are_left() {
        each_text(|text| {
            let spaces = text.iter().take_while(|byte| **byte == b' ').count();
            let found = skip_most_spaces(text, 0);
            assert!(found <= spaces, "{text:x?}");
            assert!(found == spaces || text.len() - found < 8, "{text:x?}");
        });
    }

    #[test]
    fn finds_a_byte_as_a_loop_does() {
        each_text(|text| {
            for byte in [b'@', b' ', 0, 0x7f] {
                let expected = text.contains(&byte);
                assert_eq!(contains(text, byte), expected, "{byte:#x} in {text:x?}");
            }
        });
    }

    #[test]
    fn tells_printable_ascii_as_a_loop_does() {
        each_text(|text| {
            let expected = text.iter().all(|byte| (b' '..=b'~').contains(byte));
            assert_eq!(all_printable_ascii(text), expected, "{text:x?}");
        });
    }

    #[test]
    fn folds_every_byte_of_both_ends() {
        for length in 0..40 {
            let mut text: Vec<u8> = (1..).take(length).collect();
            let before = fold_ends(&text);
            for place in 0..length {
                text[place] ^= 1;
                let outer = place < 8 || length - place <= 8;
                assert_eq!(fold_ends(&text) != before, outer, "{place} of {length}");
                text[place] ^= 1;
            }
        }
    }

    #[test]
    fn reads_leading_digits_as_a_loop_does() {
        each_text(|text| {
            let digits = text.iter().take(8).take_while(|byte| byte.is_ascii_digit());
            let count = digits.clone().count();
            let number = digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
            let expected = (text.len() >= 8).then_some((count, number));
            assert_eq!(leading_number(text), expected, "{text:x?}");
        });
    }

    #[test]
    fn reads_numbers_of_eight_digits() {
        let numbers = (0..100_000_000).step_by(997).chain([99_999_999]);
        for number in numbers {
            let text = format!("{number:08}");
            assert_eq!(leading_number(text.as_bytes()), Some((8, number)));
        }
    }

    #[test]
    fn a_template_bounds_each_byte() {
        let (template, greatest) = (*b"00-00:00", [9, 9, 0, 5, 9, 0, 9, 127]);
        let fits = |text: [u8; 8]| {
            let mut places = text.iter().zip(template).zip(greatest);
            places.all(|((byte, zero), greatest)| byte ^ zero <= greatest)
        };
        for place in 0..8 {
            for pair in 0..=u16::MAX {
                let [first, second] = pair.to_be_bytes();
                let mut text = *b"98-54:32";
                text[place] = first;
                text[(place + 1) % 8] = second;
                let values = fit_template(text, template, greatest);
                assert_eq!(values.is_some(), fits(text), "{text:?}");
            }
        }
        let values = fit_template(*b"98-54:32", template, greatest).unwrap();
        assert_eq!(pairs_of_digits(values), [98, 80, 5, 54, 40, 3, 32, 0]);
    }

    #[test]
    fn every_byte_of_an_expected_text_counts_and_none_behind_it() {
        for length in 0..100 {
            let text = vec![b'x'; length];
            let expected = Expected::new(&text);
            for behind in [0, 1, 31, 40] {
                let mut bytes = [b"yy", &*text, &vec![b'z'; behind]].concat();
                assert!(expected.stands_at(&bytes, 2), "{length} {behind}");
                let moved = expected.stands_at(&bytes, 1);
                assert!(length == 0 || !moved, "{length} {behind}");
                for at in 2..2 + length {
                    bytes[at] ^= 1;
                    assert!(!expected.stands_at(&bytes, 2), "{length} {behind} {at}");
                    bytes[at] ^= 1;
                }
                bytes.truncate(1 + length);
                let cut = expected.stands_at(&bytes, 2);
                assert!(length == 0 || !cut, "{length} {behind}");
            }
            assert!(!expected.stands_at(b"", 1));
        }
    }
}

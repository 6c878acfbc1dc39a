//! Texts that are looked for again and again, each at one place.
//!
//! Owns the comparison and nothing else: knows neither JSON nor what the texts are.

/// A text that others are compared with, four words at a time: most are no longer.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    first: Words,
    /// The bits of the four words that belong to the text.
    mask: Words,
    whole: Box<[u8]>,
}

type Words = [u64; Known::WORDS];

impl Known {
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

    /// Whether it stands at `at`.
    #[inline]
    pub(crate) fn stands(&self, bytes: &[u8], at: usize) -> bool {
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
fn words(bytes: &[u8; Known::BYTES]) -> Words {
    let mut words = Words::default();
    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_text_counts_and_none_behind_it() {
        for length in 0..100 {
            let text = vec![b'x'; length];
            let known = Known::new(&text);
            for behind in [0, 1, 31, 40] {
                let mut bytes = [b"yy", &*text, &vec![b'z'; behind]].concat();
                assert!(known.stands(&bytes, 2), "{length} {behind}");
                assert!(length == 0 || !known.stands(&bytes, 1), "{length} {behind}");
                for at in 2..2 + length {
                    bytes[at] ^= 1;
                    assert!(!known.stands(&bytes, 2), "{length} {behind} {at}");
                    bytes[at] ^= 1;
                }
                bytes.truncate(1 + length);
                assert!(length == 0 || !known.stands(&bytes, 2), "{length} {behind}");
            }
            assert!(!known.stands(b"", 1));
        }
    }
}

//! Member names that come more than once in an object (RFC 8259 section 4), escapes resolved.
//!
//! Knows names only; what a reader makes of the values is not its business.

use std::hash::{BuildHasher, RandomState};

use super::document::Node;
use crate::text::bytes;

/// Members up to which names are compared in place, without allocation.
const SMALL: usize = 64;

/// The upper half of a sort key is a hash, the lower half a tape index.
const HASH_BITS: u64 = !(u32::MAX as u64);

/// A member name that was there before.
#[derive(Debug, Clone, Copy)]
pub struct Duplicate<'a> {
    /// The first member name of this value.
    pub first: Node<'a>,
    /// A later one. A third and a fourth are duplicates of the first as well.
    pub again: Node<'a>,
}

/// The names of `object` that repeat an earlier one, in document order; none for anything but an
/// object. Looks at this object only, not at what its members hold.
#[must_use]
pub fn of_object(object: Node<'_>) -> Vec<Duplicate<'_>> {
    if object.len() <= SMALL {
        of_small(object)
    } else {
        of_large(object)
    }
}

/// Looks a name up among those before it only where a bit of a 512-bit filter says that it may be
/// there: no allocation while all differ.
fn of_small(object: Node<'_>) -> Vec<Duplicate<'_>> {
    let mut found = Vec::new();
    let mut seen = [0_u64; 8];
    for (index, member) in object.members().enumerate() {
        let name = member.name_text();
        let (word, bit) = filter_place(&name);
        if seen[word] & bit != 0 {
            let mut before = object.members().take(index);
            found.extend(
                before
                    .find(|earlier| earlier.is_named(&name))
                    .map(|earlier| Duplicate {
                        first: earlier.name,
                        again: member.name,
                    }),
            );
        }
        seen[word] |= bit;
    }
    found
}

/// The word and the bit of the filter for a name, from a cheap hash of its ends and its length. It
/// may collide: objects of up to [`SMALL`] members bound the work.
fn filter_place(name: &str) -> (usize, u64) {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let ends = bytes::fold_ends(name.as_bytes());
    let hash = (ends ^ name.len() as u64).wrapping_mul(MULTIPLIER);
    ((hash >> 61) as usize, 1 << (hash >> 55 & 63))
}

/// Sorts hashes of the names, eight bytes a member, and compares names only where they are equal.
/// The hash is keyed anew each time, so that no document can be made to collide.
fn of_large(object: Node<'_>) -> Vec<Duplicate<'_>> {
    let document = object.document();
    let hasher = RandomState::new();
    let mut keys: Vec<u64> = object
        .members()
        .map(|member| {
            let hash = hasher.hash_one(member.name_text());
            hash & HASH_BITS | u64::from(member.name.index())
        })
        .collect();
    keys.sort_unstable();
    let mut found = Vec::new();
    for run in keys.chunk_by(|a, b| a & HASH_BITS == b & HASH_BITS) {
        if run.len() > 1 {
            let index = |key: &u64| u32::try_from(key & !HASH_BITS).unwrap_or_default();
            let names = run.iter().map(|key| document.node(index(key)));
            of_run(names, &mut found);
        }
    }
    found.sort_unstable_by_key(|duplicate| duplicate.again.index());
    found
}

/// Duplicates among names in document order, nearly all of them equal.
fn of_run<'a>(names: impl Iterator<Item = Node<'a>>, found: &mut Vec<Duplicate<'a>>) {
    let mut distinct: Vec<Node<'a>> = Vec::new();
    for name in names {
        let text = name.string();
        match distinct.iter().find(|first| first.string() == text) {
            Some(&first) => found.push(Duplicate { first, again: name }),
            None => distinct.push(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Tape, parse};
    use super::*;

    /// Raw texts of the names found, with the offsets of first and again.
    fn found(text: &str) -> Vec<(usize, usize, String)> {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect("the text is JSON");
        of_object(Document::new(text, &tape).root())
            .iter()
            .map(|d| {
                let (first, again) = (d.first.span().start, d.again.span().start);
                (first, again, d.again.raw().to_owned())
            })
            .collect()
    }

    #[test]
    fn names_are_compared_with_escapes_resolved() {
        type Case = (&'static str, &'static [(usize, usize, &'static str)]);
        let cases: [Case; 8] = [
            (r#"{"a":1,"b":2}"#, &[]),
            (r#"{"a":1,"a":2}"#, &[(1, 7, r#""a""#)]),
            (r#"{"a":1,"\u0061":2}"#, &[(1, 7, r#""\u0061""#)]),
            (
                r#"{"a":1,"a":2,"a":3}"#,
                &[(1, 7, r#""a""#), (1, 13, r#""a""#)],
            ),
            (r#"{"":1,"":2}"#, &[(1, 6, r#""""#)]),
            (r#"{"a":{"a":1,"a":2},"A":3}"#, &[]),
            (r#"[{"a":1,"a":2}]"#, &[]),
            ("{}", &[]),
        ];
        for (text, expected) in cases {
            let found = found(text);
            let found: Vec<_> = found.iter().map(|(f, a, n)| (*f, *a, &**n)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    /// An object of `count` different names, some of which then come again.
    fn object(count: usize, again: &[usize]) -> String {
        let names: Vec<String> = (0..count)
            .chain(again.iter().copied())
            .map(|n| format!("\"name{n}\":0"))
            .collect();
        format!("{{{}}}", names.join(","))
    }

    #[test]
    fn size_makes_no_difference() {
        for count in [2, 24, SMALL - 2, SMALL - 1, SMALL, SMALL + 1, 1000] {
            assert_eq!(found(&object(count, &[])), []);
            let found = found(&object(count, &[1, 0, 1]));
            let names: Vec<&str> = found.iter().map(|d| &*d.2).collect();
            assert_eq!(names, [r#""name1""#, r#""name0""#, r#""name1""#], "{count}");
            assert!(found.iter().all(|(first, again, _)| first < again));
            assert_eq!(found[0].0, found[2].0);
        }
    }

    #[test]
    fn a_hundred_thousand_members_take_no_time() {
        let started = cpu_time::ThreadTime::now();
        assert_eq!(found(&object(100_000, &[99_999])).len(), 1);
        let same = format!("{{{}\"a\":0}}", "\"a\":0,".repeat(100_000));
        assert_eq!(found(&same).len(), 100_000);
        assert!(started.elapsed().as_secs() < 10);
    }
}

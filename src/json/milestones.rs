//! Ways into long arrays and objects, so that a place in one can be named without a walk over all
//! that stands before it.
//!
//! Owns what is remembered of a tape beside it: indices. Most documents have no value that is long
//! enough.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Elements or members from one milestone to the next.
const STRIDE: usize = 64;

/// The tape indices of every [`STRIDE`]th child, by the index of the array or object; of those that
/// were asked for.
#[derive(Debug, Default)]
pub(super) struct Milestones(Mutex<HashMap<u32, Arc<[u32]>>>);

impl Milestones {
    pub(super) fn clear(&mut self) {
        let known = self.0.get_mut();
        known.unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The last milestone up to tape index `index` in the array or object at index `holder`, which
    /// has `len` children: how many of them stand before it, and its own index.
    pub(super) fn before(
        &self,
        (holder, len): (u32, usize),
        index: u32,
        children: impl Iterator<Item = u32>,
    ) -> (usize, u32) {
        if len <= 2 * STRIDE {
            return (0, holder + 1);
        }
        let all = self.of(holder, children);
        let last = all.partition_point(|start| *start <= index) - 1;
        (last * STRIDE, all[last])
    }

    fn of(&self, holder: u32, children: impl Iterator<Item = u32>) -> Arc<[u32]> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = known.entry(holder);
        Arc::clone(all.or_insert_with(|| children.step_by(STRIDE).collect()))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::document::Document;
    use super::super::parse::parse;
    use super::super::tape::Tape;
    use super::*;

    #[test]
    fn a_long_value_is_walked_over_once_however_many_places_in_it_are_named() {
        let (holder, len) = (7, 100 * STRIDE + 3);
        // Children of three entries each.
        let starts = (0..).map(|at| holder + 1 + 3 * at);
        let milestones = Milestones::default();
        let walked = Cell::new(0);
        for (place, start) in starts.clone().take(len).enumerate() {
            let children = starts.clone().take(len);
            let children = children.inspect(|_| walked.set(walked.get() + 1));
            let (before, milestone) = milestones.before((holder, len), start, children);
            assert_eq!(milestone, starts.clone().nth(before).unwrap());
            assert!((before..before + STRIDE).contains(&place), "{place}");
        }
        assert_eq!(walked.get(), len);
    }

    #[test]
    fn long_values_are_as_well_signposted_as_short_ones() {
        for count in [1, 2 * STRIDE, 2 * STRIDE + 1, 10 * STRIDE, 10 * STRIDE + 1] {
            let members: Vec<_> = (0..count)
                .map(|at| format!(r#""{at}":[0,{{"x":{at}}}]"#))
                .collect();
            let elements: Vec<_> = (0..count).map(|at| format!("[[{at}]]")).collect();
            let mut tape = Tape::new();
            let text = format!("{{{}}}", members.join(","));
            parse(&text, &mut tape).unwrap();
            for (at, member) in Document::new(&text, &tape).root().members().enumerate() {
                assert_eq!(member.name.pointer().as_str(), format!("/{at}"));
                let inner = member.value.elements().nth(1).unwrap().get("x").unwrap();
                assert_eq!(inner.pointer().as_str(), format!("/{at}/1/x"));
            }
            // The same tape for another text: what is remembered is of one text only.
            let text = format!("[{}]", elements.join(","));
            parse(&text, &mut tape).unwrap();
            for (at, element) in Document::new(&text, &tape).root().elements().enumerate() {
                let inner = element
                    .elements()
                    .next()
                    .unwrap()
                    .elements()
                    .next()
                    .unwrap();
                assert_eq!(inner.pointer().as_str(), format!("/{at}/0/0"));
            }
        }
    }
}

//! Ways into long arrays and objects, so that a place in one can be named without a walk over all
//! that stands before it.
//!
//! Owns what is remembered of a tape beside it. Most documents have no value that is long enough.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Kind, Node};

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

    /// The last milestone of `holder` up to tape index `index`, which is in it: how many children
    /// stand before it, and its own index.
    pub(super) fn before(&self, holder: Node<'_>, index: u32) -> (usize, u32) {
        if holder.len() <= 2 * STRIDE {
            return (0, holder.index() + 1);
        }
        let all = self.of(holder);
        let last = all.partition_point(|start| *start <= index) - 1;
        (last * STRIDE, all[last])
    }

    fn of(&self, holder: Node<'_>) -> Arc<[u32]> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = known.entry(holder.index()).or_insert_with(|| {
            let children: &mut dyn Iterator<Item = Node<'_>> = match holder.kind() {
                Kind::Object => &mut holder.members().map(|member| member.name),
                _ => &mut holder.elements(),
            };
            children
                .step_by(STRIDE)
                .map(|child| child.index())
                .collect()
        });
        Arc::clone(all)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Tape, parse};
    use super::*;

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

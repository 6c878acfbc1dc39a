//! Values that have been the same for long: they become part of the layout, and rules that read
//! nothing else fall away.

use crate::json::{Document, Node};
use crate::lint::setup::Setup;
use crate::view::Reads;

use super::layout::Layout;
use super::member::{Bound, CONSTANT};
use super::stages::Stages;
use super::values::{Values, payload_of};

impl Values {
    /// The layout with the values in it that have been the same for long, and what is known of the
    /// others; `None` where it is not the time to look for them, or there are none.
    #[inline]
    pub(super) fn with_constants(
        &mut self,
        setup: &Setup,
        stages: Stages,
        document: Document<'_>,
    ) -> Option<(Layout, Self)> {
        self.settled += 1;
        if self.settled < CONSTANT {
            return None;
        }
        self.settled = 0;
        if !stages.constant_values {
            return None;
        }
        self.fold(setup, stages, document.root())
    }

    /// The same, whether it is the time or not. Rules that found nothing and read nothing but what
    /// is constant are not asked again.
    fn fold(&self, setup: &Setup, stages: Stages, object: Node<'_>) -> Option<(Layout, Self)> {
        let all = self.members.len() == object.len();
        let mut members = self.members.clone();
        members.retain(|member| !member.is_constant());
        if !all || members.len() == object.len() {
            return None;
        }
        let layout = Layout::learn(object, |index| self.members[index].is_constant())?;
        let mut varying = Reads::default();
        for member in &members {
            if let Bound::Declared(declared) = member {
                varying = varying.and(Reads::of(declared.index));
            }
        }
        let mut rules = self.rules.clone();
        if stages.rules_that_fall_away {
            let payload = payload_of(object);
            rules.retain(|rule| setup.reads(rule, &payload, &self.slots).overlap(varying));
        }
        let others = Self {
            members,
            id: self.id,
            rules,
            settled: 0,
            slots: self.slots.clone(),
            open: Vec::new(),
        };
        Some((layout, others))
    }
}

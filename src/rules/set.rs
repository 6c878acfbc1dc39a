//! Sets of rules: which ones run.
//!
//! Owns the default set and the rules that are in every set. Knows nothing of where the choice
//! comes from.

use crate::diagnostic::Rule;

use super::{ALL, syntax};

/// Rules that find that a text cannot be checked at all. A set without them would pass for clean
/// what nobody has looked into, so they are in every set.
pub static ESSENTIAL: [&Rule; 3] = [
    &syntax::json_syntax::RULE.rule,
    &syntax::invalid_encoding::RULE.rule,
    &syntax::nesting_too_deep::RULE.rule,
];

/// A set of rules. The default one has those that are on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSet(
    /// A bit for each rule, by its index in [`ALL`].
    u128,
);

impl Default for RuleSet {
    fn default() -> Self {
        Self::of_those(|rule| rule.default.is_some())
    }
}

impl FromIterator<&'static Rule> for RuleSet {
    fn from_iter<I: IntoIterator<Item = &'static Rule>>(rules: I) -> Self {
        let essential = ESSENTIAL.into_iter();
        let bits = rules.into_iter().chain(essential).map(bit);
        Self(bits.fold(0, |set, bit| set | bit))
    }
}

impl RuleSet {
    /// The rules of the register that `keep` holds for.
    #[must_use]
    pub fn of_those(keep: impl Fn(&'static Rule) -> bool) -> Self {
        let essential: Self = std::iter::empty().collect();
        let kept = ALL.iter().enumerate().filter(|(_, rule)| keep(rule));
        Self(kept.fold(essential.0, |set, (index, _)| set | 1 << index))
    }

    /// Every rule of the register in its order, and whether it is in the set. For one rule after
    /// the other, [`RuleSet::contains`] would search the register each time.
    pub fn membership(self) -> impl Iterator<Item = (&'static Rule, bool)> {
        let is_in = move |index: usize| self.0 >> index & 1 == 1;
        ALL.iter()
            .enumerate()
            .map(move |(index, rule)| (*rule, is_in(index)))
    }

    /// This set and `rule`.
    #[must_use]
    pub fn with(self, rule: &'static Rule) -> Self {
        Self(self.0 | bit(rule))
    }

    /// Whether `rule` is in it.
    #[must_use]
    pub fn contains(self, rule: &Rule) -> bool {
        self.0 & bit(rule) != 0
    }
}

/// Whether `rule` is in every set.
#[must_use]
pub fn is_essential(rule: &Rule) -> bool {
    ESSENTIAL.contains(&rule)
}

/// The bit of a rule; none for one that is not registered.
fn bit(rule: &Rule) -> u128 {
    let index = ALL.iter().position(|known| std::ptr::eq(*known, rule));
    index.map_or(0, |index| 1 << index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_rule_has_a_bit() {
        assert!(ALL.len() <= 128);
        for rule in ALL {
            assert!(RuleSet::from_iter([*rule]).contains(rule), "{}", rule.name);
            let default = RuleSet::default().contains(rule);
            assert_eq!(default, rule.default.is_some(), "{}", rule.name);
        }
    }

    #[test]
    fn membership_is_what_each_rule_is_told_alone() {
        for rule in ALL {
            let alone = RuleSet::of_those(|other| std::ptr::eq(other, *rule));
            assert_eq!(alone, RuleSet::from_iter([*rule]), "{}", rule.name);
            let told: Vec<_> = alone.membership().map(|(_, runs)| runs).collect();
            let asked: Vec<_> = ALL.iter().map(|other| alone.contains(other)).collect();
            assert_eq!(told, asked, "{}", rule.name);
        }
    }

    #[test]
    fn a_set_has_what_is_put_in_and_the_essential_rules() {
        let zero_guid = rules::find("zero-guid").expect("a rule");
        let set = RuleSet::from_iter([zero_guid]);
        for rule in ALL {
            let expected = rule.name == "zero-guid" || is_essential(rule);
            assert_eq!(set.contains(rule), expected, "{}", rule.name);
        }
        let off = rules::find("non-canonical-value").expect("a rule");
        assert!(!RuleSet::default().contains(off));
        assert!(RuleSet::default().with(off).contains(off));
    }
}

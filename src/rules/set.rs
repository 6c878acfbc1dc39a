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
        let on = |rule: &&&'static Rule| rule.default.is_some();
        ALL.iter().filter(on).copied().collect()
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

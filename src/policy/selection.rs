//! Which rules run at which severity: names as people write them, and the layers they come in.
//!
//! Owns the precedence between layers. Knows nothing of files, findings and where a layer was
//! read from.

use std::fmt;

use crate::diagnostic::{Category, Rule, Severity};
use crate::meant::{Tolerance, nearest};
use crate::model::Mode;
use crate::rules::{self, RuleSet, set};
use crate::text::quote::quote;

/// Selects every rule.
const ALL: &str = "all";
/// Instead of a severity: the rule does not run.
const OFF: &str = "off";

/// A name or level that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, without a full stop. Untrusted text in it is not yet made safe.
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>, help: Option<String>) -> Self {
        Self {
            message: message.into(),
            help,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}

/// Some rules, by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// `all`
    All,
    /// All rules of a category, those that are off by default too.
    Category(Category),
    /// One rule.
    Rule(&'static Rule),
}

/// How closely a selector names a rule: the closer beats the wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// Not named at all.
    Default,
    All,
    Category,
    Rule,
}

impl Selector {
    /// The selector of this name.
    ///
    /// # Errors
    /// When there is no such rule or category.
    pub fn parse(name: &str) -> Result<Self, Refusal> {
        let category = |category: &Category| category.name() == name;
        if name == ALL {
            Ok(Self::All)
        } else if let Some(category) = Category::ALL.into_iter().find(category) {
            Ok(Self::Category(category))
        } else if let Some(rule) = rules::find(name) {
            Ok(Self::Rule(rule))
        } else {
            let message = format!("unknown rule or category {}", quote(name));
            Err(Refusal::new(message, suggestion(name, Self::names())))
        }
    }

    /// The selector of this name, for what is not to run.
    ///
    /// # Errors
    /// When there is no such rule or category, or it is a rule that nobody can turn off.
    pub fn parse_ignored(name: &str) -> Result<Self, Refusal> {
        match Self::parse(name)? {
            Self::Rule(rule) => optional(rule).map(Self::Rule),
            selector => Ok(selector),
        }
    }

    /// Every name, widest first.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        let categories = Category::ALL.iter().map(|category| category.name());
        let rules = rules::ALL.iter().map(|rule| rule.name);
        std::iter::once(ALL).chain(categories).chain(rules)
    }

    /// The rules that it selects, in the order of the documentation.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        rules::ALL
            .iter()
            .copied()
            .filter(move |rule| self.covers(rule))
    }

    fn covers(self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Category(category) => rule.category == category,
            Self::Rule(named) => named == rule,
        }
    }

    const fn closeness(self) -> Closeness {
        match self {
            Self::All => Closeness::All,
            Self::Category(_) => Closeness::Category,
            Self::Rule(_) => Closeness::Rule,
        }
    }
}

/// What to say of a name that is not among `known`: the one it was probably meant to be.
pub(super) fn suggestion(
    name: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Option<String> {
    if let Some(known) = known.clone().find(|known| known.eq_ignore_ascii_case(name)) {
        return Some(format!("names are case-sensitive: write `{known}`"));
    }
    let nearest = nearest(name, known, Tolerance::UnderThirdOfKnown)?;
    Some(format!("did you mean `{nearest}`?"))
}

/// The rule of this name.
///
/// # Errors
/// When there is none.
pub fn parse_rule(name: &str) -> Result<&'static Rule, Refusal> {
    rules::find(name).ok_or_else(|| {
        let names = rules::ALL.iter().map(|rule| rule.name);
        let message = format!("unknown rule {}", quote(name));
        Refusal::new(message, suggestion(name, names))
    })
}

/// What is made of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It does not run.
    Off,
    /// It runs, and all its findings have this severity.
    At(Severity),
}

/// The level of this name.
///
/// # Errors
/// When there is none.
pub fn parse_level(name: &str) -> Result<Level, Refusal> {
    if name == OFF {
        return Ok(Level::Off);
    }
    let found = Severity::ALL.into_iter().find(|(_, known)| *known == name);
    found
        .map(|(severity, _)| Level::At(severity))
        .ok_or_else(|| {
            let message = format!("unknown severity {}", quote(name));
            let names: Vec<_> = level_names().collect();
            Refusal::new(
                message,
                Some(format!("expected one of {}", names.join(", "))),
            )
        })
}

/// Every name that [`parse_level`] takes, worst first.
pub fn level_names() -> impl Iterator<Item = &'static str> {
    let severities = Severity::ALL.iter().rev().map(|(_, name)| *name);
    severities.chain([OFF])
}

/// Rules and what is made of them.
pub type RuleLevel = (Selector, Level);

/// Rules, by a name, and what is to be made of them.
///
/// # Errors
/// When there is no such rule, category or severity, or it is a rule that cannot be turned off.
pub fn parse_rule_level(name: &str, level: &str) -> Result<RuleLevel, Refusal> {
    let selector = Selector::parse(name)?;
    match parse_level(level)? {
        Level::Off => Ok((Selector::parse_ignored(name)?, Level::Off)),
        level @ Level::At(_) => Ok((selector, level)),
    }
}

/// `rule`, if it may be turned off.
fn optional(rule: &'static Rule) -> Result<&'static Rule, Refusal> {
    if !set::is_essential(rule) {
        return Ok(rule);
    }
    let help = "what it reports cannot be checked at all, so ignore single findings instead";
    let message = format!("{} cannot be turned off", quote(rule.name));
    Err(Refusal::new(message, Some(help.to_owned())))
}

/// What one source asks for: a configuration file, an override in it, or a command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// The rules that run, instead of those that would otherwise.
    pub select: Option<Vec<Selector>>,
    /// Rules that do not run.
    pub ignore: Vec<Selector>,
    /// Rules that run at another severity, or not at all; of names that are equally close to a rule,
    /// the last one counts. Only its own name turns on a rule that is off by default.
    pub severity: Vec<RuleLevel>,
    /// The rules whose findings may be fixed, instead of all.
    pub fixable: Option<Vec<Selector>>,
    /// Rules whose findings are not fixed.
    pub unfixable: Vec<Selector>,
    /// Revision to check against.
    pub revision: Option<String>,
    /// What the payloads are.
    pub mode: Option<Mode>,
}

impl Layer {
    fn speaks_of_rules(&self) -> bool {
        self.select.is_some() || !self.ignore.is_empty() || !self.severity.is_empty()
    }

    /// What it says of fixing, as if that were what it says of running.
    fn of_fixing(&self) -> Option<Self> {
        let speaks = self.fixable.is_some() || !self.unfixable.is_empty();
        speaks.then(|| Self {
            select: self.fixable.clone(),
            ignore: self.unfixable.clone(),
            ..Self::default()
        })
    }

    /// What it makes of a rule's severity, where it speaks of that, with how closely it names it.
    fn level(&self, rule: &Rule) -> Option<(Closeness, Level)> {
        let covering = self.severity.iter().filter(|(named, _)| named.covers(rule));
        let levels = covering.map(|(named, level)| (named.closeness(), *level));
        levels.max_by_key(|(closeness, _)| *closeness)
    }

    /// What it says of whether a rule runs, with how closely it names it. `selects`: its
    /// selection counts.
    fn verdict(&self, rule: &Rule, selects: bool) -> Option<(Closeness, bool)> {
        let closest = |selectors: &[Selector]| {
            let covering = selectors.iter().filter(|selector| selector.covers(rule));
            covering.map(|selector| selector.closeness()).max()
        };
        let level = self.level(rule);
        let on = self.select.as_deref().filter(|_| selects).and_then(closest);
        let on = match level {
            Some((Closeness::Rule, Level::At(_))) if selects => Some(Closeness::Rule),
            _ => on,
        };
        let off = match level {
            Some((closeness, Level::Off)) => closest(&self.ignore).max(Some(closeness)),
            _ => closest(&self.ignore),
        };
        // Off wins between equals.
        if on > off {
            on.map(|closeness| (closeness, true))
        } else {
            off.map(|closeness| (closeness, false))
        }
    }
}

/// What several layers come to.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// The rules that run.
    pub set: RuleSet,
    /// Severities that differ from what the rule itself gives.
    severities: Vec<(&'static Rule, Severity)>,
    /// Essential rules that a layer turns off by their category: they run.
    kept_on: Vec<&'static Rule>,
    /// Rules whose findings are not fixed.
    unfixable: Vec<&'static Rule>,
}

impl Rules {
    /// Applies layers, the first one first. A selection replaces those before it. A name beats a
    /// category and a category beats `all`, whatever their order; between equals the later layer
    /// counts, and within a layer what turns off.
    #[must_use]
    pub fn of(layers: &[&Layer]) -> Self {
        let of_fixing: Vec<Layer> = layers
            .iter()
            .filter_map(|layer| layer.of_fixing())
            .collect();
        let of_fixing: Vec<&Layer> = of_fixing.iter().collect();
        let not_fixed = |rule: &&'static Rule| !verdict(rule, &of_fixing, true).1;
        let unfixable = if of_fixing.is_empty() {
            Vec::new()
        } else {
            rules::ALL.iter().copied().filter(not_fixed).collect()
        };
        // Each is asked about every rule, and most say nothing of any.
        let speaking = layers.iter().filter(|layer| layer.speaks_of_rules());
        let layers: &[&Layer] = &speaking.copied().collect::<Vec<_>>();
        let severity = |rule: &'static Rule| {
            let levels = layers.iter().filter_map(|layer| layer.level(rule));
            match levels.max_by_key(|(closeness, _)| *closeness) {
                Some((_, Level::At(severity))) => Some((rule, severity)),
                _ => None,
            }
        };
        let kept_on = |rule: &&'static Rule| {
            let (closeness, runs) = verdict(rule, layers, rule.default.is_some());
            !runs && closeness > Closeness::Default
        };
        Self {
            set: RuleSet::of_those(|rule| verdict(rule, layers, rule.default.is_some()).1),
            severities: rules::ALL
                .iter()
                .filter_map(|rule| severity(rule))
                .collect(),
            kept_on: set::ESSENTIAL.into_iter().filter(kept_on).collect(),
            unfixable,
        }
    }

    /// The rules that somebody turned off and that run all the same, because nothing could be checked
    /// without them.
    pub fn kept_on(&self) -> impl Iterator<Item = &'static Rule> {
        self.kept_on.iter().copied()
    }

    /// Whether the findings of a rule may be fixed.
    #[must_use]
    pub fn may_fix(&self, rule: &Rule) -> bool {
        !self.unfixable.contains(&rule)
    }

    /// The severity that is set for a rule.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let set = self.severities.iter().find(|(named, _)| *named == rule);
        set.map(|(_, severity)| *severity)
    }

    /// The rules that are on by default and do not run.
    pub fn turned_off(&self) -> impl Iterator<Item = &'static Rule> {
        let off =
            |(rule, runs): (&'static Rule, bool)| (rule.default.is_some() && !runs).then_some(rule);
        self.set.membership().filter_map(off)
    }

    /// The rules that run and are on by default, all of whose findings have a lower severity than
    /// the rule itself gives to some of them; with that severity.
    pub fn lowered(&self) -> impl Iterator<Item = (&'static Rule, Severity)> {
        let set = self.severities.iter().copied();
        set.filter(|(rule, severity)| {
            let worse = |(other, _): &(Severity, _)| other > severity && rule.gives(*other);
            self.set.contains(rule) && rule.default.is_some() && Severity::ALL.iter().any(worse)
        })
    }
}

/// Whether a rule is to run, and how closely it is named by what decides that. `default`: whether it
/// does where nobody speaks of it.
fn verdict(rule: &'static Rule, layers: &[&Layer], default: bool) -> (Closeness, bool) {
    let selecting = layers.iter().rposition(|layer| layer.select.is_some());
    let default = (Closeness::Default, selecting.is_none() && default);
    let verdicts = layers.iter().enumerate().filter_map(|(index, layer)| {
        layer.verdict(rule, selecting.is_none_or(|selecting| index >= selecting))
    });
    let closest = |best: (Closeness, bool), next: (Closeness, bool)| {
        if next.0 >= best.0 { next } else { best }
    };
    verdicts.fold(default, closest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selectors(names: &str) -> Vec<Selector> {
        let names = names.split(' ').filter(|name| !name.is_empty());
        names
            .map(|name| Selector::parse(name).expect("a name"))
            .collect()
    }

    /// `+names -names rule=level`, where `+` alone selects nothing.
    fn layer(text: &str) -> Layer {
        let mut layer = Layer::default();
        for word in text.split(", ").filter(|word| !word.is_empty()) {
            if let Some(names) = word.strip_prefix('+') {
                layer.select = Some(selectors(names));
            } else if let Some(names) = word.strip_prefix('-') {
                layer.ignore = selectors(names);
            } else {
                let (rule, level) = word.split_once('=').expect("a rule and a level");
                layer
                    .severity
                    .push(parse_rule_level(rule, level).expect("names"));
            }
        }
        layer
    }

    #[test]
    fn layers_come_to_a_set() {
        // Whether these three run: on by default, on by default, off by default.
        let watched = ["zero-guid", "implausible-date", "non-canonical-value"];
        for (layers, expected) in [
            (&[][..], [true, true, false]),
            (&["-value"], [false, true, false]),
            (&["+value"], [true, false, true]),
            (&["+all"], [true, true, true]),
            (&["+"], [false, false, false]),
            (&["+value, -zero-guid"], [false, false, true]),
            (&["-value, +zero-guid"], [true, false, false]),
            (&["+zero-guid, -zero-guid"], [false, false, false]),
            (&["-all, +value"], [true, false, true]),
            (&["-zero-guid", "+value"], [false, false, true]),
            (&["-value", "+value"], [true, false, true]),
            (&["-zero-guid", "+zero-guid"], [true, false, false]),
            (&["+value", "+order"], [false, true, false]),
            (&["+value", "-zero-guid"], [false, false, true]),
            (&["non-canonical-value=info"], [true, true, true]),
            (
                &["non-canonical-value=info", "+order"],
                [false, true, false],
            ),
            (&["+order", "non-canonical-value=info"], [false, true, true]),
            (&["zero-guid=off"], [false, true, false]),
            (&["zero-guid=off", "zero-guid=error"], [true, true, false]),
            (&["zero-guid=error", "zero-guid=off"], [false, true, false]),
            (&["zero-guid=off, zero-guid=error"], [true, true, false]),
            (&["-zero-guid, zero-guid=error"], [false, true, false]),
            (&["-zero-guid", "zero-guid=error"], [true, true, false]),
            (&["value=info"], [true, true, false]),
            (&["value=off"], [false, true, false]),
            (&["value=off, zero-guid=info"], [true, true, false]),
            (&["zero-guid=info, value=off"], [true, true, false]),
            (&["zero-guid=off, value=info"], [false, true, false]),
            (&["all=off, order=info"], [false, true, false]),
            (&["all=off", "+value"], [true, false, true]),
            (&["value=off", "-zero-guid"], [false, true, false]),
            (&["-value, all=off"], [false, false, false]),
        ] {
            let layers: Vec<_> = layers.iter().map(|text| layer(text)).collect();
            let resolved = Rules::of(&layers.iter().collect::<Vec<_>>());
            let runs = watched.map(|name| resolved.set.contains(rules::find(name).expect(name)));
            assert_eq!(runs, expected, "{layers:?}");
            let essential = set::ESSENTIAL
                .iter()
                .all(|rule| resolved.set.contains(rule));
            assert!(essential, "{layers:?}");
        }
    }

    #[test]
    fn what_is_fixed_is_chosen_as_what_runs_is() {
        let watched = ["zero-guid", "guid-syntax", "json-syntax"];
        for (layers, expected) in [
            (&[("", "")][..], [true, true, true]),
            (&[("+", "")], [false, false, false]),
            (&[("+value", "")], [true, true, false]),
            (&[("", "-value syntax")], [false, false, false]),
            (&[("+guid-syntax", "-value")], [false, true, false]),
            (&[("", "-all"), ("+value", "")], [true, true, false]),
            (&[("+value", ""), ("", "-zero-guid")], [false, true, false]),
        ] {
            let layers: Vec<Layer> = layers
                .iter()
                .map(|(fixable, unfixable)| {
                    let (fixable, unfixable) = (layer(fixable), layer(unfixable));
                    Layer {
                        fixable: fixable.select,
                        unfixable: unfixable.ignore,
                        ..Layer::default()
                    }
                })
                .collect();
            let resolved = Rules::of(&layers.iter().collect::<Vec<_>>());
            let fixed = watched.map(|name| resolved.may_fix(rules::find(name).expect(name)));
            assert_eq!(fixed, expected, "{layers:?}");
            assert_eq!(resolved.set, RuleSet::default());
        }
    }

    #[test]
    fn the_last_severity_counts() {
        let zero_guid = rules::find("zero-guid").expect("a rule");
        for (layers, expected) in [
            (&[][..], None),
            (&["zero-guid=info"], Some(Severity::Info)),
            (
                &["zero-guid=info", "zero-guid=error"],
                Some(Severity::Error),
            ),
            (&["zero-guid=info", "-value"], Some(Severity::Info)),
            (&["value=info"], Some(Severity::Info)),
            (&["all=info"], Some(Severity::Info)),
            (&["order=info"], None),
            (&["value=info, all=error"], Some(Severity::Info)),
            (&["zero-guid=info, value=error"], Some(Severity::Info)),
            (&["zero-guid=info", "value=error"], Some(Severity::Info)),
            (&["value=info", "value=error"], Some(Severity::Error)),
            (&["value=info, value=error"], Some(Severity::Error)),
        ] {
            let layers: Vec<_> = layers.iter().map(|text| layer(text)).collect();
            let resolved = Rules::of(&layers.iter().collect::<Vec<_>>());
            assert_eq!(resolved.severity(zero_guid), expected, "{layers:?}");
        }
    }

    #[test]
    fn rules_that_are_turned_off_are_counted() {
        let on = rules::ALL.iter().filter(|rule| rule.default.is_some());
        let all = on.count();
        for (text, expected) in [
            ("", 0),
            ("-zero-guid", 1),
            ("-non-canonical-value", 0),
            ("+", all - set::ESSENTIAL.len()),
        ] {
            let rules = Rules::of(&[&layer(text)]);
            assert_eq!(rules.turned_off().count(), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_turned_off_is_told() {
        let all = ["json-syntax", "invalid-encoding", "nesting-too-deep"];
        for (layers, expected) in [
            (&[][..], &[][..]),
            (&["+order"], &[]),
            (&["-order"], &[]),
            (&["-syntax"], &all),
            (&["-all"], &all),
            (&["syntax=off"], &all),
            (&["all=off, json-syntax=info"], &all[1..]),
            (&["-syntax", "+syntax"], &[]),
            (&["-syntax", "+json-syntax"], &all[1..]),
        ] {
            let layers: Vec<_> = layers.iter().map(|text| layer(text)).collect();
            let rules = Rules::of(&layers.iter().collect::<Vec<_>>());
            let kept: Vec<_> = rules.kept_on().map(|rule| rule.name).collect();
            assert_eq!(kept, expected, "{layers:?}");
        }
    }

    #[test]
    fn wrong_names_are_refused_with_the_nearest() {
        let table = [
            (
                Selector::parse("zero-gid").map(|_| ()),
                "unknown rule or category `zero-gid`; did you mean `zero-guid`?",
            ),
            (
                Selector::parse("Order").map(|_| ()),
                "unknown rule or category `Order`; names are case-sensitive: write `order`",
            ),
            (
                Selector::parse("").map(|_| ()),
                "unknown rule or category ``",
            ),
            (
                parse_rule_level("ordre", "error").map(|_| ()),
                "unknown rule or category `ordre`; did you mean `order`?",
            ),
            (
                parse_rule_level("zero-guid", "fatal").map(|_| ()),
                "unknown severity `fatal`; expected one of error, warning, info, off",
            ),
            (
                parse_rule_level("json-syntax", "off").map(|_| ()),
                "`json-syntax` cannot be turned off; what it reports cannot be checked at all, so ignore single findings instead",
            ),
            (
                Selector::parse_ignored("json-syntax").map(|_| ()),
                "`json-syntax` cannot be turned off; what it reports cannot be checked at all, so ignore single findings instead",
            ),
        ];
        for (result, expected) in table {
            assert_eq!(result.expect_err(expected).to_string(), expected);
        }
        assert_eq!(
            Selector::parse_ignored("syntax"),
            Ok(Selector::Category(Category::Syntax))
        );
    }
}

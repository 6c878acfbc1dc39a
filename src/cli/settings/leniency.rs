//! Which rules a run does without, and which it takes less seriously than they take themselves.

use std::collections::BTreeSet;

use autopilot_lint::diagnostic::{Rule, Severity};
use autopilot_lint::policy::Rules;

use super::plan::{Plan, Profile};
use super::run_settings::RunSettings;

/// What is made less of than by default, for the files of one profile.
#[derive(Debug)]
pub(crate) struct Leniency {
    /// Files that an override is for; `None` = those without one.
    pub(crate) files: Option<usize>,
    /// Rules that do not run.
    pub(crate) off: Vec<(&'static Rule, Source)>,
    /// Rules of a lower severity than their own, with that severity.
    pub(crate) lowered: Vec<(&'static Rule, Severity, Source)>,
}

/// Who decides on a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Configuration,
    CommandLine,
}

impl Leniency {
    /// Of every profile of a run; the first is that of the files without an override.
    pub(crate) fn of_run(plan: &Plan, settings: &RunSettings) -> Vec<Self> {
        // What the command line alone comes to, without any configuration.
        let asked = Rules::of(&[&settings.policy.above]);
        let first = Self::of(plan.default_profile(), &asked, None);
        let others = plan.overriding();
        let others = others.map(|(profile, files)| Self::of(profile, &asked, Some(files)));
        std::iter::once(first).chain(others).collect()
    }

    fn of(profile: &Profile, asked: &Rules, files: Option<usize>) -> Self {
        let rules = &profile.settings.rules;
        let by = |asked: bool| {
            if asked {
                Source::CommandLine
            } else {
                Source::Configuration
            }
        };
        let off = |rule| (rule, by(asked.turned_off().any(|other| other == rule)));
        let lowered = |(rule, severity)| {
            let is_asked = asked.lowered().any(|(other, _)| other == rule);
            (rule, severity, by(is_asked))
        };
        Self {
            files,
            off: rules.turned_off().map(off).collect(),
            lowered: rules.lowered().map(lowered).collect(),
        }
    }

    /// The names of the rules that are off.
    pub(crate) fn names_off(&self) -> BTreeSet<&'static str> {
        self.off.iter().map(|(rule, _)| rule.name).collect()
    }

    /// The names of the rules of a lower severity.
    pub(crate) fn names_lowered(&self) -> BTreeSet<&'static str> {
        self.lowered.iter().map(|(rule, ..)| rule.name).collect()
    }
}

//! Policy: what becomes of findings between the rules and the report.
//!
//! Owns which rules run at which severity, the configuration file, ignored findings and known
//! ones. Pure: texts come in, decisions and texts go out. Rules know nothing of it.

pub mod baseline;
pub mod config;
mod fail_level;
mod filter;
mod globs;
pub mod selection;
mod tally;

use std::collections::HashSet;

use crate::lint::Options;

pub use baseline::Baseline;
pub use config::{Config, ConfigError, IgnoredFinding};
pub use fail_level::FailLevel;
pub use filter::{Filter, Look};
pub use globs::{FileGlobs, excess as glob_excess};
pub use selection::{Layer, Level, Refusal, Rules, Selector};
pub use tally::Tally;

/// A configuration with what the command line, or whoever calls, says on top of it.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The configuration; the default one says nothing.
    pub config: Config,
    /// What comes before all that the configuration says.
    pub above: Layer,
}

/// Which overrides are for a file; files that agree in it are checked in the same way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scope(Vec<usize>);

impl Scope {
    /// Indices of the overrides.
    pub fn overrides(&self) -> impl Iterator<Item = usize> {
        self.0.iter().copied()
    }
}

/// How the files of a [`Scope`] are checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// For [`Linter::new`](crate::lint::Linter::new); the present is not set.
    pub options: Options,
    /// Which rules run at which severity.
    pub rules: Rules,
}

impl Policy {
    /// The scope of a file: its path relative to the configuration's folder, with `/` between the
    /// parts; `None` for one that is not below that folder.
    #[must_use]
    pub fn scope(&self, file: Option<&str>) -> Scope {
        let overrides = self.config.overrides.iter().enumerate();
        let matching =
            overrides.filter(|(_, one)| file.is_some_and(|file| one.files.is_match(file)));
        Scope(matching.map(|(index, _)| index).collect())
    }

    /// How the files of a scope are checked.
    #[must_use]
    pub fn settings(&self, scope: &Scope) -> Settings {
        let overrides = scope
            .0
            .iter()
            .map(|index| &self.config.overrides[*index].layer);
        let mut layers = vec![&self.config.layer];
        layers.extend(overrides);
        layers.push(&self.above);
        let rules = Rules::of(&layers);
        let mut options = Options {
            rules: rules.set,
            ..Options::default()
        };
        for layer in layers {
            if let Some(revision) = &layer.revision {
                options.revision.clone_from(revision);
            }
            options.mode = layer.mode.unwrap_or(options.mode);
        }
        Settings { options, rules }
    }

    /// From which severity findings fail the run; `asked` comes before the configuration.
    #[must_use]
    pub fn fail_level(&self, asked: Option<FailLevel>) -> FailLevel {
        asked.or(self.config.fail_level).unwrap_or_default()
    }

    /// The `[[ignore]]` entries that no finding was ignored for, although their files were
    /// checked and their rules ran, or their files are gone.
    ///
    /// `used` has what [`Tally::used`] of every file gave; `fate` says of a file, relative to the
    /// configuration's folder, what became of it.
    pub fn stale<'a>(
        &'a self,
        used: &[usize],
        fate: impl Fn(&str) -> Fate,
    ) -> impl Iterator<Item = &'a IgnoredFinding> {
        let used: HashSet<usize> = used.iter().copied().collect();
        let ignored = self.config.ignored.iter().enumerate();
        ignored.filter_map(move |(index, entry)| {
            let stale = !used.contains(&index) && fate(&entry.file).settles(entry.rule);
            stale.then_some(entry)
        })
    }
}

/// What became of a file in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was checked to its end, with these rules.
    Checked(crate::rules::RuleSet),
    /// It exists, but was not checked, or not to its end.
    NotChecked,
    /// There is no such file any more.
    Gone,
}

impl Fate {
    /// Whether a finding of this rule that was not made is not there any more.
    fn settles(self, rule: &str) -> bool {
        match self {
            Self::Checked(rules) => {
                crate::rules::find(rule).is_none_or(|rule| rules.contains(rule))
            }
            Self::NotChecked => false,
            Self::Gone => true,
        }
    }
}

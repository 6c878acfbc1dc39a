//! How each input of a run is checked.
//!
//! Owns that inputs of the same scope share a linter.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use autopilot_lint::diagnostic::Rule;
use autopilot_lint::lint::{Linter, UnknownRevision};
use autopilot_lint::policy::{Scope, Settings};

use super::run_settings::RunSettings;
use crate::cli::inputs::Input;

/// What the inputs of one scope are checked with.
pub(crate) struct Profile {
    pub(crate) settings: Settings,
    pub(crate) linter: Linter,
}

/// A profile for every input.
pub(crate) struct Plan {
    profiles: Vec<Profile>,
    /// Indices of the overrides that some input has.
    used_overrides: BTreeSet<usize>,
    /// For each input the index of its profile.
    of_input: Vec<usize>,
}

/// What the linters are told beside the settings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LinterOptions {
    /// The present, in ticks of an Edm.DateTimeOffset.
    pub(crate) now: i64,
    /// A format shows times.
    pub(crate) times: bool,
}

impl Plan {
    /// # Errors
    /// When the model has no such revision.
    pub(crate) fn new(
        settings: &RunSettings,
        inputs: &[Input],
        options: LinterOptions,
    ) -> Result<Self, UnknownRevision> {
        let model = &settings.model;
        let mut profiles = Vec::new();
        let mut indices: HashMap<Scope, usize> = HashMap::new();
        let mut index_of = |scope: Scope| {
            if let Some(index) = indices.get(&scope) {
                return Ok(*index);
            }
            let settings = settings.policy.settings(&scope);
            let mut lint_options = settings.options.clone();
            lint_options.now = Some(options.now);
            lint_options.times = options.times;
            let linter = Linter::with_model(Arc::clone(model), &lint_options)?;
            profiles.push(Profile { settings, linter });
            indices.insert(scope, profiles.len() - 1);
            Ok(profiles.len() - 1)
        };
        // The first profile is that of no override: what is asked for is looked at even where there
        // is nothing to check.
        let first = index_of(Scope::default())?;
        let of_input = if settings.policy.config.overrides.is_empty() {
            vec![first; inputs.len()]
        } else {
            let indices = inputs.iter().map(|input| index_of(settings.scope(input)));
            indices.collect::<Result<_, _>>()?
        };
        let used_overrides = indices.keys().flat_map(Scope::overrides).collect();
        Ok(Self {
            profiles,
            used_overrides,
            of_input,
        })
    }

    /// Keeps the inputs that `stays` says `true` of.
    pub(crate) fn retain(&mut self, stays: &[bool]) {
        let mut stays = stays.iter();
        self.of_input.retain(|_| stays.next() == Some(&true));
    }

    /// The rules that somebody turned off and that run all the same.
    pub(crate) fn kept_on(&self) -> Vec<&'static Rule> {
        let mut rules = Vec::new();
        for profile in &self.profiles {
            for rule in profile.settings.rules.kept_on() {
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        rules
    }

    /// The profile of inputs without an override.
    pub(crate) fn default_profile(&self) -> &Profile {
        &self.profiles[0]
    }

    /// The profile of the input with this index.
    pub(crate) fn profile(&self, input: usize) -> &Profile {
        &self.profiles[self.of_input[input]]
    }

    /// Indices of the overrides that are for no input.
    pub(crate) fn unused_overrides(&self, overrides: usize) -> impl Iterator<Item = usize> {
        (0..overrides).filter(|index| !self.used_overrides.contains(index))
    }

    /// The profiles of inputs with an override, with the number of those inputs.
    pub(crate) fn overriding(&self) -> impl Iterator<Item = (&Profile, usize)> {
        let mut inputs = vec![0; self.profiles.len()];
        for index in &self.of_input {
            inputs[*index] += 1;
        }
        self.profiles.iter().zip(inputs).skip(1)
    }
}

//! All that governs a run beside its options: configuration, baseline, and the linters that they
//! call for.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use autopilot_lint::lint::{Linter, UnknownRevision};
use autopilot_lint::model::Model;
use autopilot_lint::policy::{Filter, Layer, Policy, Scope, Settings};
use autopilot_lint::report::{FileReport, Report};
use autopilot_lint::text::sanitize;

use super::args::CheckArgs;
use super::config::{self, ConfigFile};
use super::input::describe;
use super::known::{self, Done, Known};
use super::output;
use super::places::{Places, repository};
use super::walk::{self, Place, Target};

/// What governs a run.
pub(crate) struct Governing {
    pub(crate) policy: Policy,
    pub(crate) config: Option<ConfigFile>,
    pub(crate) known: Option<Known>,
    places: Places,
    /// What build systems name files from.
    root: PathBuf,
    stdin_name: Option<PathBuf>,
}

/// The root of the repository that what is checked is in, or else the current folder.
fn root(holding: &Path, places: &Places) -> PathBuf {
    repository(holding)
        .unwrap_or(places.current())
        .to_path_buf()
}

/// How the targets of a run are checked.
pub(crate) struct Plan {
    /// The first one is that of files without an override.
    pub(crate) ways: Vec<(Settings, Linter)>,
    /// For each target the index of its way.
    pub(crate) of_target: Vec<usize>,
}

/// The baseline that a configuration names. A link can be as much of a way out as `..`, which it may
/// not write.
fn baseline_of(file: &ConfigFile, baseline: &str) -> Result<PathBuf, String> {
    let path = file.folder.join(baseline);
    if path.exists() && walk::file_within(&file.folder, &path).is_none() {
        let name = sanitize::path(&file.name);
        return Err(format!(
            "{name}: `baseline` leads outside the configuration's folder"
        ));
    }
    Ok(path)
}

impl Governing {
    /// Reads what there is.
    ///
    /// # Errors
    /// What is wrong, in lines that are safe to print.
    pub(crate) fn new(args: &CheckArgs, model: &Model) -> Result<Self, String> {
        let places = Places::new()
            .map_err(|error| format!("cannot use the current folder: {}", describe(&error)))?;
        let (config, file) = config::load(args, &places, &model.revisions)?;
        let known = match (&args.policy.write_baseline, &args.policy.baseline) {
            (Some(path), _) => Some(Known::open(path, true, &places)?),
            (None, Some(path)) => Some(Known::open(path, false, &places)?),
            (None, None) => {
                let configured = file.as_ref().zip(config.baseline.as_ref());
                let path = configured.map(|(file, baseline)| baseline_of(file, baseline));
                let path = path.transpose()?;
                path.map(|path| Known::open(&path, false, &places))
                    .transpose()?
            }
        };
        let above = Layer {
            select: (!args.policy.select.is_empty()).then(|| args.policy.select.clone()),
            ignore: args.policy.ignore.clone(),
            severity: args.policy.severity.clone(),
            revision: args.revision.clone(),
            mode: args.mode,
        };
        Ok(Self {
            policy: Policy { config, above },
            config: file,
            known,
            root: root(&config::holding(args, &places), &places),
            places,
            stdin_name: args.stdin_filename.clone(),
        })
    }

    /// A linter for each way in which targets are checked.
    ///
    /// # Errors
    /// When the model has no such revision.
    pub(crate) fn plan(
        &self,
        model: &Arc<Model>,
        targets: &[Target],
        now: i64,
        times: bool,
    ) -> Result<Plan, UnknownRevision> {
        let mut indices: HashMap<Scope, usize> = HashMap::new();
        let mut ways = Vec::new();
        let mut way_of = |scope: Scope| {
            if let Some(index) = indices.get(&scope) {
                return Ok(*index);
            }
            let settings = self.policy.settings(&scope);
            let mut options = settings.options.clone();
            options.now = Some(now);
            options.times = times;
            ways.push((settings, Linter::with_model(Arc::clone(model), &options)?));
            indices.insert(scope, ways.len() - 1);
            Ok(ways.len() - 1)
        };
        // The first way is that of no override: what is asked for is looked at even where there
        // is nothing to check.
        let first = way_of(Scope::default())?;
        let of_target = if self.policy.config.overrides.is_empty() {
            vec![first; targets.len()]
        } else {
            let ways = targets.iter().map(|target| way_of(self.scope(target)));
            ways.collect::<Result<_, _>>()?
        };
        Ok(Plan { ways, of_target })
    }

    /// Takes out the files that are no payloads: the baseline, and those that are `named` as
    /// something else, such as the reports that are about to be written.
    pub(crate) fn leave_out_our_own<'a>(
        &self,
        targets: &mut Vec<Target>,
        written: impl Iterator<Item = &'a Path>,
    ) {
        let baseline = self.known.as_ref().map(Known::path);
        let ours = written.map(|path| self.places.absolute(path));
        let ours: Vec<_> = ours.chain(baseline.map(Path::to_path_buf)).collect();
        if !ours.is_empty() {
            targets.retain(|target| match &target.place {
                Place::File(path) => !ours.contains(&self.places.absolute(path)),
                Place::StandardInput => true,
            });
        }
    }

    /// What is made of the findings of a target.
    pub(crate) fn filter<'a>(&'a self, target: &Target, settings: &'a Settings) -> Filter<'a> {
        let file = self.name_in_config(target);
        let filter = Filter::new(&self.policy, &settings.rules, file.as_deref());
        match &self.known {
            Some(known) => known.apply(filter, &self.name_in_baseline(known, target)),
            None => filter,
        }
    }

    /// The path of a target as the configuration names it.
    pub(crate) fn name_in_config(&self, target: &Target) -> Option<String> {
        let config = self.config.as_ref()?;
        let path = self.path(target)?;
        self.places.below(path, &config.folder)
    }

    /// Adds to a report on these targets how build systems name those of which it tells anything;
    /// standard input without a name has none.
    pub(crate) fn name_from_root(&self, report: &mut Report, targets: &[Target]) {
        let unread: HashSet<&str> = report.errors.iter().map(|error| &*error.file).collect();
        let told = |file: &FileReport| file.says_something() || unread.contains(&*file.path);
        let files = report.files.iter_mut().zip(targets);
        for (file, target) in files.filter(|(file, _)| told(file)) {
            let path = self.path(target);
            file.from_root = path.map(|path| self.places.from(path, &self.root));
        }
        report.root = Some(self.root.clone());
    }

    /// The path of a target as the baseline names it.
    pub(crate) fn name_in_baseline(&self, known: &Known, target: &Target) -> String {
        known.key(self.path(target), &self.places, &target.name)
    }

    /// Names the `[[ignore]]` entries that nothing was ignored for; `done` is by
    /// [`Governing::name_in_config`].
    pub(crate) fn name_stale_ignores(&self, done: &Done) {
        let Some(config) = &self.config else {
            return;
        };
        let used = done.values().flat_map(|(_, tally)| &tally.used).copied();
        let used: Vec<_> = used.collect();
        let fate = |file: &str| known::fate(done, &config.folder, file);
        for entry in self.policy.stale(&used, fate) {
            output::note(&format!(
                "note: {} ignores {} at `{}` in {}, which is no longer reported",
                config.name, entry.rule, entry.pointer, entry.file
            ));
        }
    }

    fn scope(&self, target: &Target) -> Scope {
        self.policy.scope(self.name_in_config(target).as_deref())
    }

    fn path<'a>(&'a self, target: &'a Target) -> Option<&'a Path> {
        match &target.place {
            Place::File(path) => Some(path),
            Place::StandardInput => self.stdin_name.as_deref(),
        }
    }
}

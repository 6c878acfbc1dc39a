//! The settings of a run: what the command line, the configuration and the baseline say together.
//!
//! Owns what a file is called in the configuration, in the baseline, and from the repository's root.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use autopilot_lint::model::{Model, table};
use autopilot_lint::policy::{
    Config, FileGlobs, Filter, IgnoredFinding, Layer, Policy, Scope, Settings,
};
use autopilot_lint::report::{FileReport, Report};
use autopilot_lint::text::sanitize;

use super::baseline_file::{BaselineChoice, BaselineFile};
use super::checked_files::CheckedFiles;
use super::config_file::{self, ConfigChoice, ConfigFile};
use super::settings_error::SettingsError;
use crate::cli::inputs::{Choice, ConfigGlobs, Input, InputPath, UsedGlobs, read_schema};
use crate::cli::paths::{Door, WorkingFolder, is_of_this_process, repository};

/// What the command line says about the settings of a run.
pub(crate) struct SettingsRequest<'a> {
    pub(crate) config: ConfigChoice<'a>,
    pub(crate) baseline: BaselineChoice<'a>,
    /// Describes the resource instead of what the configuration names.
    pub(crate) schema: Option<&'a Path>,
    /// What counts before all that the configuration says.
    pub(crate) overriding: Layer,
    /// What is to be checked; `-` is standard input.
    pub(crate) paths: &'a [PathBuf],
    pub(crate) stdin_name: Option<&'a Path>,
}

impl SettingsRequest<'_> {
    /// The innermost folder that holds all that is to be checked. What the door refuses is not, and
    /// pipes of this process are in no folder.
    fn checked_folder(&self, working_folder: &WorkingFolder, door: &Door) -> PathBuf {
        let checked = self.paths.iter().filter_map(|path| {
            if path.as_os_str() == "-" {
                self.stdin_name
            } else {
                Some(path.as_path())
            }
        });
        let checked = checked.filter(|path| !is_of_this_process(path) && door.enter(path).is_ok());
        working_folder.common_folder(checked)
    }
}

/// What a run is set to do, its linters aside.
pub(crate) struct RunSettings {
    pub(crate) policy: Policy,
    pub(crate) config: Option<ConfigFile>,
    pub(crate) baseline: Option<BaselineFile>,
    /// What the payloads are checked against.
    pub(crate) model: Arc<Model>,
    /// The file that describes it, if one does.
    pub(crate) schema: Option<SchemaFile>,
    working_folder: WorkingFolder,
    /// What build systems name files from: the root of the repository, or else the current folder.
    root: PathBuf,
    stdin_name: Option<PathBuf>,
}

/// A JSON Schema that was read.
pub(crate) struct SchemaFile {
    /// Its name as seen from the current folder; not yet safe to print.
    pub(crate) name: String,
    /// Its path without links; `None` where nothing is there to be written over.
    pub(crate) real: Option<PathBuf>,
}

impl RunSettings {
    /// Reads the configuration, the schema and the baseline. Where there is no repository, the door holds links to
    /// the folder of the configuration from then on.
    ///
    /// # Errors
    /// When one of them cannot be read or is not valid.
    pub(crate) fn load(
        request: SettingsRequest<'_>,
        door: &mut Door,
    ) -> Result<Self, SettingsError> {
        let working_folder = door
            .working_folder()
            .map_err(|error| SettingsError::NoCurrentFolder(error.into()))?;
        let checked = request.checked_folder(&working_folder, door);
        let text = config_file::load(request.config, &checked, &working_folder, door)?;
        if let Some(text) = &text {
            *door = door.with_stand_in(&text.file.folder);
        }
        let configured = text.as_ref().and_then(|text| {
            let schema = working_folder.absolute(&text.file.folder.join(text.schema()?));
            let below = schema.strip_prefix(working_folder.path());
            Some(below.map(Path::to_path_buf).unwrap_or(schema))
        });
        let schema = request.schema.or(configured.as_deref());
        let model = Arc::new(match schema {
            Some(path) => read_schema(path, door)?,
            None => table::autopilot_event(),
        });
        let schema = schema.map(|path| SchemaFile {
            name: sanitize::display_path(path),
            real: door.enter(path).ok().map(|place| place.real),
        });
        let parsed = text.map(|text| text.parse(&model.revisions));
        let (config, file) = match parsed.transpose().map_err(Box::new)? {
            Some((config, file)) => (config, Some(file)),
            None => (Config::default(), None),
        };
        let open = |path: &Path, write| BaselineFile::open(path, write, &working_folder, door);
        let baseline = match request.baseline {
            BaselineChoice::Write(path) => Some(open(path, true)?),
            BaselineChoice::Read(path) => Some(open(path, false)?),
            BaselineChoice::Configured => match (&file, &config.baseline) {
                (Some(file), Some(baseline)) => Some(open(&file.folder.join(baseline), false)?),
                _ => None,
            },
        };
        let root = repository(&checked).unwrap_or(working_folder.path());
        Ok(Self {
            policy: Policy {
                config,
                above: request.overriding,
            },
            config: file,
            baseline,
            model,
            schema,
            root: root.to_path_buf(),
            working_folder,
            stdin_name: request.stdin_name.map(Path::to_path_buf),
        })
    }

    /// Which overrides are for an input.
    pub(super) fn scope(&self, input: &Input) -> Scope {
        self.policy.scope(self.name_in_config(input).as_deref())
    }

    /// Which of the files that the run meets it takes. `excluded` and `ignores`: what the command
    /// line says of that.
    pub(crate) fn choice<'a>(&'a self, excluded: &'a FileGlobs, ignores: bool) -> Choice<'a> {
        let config = self.config.as_ref();
        Choice {
            working_folder: &self.working_folder,
            config: config.map(|file| ConfigGlobs {
                folder: &file.folder,
                include: &self.policy.config.include,
                exclude: &self.policy.config.exclude,
                used: UsedGlobs::default(),
            }),
            excluded,
            ignores,
        }
    }

    /// What is kept of the findings of an input.
    pub(crate) fn filter<'a>(&'a self, input: &Input, settings: &'a Settings) -> Filter<'a> {
        let name = self.name_in_config(input);
        let filter = Filter::new(&self.policy, &settings.rules, name.as_deref());
        match &self.baseline {
            Some(file) => file.apply(filter, &self.name_from_baseline(file, input)),
            None => filter,
        }
    }

    /// What the configuration calls an input; `None` for one that is not below its folder.
    pub(crate) fn name_in_config(&self, input: &Input) -> Option<String> {
        let config = self.config.as_ref()?;
        let path = self.path(input)?;
        self.working_folder.name_below(path, &config.folder)
    }

    /// What the baseline calls an input; `None` where there is no baseline.
    pub(crate) fn name_in_baseline(&self, input: &Input) -> Option<String> {
        let file = self.baseline.as_ref()?;
        Some(self.name_from_baseline(file, input))
    }

    fn name_from_baseline(&self, file: &BaselineFile, input: &Input) -> String {
        self.path(input).map_or_else(
            || input.name.clone(),
            |path| self.working_folder.key_from(path, file.folder()),
        )
    }

    /// Adds to the report on these inputs what build systems call those that it tells anything of;
    /// standard input without a name has no such name.
    pub(crate) fn name_from_root(&self, report: &mut Report, inputs: &[Input]) {
        let unread: HashSet<&str> = report.errors.iter().map(|error| &*error.file).collect();
        let told = |file: &FileReport| file.says_something() || unread.contains(&*file.path);
        let files = report.files.iter_mut().zip(inputs);
        for (file, input) in files.filter(|(file, _)| told(file)) {
            let path = self.path(input);
            file.from_root = path.map(|path| self.working_folder.relative_to(path, &self.root));
        }
        report.root = Some(self.root.clone());
    }

    /// The `[[ignore]]` entries that silenced nothing; `files` are by their names in the
    /// configuration.
    pub(crate) fn stale_ignores(&self, files: &CheckedFiles) -> Vec<&IgnoredFinding> {
        let Some(config) = &self.config else {
            return Vec::new();
        };
        let fate = |name: &str| files.fate(&config.folder, name);
        self.policy.stale(&files.used_ignores(), fate).collect()
    }

    fn path<'a>(&'a self, input: &'a Input) -> Option<&'a Path> {
        match &input.path {
            InputPath::File(path) => Some(path),
            InputPath::StandardInput => self.stdin_name.as_deref(),
        }
    }
}

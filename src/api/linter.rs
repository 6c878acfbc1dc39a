//! Linters, the sessions that check with them, and how a policy is put together.
//!
//! Owns which overrides of the policy are for a file, and that files of the same overrides share
//! a linter.

use std::collections::HashMap;
use std::path::{Component, Path};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::{BuildError, FixError, Fixed, Report, Resource};
use crate::diagnostic::{Applicability, Severity};
use crate::edm::date_time;
use crate::fixer;
use crate::lint::{self, Outcome, Scratch, UnknownRevision};
use crate::model::{Mode, Model};
use crate::policy::{
    Baseline, Config, FailLevel, Filter, Layer, Level, Look, Policy, Rules, Scope, Selector,
    Settings,
};
use crate::report;
use crate::text::sanitize;

/// Checks documents against a [`Resource`] under a policy.
///
/// A policy consists of a configuration (the text of an `autopilot-lint.toml`) and of what
/// [`Linter::builder`] sets on top. Its overrides and accepted findings apply by file name. Cheap
/// to clone, and may be shared between threads.
///
/// ```
/// use autopilot_lint::{Linter, Severity};
///
/// let linter = Linter::builder()
///     .config(
///         r#"
///         severity = { zero-guid = "error" }
///
///         [[overrides]]
///         files = ["old/"]
///         ignore = ["zero-guid"]
///         "#,
///     )
///     .build()?;
/// let text = r#"{"deviceId": "00000000-0000-0000-0000-000000000000"}"#;
///
/// assert_eq!(linter.check("new/event.json", text).count(Severity::Error), 1);
/// assert!(linter.check("old/event.json", text).is_clean());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Linter(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    model: Arc<Model>,
    policy: Policy,
    baseline: Option<Baseline>,
    fail_level: FailLevel,
    now: Option<i64>,
    ways: Mutex<HashMap<Scope, Arc<Way>>>,
}

/// How the files of a scope are checked.
#[derive(Debug)]
struct Way {
    rules: Rules,
    linter: lint::Linter,
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

impl Linter {
    /// A linter for Autopilot events with the default policy.
    #[must_use]
    pub fn new() -> Self {
        match Self::builder().build() {
            Ok(linter) => linter,
            Err(error) => unreachable!("nothing is asked for: {error}"),
        }
    }

    /// A linter with a policy or resource of your own.
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    /// Checks one document. For several, a [`Session`] is faster.
    ///
    /// `file` is the name that the report shows, and that the policy goes by: relative to the
    /// configuration's folder. No file is read. `bytes` is JSON text in any encoding, valid or
    /// not: one event, an array of events, or a page of a Graph collection. JSON Lines go to
    /// [`Linter::check_lines`].
    #[must_use]
    pub fn check(&self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Report {
        self.session().check(file, bytes)
    }

    /// Checks a JSON Lines file: one document a line. Also finds identifiers that an earlier line
    /// has.
    ///
    /// ```
    /// use autopilot_lint::Linter;
    ///
    /// let text = "{\"osVersion\": \"10.0.26200.8893\"}\n{\"targetedAppCount\": -1}\n";
    /// let report = Linter::new().check_lines("events.jsonl", text);
    /// assert_eq!(report.findings().next().map(|found| found.line()), Some(2));
    /// ```
    #[must_use]
    pub fn check_lines(&self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Report {
        self.session().check_lines(file, bytes)
    }

    /// Makes the fixes of one document, up to `most`, and checks again what comes out. For several, a
    /// [`Session`] is faster.
    ///
    /// `file` and `bytes` are as for [`Linter::check`]. What the policy turns off or accepts is not
    /// fixed.
    ///
    /// ```
    /// use autopilot_lint::{Applicability, Linter};
    ///
    /// let text = r#"{ "DeviceId": "{3e455cab-5cab-3e45-ab5c-453eab5c453e}" }"#;
    /// let fixed = Linter::new().fix("event.json", text, Applicability::Safe)?;
    ///
    /// let expected = r#"{ "deviceId": "3e455cab-5cab-3e45-ab5c-453eab5c453e" }"#;
    /// assert_eq!(fixed.text(), expected.as_bytes());
    /// assert_eq!(fixed.count(), 2);
    /// assert!(fixed.report().is_clean());
    /// # Ok::<(), autopilot_lint::FixError>(())
    /// ```
    ///
    /// # Errors
    /// Where a fix does not do what it says. That is a fault of this library; keep the text as it was.
    pub fn fix(
        &self,
        file: impl AsRef<Path>,
        bytes: impl AsRef<[u8]>,
        most: Applicability,
    ) -> Result<Fixed, FixError> {
        self.session().fix(file, bytes, most)
    }

    /// The same of a JSON Lines file.
    ///
    /// ```
    /// use autopilot_lint::{Applicability, Linter};
    ///
    /// let text = "{\"targetedAppCount\": \"1\"}\n\n{\"targetedAppCount\": 2.0}\n";
    /// let fixed = Linter::new().fix_lines("events.jsonl", text, Applicability::Safe)?;
    /// let expected = "{\"targetedAppCount\": 1}\n\n{\"targetedAppCount\": 2}\n";
    /// assert_eq!(fixed.text(), expected.as_bytes());
    /// # Ok::<(), autopilot_lint::FixError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Linter::fix`].
    pub fn fix_lines(
        &self,
        file: impl AsRef<Path>,
        bytes: impl AsRef<[u8]>,
        most: Applicability,
    ) -> Result<Fixed, FixError> {
        self.session().fix_lines(file, bytes, most)
    }

    /// Buffers to check many documents with, one after the other.
    #[must_use]
    pub fn session(&self) -> Session {
        Session {
            linter: self.clone(),
            ways: HashMap::new(),
        }
    }
}

impl Shared {
    fn filter<'a>(&'a self, way: &'a Way, name: Option<&str>) -> Filter<'a> {
        let filter = Filter::new(&self.policy, &way.rules, name);
        match &self.baseline {
            Some(baseline) => filter.with_baseline(baseline, name.unwrap_or_default()),
            None => filter,
        }
    }

    fn way(&self, scope: &Scope) -> Result<Arc<Way>, UnknownRevision> {
        let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(way) = ways.get(scope) {
            return Ok(Arc::clone(way));
        }
        let Settings { options, rules } = self.policy.settings(scope);
        let options = lint::Options {
            now: self.now,
            // Which format the report is written in is not known yet.
            times: true,
            ..options
        };
        let linter = lint::Linter::with_model(Arc::clone(&self.model), &options)?;
        let way = Arc::new(Way { rules, linter });
        ways.insert(scope.clone(), Arc::clone(&way));
        Ok(way)
    }
}

/// Checks document after document with buffers that it keeps.
///
/// It remembers the shapes of the events that it checked, so that further ones take a fraction of
/// the time. Use one for each thread.
///
/// ```
/// use autopilot_lint::{Linter, Report};
///
/// let linter = Linter::new();
/// let documents = vec![("a.json", "[]"), ("b.json", "{}"), ("c.json", "[{}]")];
///
/// let report: Report = std::thread::scope(|scope| {
///     let threads: Vec<_> = documents
///         .chunks(2)
///         .map(|part| {
///             let mut session = linter.session();
///             scope.spawn(move || {
///                 let checked = part.iter().map(|(file, text)| session.check(file, text));
///                 checked.collect::<Report>()
///             })
///         })
///         .collect();
///     threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
/// });
/// assert!(!report.is_clean());
/// ```
#[derive(Debug)]
pub struct Session {
    linter: Linter,
    ways: HashMap<Scope, (Arc<Way>, Scratch)>,
}

impl Session {
    /// Checks one document, as [`Linter::check`] does.
    #[must_use]
    pub fn check(&mut self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Report {
        self.report(file.as_ref(), bytes.as_ref(), lint::Linter::check)
    }

    /// Checks a JSON Lines file, as [`Linter::check_lines`] does.
    #[must_use]
    pub fn check_lines(&mut self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Report {
        self.report(file.as_ref(), bytes.as_ref(), lint::Linter::check_lines)
    }

    fn report(
        &mut self,
        file: &Path,
        bytes: &[u8],
        check: impl Fn(&lint::Linter, &[u8], &mut Scratch) -> Outcome,
    ) -> Report {
        let shared = Arc::clone(&self.linter.0);
        let name = name_in_config(file);
        let (way, scratch) = self.way(name.as_deref());
        let mut outcome = check(&way.linter, bytes, scratch);
        let mut filter = shared.filter(way, name.as_deref());
        let (reported, not_held) = filter.apply(std::mem::take(&mut outcome.diagnostics));
        outcome.diagnostics = reported.into();
        let silenced = filter.finish().silenced();
        let shown = sanitize::display_path(file);
        let mut report = report::Report::of_document(&shown, bytes, outcome);
        for file in &mut report.files {
            file.silenced = silenced;
            file.not_shown.add_not_held(&not_held);
        }
        Report::new(report, shared.fail_level)
    }

    /// Makes the fixes of one document, as [`Linter::fix`] does.
    ///
    /// # Errors
    /// Those of [`Linter::fix`].
    pub fn fix(
        &mut self,
        file: impl AsRef<Path>,
        bytes: impl AsRef<[u8]>,
        most: Applicability,
    ) -> Result<Fixed, FixError> {
        let (file, bytes) = (file.as_ref(), bytes.as_ref());
        let (text, count) = self.mend(file, std::iter::once(bytes), most)?;
        let report = self.check(file, &text);
        Ok(Fixed::new(text, count, report))
    }

    /// Makes the fixes of a JSON Lines file, as [`Linter::fix_lines`] does.
    ///
    /// # Errors
    /// Those of [`Linter::fix`].
    pub fn fix_lines(
        &mut self,
        file: impl AsRef<Path>,
        bytes: impl AsRef<[u8]>,
        most: Applicability,
    ) -> Result<Fixed, FixError> {
        let (file, bytes) = (file.as_ref(), bytes.as_ref());
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let (text, count) = self.mend(file, lines, most)?;
        let report = self.check_lines(file, &text);
        Ok(Fixed::new(text, count, report))
    }

    /// Makes the fixes of texts that follow one another.
    fn mend<'t>(
        &mut self,
        file: &Path,
        texts: impl Iterator<Item = &'t [u8]>,
        most: Applicability,
    ) -> Result<(Vec<u8>, usize), FixError> {
        let shared = Arc::clone(&self.linter.0);
        let name = name_in_config(file);
        let (way, scratch) = self.way(name.as_deref());
        let mut filter = shared.filter(way, name.as_deref());
        let mut find = |look, text: &[u8]| {
            let mut found = way.linter.check(text, scratch).diagnostics;
            filter.withhold(look, &mut found);
            found
        };
        let (mut mended, mut count) = (Vec::new(), 0);
        for text in texts {
            let found = find(Look::First, text);
            let again = |text: &[u8]| find(Look::Again, text);
            match fixer::repair(text, found, most, again)? {
                Some(repaired) => {
                    mended.extend(repaired.text);
                    count += repaired.mended.len();
                }
                None => mended.extend(text),
            }
        }
        Ok((mended, count))
    }

    /// How the files of a name's scope are checked, with buffers for it.
    fn way(&mut self, name: Option<&str>) -> (&Way, &mut Scratch) {
        let scope = self.linter.0.policy.scope(name);
        let (way, scratch) = self.ways.entry(scope).or_insert_with_key(|scope| {
            let way = match self.linter.0.way(scope) {
                Ok(way) => way,
                Err(error) => unreachable!("every revision was looked up before: {error}"),
            };
            (way, Scratch::default())
        });
        (way, scratch)
    }
}

/// The path of a file as the configuration names it; `None` for one that is not below its folder.
fn name_in_config(file: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for component in file.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
        }
    }
    Some(parts.join("/"))
}

/// Puts together what a [`Linter`] checks against, and its policy.
///
/// What is set here takes precedence over the configuration.
///
/// ```
/// use autopilot_lint::{Linter, Mode, Severity};
///
/// let linter = Linter::builder()
///     .mode(Mode::Create)
///     .revision("latest")
///     .ignore(["content", "zero-guid"])
///     .severity("missing-member", Severity::Warning)
///     .now(std::time::SystemTime::now())
///     .build()?;
/// assert!(!linter.check("event.json", "{}").fails());
/// # Ok::<(), autopilot_lint::BuildError>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct LinterBuilder {
    resource: Option<Resource>,
    config: Option<String>,
    baseline: Option<Vec<u8>>,
    select: Option<Vec<String>>,
    ignore: Vec<String>,
    severity: Vec<(String, Severity)>,
    revision: Option<String>,
    mode: Option<Mode>,
    fail_level: Option<FailLevel>,
    now: Option<SystemTime>,
}

impl LinterBuilder {
    /// Sets what payloads are checked against; the Autopilot event by default.
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resource = Some(resource);
        self
    }

    /// Sets the configuration: the text of an `autopilot-lint.toml`. Keys that only the command line
    /// acts on are ignored: those that name files (`baseline`, `schema`,
    /// `include`, `exclude`), or that shape its run and its
    /// output (`across-files`, `output-format`, `show`, `redact`).
    pub fn config(mut self, toml: impl Into<String>) -> Self {
        self.config = Some(toml.into());
        self
    }

    /// Sets the known findings, which are not reported: the text of a file that
    /// `autopilot-lint check --write-baseline` wrote. Its files are named as for the configuration.
    pub fn baseline(mut self, json: impl Into<Vec<u8>>) -> Self {
        self.baseline = Some(json.into());
        self
    }

    /// Runs only these rules: names of rules or categories, or `all`.
    pub fn select(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.select = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Turns these rules off: names of rules or categories, or `all`.
    pub fn ignore(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ignore.extend(names.into_iter().map(Into::into));
        self
    }

    /// Gives all findings of these rules this severity: the name of a rule or category, or `all`. A
    /// rule's own name turns it on if it is off by default, and takes precedence over its category.
    pub fn severity(mut self, name: impl Into<String>, severity: Severity) -> Self {
        self.severity.push((name.into(), severity));
        self
    }

    /// Sets the revision: a date of [`Resource::revisions`], `latest`, or `any` (the default).
    pub fn revision(mut self, name: impl Into<String>) -> Self {
        self.revision = Some(name.into());
        self
    }

    /// Sets what payloads are for, which decides which members are required.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// Sets the severity from which findings fail a run; [`FailLevel::Error`] by default.
    pub fn fail_level(mut self, level: FailLevel) -> Self {
        self.fail_level = Some(level);
        self
    }

    /// Sets the current time, in whole seconds, for the rule `implausible-date`. Without it, no
    /// date is in the future.
    pub fn now(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// Builds the linter.
    ///
    /// # Errors
    /// Where the configuration or the baseline cannot be read, a rule or revision does not exist,
    /// a rule cannot be turned off, or the resource is an enumeration.
    pub fn build(self) -> Result<Linter, BuildError> {
        let above = self.above()?;
        let resource = self.resource.unwrap_or_else(Resource::autopilot_event);
        let model = resource.model;
        if model.types.is_empty() {
            return Err(BuildError::no_payloads());
        }
        let config = match &self.config {
            Some(text) => Config::parse(text, &model.revisions)
                .map_err(|error| BuildError::config(text, error))?,
            None => Config::default(),
        };
        let policy = Policy { config, above };
        let shared = Shared {
            model,
            fail_level: policy.fail_level(self.fail_level),
            policy,
            baseline: self.baseline.as_deref().map(Baseline::parse).transpose()?,
            now: self.now.map(date_time::ticks_at),
            ways: Mutex::default(),
        };
        // What is asked for is looked up even where nothing is checked.
        shared.way(&Scope::default())?;
        Ok(Linter(Arc::new(shared)))
    }

    fn above(&self) -> Result<Layer, BuildError> {
        let select = self.select.as_ref().map(|names| {
            let selectors = names.iter().map(|name| Selector::parse(name));
            selectors.collect::<Result<_, _>>()
        });
        let ignore = self.ignore.iter().map(|name| Selector::parse_ignored(name));
        let severity = self.severity.iter().map(|(name, severity)| {
            let selector = Selector::parse(name)?;
            Ok::<_, BuildError>((selector, Level::At(*severity)))
        });
        Ok(Layer {
            select: select.transpose()?,
            ignore: ignore.collect::<Result<_, _>>()?,
            severity: severity.collect::<Result<_, _>>()?,
            revision: self.revision.clone(),
            mode: self.mode,
            ..Layer::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linters_may_be_shared_and_sessions_sent() {
        fn is_shared<T: Send + Sync + 'static>() {}
        fn is_sent<T: Send + 'static>() {}
        is_shared::<Linter>();
        is_shared::<Resource>();
        is_shared::<Report>();
        is_shared::<BuildError>();
        is_sent::<Session>();
    }

    #[test]
    fn a_file_has_the_name_that_the_configuration_gives_it() {
        for (file, name) in [
            ("a.json", Some("a.json")),
            ("./a/./b.json", Some("a/b.json")),
            ("../a.json", None),
            ("a/../b.json", None),
            ("/a.json", None),
        ] {
            assert_eq!(name_in_config(Path::new(file)).as_deref(), name, "{file}");
        }
    }
}

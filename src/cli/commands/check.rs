//! `check`.

use std::borrow::Cow;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::edm::date_time;
use autopilot_lint::policy::{Config, FailLevel, FileGlobs, Layer};
use autopilot_lint::report::{Format, Origin, Report};
use autopilot_lint::text::sanitize;

use super::command_error::CommandError;
use super::files::{door, leave_out_own, spare};
use crate::cli::args::{CheckArgs, command_said, variables};
use crate::cli::budget::Budget;
use crate::cli::exit::Exit;
use crate::cli::fixing::{Diffs, Fixing, Style};
use crate::cli::inputs::{
    AskedInputs, FoundInputs, UnpackLimit, UsedGlobs, add_path_list, expand, search,
};
use crate::cli::outputs::{
    Fixes, Output, PolicyEffect, Progress, StandardStream, TextReport, admit, baseline,
    choose_outputs, ci, console, notes, report, summary,
};
use crate::cli::paths::{Door, Target, reads_standard_input};
use crate::cli::pipeline::{CheckedRun, Run, thread_count};
use crate::cli::results::{FixedInput, Recognition, RunOptions};
use crate::cli::settings::{
    BaselineChoice, ConfigChoice, Leniency, LinterOptions, Plan, RunSettings, SettingsRequest,
};

pub(super) fn run(mut args: CheckArgs) -> Result<Exit, CommandError> {
    let started = Instant::now();
    variables::apply(&mut args)?;
    let door = door()?;
    let stdin_filename = args.stdin_filename.take();
    args.stdin_filename = stdin_filename.map(|name| door.in_letters_of_disk(name));
    let args = &args;
    let asked = AskedPaths::read(args, &door)?;
    let mut check = PreparedCheck::prepare(args, &asked, door)?;
    let mut checked = check.run();
    if args.choice.show_files {
        return check.show_files(&checked.report);
    }
    checked.report.omitted = check.effect(&checked).omitted();
    checked.report.origin = check.origin();
    let fail_level = check.fail_level();
    let fixed = check.tell_fixes(&checked);
    let written = check.write(&checked.report, fail_level).max(fixed);
    let concluded = check.conclude(&checked);
    let nothing = check.mind_nothing_checked(&checked.report);
    let effect = check.effect(&checked);
    if args.verbose {
        summary::note_details(&checked.report, &check.settings, &effect);
    }
    if !is_quiet(args) && !args.fixes.change.fix_only {
        let elapsed = started.elapsed();
        let line = summary::line(&checked.report, &check.settings, &effect, elapsed);
        console::note(&line);
    }
    let counts = if args.fixes.change.fix_only {
        FailLevel::Never
    } else {
        fail_level
    };
    let found = exit(&checked.report, counts);
    Ok(written.max(concluded).max(nothing).max(found))
}

/// `--require-payloads` is asked for in vain.
#[derive(Debug, thiserror::Error)]
#[error("no files were checked, as --require-payloads demands")]
struct NothingChecked;

/// The paths that a run is to check.
struct AskedPaths {
    paths: Vec<PathBuf>,
    /// Nobody named any.
    none: bool,
}

impl AskedPaths {
    /// # Errors
    /// When a list of paths cannot be read.
    fn read(args: &CheckArgs, door: &Door) -> Result<Self, CommandError> {
        let mut paths = args.paths.clone();
        if let Some(list) = &args.choice.files_from {
            add_path_list(&mut paths, list, door)?;
        }
        let paths = expand(paths).into_iter();
        let mut paths: Vec<_> = paths.map(|path| door.in_letters_of_disk(path)).collect();
        let none = args.paths.is_empty() && args.choice.files_from.is_none();
        if none {
            paths.push(PathBuf::from("."));
        }
        Ok(Self { paths, none })
    }
}

/// All that a check needs before the first input is read.
struct PreparedCheck<'a> {
    args: &'a CheckArgs,
    recognition: Recognition,
    outputs: Vec<Output<Target>>,
    settings: RunSettings,
    found: FoundInputs,
    plan: Plan,
    /// Globs of the configuration that something matched.
    used: UsedGlobs,
    fixing: Option<Fixing>,
}

impl<'a> PreparedCheck<'a> {
    fn prepare(
        args: &'a CheckArgs,
        asked: &AskedPaths,
        mut door: Door,
    ) -> Result<Self, CommandError> {
        let reads_stdin = asked.paths.iter().any(|path| reads_standard_input(path));
        if args.stdin_filename.is_some() && !reads_stdin {
            return Err(CommandError::NameOfNothing);
        }
        let settings = RunSettings::load(settings_request(args, asked), &mut door)?;
        let preferred = settings.policy.config.output_format;
        let outputs = admit(outputs(args, preferred, reads_stdin)?, &door)?;
        let excluded = FileGlobs::of_current_folder(&args.choice.exclude)?;
        let choice = settings.choice(&excluded, !args.choice.no_ignore);
        let asked = AskedInputs {
            paths: &asked.paths,
            looks_for_events: asked.none,
            stdin_name: args.stdin_filename.as_deref(),
        };
        let mut found = search(asked, &choice, &door);
        keep_what_is_read(args, &outputs, &settings, &mut found, &door)?;
        let options = LinterOptions {
            now: args
                .now
                .unwrap_or_else(|| date_time::ticks_at(SystemTime::now())),
            times: outputs.iter().any(|output| output.format.standalone),
        };
        let plan = Plan::new(&settings, &found.inputs, options)?;
        let used = choice.into_used();
        if !is_quiet(args) {
            notes::kept_on(&plan.kept_on());
        }
        Ok(Self {
            recognition: Recognition::new(Arc::clone(&settings.model)),
            used,
            args,
            outputs,
            fixing: fixing(args, redacts(args, &settings), door),
            settings,
            found,
            plan,
        })
    }

    /// Checks the inputs.
    fn run(&mut self) -> CheckedRun {
        let args = self.args;
        let unsearched = std::mem::take(&mut self.found.errors);
        let inputs = &self.found.inputs;
        let progress = shows_progress(args).then(|| Progress::new(inputs));
        let progress = progress.flatten();
        let budget = Budget::new(args.limits.memory);
        let threads = thread_count(args.jobs.unwrap_or_default(), inputs);
        let unpacked = UnpackLimit::new(args.limits.unpacked);
        let run = Run {
            inputs,
            plan: &self.plan,
            settings: &self.settings,
            options: RunOptions {
                max_file_size: args.limits.file_size,
                max_unpacked: unpacked.within(args.limits.memory, threads),
                budget: &budget,
                show: shown_from(args, &self.settings.policy.config),
                max_diagnostics: args.max_diagnostics.min(most_shown(inputs.len())),
                fixes: self.fixing.as_ref().map(|fixing| fixing.most),
                threads,
                frames: self.outputs.iter().any(|output| output.format.frames),
                redacted: self.redacts(),
                recognition: &self.recognition,
                progress: progress.as_ref(),
            },
            across_files: args.across_files || self.settings.policy.config.across_files,
            fixing: self.fixing.as_ref(),
        };
        let mut checked = run.check(unsearched);
        if let Some(fixing) = &self.fixing {
            fixing.finish(&self.found.temporaries);
        }
        drop(progress);
        let FoundInputs {
            inputs,
            passed_over,
            ..
        } = &mut self.found;
        passed_over.extend(checked.set_aside(inputs, &mut self.plan));
        passed_over.sort_unstable();
        self.settings.name_from_root(&mut checked.report, inputs);
        checked
    }

    /// Lists the files that were checked.
    fn show_files(&self, checked: &Report) -> Result<Exit, CommandError> {
        let names = checked.files.iter().map(|file| sanitize::path(&file.path));
        let names: Vec<_> = names.chain([Cow::Borrowed("")]).collect();
        console::print(&names.join("\n"))?;
        for error in &checked.errors {
            console::error(&format!("{}: {}", error.file, error.message));
        }
        let exit = exit(checked, FailLevel::Never);
        Ok(exit.max(self.mind_nothing_checked(checked)))
    }

    /// Says that no file was checked, which may be an error.
    fn mind_nothing_checked(&self, checked: &Report) -> Exit {
        if !checked.files.is_empty() {
            return Exit::Clean;
        }
        if self.args.choice.require_payloads {
            return console::error(&NothingChecked);
        }
        if checked.errors.is_empty() && !is_quiet(self.args) {
            notes::nothing_to_check();
        }
        Exit::Clean
    }

    /// What the policy did about the findings.
    fn effect(&self, checked: &CheckedRun) -> PolicyEffect<'_> {
        let tallies = || checked.endings.iter().map(|ending| &ending.tally);
        PolicyEffect {
            passed_over: &self.found.passed_over,
            ignored: tallies().map(|tally| tally.ignored).sum(),
            known: tallies().map(|tally| tally.known).sum(),
            leniency: Leniency::of_run(&self.plan, &self.settings),
            fail_level: self.fail_level(),
            redacted: self.redacts(),
            unsafe_fixes: self.args.fixes.unsafe_fixes,
        }
    }

    /// How the run came about, if a report tells that.
    fn origin(&self) -> Option<Origin> {
        let is_told = self.outputs.iter().any(|output| output.format.standalone);
        let settings = &self.settings;
        let options = &self.plan.default_profile().settings.options;
        is_told.then(|| Origin {
            command: command_said(),
            revision: options.revision.clone(),
            mode: options.mode.name(),
            configuration: settings.config.as_ref().map(|file| file.name.clone()),
            baseline: settings.baseline.as_ref().map(|file| file.name.clone()),
            date: date_said(self.args).map(|ticks| date_time::canonical(ticks, 0)),
            redacted: self.redacts(),
        })
    }

    /// What fails the run.
    fn fail_level(&self) -> FailLevel {
        let asked = &self.args.policy;
        let never = asked.exit_zero.then_some(FailLevel::Never);
        self.settings.policy.fail_level(never.or(asked.fail_level))
    }

    /// Whether identifying values are kept out of the report.
    fn redacts(&self) -> bool {
        redacts(self.args, &self.settings)
    }

    /// Says what was fixed, or would be, and what was not although it can be.
    fn tell_fixes(&self, checked: &CheckedRun) -> Exit {
        let Some(fixing) = &self.fixing else {
            return Exit::Clean;
        };
        let mut all = Fixes {
            only_shown: fixing.diffs.is_some(),
            ..Fixes::default()
        };
        let mut exit = Exit::Clean;
        for (file, ending) in checked.report.files.iter().zip(&checked.endings) {
            let fixed = &ending.fixed;
            if fixed.findings > 0 {
                all.findings += fixed.findings;
                all.files += 1;
                if self.args.verbose {
                    notes::fixed(&file.path, fixed.findings, all.only_shown);
                }
            }
            if let Some(error) = &ending.not_fixed {
                all.not_fixed += 1;
                exit = console::error(&format!("{}: not fixed: {error}", file.path));
            }
            exit = exit.max(print_fixed(fixing, fixed));
        }
        let says = all.findings > 0 || all.not_fixed > 0 || !self.args.fixes.change.fix;
        if says && !is_quiet(self.args) {
            console::note(&all.words());
        }
        exit
    }

    /// Writes the report in every format, and the tables that are asked for.
    fn write(&self, checked: &Report, fail_level: FailLevel) -> Exit {
        let color = self.args.color;
        let exit = report::write_all(checked, &self.outputs, color, fail_level.threshold());
        if self.args.beside.statistics {
            report::write_statistics(checked, color, is_quiet(self.args));
        }
        exit
    }

    /// Writes the baseline that is asked for, and says what is stale.
    fn conclude(&mut self, checked: &CheckedRun) -> Exit {
        let quiet = is_quiet(self.args);
        let settings = &self.settings;
        if !quiet {
            notes::named_and_passed_over(&self.found.passed_over);
        }
        if let Some(config) = settings.config.as_ref().filter(|_| !quiet) {
            let files = checked.files_by(&self.found.inputs, &self.plan, |input| {
                settings.name_in_config(input)
            });
            notes::stale_ignores(&config.name, &settings.stale_ignores(&files));
            let searched = &self.found.searched;
            let unused = settings.unused_globs(&self.used, &self.plan, searched);
            notes::unused_globs(&config.name, &unused);
        }
        let files = checked.files_by(&self.found.inputs, &self.plan, |input| {
            settings.name_in_baseline(input)
        });
        let Some(file) = &mut self.settings.baseline else {
            return Exit::Clean;
        };
        match baseline::conclude(file, &files, quiet) {
            Ok(()) => Exit::Clean,
            Err(error) => console::error(&error),
        }
    }
}

/// Prints what becomes of an input, or would: a text or a diff. A diff fails the run.
fn print_fixed(fixing: &Fixing, fixed: &FixedInput) -> Exit {
    let printed = match (&fixed.diff, &fixing.diffs, &fixed.text) {
        (Some(diff), Some(diffs), _) => console::print_with(|out| diffs.copy(diff, out)),
        (_, None, Some(text)) => console::print_file(text),
        _ => return Exit::Clean,
    };
    match printed {
        Err(error) => console::error(&error),
        Ok(()) if fixed.diff.is_some() => Exit::Findings,
        Ok(()) => Exit::Clean,
    }
}

/// How the inputs are fixed, if they are.
fn fixing(args: &CheckArgs, redacted: bool, door: Door) -> Option<Fixing> {
    let asked = &args.fixes;
    let diffs = asked.diff.then(|| {
        let is_read = io::stdout().is_terminal() || ci::is_detected() || redacted;
        Diffs::new(if is_read {
            let options = StandardStream::Output.render_options(args.color, None);
            Style::Shown {
                redacted,
                color: options.color,
            }
        } else {
            Style::Exact
        })
    });
    let fixes = asked.changes_files() || diffs.is_some();
    fixes.then(|| Fixing::new(asked.most(), diffs, door))
}

/// Whether identifying values are kept out of what is printed.
fn redacts(args: &CheckArgs, settings: &RunSettings) -> bool {
    let asked = &args.beside.identities;
    let configured = settings.policy.config.redact;
    asked.redact || !asked.no_redact && (configured || ci::is_detected())
}

/// Leaves out of the inputs what the run uses for something else.
///
/// # Errors
/// When something that the run reads is to be written, unless it is meant to change.
fn keep_what_is_read(
    args: &CheckArgs,
    outputs: &[Output<Target>],
    settings: &RunSettings,
    found: &mut FoundInputs,
    door: &Door,
) -> Result<(), CommandError> {
    let mut targets: Vec<_> = outputs.iter().filter_map(Output::target).collect();
    let schema = settings.schema.as_ref();
    let schema = schema.and_then(|file| file.real.as_deref());
    let baseline = settings.baseline.as_ref();
    let written = baseline.and_then(|file| file.target.as_ref());
    if let Some(written) = written {
        targets
            .iter()
            .try_for_each(|target| target.differs_from(written))?;
    } else if let Some(baseline) = baseline {
        targets
            .iter()
            .try_for_each(|target| target.spares(&baseline.real))?;
    }
    leave_out_own(&mut found.inputs, &targets, settings)?;
    targets.extend(written);
    let config = settings.config.as_ref().map(|file| file.real.as_path());
    let ignore_files = found.ignore_files.iter().map(PathBuf::as_path);
    for read in config.into_iter().chain(schema).chain(ignore_files) {
        targets.iter().try_for_each(|target| target.spares(read))?;
    }
    if let Some(list) = &args.choice.files_from {
        spare(targets.into_iter(), list, door)?;
    }
    Ok(())
}

/// The formats to write.
fn outputs(
    args: &CheckArgs,
    configured: Option<&'static Format>,
    reads_stdin: bool,
) -> Result<Vec<Output>, CommandError> {
    let preferred = args.preferred_format.or(configured);
    let text = if args.fixes.diff || args.fixes.change.fix_only {
        TextReport::Never
    } else if args.fixes.change.fix && reads_stdin {
        TextReport::ToStandardError
    } else if is_quiet(args) {
        TextReport::UnlessAnythingIsAsked
    } else {
        TextReport::UnlessStandardOutputIsTaken
    };
    let mut outputs = choose_outputs(&args.output_format, preferred, text)?;
    if args.beside.ci && !ci::add_annotations(&mut outputs) && !is_quiet(args) {
        notes::no_ci_system();
    }
    Ok(outputs)
}

fn settings_request<'a>(args: &'a CheckArgs, asked: &'a AskedPaths) -> SettingsRequest<'a> {
    let policy = &args.policy;
    SettingsRequest {
        config: match &policy.config {
            _ if policy.no_config => ConfigChoice::None,
            Some(file) => ConfigChoice::File(file),
            None => ConfigChoice::Nearest,
        },
        baseline: match (&policy.write_baseline, &policy.baseline) {
            (Some(file), _) => BaselineChoice::Write(file),
            (None, Some(file)) => BaselineChoice::Read(file),
            (None, None) => BaselineChoice::Configured,
        },
        schema: args.resource.schema.as_deref(),
        overriding: Layer {
            select: (!policy.select.is_empty()).then(|| policy.select.clone()),
            ignore: policy.ignore.clone(),
            severity: policy.severity.clone(),
            revision: args.resource.revision.clone(),
            mode: args.resource.mode,
            ..Layer::default()
        },
        paths: &asked.paths,
        stdin_name: args.stdin_filename.as_deref(),
    }
}

/// Findings that a run over several files holds at most: more would take gigabytes.
const MOST_SHOWN: usize = 2_000_000;

/// Most findings of each of `files` files in the report. Depends on nothing else, so that the report
/// is the same however many threads there are.
fn most_shown(files: usize) -> usize {
    (MOST_SHOWN / files.max(1)).max(1)
}

/// The present, where somebody says what it is: `--now`, or the variable that makes builds come out
/// the same every time, in seconds since 1970.
fn date_said(args: &CheckArgs) -> Option<i64> {
    let seconds = || std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok();
    let epoch = || SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds()?));
    args.now.or_else(|| epoch().map(date_time::ticks_at))
}

fn shows_progress(args: &CheckArgs) -> bool {
    !args.beside.no_progress && !is_quiet(args)
}

/// Neither summary nor notes.
fn is_quiet(args: &CheckArgs) -> bool {
    args.quiet > 0
}

/// The severity from which findings are shown.
fn shown_from(args: &CheckArgs, config: &Config) -> Severity {
    match args.quiet {
        0 | 1 => args.show.or(config.show).unwrap_or(Severity::Info),
        _ => Severity::Error,
    }
}

fn exit(report: &Report, fail_level: FailLevel) -> Exit {
    if !report.errors.is_empty() {
        Exit::Error
    } else if fail_level.fails(&report.summary().found) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

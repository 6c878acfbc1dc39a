//! Checks all inputs of a run.

use std::sync::Mutex;

use autopilot_lint::report::{FileReport, Report, RunError};
use rayon::prelude::*;

use super::across_files;
use super::document::FileBuffers;
use super::file::{Postponed, StandardInput};
use super::task::Task;
use super::threads;
use crate::cli::fixing::Fixing;
use crate::cli::inputs::{Input, PassedOver};
use crate::cli::results::{CheckedInput, Ending, RunOptions};
use crate::cli::settings::{CheckedFile, CheckedFiles, Plan, RunSettings};
use crate::cli::streams::{Pool, lock};

/// A run that is ready to begin.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) inputs: &'a [Input],
    pub(crate) plan: &'a Plan,
    pub(crate) settings: &'a RunSettings,
    pub(crate) options: RunOptions<'a>,
    /// Identifiers count across files.
    pub(crate) across_files: bool,
    pub(crate) fixing: Option<&'a Fixing>,
}

/// A run that is over.
pub(crate) struct CheckedRun {
    pub(crate) report: Report,
    /// How the check of each input ended.
    pub(crate) endings: Vec<Ending>,
}

impl<'a> Run<'a> {
    /// Checks the inputs. `unsearched`: what keeps others from being found.
    pub(crate) fn check(self, unsearched: Vec<RunError>) -> CheckedRun {
        let (mut files, mut endings) = (Vec::new(), Vec::new());
        threads::pool(self.options.threads).install(|| {
            if self.fixing.is_some() || !self.across_files {
                self.check_each(&mut files, &mut endings);
            }
            if self.across_files {
                self.check_across_files(&mut files, &mut endings);
            }
        });
        let errors = unsearched.into_iter().chain(errors(&files, &endings));
        let report = Report {
            errors: errors.collect(),
            files,
            ..Report::default()
        };
        CheckedRun { report, endings }
    }

    fn check_each(self, files: &mut Vec<FileReport>, endings: &mut Vec<Ending>) {
        let pool = Pool::new();
        let check = |index, before: Postponed| {
            let mut buffers: FileBuffers = pool.take();
            let task = self.task(index);
            let checked = match self.fixing {
                Some(fixing) => task.check_and_fix(fixing, &mut buffers, before),
                None => task.check(&mut buffers, None, before.length),
            };
            pool.put_back(buffers);
            checked
        };
        let postponed = Mutex::new(Vec::new());
        let indices = (0..self.inputs.len()).into_par_iter();
        let checked = indices.map(|index| {
            let checked = check(index, Postponed::default()).unwrap_or_else(|before| {
                lock(&postponed).push((index, before));
                CheckedInput::default()
            });
            (checked.report, checked.ending)
        });
        // Each goes where it stays: moving what thousands of files gave costs as much as making it.
        checked.unzip_into_vecs(files, endings);
        let mut postponed = std::mem::take(&mut *lock(&postponed));
        // The first that asks gets its memory, so that every round leaves fewer.
        while !postponed.is_empty() {
            let round = std::mem::take(&mut postponed)
                .into_par_iter()
                .with_max_len(1);
            let round = round.map(|(index, before)| (index, check(index, before)));
            let round: Vec<_> = round.collect();
            for (index, checked) in round {
                match checked {
                    Ok(checked) => {
                        (files[index], endings[index]) = (checked.report, checked.ending);
                    }
                    Err(before) => postponed.push((index, before)),
                }
            }
        }
    }

    /// Where the files were fixed, `endings` tells what that gave.
    fn check_across_files(self, files: &mut Vec<FileReport>, endings: &mut Vec<Ending>) {
        let fixed = std::mem::take(endings);
        let tasks = (0..self.inputs.len()).map(|index| {
            let text = fixed
                .get(index)
                .and_then(|ending| ending.fixed.text.as_ref());
            Task {
                standard_input: text.map_or(StandardInput::Read, StandardInput::WasRead),
                ..self.task(index)
            }
        });
        let checked = across_files::check_all(&tasks.collect::<Vec<_>>());
        files.clear();
        let mut fixed = fixed.into_iter();
        for CheckedInput { report, ending } in checked {
            files.push(report);
            let Ending {
                fixed, not_fixed, ..
            } = fixed.next().unwrap_or_default();
            endings.push(Ending {
                fixed,
                not_fixed,
                ..ending
            });
        }
    }

    /// The check of the input with this index.
    fn task(self, index: usize) -> Task<'a> {
        Task {
            input: &self.inputs[index],
            profile: self.plan.profile(index),
            settings: self.settings,
            options: self.options,
            standard_input: StandardInput::Read,
        }
    }
}

impl CheckedRun {
    /// Takes out of the run what no report is about: its inputs, and what became of them.
    pub(crate) fn set_aside(
        &mut self,
        inputs: &mut Vec<Input>,
        plan: &mut Plan,
    ) -> Vec<PassedOver> {
        let reasons = self.endings.iter().map(|ending| ending.passed_over);
        let reasons: Vec<_> = reasons.collect();
        if reasons.iter().all(Option::is_none) {
            return Vec::new();
        }
        let passed_over = inputs.iter().zip(&reasons).filter_map(|(input, reason)| {
            Some(PassedOver {
                name: input.name.clone(),
                is_folder: false,
                reason: (*reason)?,
                is_named: false,
            })
        });
        let passed_over = passed_over.collect();
        let stays: Vec<bool> = reasons.iter().map(Option::is_none).collect();
        plan.retain(&stays);
        retain(inputs, &stays);
        retain(&mut self.endings, &stays);
        retain(&mut self.report.files, &stays);
        passed_over
    }

    /// What became of the inputs that `name` gives a name, by that name.
    pub(crate) fn files_by(
        &self,
        inputs: &[Input],
        plan: &Plan,
        name: impl Fn(&Input) -> Option<String>,
    ) -> CheckedFiles {
        let ended = inputs.iter().zip(&self.endings).enumerate();
        let named = ended.filter_map(|(index, (input, ending))| {
            let name = name(input)?;
            let rules = plan.profile(index).settings.rules.set;
            let file = CheckedFile {
                rules: ending.error.is_none().then_some(rules),
                tally: ending.tally.clone(),
            };
            Some((name, file))
        });
        named.collect()
    }
}

/// Keeps those that `stays` says `true` of.
fn retain<T>(all: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    all.retain(|_| stays.next() == Some(&true));
}

/// What kept files from being checked to their end.
fn errors(files: &[FileReport], endings: &[Ending]) -> impl Iterator<Item = RunError> {
    files.iter().zip(endings).filter_map(|(file, ending)| {
        let message = ending.error.as_ref()?.to_string();
        let file = file.path.clone();
        Some(RunError { file, message })
    })
}

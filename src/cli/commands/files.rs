//! The files of a run: the door that all of them go through, and those that it must not write over.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use autopilot_lint::lint::{Linter, Options, Scratch};
use autopilot_lint::model::Model;
use autopilot_lint::policy::config::SCHEMA_FILE_NAME;

use super::command_error::CommandError;
use crate::cli::inputs::{Input, OpenFile, UnpackLimit, begins_as_json, decompress};
use crate::cli::paths::{Door, Target, TargetRefusal};
use crate::cli::settings::{RunSettings, SettingsError};

/// Bytes of a file that are looked at to see whether it holds an event.
const LOOKED_AT: u64 = 64 << 20;

/// The door that all files of a run go through.
pub(super) fn door() -> Result<Door, CommandError> {
    let no_folder = |error: std::io::Error| SettingsError::NoCurrentFolder(error.into());
    Ok(Door::new().map_err(no_folder)?)
}

/// Keeps a file that the run reads from being written.
pub(super) fn spare<'a>(
    mut targets: impl Iterator<Item = &'a Target>,
    read: &Path,
    door: &Door,
) -> Result<(), TargetRefusal> {
    // What cannot be entered is not read either.
    let Ok(place) = door.enter(read) else {
        return Ok(());
    };
    targets.try_for_each(|target| target.spares(&place.real))
}

/// Takes the files out of the inputs that the run uses for something else: the baseline, the schemas,
/// and reports of an earlier run that are written again.
///
/// # Errors
/// When a report is to go where an input is.
pub(super) fn leave_out_own(
    inputs: &mut Vec<Input>,
    targets: &[&Target],
    settings: &RunSettings,
) -> Result<(), TargetRefusal> {
    let schema = settings.schema.as_ref();
    let schema = schema.and_then(|file| file.real.as_deref());
    let baseline = settings.baseline.as_ref().map(|file| file.real.as_path());
    let of_config = settings.config.as_ref().map_or(Vec::new(), |config| {
        let folder = config.real.parent().unwrap_or(&config.real);
        let resource = settings.policy.config.schema.as_deref();
        let names = std::iter::once(SCHEMA_FILE_NAME).chain(resource);
        let files = names.map(|name| folder.join(name));
        files.filter_map(|file| file.canonicalize().ok()).collect()
    });
    let of_config = of_config.iter().map(PathBuf::as_path);
    let own: Vec<_> = baseline
        .into_iter()
        .chain(schema)
        .chain(of_config)
        .collect();
    if own.is_empty() && targets.is_empty() {
        return Ok(());
    }
    let mut taken = Ok(());
    inputs.retain(|input| {
        let Some(real) = &input.real else {
            return true;
        };
        if let Some(target) = targets.iter().find(|target| target.is(real)) {
            if !input.listed || holds_event(input, &settings.model) {
                taken = Err(TargetRefusal::Read(target.name.clone()));
            }
            return false;
        }
        !own.contains(&real.as_path())
    });
    taken
}

/// Whether a file holds an event, or text that was meant to be JSON: no report does.
fn holds_event(input: &Input, model: &Arc<Model>) -> bool {
    let Some(text) = beginning(input) else {
        return true;
    };
    let Ok(linter) = Linter::with_model(Arc::clone(model), &Options::default()) else {
        return true;
    };
    let outcome = linter.check(&text, &mut Scratch::default());
    let is_broken = outcome
        .diagnostics
        .iter()
        .any(|found| found.rule.name == "json-syntax");
    outcome.payloads > 0 || is_broken && begins_as_json(&text)
}

/// A document, or the first of JSON Lines.
fn beginning(input: &Input) -> Option<Vec<u8>> {
    let OpenFile { file, .. } = input.open().ok()?;
    let kind = input.kind();
    let mut text = Vec::new();
    let source = decompress(kind.compression, UnpackLimit::new(None), file);
    source.take(LOOKED_AT).read_to_end(&mut text).ok()?;
    if kind.json_lines {
        let first = text
            .split(|byte| *byte == b'\n')
            .find(|line| !line.trim_ascii().is_empty());
        text = first.unwrap_or_default().to_vec();
    }
    Some(text)
}

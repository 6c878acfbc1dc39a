//! The end of a run with a baseline: the file is written anew, or what is stale in it is named.

use autopilot_lint::policy::baseline::Stale;
use autopilot_lint::text::{count, sanitize};

use super::console::note;
use super::replace::replace;
use super::write_error::WriteError;
use crate::cli::paths::Target;
use crate::cli::settings::{BaselineFile, CheckedFiles};

/// Most stale entries that are named.
const MAX_NAMED: usize = 10;

/// Writes the baseline, or says what in it is stale; `files` are by their names in it.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn conclude(
    file: &mut BaselineFile,
    files: &CheckedFiles,
    quiet: bool,
) -> Result<(), WriteError> {
    let stale = file.stale(files);
    let gone = Stale::total(&stale);
    let Some(target) = file.target.clone() else {
        if !quiet && gone > 0 {
            note_stale(&file.name, &stale, gone);
        }
        return Ok(());
    };
    file.update(files);
    write(file, &target)?;
    if !quiet {
        note_written(file, gone);
    }
    Ok(())
}

fn write(file: &BaselineFile, target: &Target) -> Result<(), WriteError> {
    let name = || sanitize::path(&file.name).into_owned();
    let text = file.to_json().map_err(|error| WriteError::Baseline {
        name: name(),
        error,
    })?;
    replace(target, |out| out.write_all(text.as_bytes())).map_err(|error| WriteError::File {
        name: name(),
        error: error.into(),
    })
}

fn note_written(file: &BaselineFile, gone: usize) {
    let findings = count(file.len(), "known finding");
    let removed = match gone {
        0 => String::new(),
        _ => format!("; {gone} removed"),
    };
    note(&format!("wrote {}: {findings}{removed}", file.name));
}

fn note_stale(name: &str, stale: &[Stale<'_>], gone: usize) {
    let findings = count(gone, "known finding");
    note(&format!(
        "note: {findings} in {name} no longer reported; remove them with --write-baseline {name}"
    ));
    for stale in stale.iter().take(MAX_NAMED) {
        note_entry(stale);
    }
    if stale.len() > MAX_NAMED {
        note(&format!("  and {} more", stale.len() - MAX_NAMED));
    }
}

fn note_entry(stale: &Stale<'_>) {
    let Stale {
        file,
        rule,
        at,
        count,
    } = stale;
    let at = match *at {
        "" => String::new(),
        at => format!(" at {at}"),
    };
    let times = match count {
        0 | 1 => String::new(),
        count => format!(", {count} times"),
    };
    note(&format!("  {file}: {rule}{at}{times}"));
}

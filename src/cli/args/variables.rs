//! Environment variables that stand for options of `check`.
//!
//! An option takes precedence over its variable, and a variable over the configuration.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use autopilot_lint::policy::FailLevel;
use autopilot_lint::report;
use autopilot_lint::text::quote::quote;

use super::check::CheckArgs;
use crate::cli::outputs::format_names;

/// A variable and the option that it stands for. An empty value counts as unset.
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    /// What it does, in a sentence for the manual.
    pub(crate) about: &'static str,
    /// Does what it says unless an option comes before it. The error says what is expected.
    apply: fn(&mut CheckArgs, OsString) -> Result<(), Expected>,
}

/// What a variable may hold; `None`: text.
type Expected = String;

/// A variable whose value cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {} cannot be used; expected {expected}", quote(value))]
pub(crate) struct VariableError {
    name: &'static str,
    value: String,
    expected: Expected,
}

/// All of them.
pub(crate) static VARIABLES: [Variable; 6] = [
    Variable {
        name: "AUTOPILOT_LINT_CONFIG",
        about: "Configuration file, as --config.",
        apply: |args, value| {
            let policy = &mut args.policy;
            if policy.config.is_none() && !policy.no_config {
                policy.config = Some(PathBuf::from(value));
            }
            Ok(())
        },
    },
    Variable {
        name: "AUTOPILOT_LINT_OUTPUT_FORMAT",
        about: "Format on standard output where no --output-format names one.",
        apply: |args, value| {
            let format = value.to_str().and_then(report::format);
            let expected = || format!("one of {}", format_names());
            args.preferred_format = Some(format.ok_or_else(expected)?);
            Ok(())
        },
    },
    Variable {
        name: "AUTOPILOT_LINT_FAIL_LEVEL",
        about: "Lowest severity that makes the exit status 1, as --fail-level.",
        apply: |args, value| {
            let level = value.to_str().and_then(FailLevel::from_name);
            let level = level.ok_or_else(|| {
                let names = FailLevel::ALL.map(|(_, name)| name);
                format!("one of {}", names.join(", "))
            })?;
            args.policy.fail_level.get_or_insert(level);
            Ok(())
        },
    },
    Variable {
        name: "AUTOPILOT_LINT_JOBS",
        about: "Number of threads, as --jobs.",
        apply: |args, value| {
            let jobs = value.to_str().and_then(|value| value.parse().ok());
            let jobs = jobs.ok_or_else(|| "a number of threads".to_owned())?;
            args.jobs.get_or_insert(jobs);
            Ok(())
        },
    },
    Variable {
        name: "AUTOPILOT_LINT_NO_PROGRESS",
        about: "1 or true: no progress bar, as --no-progress.",
        apply: |args, value| {
            args.beside.no_progress |= truth(&value)?;
            Ok(())
        },
    },
    Variable {
        name: "AUTOPILOT_LINT_REDACT",
        about: "1 or true: mask identifying text, as --redact; 0 or false: as --no-redact.",
        apply: |args, value| {
            let identities = &mut args.beside.identities;
            let on = truth(&value)?;
            if !identities.redact && !identities.no_redact {
                identities.redact = on;
                identities.no_redact = !on;
            }
            Ok(())
        },
    },
];

/// Takes from the environment what the command line leaves open.
///
/// # Errors
/// When a variable has a value that cannot be used, whether an option comes before it or not.
pub(crate) fn apply(args: &mut CheckArgs) -> Result<(), VariableError> {
    for variable in &VARIABLES {
        let value = env::var_os(variable.name).filter(|value| !value.is_empty());
        let Some(value) = value else { continue };
        let shown = value.to_string_lossy().into_owned();
        (variable.apply)(args, value).map_err(|expected| VariableError {
            name: variable.name,
            value: shown,
            expected,
        })?;
    }
    Ok(())
}

fn truth(value: &OsString) -> Result<bool, Expected> {
    let is = |words: [&str; 2]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    if is(["1", "true"]) {
        Ok(true)
    } else if is(["0", "false"]) {
        Ok(false)
    } else {
        Err("1, true, 0 or false".to_owned())
    }
}

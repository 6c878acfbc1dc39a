//! How values of options are read, and help that lists what there is.

use autopilot_lint::edm::date_time::{self, DateTimeFault};
use autopilot_lint::policy::Refusal;
use autopilot_lint::policy::selection::{self, RuleLevel};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::inputs::patterns_in_words;
use crate::cli::outputs::format_names;

/// Why a text is no `--now`.
#[derive(Debug, thiserror::Error)]
#[error("expected a date-time such as 2026-11-23T00:00:00Z: {0}")]
pub(super) struct NotNow(DateTimeFault);

pub(super) fn parse_now(text: &str) -> Result<i64, NotNow> {
    let value = date_time::parse(text).map_err(NotNow)?;
    Ok(value.ticks)
}

/// Reads `RULE=LEVEL`.
pub(super) fn parse_rule_level(text: &str) -> Result<RuleLevel, Refusal> {
    let (rule, level) = text.split_once('=').unwrap_or((text, ""));
    selection::parse_rule_level(rule, level)
}

/// Takes one of these names.
pub(super) fn one_of<T: Copy + Send + Sync>(
    all: &'static [(T, &'static str)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|(_, name)| *name)).map(|text| {
        let found = all.iter().find(|(_, name)| *name == text);
        found.expect("a possible value").0
    })
}

pub(super) fn paths_help() -> String {
    format!(
        "Files to check, folders to search (for {}; .gitignore is honoured), or - for standard \
         input",
        patterns_in_words()
    )
}

pub(super) fn output_help() -> String {
    format!(
        "Format of the report; NAME=FILE writes it to a file. Repeat for several formats [default: \
         full on a terminal, concise otherwise] [possible values: {}]",
        format_names()
    )
}

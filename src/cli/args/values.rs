//! How values of options are read, and help that lists what there is.

use std::ffi::OsStr;

use autopilot_lint::edm::date_time::{self, DateTimeFault};
use autopilot_lint::policy::selection::{self, RuleLevel};
use autopilot_lint::policy::{Refusal, Selector};
use autopilot_lint::report::FORMATS;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command};

use crate::cli::inputs::patterns_in_words;
use crate::cli::outputs::{Output, OutputError};

/// Why a text is no `--now`.
#[derive(Debug, thiserror::Error)]
#[error("expected a date-time such as 2026-11-23T00:00:00Z: {0}")]
pub(super) struct NotNow(DateTimeFault);

pub(super) fn parse_now(text: &str) -> Result<i64, NotNow> {
    let value = date_time::parse(text).map_err(NotNow)?;
    Ok(value.ticks)
}

/// Why a text is no size.
#[derive(Debug, thiserror::Error)]
#[error("expected a size such as 64MiB, 1MB or 4096: {0}")]
pub(super) struct NotASize(&'static str);

/// Reads a size, with or without a unit, as bytes.
pub(super) fn parse_bytes(text: &str) -> Result<u64, NotASize> {
    parse_size::parse_size(text).map_err(|error| {
        NotASize(match error {
            parse_size::Error::PosOverflow => "too large",
            _ => "not a number with a unit",
        })
    })
}

/// Why a text is no `NAME=LEVEL`.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotALevel {
    #[error("a severity must follow, as in {0}=warning")]
    NoLevel(String),
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Reads `NAME=LEVEL`.
pub(super) fn parse_rule_level(text: &str) -> Result<RuleLevel, NotALevel> {
    if let Some((name, level)) = text.split_once('=') {
        Ok(selection::parse_rule_level(name, level)?)
    } else {
        Selector::parse(text)?;
        Err(NotALevel::NoLevel(text.to_owned()))
    }
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
        "Files to check, folders to search, or - for standard input\n\nFolders are searched for {}. \
         .gitignore is honoured. Without any path, the current folder is searched, and files without \
         a sign of an event are passed over.",
        patterns_in_words()
    )
}

/// Reads `NAME` or `NAME=FILE`, and knows the names.
#[derive(Debug, Clone, Copy)]
pub(super) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Output, clap::Error> {
        let parse: fn(&str) -> Result<Output, OutputError> = Output::parse;
        parse.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let formats = FORMATS.iter();
        let values = formats.map(|format| PossibleValue::new(format.name).help(format.summary));
        Some(Box::new(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_or_are_bytes() {
        for (text, bytes) in [
            ("0", 0),
            ("1048575", 1_048_575),
            ("64MiB", 64 << 20),
            ("64 mib", 64 << 20),
            ("1MB", 1_000_000),
            ("64KiB", 64 << 10),
            ("64k", 64_000),
            ("1.5GiB", 3 << 29),
            ("12B", 12),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(parse_bytes(text).expect(text), bytes, "{text}");
        }
        for text in [
            "", "-1", "+1", "MiB", "1 XB", "1MiBs", "0x10", "1,5MB", "NaN", "99999EiB",
        ] {
            parse_bytes(text).expect_err(text);
        }
    }
}

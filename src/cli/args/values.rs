//! How values of options are read, and help that lists what there is.

use std::fmt::Write as _;

use autopilot_lint::edm::date_time::{self, DateTimeFault};
use autopilot_lint::policy::Refusal;
use autopilot_lint::policy::selection::{self, RuleLevel};
use autopilot_lint::report::FORMATS;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::inputs::patterns_in_words;

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
        "Files to check, folders to search, or - for standard input\n\nFolders are searched for {}. \
         .gitignore is honoured.",
        patterns_in_words()
    )
}

pub(super) fn output_help() -> String {
    let mut help = String::from(
        "Format of the report, or NAME=FILE for a file as well\n\nWithout NAME alone, standard \
         output gets full on a terminal and concise otherwise. Repeat the option for several \
         files.\n\n",
    );
    for format in FORMATS {
        let _ = writeln!(help, "- {}: {}", format.name, format.summary);
    }
    help
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

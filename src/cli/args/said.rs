//! What was typed, for the report to repeat: the words that decide what is found.
//!
//! Asks clap, so that an option is there as soon as it is declared.

use std::env;

use autopilot_lint::text::sanitize;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory};

use super::Cli;

/// Options that leave the findings of a run as they are: a report is the same with and without.
const BESIDE: [&str; 10] = [
    "ci",
    "color",
    "jobs",
    "no_progress",
    "no_redact",
    "output_format",
    "quiet",
    "redact",
    "statistics",
    "verbose",
];

/// Most paths that are repeated.
const MOST_PATHS: usize = 20;

/// The command line of this run of `check`, spelled in one way: options by their long names in the
/// order of the help, then paths. Not yet safe to print.
pub(crate) fn command_said() -> String {
    words_said(env::args_os()).unwrap_or_default()
}

fn words_said<T: Into<std::ffi::OsString> + Clone>(
    words: impl IntoIterator<Item = T>,
) -> Option<String> {
    let mut cli = Cli::command();
    let matches = cli.try_get_matches_from_mut(words).ok()?;
    let (name, matches) = matches.subcommand()?;
    let declared = cli.find_subcommand(name)?;
    let mut said = vec![cli.get_name().to_owned(), name.to_owned()];
    let (paths, options): (Vec<&Arg>, Vec<&Arg>) = declared
        .get_arguments()
        .filter(|arg| is_said(arg, matches))
        .partition(|arg| arg.is_positional());
    for option in options {
        said.extend(option_said(option, matches));
    }
    for path in paths {
        let mut values = values(path, matches);
        let more = values.len().saturating_sub(MOST_PATHS);
        values.truncate(MOST_PATHS);
        said.extend(values.iter().map(|value| shell_word(value)));
        said.extend((more > 0).then(|| format!("… ({more} more)")));
    }
    Some(said.join(" "))
}

fn is_said(arg: &Arg, matches: &ArgMatches) -> bool {
    let id = arg.get_id().as_str();
    let source = matches.value_source(id);
    source == Some(ValueSource::CommandLine) && !BESIDE.contains(&id)
}

fn option_said(option: &Arg, matches: &ArgMatches) -> Vec<String> {
    let name = format!("--{}", option.get_long().unwrap_or_default());
    if !option.get_action().takes_values() {
        return vec![name];
    }
    let mut values = values(option, matches);
    if let Some(delimiter) = option.get_value_delimiter() {
        values = vec![values.join(&delimiter.to_string())];
    }
    let words = values
        .iter()
        .flat_map(|value| [name.clone(), shell_word(value)]);
    words.collect()
}

fn values(arg: &Arg, matches: &ArgMatches) -> Vec<String> {
    let raw = matches.get_raw(arg.get_id().as_str());
    let raw = raw.into_iter().flatten();
    raw.map(|value| sanitize::display_path(value.as_ref()))
        .collect()
}

/// A word that a shell reads as this one.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./,:=@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_on_findings_is_repeated_and_nothing_else() {
        for (typed, said) in [
            ("check", "autopilot-lint check"),
            ("check -j4 -q --color never a", "autopilot-lint check a"),
            (
                "check b a --format html=x.html --redact --ci --statistics",
                "autopilot-lint check b a",
            ),
            (
                "check --select=order,zero-guid a --mode create --select state",
                "autopilot-lint check --mode create --select order,zero-guid,state a",
            ),
            (
                "check --severity zero-guid=off --severity not-an-event=info --across-files",
                "autopilot-lint check --across-files --severity zero-guid=off,not-an-event=info",
            ),
            (
                "check --schema a.json --config it's.toml -",
                r"autopilot-lint check --schema a.json --config 'it'\''s.toml' -",
            ),
        ] {
            let words = ["autopilot-lint"].into_iter().chain(typed.split(' '));
            assert_eq!(words_said(words).as_deref(), Some(said), "{typed}");
        }
        let many = (0..23).map(|number| format!("{number}.json"));
        let words = ["autopilot-lint", "check"].map(str::to_owned);
        let said = words_said(words.into_iter().chain(many)).expect("a command");
        assert!(said.ends_with(" 19.json … (3 more)"), "{said}");
    }

    #[test]
    fn every_option_beside_is_declared() {
        let cli = Cli::command();
        let check = cli.find_subcommand("check").expect("a command");
        for id in BESIDE {
            let declared = check.get_arguments().any(|arg| arg.get_id() == id);
            assert!(declared, "{id}");
        }
    }
}

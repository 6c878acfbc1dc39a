//! The configuration file: where it is looked for, and how its faults are shown.
//!
//! Owns the search. What the file may say is the library's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use autopilot_lint::json::Span;
use autopilot_lint::policy::config::FILE_NAME;
use autopilot_lint::policy::{Config, ConfigError};
use autopilot_lint::source::LineIndex;
use autopilot_lint::text::sanitize;
use unicode_width::UnicodeWidthStr;

use super::args::CheckArgs;
use super::input;
use super::places::{Places, repository};

/// Largest configuration that is read, in bytes.
const MAX_SIZE: u64 = 1 << 20;

/// A configuration file that was read.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    /// Its name, as seen from the current folder; not yet safe to print.
    pub(crate) name: String,
    /// What its paths are relative to.
    pub(crate) folder: PathBuf,
}

/// Reads the configuration that is asked for or found; the empty one if there is none.
///
/// # Errors
/// What is wrong with it, in lines that are safe to print.
pub(crate) fn load(
    args: &CheckArgs,
    places: &Places,
    revisions: &[String],
) -> Result<(Config, Option<ConfigFile>), String> {
    let path = match &args.policy.config {
        _ if args.policy.no_config => None,
        Some(path) => Some(places.absolute(path)),
        None => find(args, places),
    };
    let Some(path) = path else {
        return Ok((Config::default(), None));
    };
    let name = places.seen_from(&path, places.current());
    let text = read(&path).map_err(|reason| format!("{}: {reason}", sanitize::path(&name)))?;
    let config = Config::parse(&text, revisions).map_err(|error| show(&name, &text, &error))?;
    let folder = path.parent().unwrap_or(&path).to_path_buf();
    Ok((config, Some(ConfigFile { name, folder })))
}

fn read(path: &Path) -> Result<String, String> {
    let mut text = input::Buffer::default();
    text.fill_to_end(input::open(path)?, MAX_SIZE)?;
    String::from_utf8(text.bytes().to_vec()).map_err(|_| "not UTF-8".to_owned())
}

/// The configuration for what is checked: the nearest one above the current folder or, if there
/// is none or something lies elsewhere, above all that is checked.
fn find(args: &CheckArgs, places: &Places) -> Option<PathBuf> {
    let holding = holding(args, places);
    let current = places.current();
    let here = holding
        .starts_with(current)
        .then(|| search(current))
        .flatten();
    let elsewhere = || (holding != current).then(|| search(&holding)).flatten();
    here.or_else(elsewhere)
}

/// The innermost folder that holds all that is checked.
pub(crate) fn holding(args: &CheckArgs, places: &Places) -> PathBuf {
    let stdin_name = args.stdin_filename.as_deref();
    let checked = args.paths.iter().filter_map(|path| {
        if path.as_os_str() == "-" {
            stdin_name
        } else {
            Some(path.as_path())
        }
    });
    places.holding(checked)
}

/// Looks in `folder` and those above it to the root of the repository; outside of one in `folder`
/// alone, since what lies above may be anybody's.
fn search(folder: &Path) -> Option<PathBuf> {
    let last = repository(folder).unwrap_or(folder);
    let folders = folder
        .ancestors()
        .take_while(|folder| folder.starts_with(last));
    let mut files = folders.map(|folder| folder.join(FILE_NAME));
    files.find(|file| file.is_file())
}

/// A fault with its place and its line.
fn show(name: &str, text: &str, error: &ConfigError) -> String {
    let span = Span::new(error.span.start, error.span.end);
    let index = LineIndex::new(text);
    let position = index.position(span.start);
    let mut shown = format!(
        "{}:{}:{}: {}",
        sanitize::path(name),
        position.line,
        position.column,
        sanitize::text(&error.to_string())
    );
    let frame = index.frame(&[span]);
    let mut windows = frame
        .lines
        .iter()
        .filter(|line| line.number == position.line);
    if let Some(window) = windows.rfind(|line| line.first_column <= position.column) {
        let marked = text.get(error.span.clone()).unwrap_or_default();
        let marked = marked.lines().next().map_or(0, |line| line.chars().count());
        let column = position.column - window.first_column;
        shown += &excerpt(position.line, &window.text, column, marked);
    }
    shown
}

/// A line with `marked` of its characters, from the one at `column` on, underlined.
fn excerpt(number: usize, line: &str, column: usize, marked: usize) -> String {
    let safe = |part: String| sanitize::text(&part.replace('\t', " ")).into_owned();
    let before = safe(line.chars().take(column).collect());
    let within = safe(line.chars().skip(column).take(marked).collect());
    let after = safe(line.chars().skip(column + marked).collect());
    let number = number.to_string();
    let mut text = format!("\n {number} | {before}{within}{after}");
    let indent = " ".repeat(number.len());
    let marks = "^".repeat(within.width().max(1));
    let _ = write!(text, "\n {indent} | {}{marks}", " ".repeat(before.width()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_underlines_what_is_shown() {
        for (line, column, marked, expected) in [
            ("slect = 1", 0, 5, "\n 7 | slect = 1\n   | ^^^^^"),
            ("a = 東京 b", 4, 2, "\n 7 | a = 東京 b\n   |     ^^^^"),
            ("\ta = 1", 1, 1, "\n 7 |  a = 1\n   |  ^"),
            ("a\u{1b} = 1", 0, 2, "\n 7 | a\\u{1b} = 1\n   | ^^^^^^^"),
            ("", 0, 0, "\n 7 | \n   | ^"),
            ("a", 1, 0, "\n 7 | a\n   |  ^"),
        ] {
            assert_eq!(excerpt(7, line, column, marked), expected);
        }
    }
}

//! A configuration that is refused: where the fault is, and the line around it.

use std::error::Error;
use std::fmt::{self, Display, Formatter, Write as _};

use autopilot_lint::json::Span;
use autopilot_lint::policy::ConfigError;
use autopilot_lint::source::LineIndex;
use autopilot_lint::text::sanitize;
use unicode_width::UnicodeWidthStr;

/// Displays the fault with its place and its line, safe to print.
#[derive(Debug)]
pub(crate) struct InvalidConfig {
    /// The file's name; not yet safe to print.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) error: ConfigError,
}

impl Error for InvalidConfig {}

impl Display for InvalidConfig {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { name, text, error } = self;
        if is_json(text) {
            let name = sanitize::path(name);
            return write!(
                f,
                "{name}: this is JSON; a configuration is written in TOML"
            );
        }
        let span = Span::new(error.span.start, error.span.end);
        let index = LineIndex::new(text);
        let position = index.position(span.start);
        write!(
            f,
            "{}:{}:{}: {}",
            sanitize::path(name),
            position.line,
            position.column,
            sanitize::text(&error.to_string())
        )?;
        let frame = index.frame(&[span]);
        let mut windows = frame
            .lines
            .iter()
            .filter(|line| line.number == position.line);
        if let Some(window) = windows.rfind(|line| line.first_column <= position.column) {
            let marked = text.get(error.span.clone()).unwrap_or_default();
            let marked = marked.lines().next().map_or(0, |line| line.chars().count());
            let column = position.column - window.first_column;
            f.write_str(&excerpt(position.line, &window.text, column, marked))?;
        }
        Ok(())
    }
}

/// Whether it is no configuration at all but JSON, such as a payload: nothing of it is shown.
fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // `[` alone also begins a table.
    let in_array = text.strip_prefix('[').map(str::trim_start);
    text.starts_with('{') || in_array.is_some_and(|text| text.starts_with('{'))
}

/// A line in which `marked` characters are underlined, from the one at `column` on.
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
    fn nothing_of_a_payload_is_shown() {
        for (text, expected) in [
            (r#"{"deviceSerialNumber": "5CG"}"#, true),
            ("\u{feff}\n [ {", true),
            ("[[overrides]]", false),
            ("[severity]", false),
            ("select = []", false),
            ("", false),
        ] {
            assert_eq!(is_json(text), expected, "{text}");
        }
    }

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

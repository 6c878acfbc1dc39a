//! JSON Lines that are at hand: one document a line, or what a file has instead.
//!
//! Owns how JSON Lines are told from one document, and the order in which lines are looked at. Must
//! not know where they come from.

use memchr::{memchr, memchr_iter};

use crate::json;

use super::duplicates::Duplicates;
use super::linter::Linter;
use super::outcome::{Outcome, sort};
use super::reader::mark;
use super::scratch::Scratch;
use super::sequence::{Sequence, number_marks};

/// What was found in lines, each by itself; spans and lines count from the first byte.
#[derive(Debug)]
pub struct FoundInLines {
    /// What was found.
    pub outcome: Outcome,
    /// How many lines end.
    pub line_ends: usize,
    /// Each line is a document, or blank.
    pub all_json: bool,
}

/// Whether the first line that is not blank is a JSON value, and something follows.
#[must_use]
pub fn looks_like_lines(text: &[u8]) -> bool {
    let text = text[mark(text)..].trim_ascii_start();
    let Some(end) = memchr(b'\n', text) else {
        return false;
    };
    let (first, rest) = text.split_at(end);
    let value = |line: &str| json::parse(line, &mut json::Tape::new()).is_ok();
    !rest.trim_ascii().is_empty() && std::str::from_utf8(first).is_ok_and(value)
}

impl Linter {
    /// Checks each line by itself.
    #[must_use]
    pub fn check_each_line(&self, text: &[u8], scratch: &mut Scratch) -> FoundInLines {
        let mut found = FoundInLines {
            outcome: Outcome::default(),
            line_ends: 0,
            all_json: true,
        };
        let mut start = 0;
        for end in memchr_iter(b'\n', text).chain([text.len()]) {
            let line = &text[start..end];
            if !line.iter().all(u8::is_ascii_whitespace) {
                found.all_json &=
                    self.check_part(line, found.line_ends, start, scratch, &mut found.outcome);
            }
            start = end + 1;
            found.line_ends += usize::from(end < text.len());
        }
        found
    }

    /// Checks all of a JSON Lines file. Where lines are no documents, it is read as documents that
    /// follow one another otherwise.
    #[must_use]
    pub fn check_lines(&self, text: &[u8], scratch: &mut Scratch) -> Outcome {
        let FoundInLines {
            mut outcome,
            all_json,
            ..
        } = self.check_each_line(text, scratch);
        if !all_json {
            outcome = Outcome::default();
            self.check_sequence(&mut Sequence::default(), text, true, scratch, &mut outcome);
        }
        number_marks(&mut outcome.diagnostics, text, 0, 1);
        // Within one file, its name is not said.
        let again = Duplicates::new().admit("", &mut outcome.ids);
        if !again.is_empty() {
            outcome.diagnostics.extend(again);
            sort(&mut outcome.diagnostics);
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Options;

    fn found(text: &str) -> Vec<(usize, String)> {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let outcome = linter.check_lines(text.as_bytes(), &mut Scratch::default());
        let found = outcome.diagnostics.iter();
        found
            .map(|found| (found.span.start, found.rule.name.to_owned()))
            .collect()
    }

    fn event(id: &str) -> String {
        format!(r#"{{"deploymentState": "success", "id": "{id}"}}"#)
    }

    #[test]
    fn places_count_from_the_start_of_the_file_and_identifiers_from_its_first_line() {
        let (x, y) = (
            "8c4f0b5e-2f39-4c37-9a52-6d1f3be0a471",
            "b1d7c6a4-93f2-4e0d-8a6b-0f5e7c21d938",
        );
        let (first, second) = (event(x), event(y));
        let text = format!("{first}\n\n{second}\n{{\"targetedAppCount\": -1}}\n{first}\n");
        let negative = first.len() + second.len() + 3 + "{\"targetedAppCount\": ".len();
        let again = text.rfind(&format!("\"{x}\"")).expect("there");
        assert_eq!(
            found(&text),
            [
                (negative, "negative-count".to_owned()),
                (again, "duplicate-event-id".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_not_one_a_line_is_said_once_and_checked_all_the_same() {
        let text = "{\n\"targetedAppCount\": -1\n}\n{\n\"targetedAppCount\": -2\n}\n";
        let rules: Vec<String> = found(text).into_iter().map(|(_, rule)| rule).collect();
        assert_eq!(rules, ["json-syntax", "negative-count", "negative-count"]);
    }

    #[test]
    fn lines_are_told_from_one_document() {
        for (text, is) in [
            ("{}\n{}", true),
            ("\u{feff}\n [1]\r\n x", true),
            ("{}\n", false),
            ("{}", false),
            ("{\n}\n{}", false),
            ("", false),
        ] {
            assert_eq!(looks_like_lines(text.as_bytes()), is, "{text:?}");
        }
    }
}

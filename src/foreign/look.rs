//! What is looked at of a text: how it begins, and where the parser stopped.
//!
//! Owns how far a look goes, so that it costs the same whatever the text.

use crate::json::Span;

/// Bytes from the beginning that are looked at.
pub(super) const HEAD: usize = 4 << 10;
/// Most bytes of a first line that a finding marks.
const MARKED: usize = 60;

pub(super) struct Look<'a> {
    text: &'a str,
    /// Where the first character stands that is not blank.
    begin: usize,
    /// What begins there, no more than [`HEAD`] bytes.
    pub(super) head: &'a str,
    /// Where the parser stopped; the end of the text where it was not asked.
    fault: usize,
}

impl<'a> Look<'a> {
    /// At a text that no parser saw.
    pub(super) fn at_begin(text: &'a str) -> Self {
        Self::at_fault(text, text.len())
    }

    /// At a text that the parser refused at `fault`.
    pub(super) fn at_fault(text: &'a str, fault: usize) -> Self {
        let begin = text.len() - text.trim_start_matches(is_blank).len();
        let end = text.floor_char_boundary(begin.saturating_add(HEAD));
        Self {
            text,
            begin,
            head: &text[begin..end],
            fault,
        }
    }

    /// What the parser stopped at.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.fault..).unwrap_or_default()
    }

    /// What the text as a whole is shown by: its first line.
    pub(super) fn first_line(&self) -> Span {
        let line = self.line(0);
        let end = line.floor_char_boundary(MARKED);
        // A text is never empty that has something in it.
        let end = end.max(self.head.chars().next().map_or(0, char::len_utf8));
        Span::new(self.begin, self.begin + end)
    }

    /// From the fault on, that many bytes.
    pub(super) const fn at(&self, length: usize) -> Span {
        Span::new(self.fault, self.fault + length)
    }

    /// The line that the fault is in, where the fault is its first character.
    pub(super) fn line_at_fault(&self) -> Option<&'a str> {
        let before = self.text.get(..self.fault)?;
        let begins = before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}']);
        begins.then(|| self.rest().lines().next()).flatten()
    }

    /// Lines of the head that are not blank, the first one numbered 0; empty where there is none.
    pub(super) fn line(&self, number: usize) -> &'a str {
        self.lines().nth(number).unwrap_or_default()
    }

    /// Lines of the head that are not blank.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.head
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
    }

    /// All of the text, if the head shows it.
    pub(super) fn all(&self) -> Option<&'a str> {
        let whole = self.begin + self.head.len() == self.text.len();
        whole.then(|| self.head.trim_end())
    }

    /// The head begins so, whatever the letter case.
    pub(super) fn begins(&self, with: &str) -> bool {
        let begin = self.head.as_bytes().get(..with.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()))
    }

    pub(super) fn begins_with_one_of(&self, all: &[&str]) -> bool {
        all.iter().any(|with| self.begins(with))
    }

    /// The head begins as JSON does.
    pub(super) fn begins_with_bracket(&self) -> bool {
        self.head.starts_with(['{', '['])
    }
}

/// White space, and the byte order mark.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// A name that a text begins with, and what follows it: letters, digits and `_ - . @ $`.
pub(super) fn name(text: &str) -> Option<(&str, &str)> {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '$');
    let rest = text.trim_start_matches(in_name);
    let name = &text[..text.len() - rest.len()];
    let begins = |c: char| c.is_alphabetic() || matches!(c, '_' | '@' | '$');
    name.starts_with(begins).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_head_is_looked_at() {
        for text in [
            "é".repeat(HEAD),
            format!("\u{feff} \n{}", "x\n".repeat(HEAD)),
        ] {
            for look in [Look::at_begin(&text), Look::at_fault(&text, 0)] {
                assert!((HEAD - 1..=HEAD).contains(&look.head.len()));
                assert_eq!(look.all(), None);
                let Span { start, end } = look.first_line();
                assert!(start < end && end - start <= MARKED);
                assert!(text.get(start..end).is_some());
            }
        }
    }
}

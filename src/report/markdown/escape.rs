//! Text in Markdown.
//!
//! Escapes are not enough: sites look for names to notify, numbers of issues, commits and addresses
//! in the text that is left when all escapes are undone. They leave code alone. So words and numbers
//! stay as they are, and everything else becomes code.

use crate::report::sanitize;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Within a line.
    Line,
    /// In a cell of a table, which a `|` would end.
    Cell,
}

/// Most digits, or letters that could be digits, of what is certainly no commit.
const MAX_HEX: usize = 6;

/// What may stand before a word and after it.
const BEFORE: [char; 3] = ['(', '"', '\''];
const AFTER: [char; 10] = [')', '"', '\'', ',', '.', ';', ':', '!', '?', '…'];

/// A text as code, whatever it is.
pub(super) fn code(raw: &str, place: Place) -> String {
    code_of(&sanitize::text(raw), place)
}

/// A sentence: what stands in back-quotes is code, and so is what is no word. An empty pair, or a
/// quote without another, is code too.
pub(super) fn prose(raw: &str, place: Place) -> String {
    let raw = sanitize::text(raw);
    let mut sentence = Sentence::default();
    let mut rest = &*raw;
    while let Some((before, after)) = rest.split_once('`') {
        sentence.push_text(before);
        match after.split_once('`') {
            Some(("", after)) => {
                sentence.push_risky("``");
                rest = after;
            }
            Some((quoted, after)) => {
                sentence.push(Piece::Quoted(quoted.to_owned()));
                rest = after;
            }
            None => {
                sentence.push_risky("`");
                rest = after;
            }
        }
    }
    sentence.push_text(rest);
    sentence.write(place)
}

/// A part of a sentence.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// Words, and blanks.
    Plain(String),
    /// It was in back-quotes.
    Quoted(String),
    /// It is no word.
    Risky(String),
}

#[derive(Debug, Default)]
struct Sentence(Vec<Piece>);

impl Sentence {
    fn push_text(&mut self, text: &str) {
        for token in text.split_inclusive(' ') {
            let word = token.strip_suffix(' ').unwrap_or(token);
            self.push_word(word);
            if word.len() < token.len() {
                self.push(Piece::Plain(" ".to_owned()));
            }
        }
    }

    fn push_word(&mut self, word: &str) {
        let core = word.trim_start_matches(BEFORE);
        let (before, core) = word.split_at(word.len() - core.len());
        let (core, after) = core.split_at(core.trim_end_matches(AFTER).len());
        if is_word(core) {
            self.push(Piece::Plain(word.to_owned()));
            return;
        }
        self.push(Piece::Plain(before.to_owned()));
        self.push_risky(core);
        self.push(Piece::Plain(after.to_owned()));
    }

    fn push_risky(&mut self, text: &str) {
        self.push(Piece::Risky(text.to_owned()));
    }

    /// Joins what belongs together, and pieces of code whose quotes would otherwise meet.
    fn push(&mut self, piece: Piece) {
        use Piece::{Plain, Quoted, Risky};
        match (self.0.as_mut_slice(), piece) {
            (_, Plain(text)) if text.is_empty() => {}
            // Two that a blank parts, neither of which had quotes of its own.
            ([.., Risky(last), Plain(blank)], Risky(text)) if blank == " " => {
                last.push(' ');
                last.push_str(&text);
                self.0.pop();
            }
            ([.., Plain(last)], Plain(text))
            | ([.., Risky(last) | Quoted(last)], Risky(text) | Quoted(text)) => {
                last.push_str(&text);
            }
            (_, piece) => self.0.push(piece),
        }
    }

    fn write(&self, place: Place) -> String {
        let written = self.0.iter().map(|piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Quoted(text) | Piece::Risky(text) => code_of(text, place),
        });
        written.collect()
    }
}

/// Whether nothing but a word or a number can be seen in it, by no site.
fn is_word(core: &str) -> bool {
    if core.chars().all(|c| c.is_ascii_hexdigit()) && core.len() > MAX_HEX {
        return false;
    }
    let is_name = core
        .split(['-', '\'', '’'])
        .all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic));
    is_name || is_number(core) || ["", "%", "=", "-", "–", "—", "→"].contains(&core)
}

fn is_number(core: &str) -> bool {
    let digits = core.strip_prefix(['-', '+']).unwrap_or(core);
    let mut groups = digits.split(['.', ',']);
    let is_short = digits.find(['.', ',']).unwrap_or(digits.len()) <= MAX_HEX;
    is_short && groups.all(|group| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit()))
}

/// `text`, which is safe to print, between more back-quotes than it has in a row.
fn code_of(text: &str, place: Place) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let text = match place {
        Place::Line => text.to_owned(),
        Place::Cell => text.replace('|', "\\|"),
    };
    // One blank at either end is not shown; without any, a quote would be part of the fence.
    let edge = |c| matches!(c, '`' | ' ');
    let is_padded = text.is_empty() || text.starts_with(edge) || text.ends_with(edge);
    let pad = if is_padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// How many of a character follow each other at most.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    let runs = text.split(|c| c != wanted).map(str::len);
    runs.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_word_is_code() {
        for (raw, markdown) in [
            (
                "deploymentDuration (69.3 s) is -5 % longer; look",
                "deploymentDuration (69.3 s) is -5 % longer; look",
            ),
            (
                "the device's event-driven Größe 日本…",
                "the device's event-driven Größe 日本…",
            ),
            ("write `null`, or `a|b`.", "write `null`, or `a\\|b`."),
            (
                "since 2019-09: (Edm.Int32)",
                "since `2019-09`: (`Edm.Int32`)",
            ),
            (
                "ask @user, see #12 or GH-12",
                "ask `@user`, see `#12` or `GH-12`",
            ),
            (
                "a@b.example www.x.example https://x.example",
                "`a@b.example www.x.example https://x.example`",
            ),
            (
                "[a](javascript:x) <b> *c* _d_ ~e~ ~~f~~",
                "`[a](javascript:x`) `<b> *c* _d_ ~e~ ~~f~~`",
            ),
            (":tada: !1 $2 %3 &4 /close", "`:tada`: `!1 $2 %3 &4 /close`"),
            (
                "deadbee decade 1234567 123456 -1234567 103.4869513",
                "`deadbee` decade `1234567` 123456 `-1234567` 103.4869513",
            ),
            ("a|b \\| c\\", "`a\\|b \\\\| c\\`"),
            ("`a` `b``c`", "`a` `bc`"),
            ("$`x`$", "`$x$`"),
            ("`` is empty, ` alone", "``` `` ``` is empty, `` ` `` alone"),
            ("`a` and ` alone", "`a` and `` ` `` alone"),
            ("`a\u{202e}`", "`a\\u{202e}`"),
            ("", ""),
            ("a  b", "a  b"),
            (
                "line\nend ::error::x",
                "`line\\u{a}end :\\u{3a}error:\\u{3a}x`",
            ),
        ] {
            assert_eq!(prose(raw, Place::Cell), markdown, "{raw}");
        }
    }

    #[test]
    fn code_holds_any_text() {
        for (raw, markdown) in [
            ("a/b.json", "`a/b.json`"),
            ("a|b", "`a|b`"),
            ("`", "`` ` ``"),
            ("a``b", "```a``b```"),
            (" a ", "`  a  `"),
            ("", "`  `"),
        ] {
            assert_eq!(code(raw, Place::Line), markdown, "{raw}");
        }
    }
}

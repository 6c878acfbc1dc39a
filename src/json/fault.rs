//! Names the fault at which the parser stopped.
//!
//! Gets the place, what was expected there and what is open; decides which construct stands there
//! and how far it reaches. Runs once for a text that is not JSON, so it may look around. Knows
//! nothing of the tape.

use std::ops::Range;

use super::Span;
use super::parse::number_end;
use super::syntax::SyntaxErrorKind as Is;
use super::syntax::{Bracket, CommentStyle, Literal, SyntaxError, SyntaxErrorKind};

/// Where the parser stopped, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Halt {
    pub(super) at: usize,
    pub(super) fault: Fault,
}

/// Why the parser stopped.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// What stands at the place is not what should.
    Token(Expected),
    /// The number that starts at the place is malformed.
    Number,
    /// The string that starts at `open` cannot hold what stands at the place.
    String {
        /// Offset of the opening quote.
        open: usize,
    },
    /// The bracket at the place opens one level too many.
    TooDeep,
    /// The value at the place is one too many for the tape.
    TooManyValues,
}

/// What the parser looked for between tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// A value; after `[` its closing bracket too.
    Value,
    /// A member name; after `{` its closing bracket too.
    Name,
    /// The colon after a member name.
    Colon,
    /// A comma or the closing bracket.
    Separator,
    /// The end of the text.
    End,
}

/// The error for a halt inside `container`, the innermost open array or object.
pub(super) fn diagnose(text: &str, halt: Halt, container: Option<(usize, Bracket)>) -> SyntaxError {
    let scene = Scene {
        text,
        at: halt.at,
        container,
    };
    let (range, kind) = match halt.fault {
        Fault::TooDeep => (scene.char_range(), Is::NestingTooDeep),
        Fault::TooManyValues => (scene.char_range(), Is::TooManyValues),
        Fault::Number => scene.run(),
        Fault::String { open } => scene.string(open),
        Fault::Token(expected) => scene.token(expected),
    };
    SyntaxError {
        span: Span::new(range.start, range.end),
        kind,
    }
}

type Found = (Range<usize>, SyntaxErrorKind);

/// The place of a halt.
struct Scene<'a> {
    text: &'a str,
    at: usize,
    container: Option<(usize, Bracket)>,
}

impl Scene<'_> {
    /// What stands where `expected` should.
    fn token(&self, expected: Expected) -> Found {
        let Some(c) = self.rest().chars().next() else {
            return self.end_of_text();
        };
        if let Some(found) = self.never_json(c) {
            return found;
        }
        if in_run(c) && self.text[..self.at].ends_with(in_run) {
            // A word or number goes on that the parser took to be over.
            return self.run();
        }
        if in_run(c) && self.text[..self.at].ends_with('"') {
            return (self.run_range(), Is::TextAfterString);
        }
        match expected {
            Expected::Value => self.not_a_value(c),
            Expected::Name => self.not_a_name(c),
            Expected::Colon | Expected::Separator => self.not_a_separator(c, expected),
            Expected::End => self.not_the_end(c),
        }
    }

    /// Faults that are the same wherever a token may begin.
    fn never_json(&self, c: char) -> Option<Found> {
        let kind = match c {
            '/' | '#' => return self.comment(),
            '\'' => return Some((self.quoted(&['\'']), Is::SingleQuotes)),
            '\u{201c}'..='\u{201f}' => {
                return Some((self.quoted(&['\u{201c}', '\u{201d}']), Is::SmartQuotes(c)));
            }
            '\u{2018}'..='\u{201b}' => {
                return Some((self.quoted(&['\u{2018}', '\u{2019}']), Is::SmartQuotes(c)));
            }
            '\0' => Is::Nul,
            '\u{feff}' => Is::ByteOrderMark,
            c if c.is_whitespace() => Is::ForeignWhiteSpace(c),
            _ => return None,
        };
        Some((self.char_range(), kind))
    }

    fn comment(&self) -> Option<Found> {
        let (style, length) = if self.rest().starts_with("//") {
            (CommentStyle::Line, self.line().len())
        } else if self.rest().starts_with("/*") {
            let end = self.line()[2..].find("*/").map(|inner| inner + 4);
            (CommentStyle::Block, end.unwrap_or(self.line().len()))
        } else if self.rest().starts_with('#') {
            (CommentStyle::Hash, self.line().len())
        } else {
            return None;
        };
        Some((self.at..self.at + length, Is::Comment(style)))
    }

    fn not_a_value(&self, c: char) -> Found {
        let kind = match (c, self.before()) {
            (']' | '}', None) => return self.stray_bracket(c),
            (']' | '}', Some(',' | '[')) => return self.early_end(c),
            (':', _) => Is::UnexpectedColon,
            (']' | '}' | ',', _) => Is::MissingValue,
            (c, _) if in_run(c) => return self.run(),
            (c, _) => Is::UnexpectedCharacter(c),
        };
        (self.char_range(), kind)
    }

    fn not_a_name(&self, c: char) -> Found {
        let kind = match c {
            ']' | '}' => return self.early_end(c),
            ',' => Is::MissingMember,
            ':' => Is::MissingName,
            '[' | '{' => Is::NameNotString,
            c if in_run(c) => return (self.run_range(), Is::UnquotedName),
            c => Is::UnexpectedCharacter(c),
        };
        (self.char_range(), kind)
    }

    /// A closing bracket where an element, a member or nothing at all may stand.
    fn early_end(&self, c: char) -> Found {
        match self.container {
            Some((_, open)) if open.closing() == c => {
                let comma = self.blanks_before() - 1;
                (comma..comma + 1, Is::TrailingComma(open))
            }
            _ => self.stray_bracket(c),
        }
    }

    /// A closing bracket that closes nothing, or the wrong thing.
    fn stray_bracket(&self, c: char) -> Found {
        let kind = match (self.container, c) {
            (Some((_, open)), _) => Is::MismatchedBracket { open },
            (None, ']') => Is::UnopenedBracket(Bracket::Array),
            (None, _) => Is::UnopenedBracket(Bracket::Object),
        };
        (self.char_range(), kind)
    }

    fn not_a_separator(&self, c: char, expected: Expected) -> Found {
        let missing = match expected {
            Expected::Colon => Is::MissingColon,
            _ => Is::MissingComma,
        };
        match c {
            '"' | '[' | '{' => (self.token_range(), missing),
            c if in_run(c) => (self.run_range(), missing),
            _ if expected == Expected::Colon => (self.char_range(), missing),
            ']' | '}' => self.stray_bracket(c),
            ':' => (self.char_range(), Is::UnexpectedColon),
            c => (self.char_range(), Is::UnexpectedCharacter(c)),
        }
    }

    fn not_the_end(&self, c: char) -> Found {
        let begins_value = matches!(c, '"' | '[' | '{' | '-' | '0'..='9')
            || Literal::ALL
                .iter()
                .any(|l| l.spelling() == &self.text[self.run_range()]);
        match c {
            ']' | '}' => self.stray_bracket(c),
            _ if begins_value => (self.token_range(), Is::SecondDocument),
            _ => (self.token_range(), Is::TrailingContent),
        }
    }

    fn end_of_text(&self) -> Found {
        match self.container {
            Some((open, bracket)) => (open..open + 1, Is::Unclosed(bracket)),
            None => (0..self.text.len().min(1), Is::EmptyDocument),
        }
    }

    /// A run of word characters as the malformed number or wrong literal that it is.
    fn run(&self) -> Found {
        let range = self.run_range();
        let run = &self.text[range.clone()];
        let kind = word_fault(run).unwrap_or_else(|| {
            let digits = run.trim_start_matches(['+', '-', '.']);
            if run.starts_with('-') || digits.starts_with(is_digit) {
                number_fault(run)
            } else {
                Is::UnquotedText
            }
        });
        (range, kind)
    }

    /// The word or number around the place; empty where there is none.
    fn run_range(&self) -> Range<usize> {
        let before = &self.text[..self.at];
        let start = before.trim_end_matches(in_run).len();
        let rest = self.rest();
        start..self.at + rest.len() - rest.trim_start_matches(in_run).len()
    }

    /// The token at the place: a string, a word, or a single character.
    fn token_range(&self) -> Range<usize> {
        match self.rest().chars().next() {
            Some('"') => self.quoted(&['"']),
            Some(c) if in_run(c) => self.run_range(),
            _ => self.char_range(),
        }
    }

    /// The character at the place.
    fn char_range(&self) -> Range<usize> {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    /// From the quote at the place to one of `closing` on the same line, or to the line's end.
    fn quoted(&self, closing: &[char]) -> Range<usize> {
        let line = self.line();
        let mut chars = line.char_indices().skip(1);
        while let Some((offset, c)) = chars.next() {
            if c == '\\' {
                chars.next();
            } else if closing.contains(&c) {
                return self.at..self.at + offset + c.len_utf8();
            }
        }
        self.at..self.at + line.len()
    }

    /// What is wrong in the string that starts at `open`.
    fn string(&self, open: usize) -> Found {
        let opening = Scene { at: open, ..*self };
        let unterminated = || (open..open + opening.line().len(), Is::UnterminatedString);
        let mut rest = self.rest().chars();
        match (rest.next(), rest.next()) {
            (None, _) | (Some('\\'), None) => unterminated(),
            (Some('\\'), Some('u')) => self
                .unicode_escape()
                .map_or_else(unterminated, |range| (range, Is::BadUnicodeEscape)),
            (Some('\\'), Some(c)) => (self.at..self.at + 1 + c.len_utf8(), Is::UnknownEscape(c)),
            (Some('\n' | '\r'), _) if !self.string_goes_on() => unterminated(),
            (Some(c), _) => (self.char_range(), Is::ControlInString(c)),
        }
    }

    /// A `\u` with what stands for its four digits; `None` where the text ends before.
    fn unicode_escape(&self) -> Option<Range<usize>> {
        let mut length = 2;
        for c in self.rest()[2..].chars().take(4) {
            if c.is_control() || matches!(c, '"' | '\\') {
                return Some(self.at..self.at + length);
            }
            length += c.len_utf8();
        }
        (length < self.rest().len()).then_some(self.at..self.at + length)
    }

    /// Whether the next quote closes the string at the place rather than opening another: what
    /// follows a string follows it.
    fn string_goes_on(&self) -> bool {
        let mut rest = self.rest();
        while let Some(offset) = rest.find(['"', '\\']) {
            let (found, after) = rest[offset..].split_at(1);
            rest = after;
            if found == "\\" {
                rest = rest.strip_prefix('"').unwrap_or(rest);
                continue;
            }
            let follows = rest.trim_start_matches(BLANKS);
            return follows.is_empty() || follows.starts_with([',', ':', ']', '}']);
        }
        false
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// From the place to the end of its line, the line end not included.
    fn line(&self) -> &str {
        let rest = self.rest();
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        &rest[..end]
    }

    /// One past the last character before the place that is not white space.
    fn blanks_before(&self) -> usize {
        self.text[..self.at].trim_end_matches(BLANKS).len()
    }

    /// The last character before the place that is not white space.
    fn before(&self) -> Option<char> {
        self.text[..self.blanks_before()].chars().next_back()
    }
}

/// White space of RFC 8259 section 2.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Characters that hold together what may have been meant as a number, a literal or a name.
fn in_run(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | '+' | '-')
}

/// The fault of a word that other notations take for a value.
fn word_fault(run: &str) -> Option<SyntaxErrorKind> {
    let literal = |literal: &&Literal| run.eq_ignore_ascii_case(literal.spelling());
    if let Some(literal) = Literal::ALL.iter().find(literal) {
        return Some(Is::WrongCase(*literal));
    }
    let unsigned = run.strip_prefix(['+', '-']).unwrap_or(run);
    Some(match unsigned.to_ascii_lowercase().as_str() {
        "nan" => Is::NotANumber,
        "infinity" | "inf" => Is::Infinity,
        "undefined" => Is::Undefined,
        "none" | "nil" => Is::ForeignNull,
        _ => return None,
    })
}

/// The first fault in a run that begins as a number does.
fn number_fault(run: &str) -> SyntaxErrorKind {
    let unsigned = run.strip_prefix('-').unwrap_or(run);
    match unsigned.as_bytes() {
        [b'+', ..] => return Is::LeadingPlus,
        [b'.', b'0'..=b'9', ..] => return Is::LeadingPoint,
        [b'0', b'x' | b'X', ..] => return Is::Hexadecimal,
        [b'0'..=b'9', ..] => {}
        _ if run.starts_with('-') => return Is::LoneMinus,
        _ => return Is::MalformedNumber,
    }
    let digits = unsigned.trim_start_matches('0').as_bytes();
    if unsigned.len() > digits.len() && number_end(digits, 0) == Some(digits.len()) {
        return Is::LeadingZero;
    }
    tail_fault(unsigned.trim_start_matches(is_digit))
}

/// The first fault in what follows the integer part of a number.
fn tail_fault(tail: &str) -> SyntaxErrorKind {
    let exponent = match tail.strip_prefix('.') {
        None => tail,
        Some(decimals) if decimals.starts_with(is_digit) => decimals.trim_start_matches(is_digit),
        Some("") => return Is::TrailingPoint,
        Some(after) if after.starts_with(['e', 'E']) => return Is::TrailingPoint,
        Some(_) => return Is::MalformedNumber,
    };
    match exponent.strip_prefix(['e', 'E']) {
        Some(power) if !power.trim_start_matches(['+', '-']).starts_with(is_digit) => {
            Is::BadExponent
        }
        _ => Is::MalformedNumber,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

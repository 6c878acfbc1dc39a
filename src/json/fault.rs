//! Names the fault at which the parser stopped.
//!
//! Gets the place, what was expected there and what is open; decides which construct stands there
//! and how far it reaches. Runs once for a text that is not JSON, so it may look around. Knows
//! nothing of the tape.

use std::ops::Range;

use super::scan::{in_run, number_end};
use super::span::Span;
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
            ',' => (self.char_range(), Is::CommaAfterDocument),
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
    if has_leading_zero(unsigned) {
        return Is::LeadingZero;
    }
    tail_fault(unsigned.trim_start_matches(is_digit))
}

/// Whether a number is well formed but for zeros before its integer part.
fn has_leading_zero(unsigned: &str) -> bool {
    let rest = unsigned.trim_start_matches('0');
    let zeros = unsigned.len() - rest.len();
    let surplus = zeros.saturating_sub(usize::from(!rest.starts_with(is_digit)));
    let number = &unsigned.as_bytes()[surplus..];
    surplus > 0 && number_end(number, 0) == Some(number.len())
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

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::super::tape::Tape;
    use super::*;

    fn fault(text: &str) -> SyntaxError {
        parse(text, &mut Tape::new()).expect_err(text)
    }

    /// Text, the offending token as the span shows it, its offset, the fault.
    fn check(cases: &[(&str, &str, usize, SyntaxErrorKind)]) {
        for (text, token, offset, kind) in cases {
            let SyntaxError { span, kind: found } = fault(text);
            let shown = &text[span.start..span.end];
            assert_eq!(
                (shown, span.start, &found),
                (*token, *offset, kind),
                "{text:?}"
            );
        }
    }

    #[test]
    fn empty_documents() {
        check(&[
            ("", "", 0, Is::EmptyDocument),
            (" ", " ", 0, Is::EmptyDocument),
            ("\r\n\t ", "\r", 0, Is::EmptyDocument),
        ]);
    }

    #[test]
    fn commas_and_colons() {
        use Bracket::{Array, Object};
        check(&[
            ("[1,]", ",", 2, Is::TrailingComma(Array)),
            ("[1 , \n ]", ",", 3, Is::TrailingComma(Array)),
            (r#"{"a":1,}"#, ",", 6, Is::TrailingComma(Object)),
            (r#"{"a":[1],} x"#, ",", 8, Is::TrailingComma(Object)),
            ("[1 2]", "2", 3, Is::MissingComma),
            (r#"["a" "bc"]"#, r#""bc""#, 5, Is::MissingComma),
            (r#"["a""bc"]"#, r#""bc""#, 4, Is::MissingComma),
            ("[[][1]]", "[", 3, Is::MissingComma),
            ("[1 true]", "true", 3, Is::MissingComma),
            (r#"{"a":1 "b":2}"#, r#""b""#, 7, Is::MissingComma),
            (r#"{"a":{}{"b":2}}"#, "{", 7, Is::MissingComma),
            (r#"{"a" 1}"#, "1", 5, Is::MissingColon),
            (r#"{"a"}"#, "}", 4, Is::MissingColon),
            (r#"{"a","b"}"#, ",", 4, Is::MissingColon),
            (r#"{"a"="b"}"#, "=", 4, Is::MissingColon),
            (r#"{"a""b"}"#, r#""b""#, 4, Is::MissingColon),
            ("[,1]", ",", 1, Is::MissingValue),
            ("[1,,2]", ",", 3, Is::MissingValue),
            (r#"{"a":}"#, "}", 5, Is::MissingValue),
            (r#"{"a": ,"b":1}"#, ",", 6, Is::MissingValue),
            (r#"{"a":]"#, "]", 5, Is::MissingValue),
            (",", ",", 0, Is::MissingValue),
            ("{,}", ",", 1, Is::MissingMember),
            (r#"{"a":1,,"b":2}"#, ",", 7, Is::MissingMember),
            ("{:1}", ":", 1, Is::MissingName),
            ("[1:2]", ":", 2, Is::UnexpectedColon),
            (r#"{"a"::1}"#, ":", 5, Is::UnexpectedColon),
            (r#"{"a":1:2}"#, ":", 6, Is::UnexpectedColon),
        ]);
    }

    #[test]
    fn brackets() {
        use Bracket::{Array, Object};
        let deep = "[".repeat(200);
        check(&[
            ("[", "[", 0, Is::Unclosed(Array)),
            ("[1, {", "{", 4, Is::Unclosed(Object)),
            ("[1, {} \n", "[", 0, Is::Unclosed(Array)),
            (r#"{"a"#, r#""a"#, 1, Is::UnterminatedString),
            (r#"{"a""#, "{", 0, Is::Unclosed(Object)),
            (r#"{"a":"#, "{", 0, Is::Unclosed(Object)),
            (r#"{"a":1,"#, "{", 0, Is::Unclosed(Object)),
            ("[1,", "[", 0, Is::Unclosed(Array)),
            ("[1}", "}", 2, Is::MismatchedBracket { open: Array }),
            ("[}", "}", 1, Is::MismatchedBracket { open: Array }),
            ("[1,}", "}", 3, Is::MismatchedBracket { open: Array }),
            (r#"{"a":1]"#, "]", 6, Is::MismatchedBracket { open: Object }),
            ("{]", "]", 1, Is::MismatchedBracket { open: Object }),
            ("]", "]", 0, Is::UnopenedBracket(Array)),
            ("}", "}", 0, Is::UnopenedBracket(Object)),
            ("[]]", "]", 2, Is::UnopenedBracket(Array)),
            ("{} }", "}", 3, Is::UnopenedBracket(Object)),
            (&deep, "[", 128, Is::NestingTooDeep),
        ]);
    }

    #[test]
    fn comments() {
        use CommentStyle::{Block, Hash, Line};
        check(&[
            ("// x\n{}", "// x", 0, Is::Comment(Line)),
            ("{} // x\r\n", "// x", 3, Is::Comment(Line)),
            ("[1, // é\n2]", "// é", 4, Is::Comment(Line)),
            ("[1 /* a */ ]", "/* a */", 3, Is::Comment(Block)),
            ("{/* a\n */}", "/* a", 1, Is::Comment(Block)),
            ("{/*/}", "/*/}", 1, Is::Comment(Block)),
            ("{\"a\" # b", "# b", 5, Is::Comment(Hash)),
            (r#"{"a": /"#, "/", 6, Is::UnexpectedCharacter('/')),
        ]);
    }

    #[test]
    fn quotes_and_words() {
        check(&[
            ("['a']", "'a'", 1, Is::SingleQuotes),
            (r"['it\'s', 1]", r"'it\'s'", 1, Is::SingleQuotes),
            ("{'a': 1}", "'a'", 1, Is::SingleQuotes),
            ("['a\n']", "'a", 1, Is::SingleQuotes),
            (
                "[\u{201c}é\u{201d}]",
                "\u{201c}é\u{201d}",
                1,
                Is::SmartQuotes('\u{201c}'),
            ),
            (
                "{\u{2018}a\u{2019}:1}",
                "\u{2018}a\u{2019}",
                1,
                Is::SmartQuotes('\u{2018}'),
            ),
            ("{a:1}", "a", 1, Is::UnquotedName),
            ("{@odata.type: 1}", "@odata.type", 1, Is::UnquotedName),
            ("{1:1}", "1", 1, Is::UnquotedName),
            ("{null:1}", "null", 1, Is::UnquotedName),
            ("{[1]:1}", "[", 1, Is::NameNotString),
            ("[abc]", "abc", 1, Is::UnquotedText),
            ("[tru]", "tru", 1, Is::UnquotedText),
            ("[truefalse]", "truefalse", 1, Is::UnquotedText),
            ("[...]", "...", 1, Is::UnquotedText),
            ("nulls", "nulls", 0, Is::UnquotedText),
            ("[NaN]", "NaN", 1, Is::NotANumber),
            ("-NaN", "-NaN", 0, Is::NotANumber),
            ("[Infinity]", "Infinity", 1, Is::Infinity),
            ("[-Infinity]", "-Infinity", 1, Is::Infinity),
            ("[+inf]", "+inf", 1, Is::Infinity),
            ("[undefined]", "undefined", 1, Is::Undefined),
            ("[None]", "None", 1, Is::ForeignNull),
            ("[True]", "True", 1, Is::WrongCase(Literal::True)),
            ("[FALSE]", "FALSE", 1, Is::WrongCase(Literal::False)),
            ("Null", "Null", 0, Is::WrongCase(Literal::Null)),
        ]);
    }

    #[test]
    fn numbers() {
        let cases = [
            ("01", Is::LeadingZero),
            ("-00", Is::LeadingZero),
            ("007.5e1", Is::LeadingZero),
            ("+1", Is::LeadingPlus),
            ("-+1", Is::LeadingPlus),
            (".5", Is::LeadingPoint),
            ("-.5", Is::LeadingPoint),
            ("5.", Is::TrailingPoint),
            ("-5.e3", Is::TrailingPoint),
            ("0x1F", Is::Hexadecimal),
            ("-0X1", Is::Hexadecimal),
            ("1e", Is::BadExponent),
            ("1E+", Is::BadExponent),
            ("1.5e-", Is::BadExponent),
            ("1ee2", Is::BadExponent),
            ("-", Is::LoneMinus),
            ("--1", Is::LoneMinus),
            ("-a", Is::LoneMinus),
            ("1_000", Is::MalformedNumber),
            ("1.2.3", Is::MalformedNumber),
            ("1e5.5", Is::MalformedNumber),
            ("12ab", Is::MalformedNumber),
            ("2024-01-02", Is::MalformedNumber),
            ("0-1", Is::MalformedNumber),
            ("1..5", Is::MalformedNumber),
            ("..5", Is::MalformedNumber),
            ("0é", Is::MalformedNumber),
        ];
        for (number, kind) in cases {
            check(&[
                (number, number, 0, kind),
                (&format!("[1, {number}]"), number, 4, kind),
                (&format!("{{\"é\":{number} }}"), number, 6, kind),
                (&format!("[{number}"), number, 1, kind),
            ]);
        }
    }

    #[test]
    fn strings() {
        check(&[
            (r#"["\q"]"#, r"\q", 2, Is::UnknownEscape('q')),
            (r#"["\é"]"#, r"\é", 2, Is::UnknownEscape('é')),
            (r#"{"\x": 1}"#, r"\x", 2, Is::UnknownEscape('x')),
            (r#"["\u12"]"#, r"\u12", 2, Is::BadUnicodeEscape),
            (r#"["\u12G4 "]"#, r"\u12G4", 2, Is::BadUnicodeEscape),
            (r#"["\ué234 "]"#, r"\ué234", 2, Is::BadUnicodeEscape),
            (r#"["\u"]"#, r"\u", 2, Is::BadUnicodeEscape),
            ("[\"a\tb\"]", "\t", 3, Is::ControlInString('\t')),
            ("[\"long enough\0\"]", "\0", 13, Is::ControlInString('\0')),
            ("[\"a\nb\"]", "\n", 3, Is::ControlInString('\n')),
            ("[\"a\r\nb\" ]", "\r", 3, Is::ControlInString('\r')),
            ("{\"a\\n\nb\\\"c\" : 1}", "\n", 5, Is::ControlInString('\n')),
            ("[\"a", "\"a", 1, Is::UnterminatedString),
            ("\"", "\"", 0, Is::UnterminatedString),
            ("\"a\\", "\"a\\", 0, Is::UnterminatedString),
            ("\"a\\u12", "\"a\\u12", 0, Is::UnterminatedString),
            (
                "{\"a\": \"b,\n \"c\": 1}",
                "\"b,",
                6,
                Is::UnterminatedString,
            ),
            ("{\"a\": \"b\r\n}", "\"b", 6, Is::UnterminatedString),
            (r#"["a "quoted" b"]"#, "quoted", 5, Is::TextAfterString),
            (r#"{"a"b: 1}"#, "b", 4, Is::TextAfterString),
            (r#""a"b"#, "b", 3, Is::TextAfterString),
        ]);
    }

    #[test]
    fn after_the_document() {
        check(&[
            ("{}\n{}", "{", 3, Is::SecondDocument),
            ("1 \"a b\"", "\"a b\"", 2, Is::SecondDocument),
            ("{}null", "null", 2, Is::SecondDocument),
            ("{} -12", "-12", 3, Is::SecondDocument),
            ("{},{}", ",", 2, Is::CommaAfterDocument),
            ("{} ,", ",", 3, Is::CommaAfterDocument),
            ("{} abc d", "abc", 3, Is::TrailingContent),
            ("{};", ";", 2, Is::TrailingContent),
        ]);
    }

    #[test]
    fn characters_that_begin_no_token() {
        check(&[
            ("{}\0", "\0", 2, Is::Nul),
            ("[\0]", "\0", 1, Is::Nul),
            ("\u{feff}{}", "\u{feff}", 0, Is::ByteOrderMark),
            ("{}\n\u{feff}{}", "\u{feff}", 3, Is::ByteOrderMark),
            ("[\u{a0}1]", "\u{a0}", 1, Is::ForeignWhiteSpace('\u{a0}')),
            ("[1\u{c}]", "\u{c}", 2, Is::ForeignWhiteSpace('\u{c}')),
            (
                "{\"a\"\u{2028}:1}",
                "\u{2028}",
                4,
                Is::ForeignWhiteSpace('\u{2028}'),
            ),
            (
                "[\u{200b}1]",
                "\u{200b}",
                1,
                Is::UnexpectedCharacter('\u{200b}'),
            ),
            ("[1, \u{1}]", "\u{1}", 4, Is::UnexpectedCharacter('\u{1}')),
            ("[1;2]", ";", 2, Is::UnexpectedCharacter(';')),
            ("[`a`]", "`", 1, Is::UnexpectedCharacter('`')),
            ("<html>", "<", 0, Is::UnexpectedCharacter('<')),
            ("[(]", "(", 1, Is::UnexpectedCharacter('(')),
            ("{(}", "(", 1, Is::UnexpectedCharacter('(')),
        ]);
    }

    #[test]
    fn messages_name_the_construct_and_show_nothing_harmful() {
        let cases = [
            (
                "[1,]",
                "trailing comma before `]`",
                Some("remove the comma"),
            ),
            (
                "[1 // x",
                "`//` comment, which JSON does not have",
                Some("remove the comment"),
            ),
            (
                "[True]",
                "literal `true` with capital letters",
                Some("write `true`"),
            ),
            ("[1}", "`}` cannot close the array opened with `[`", None),
            ("{\"a\":[", "array opened with `[` is never closed", None),
            ("]", "`]` closes nothing that is open", None),
            (
                "[\u{a0}]",
                "no-break space (U+00A0) is not white space in JSON",
                Some("only space, tab, line feed and carriage return are"),
            ),
            ("[\u{1b}]", "unexpected character U+001B", None),
            ("[;]", "unexpected character `;`", None),
            (
                "[\"\\\u{202e}\"]",
                "unknown escape: a backslash before U+202E",
                Some("a backslash itself is written `\\\\`"),
            ),
            ("[\"a\tb\"]", "raw tab inside a string", Some("write `\\t`")),
            (
                "[\"a\u{7}b\"]",
                "raw control character U+0007 inside a string",
                Some("write it as `\\u00` and two hexadecimal digits"),
            ),
        ];
        for (text, message, help) in cases {
            let kind = fault(text).kind;
            assert_eq!(
                (kind.message().as_str(), kind.help()),
                (message, help),
                "{text:?}"
            );
        }
    }

    #[test]
    fn every_cut_of_a_text_is_a_fault_on_character_boundaries() {
        let text = "{\"é\": [1.5e3, true, \"\\ud834\\udd1e\u{1d11e}\", {\"b\": null}], \"c\": -0}";
        parse(text, &mut Tape::new()).expect("the whole is JSON");
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            let SyntaxError { span, kind } = fault(&text[..cut]);
            let token = text[..cut]
                .get(span.start..span.end)
                .expect("character boundaries");
            assert_eq!(token.is_empty(), cut == 0, "{kind:?}");
            assert_ne!(kind.message(), "not JSON");
        }
    }
}

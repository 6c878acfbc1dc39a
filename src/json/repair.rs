//! What makes JSON of a text that is nearly JSON: as people and programs write it by hand, for
//! JavaScript, for Python, or with the characters of old files in it.
//!
//! Owns what may be mended, and how. A construct that can be read in one way only is mended; at any
//! other the reader gives up, and nothing is mended at all: numbers that are none, strings without
//! an end, what lacks a comma, a quote or a bracket. What is mended is held to the parser. Reads a
//! text once, without recursion; knows nothing of the tape.

use std::borrow::Cow;

use super::parse::parse;
use super::scan::{in_run, number_end, peek, skip_blanks};
use super::span::Span;
use super::string;
use super::syntax::{Bracket, MAX_DEPTH};
use super::tape::Tape;
use crate::text::bytes;

/// Longest text that is mended, in bytes: it is held twice until that is proved right.
pub(crate) const LONGEST: usize = 16 << 20;
/// Most changes of a text.
const MOST_CHANGES: usize = 50_000;

/// What makes JSON of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    /// In order of place, without overlaps.
    pub(crate) changes: Vec<Change>,
    /// What they mend, in the order of [`Mend`], and how many of it.
    pub(crate) mends: Vec<(Mend, usize)>,
}

/// One change to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// What goes.
    pub(crate) span: Span,
    /// What comes in its place.
    pub(crate) text: Cow<'static, str>,
    /// The text says what a value is.
    pub(crate) is_value: bool,
}

/// A construct that is no JSON, and can be read in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mend {
    /// A comma behind the last element or member.
    TrailingComma,
    /// A byte order mark between tokens.
    ByteOrderMark,
    /// A comment of whatever kind.
    Comment,
    /// A string in single or typographic quotes.
    Quotes,
    /// A member name without quotes.
    BareName,
    /// A literal as another language spells it.
    Literal,
    /// A hexadecimal integer.
    Hexadecimal,
    /// A control character in a string.
    Control,
    /// An escape that JSON lacks.
    Escape,
    /// White space that is none in JSON.
    Blank,
    /// NULs or U+001A at the end, or a comma.
    End,
}

impl Mend {
    const ALL: [Self; 11] = [
        Self::TrailingComma,
        Self::ByteOrderMark,
        Self::Comment,
        Self::Quotes,
        Self::BareName,
        Self::Literal,
        Self::Hexadecimal,
        Self::Control,
        Self::Escape,
        Self::Blank,
        Self::End,
    ];

    /// Whether nothing but that sets a text apart from JSON with the same meaning.
    pub(crate) const fn is_certain(self) -> bool {
        matches!(self, Self::TrailingComma | Self::ByteOrderMark)
    }

    /// What is done, as an order; `only` says that there is one of it.
    pub(crate) const fn order(self, only: bool) -> &'static str {
        match self {
            Self::TrailingComma if only => "remove the trailing comma",
            Self::TrailingComma => "remove the trailing commas",
            Self::ByteOrderMark if only => "remove the byte order mark",
            Self::ByteOrderMark => "remove the byte order marks",
            Self::Comment if only => "remove the comment",
            Self::Comment => "remove the comments",
            Self::Quotes => "write strings in double quotes",
            Self::BareName => "put names in double quotes",
            Self::Literal => "write literals as JSON spells them",
            Self::Hexadecimal => "write numbers in decimal",
            Self::Control => "escape control characters",
            Self::Escape => "write escapes as JSON has them",
            Self::Blank => "write spaces for other white space",
            Self::End => "remove what stands behind the end",
        }
    }
}

/// What makes JSON of `text`, on which the parser gave up; `None` where that cannot be told, or the
/// text is too long. `tape` is written over.
pub(crate) fn repair(text: &str, tape: &mut Tape) -> Option<Repair> {
    if text.len() > LONGEST {
        return None;
    }
    let mut reader = Reader::new(text);
    reader.document()?;
    let Reader {
        mut changes, mends, ..
    } = reader;
    if changes.is_empty() {
        return None;
    }
    changes.sort_by_key(|change| change.span);
    let mends = Mend::ALL.into_iter().zip(mends);
    let mends = mends.filter(|(_, count)| *count > 0).collect();
    let repair = Repair { changes, mends };
    let mended = repair.apply(text);
    let proved = parse(&mended, tape).is_ok();
    tape.clear();
    proved.then_some(repair)
}

impl Repair {
    /// The text with all changes.
    fn apply(&self, text: &str) -> String {
        let mut mended = String::with_capacity(text.len() + 2 * self.changes.len());
        let mut rest = 0;
        for change in &self.changes {
            mended.push_str(&text[rest..change.span.start]);
            mended.push_str(&change.text);
            rest = change.span.end;
        }
        mended.push_str(&text[rest..]);
        mended
    }
}

/// What may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    /// A value, or the end of its array.
    FirstValue,
    /// A name, or the end of its object.
    FirstName,
    /// Behind a comma in an array: a value, or the end where the comma is one too many.
    NextValue {
        comma: usize,
    },
    /// The same in an object.
    NextName {
        comma: usize,
    },
    Colon,
    Separator,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    changes: Vec<Change>,
    /// How many there are of each.
    mends: [usize; Mend::ALL.len()],
    /// Where the last change ends: none reaches back behind it.
    changed: usize,
}

impl<'t> Reader<'t> {
    const fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            changes: Vec::new(),
            mends: [0; Mend::ALL.len()],
            changed: 0,
        }
    }

    fn change(&mut self, mend: Mend, span: Span, text: impl Into<Cow<'static, str>>) -> Option<()> {
        if self.changes.len() == MOST_CHANGES {
            return None;
        }
        self.changes.push(Change {
            span,
            text: text.into(),
            is_value: mend == Mend::Hexadecimal,
        });
        self.mends[mend as usize] += 1;
        self.changed = self.changed.max(span.end);
        Some(())
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn byte(&self) -> u8 {
        peek(self.bytes, self.at)
    }

    fn document(&mut self) -> Option<()> {
        let mut open: Vec<Bracket> = Vec::new();
        let mut expected = Expected::Value;
        loop {
            self.between()?;
            let byte = self.byte();
            expected = match expected {
                Expected::Colon => {
                    self.take(b':')?;
                    Expected::Value
                }
                Expected::Separator => {
                    let inner = *open.last()?;
                    if byte == b',' {
                        let comma = self.at;
                        self.at += 1;
                        match inner {
                            Bracket::Array => Expected::NextValue { comma },
                            Bracket::Object => Expected::NextName { comma },
                        }
                    } else {
                        self.close(&mut open)?;
                        Expected::Separator
                    }
                }
                Expected::FirstValue if byte == b']' => {
                    self.close(&mut open)?;
                    Expected::Separator
                }
                Expected::FirstName if byte == b'}' => {
                    self.close(&mut open)?;
                    Expected::Separator
                }
                Expected::NextValue { comma } | Expected::NextName { comma }
                    if matches!(byte, b']' | b'}') =>
                {
                    self.change(Mend::TrailingComma, Span::new(comma, comma + 1), "")?;
                    self.close(&mut open)?;
                    Expected::Separator
                }
                Expected::FirstName | Expected::NextName { .. } => {
                    self.name()?;
                    Expected::Colon
                }
                Expected::Value | Expected::FirstValue | Expected::NextValue { .. } => {
                    self.value(&mut open)?
                }
            };
            if expected == Expected::Separator && open.is_empty() {
                return self.end();
            }
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.byte() == byte).then(|| self.at += 1)
    }

    fn close(&mut self, open: &mut Vec<Bracket>) -> Option<()> {
        let closing = open.pop()?.closing();
        self.rest().starts_with(closing).then(|| self.at += 1)
    }

    /// Behind the document.
    fn end(&mut self) -> Option<()> {
        let mut comma = false;
        loop {
            self.between()?;
            let start = self.at;
            match self.byte() {
                _ if start == self.bytes.len() => return Some(()),
                b',' if !comma => {
                    comma = true;
                    self.at += 1;
                }
                0 | 0x1a => {
                    let rest = self.bytes[start..].iter();
                    let run = rest.take_while(|byte| matches!(byte, 0 | 0x1a)).count();
                    self.at += run;
                }
                _ => return None,
            }
            self.change(Mend::End, Span::new(start, self.at), "")?;
        }
    }

    /// Reads a value, or opens an array or object; gives what may follow.
    fn value(&mut self, open: &mut Vec<Bracket>) -> Option<Expected> {
        let (bracket, inside) = match self.byte() {
            b'[' => (Bracket::Array, Expected::FirstValue),
            b'{' => (Bracket::Object, Expected::FirstName),
            _ => {
                self.scalar()?;
                return Some(Expected::Separator);
            }
        };
        if open.len() == MAX_DEPTH {
            return None;
        }
        open.push(bracket);
        self.at += 1;
        Some(inside)
    }

    fn scalar(&mut self) -> Option<()> {
        if self.quoted()? {
            return Some(());
        }
        let start = self.at;
        let run = self.run();
        self.at += run.len();
        let span = Span::new(start, self.at);
        match run {
            "true" | "false" | "null" => Some(()),
            run if number_end(run.as_bytes(), 0) == Some(run.len()) => Some(()),
            run if run.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                self.change(Mend::Literal, span, literal(run)?)
            }
            run => self.change(Mend::Hexadecimal, span, decimal(run)?),
        }
    }

    fn name(&mut self) -> Option<()> {
        if self.quoted()? {
            return Some(());
        }
        let start = self.at;
        let run = self.run();
        if !run.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '@'))
            || run.contains('+')
        {
            return None;
        }
        self.at += run.len();
        self.change(Mend::BareName, Span::new(start, start), "\"")?;
        self.change(Mend::BareName, Span::new(self.at, self.at), "\"")
    }

    /// The word or number at the place.
    fn run(&self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !in_run(c));
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Reads a string in whatever quotes; `false` where there is none.
    fn quoted(&mut self) -> Option<bool> {
        match self.rest().chars().next() {
            Some('"') => self.string()?,
            Some('\'') => self.other_string(&['\''])?,
            Some('\u{201c}'..='\u{201f}') => self.other_string(&['\u{201c}', '\u{201d}'])?,
            Some('\u{2018}'..='\u{201b}') => self.other_string(&['\u{2018}', '\u{2019}'])?,
            _ => return Some(false),
        }
        Some(true)
    }

    /// Reads a string in double quotes.
    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at = bytes::find_quote_backslash_or_control(self.bytes, self.at);
            match *self.bytes.get(self.at)? {
                b'"' => break,
                b'\\' => self.escape(false)?,
                control => self.control(control)?,
            }
        }
        self.at += 1;
        Some(())
    }

    /// Reads a string in other quotes, which become double ones.
    fn other_string(&mut self, closing: &[char]) -> Option<()> {
        let quote = |at: usize, c: char| Span::new(at, at + c.len_utf8());
        let opening = self.rest().chars().next()?;
        self.change(Mend::Quotes, quote(self.at, opening), "\"")?;
        self.at += opening.len_utf8();
        loop {
            let ends = |c: char| closing.contains(&c) || matches!(c, '"' | '\\' | '\0'..='\x1f');
            self.at += self.rest().find(ends)?;
            let c = self.rest().chars().next()?;
            match c {
                c if closing.contains(&c) => {
                    self.change(Mend::Quotes, quote(self.at, c), "\"")?;
                    self.at += c.len_utf8();
                    return Some(());
                }
                '"' => {
                    self.change(Mend::Quotes, Span::new(self.at, self.at), "\\")?;
                    self.at += 1;
                }
                '\\' => self.escape(closing == ['\''])?,
                // Without double quotes, a line break is the end of what nobody closed.
                '\n' | '\r' => return None,
                c => self.control(u8::try_from(c).ok()?)?,
            }
        }
    }

    /// Reads an escape; that of another language where it can mean one thing only. `foreign` says
    /// that the string is one of these.
    fn escape(&mut self, foreign: bool) -> Option<()> {
        let start = self.at;
        let rest = &self.bytes[start..];
        if let Some(escape) = string::escape(rest) {
            self.at += match escape {
                string::Escape::Char(_, length) => length,
                string::Escape::LoneSurrogate => 6,
            };
            return Some(());
        }
        let (length, goes, text) = match rest {
            [_, b'\'', ..] => (2, 1, ""),
            [_, b'x', high, low, ..]
                if foreign && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                (4, 2, "\\u00")
            }
            [_, b'v', ..] if foreign => (2, 2, "\\u000b"),
            [_, b'0', next, ..] if foreign && !next.is_ascii_digit() => (2, 2, "\\u0000"),
            [_, b'\r', b'\n', ..] if foreign => (3, 3, ""),
            [_, b'\n' | b'\r', ..] if foreign => (2, 2, ""),
            _ => return None,
        };
        self.at += length;
        self.change(Mend::Escape, Span::new(start, start + goes), text)
    }

    /// Reads a control character within a string.
    fn control(&mut self, byte: u8) -> Option<()> {
        let span = Span::new(self.at, self.at + 1);
        let escape = match byte {
            b'\t' => Cow::Borrowed("\\t"),
            b'\n' => Cow::Borrowed("\\n"),
            b'\r' => Cow::Borrowed("\\r"),
            0x8 => Cow::Borrowed("\\b"),
            0xc => Cow::Borrowed("\\f"),
            byte => Cow::Owned(format!("\\u{byte:04x}")),
        };
        self.at += 1;
        self.change(Mend::Control, span, escape)
    }

    /// Passes blanks, and what else stands between tokens and says nothing.
    fn between(&mut self) -> Option<()> {
        loop {
            self.at = skip_blanks(self.bytes, self.at);
            match self.byte() {
                b'/' | b'#' => self.comment()?,
                0xb | 0xc | 0x80.. => {
                    let rest = self.rest();
                    let c = rest.chars().next()?;
                    if c != '\u{feff}' && !c.is_whitespace() {
                        return Some(());
                    }
                    let after = if c == '\u{feff}' {
                        rest.trim_start_matches(c)
                    } else {
                        rest.trim_start_matches(is_foreign_blank)
                    };
                    let run = &rest[..rest.len() - after.len()];
                    let span = Span::new(self.at, self.at + run.len());
                    self.at = span.end;
                    if c == '\u{feff}' {
                        self.change(Mend::ByteOrderMark, span, "")?;
                    } else {
                        self.change(Mend::Blank, span, " ".repeat(run.chars().count()))?;
                    }
                }
                _ => return Some(()),
            }
        }
    }

    /// Takes a comment out: with its line where it stands there alone, else with the blanks before
    /// it, so that what is left looks as if it had never been there.
    fn comment(&mut self) -> Option<()> {
        let start = self.at;
        let rest = self.rest();
        let end = if rest.starts_with("/*") {
            start + 2 + memchr::memmem::find(&rest.as_bytes()[2..], b"*/")? + 2
        } else if rest.starts_with("//") || rest.starts_with('#') {
            let line = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
            line.map_or(self.bytes.len(), |length| start + length)
        } else {
            return None;
        };
        self.at = end;
        let line = &self.text[self.changed..start];
        let before = line.trim_end_matches([' ', '\t']);
        let from = self.changed + before.len();
        let blanks = |at: usize| {
            let rest = &self.text[at..];
            at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
        };
        let next = blanks(end);
        let is_alone = from == 0 || matches!(self.bytes[from - 1], b'\n' | b'\r');
        let span = match self.text[next..].chars().next() {
            Some('\n') if is_alone => Span::new(from, next + 1),
            Some('\r') if is_alone => {
                let feed = peek(self.bytes, next + 1) == b'\n';
                Span::new(from, next + 1 + usize::from(feed))
            }
            // The line goes on behind it.
            Some(_) if is_alone => Span::new(start, next),
            _ => Span::new(from, end),
        };
        self.at = span.end;
        self.change(Mend::Comment, span, "")
    }
}

/// White space that is none in JSON.
fn is_foreign_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The literal that a word of another language, or in other letters, is.
fn literal(word: &str) -> Option<&'static str> {
    match word.len() {
        4 => match word.to_ascii_lowercase().as_str() {
            "true" => Some("true"),
            "null" | "none" => Some("null"),
            _ => None,
        },
        5 => word.eq_ignore_ascii_case("false").then_some("false"),
        3 => word.eq_ignore_ascii_case("nil").then_some("null"),
        _ => None,
    }
}

/// A hexadecimal integer in decimal.
fn decimal(number: &str) -> Option<String> {
    let (sign, unsigned) = match number.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", number),
    };
    let digits = unsigned
        .strip_prefix("0x")
        .or_else(|| unsigned.strip_prefix("0X"))?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u64::from_str_radix(digits, 16).ok()?;
    Some(format!("{sign}{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Kind, Node};

    /// What becomes of a text, and what is mended for that.
    fn mended(text: &str) -> Option<(String, Vec<Mend>)> {
        let repair = repair(text, &mut Tape::new())?;
        let spans = repair.changes.iter().map(|change| change.span);
        let spans: Vec<Span> = spans.collect();
        assert!(
            spans
                .array_windows()
                .all(|[one, next]| one.end <= next.start),
            "{text}: {spans:?}"
        );
        let mends = repair.mends.iter().map(|(mend, _)| *mend).collect();
        Some((repair.apply(text), mends))
    }

    #[test]
    fn what_can_be_read_in_one_way_is_mended() {
        use Mend::*;
        let table: &[(&str, &str, &[Mend])] = &[
            (r#"{"a": 1,}"#, r#"{"a": 1}"#, &[TrailingComma]),
            ("[1, 2 , ]", "[1, 2  ]", &[TrailingComma]),
            (
                "{\n\t\"a\": [1,\n],\r\n}\n",
                "{\n\t\"a\": [1\n]\r\n}\n",
                &[TrailingComma],
            ),
            ("\u{feff}[1\u{feff}\u{feff}, 2]", "[1, 2]", &[ByteOrderMark]),
            // Comments go with their line, or with the blanks before them.
            ("// a\n[1]", "[1]", &[Comment]),
            ("[1] // a", "[1]", &[Comment]),
            ("[1, // a\r\n2]", "[1,\r\n2]", &[Comment]),
            (
                "[\r\n  // a\r\n  // b\r\n  1\r\n]",
                "[\r\n  1\r\n]",
                &[Comment],
            ),
            ("[\n  # a\n  1 # b\n]", "[\n  1\n]", &[Comment]),
            ("[1 /* a */, 2]", "[1, 2]", &[Comment]),
            ("[/* a */ 1]", "[ 1]", &[Comment]),
            ("[\n  /* a\n   * b */\n  1\n]", "[\n  1\n]", &[Comment]),
            ("[\n  /* a */ 1\n]", "[\n  1\n]", &[Comment]),
            (
                "[1, /* a */\n 2, // b\n]",
                "[1,\n 2\n]",
                &[TrailingComma, Comment],
            ),
            // Quotes, and what they hold.
            ("{'a': 'b'}", r#"{"a": "b"}"#, &[Quotes]),
            (
                r#"['say "a"', 'it\'s']"#,
                r#"["say \"a\"", "it's"]"#,
                &[Quotes, Escape],
            ),
            (r#"["it\'s"]"#, r#"["it's"]"#, &[Escape]),
            (
                r"['\x41\n\v\0']",
                r#"["\u0041\n\u000b\u0000"]"#,
                &[Quotes, Escape],
            ),
            ("['a\\\nb']", r#"["ab"]"#, &[Quotes, Escape]),
            (
                "[\u{201c}a\u{201d}, \u{2018}b \"c\"\u{2019}]",
                r#"["a", "b \"c\""]"#,
                &[Quotes],
            ),
            // Names and literals.
            (
                "{a: 1, $b_2: 2, osVersion: 3}",
                r#"{"a": 1, "$b_2": 2, "osVersion": 3}"#,
                &[BareName],
            ),
            ("{@odata.type: 1}", r#"{"@odata.type": 1}"#, &[BareName]),
            (
                "{true: True, x: None}",
                r#"{"true": true, "x": null}"#,
                &[BareName, Literal],
            ),
            (
                "[TRUE, False, NULL, nil]",
                "[true, false, null, null]",
                &[Literal],
            ),
            ("[0x1F, -0Xff]", "[31, -255]", &[Hexadecimal]),
            (
                "[0xFFFFFFFFFFFFFFFF]",
                "[18446744073709551615]",
                &[Hexadecimal],
            ),
            // Characters.
            ("[\"a\tb\nc\u{1}\"]", "[\"a\\tb\\nc\\u0001\"]", &[Control]),
            ("['a\tb']", r#"["a\tb"]"#, &[Quotes, Control]),
            ("[\u{a0}\u{a0}1,\u{c}2]", "[  1, 2]", &[Blank]),
            ("{}\n\u{1a}", "{}\n", &[End]),
            ("{}\0\0\n\0", "{}\n", &[End]),
            ("{},\n", "{}\n", &[End]),
        ];
        for (text, expected, mends) in table {
            let expected = Some(((*expected).to_owned(), mends.to_vec()));
            assert_eq!(mended(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_is_mended_where_it_takes_a_guess() {
        for text in [
            "",
            "x",
            "{}",
            "[1, 2]",
            // Numbers.
            "[007]",
            "[1.]",
            "[+1]",
            "[.5]",
            "[1e]",
            "[-]",
            "[1_000]",
            "[0x]",
            "[+0x1]",
            "[0x1.8]",
            "[0x10000000000000000]",
            // No value.
            "[NaN]",
            "[Infinity]",
            "[undefined]",
            "[abc]",
            "[2024-05-02]",
            // Something is lacking.
            "[1 2]",
            r#"{"a" 1}"#,
            r#"{"a": }"#,
            r#"{"a": 1"#,
            r#"{"a": "b"#,
            "{\"a\": \"b\n}",
            "{\"a\": \"b,\n \"c\": \"d\"}",
            "{'a': 'b\n}",
            "['it's']",
            "[1]]",
            "[1}",
            "[1, /* a]",
            "[1//a",
            "[\u{201c}a\"]",
            // Too much.
            "[,]",
            "{,}",
            "[1,,]",
            "[1,,2]",
            "{} {}",
            "{},,",
            "{}, {}",
            "{};",
            "[\0]",
            "\0{}",
            "\u{1a}{}",
            // Of two readings.
            r#"["C:\Users"]"#,
            r#"["C:\xab"]"#,
            r#"["\v"]"#,
            r"['\d']",
            r"['\01']",
            r#"{"a" = 1}"#,
            r#"{"a" => 1}"#,
            "{1: 2}",
            "{a b: 1}",
            r#"["a" + "b"]"#,
            "tru/**/e",
            "[1/**/2]",
            "{'''a''': 1}",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
        let deep = "[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH) + ",]";
        assert_eq!(mended(&deep), None);
        let many = format!("[{}]", "'',".repeat(MOST_CHANGES));
        assert_eq!(mended(&many), None);
    }

    /// All that a value says, however it is written.
    fn said(node: Node<'_>, to: &mut Vec<String>) {
        match node.kind() {
            Kind::Object => {
                for member in node.members() {
                    to.push(member.name_text().into_owned());
                    said(member.value, to);
                }
            }
            Kind::Array => node.elements().for_each(|element| said(element, to)),
            Kind::String => to.push(node.text().into_owned()),
            _ => to.push(node.raw().to_owned()),
        }
        to.push(format!("{:?}", node.kind()));
    }

    fn all_said(text: &str) -> Vec<String> {
        let mut tape = Tape::new();
        parse(text, &mut tape).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
        let mut all = Vec::new();
        said(Document::new(text, &tape).root(), &mut all);
        all
    }

    struct Random(u64);

    impl Random {
        fn below(&mut self, below: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 >> 33).unwrap_or_default() % below
        }

        fn pick<T: Copy>(&mut self, from: &[T]) -> T {
            from[self.below(from.len())]
        }
    }

    /// The same value twice: as JSON, and as somebody else may write it.
    #[derive(Default)]
    struct Twice {
        json: String,
        other: String,
    }

    impl Twice {
        fn both(&mut self, text: &str) {
            self.json.push_str(text);
            self.other.push_str(text);
        }

        fn either(&mut self, random: &mut Random, pairs: &[(&str, &str)]) {
            let (json, other) = random.pick(pairs);
            self.json.push_str(json);
            self.other.push_str(other);
        }

        fn between(&mut self, random: &mut Random) {
            self.other.push_str(random.pick(&[
                "",
                "",
                "",
                " ",
                "\n",
                "\r\n\t",
                "\u{a0}",
                "\u{feff}",
                "//'\n",
                "  # \"\r\n",
                "/* ] */",
                "/*\n*/ ",
            ]));
        }

        fn value(&mut self, random: &mut Random, depth: usize) {
            match random.below(if depth > 3 { 6 } else { 8 }) {
                0 => self.either(
                    random,
                    &[("true", "True"), ("null", "None"), ("null", "null")],
                ),
                1 => self.either(random, &[("255", "0xff"), ("-1.5e3", "-1.5e3"), ("0", "0")]),
                2..=5 => self.string(random),
                6 => self.container(random, depth, ("[", "]"), false),
                _ => self.container(random, depth, ("{", "}"), true),
            }
        }

        fn container(
            &mut self,
            random: &mut Random,
            depth: usize,
            (open, close): (&str, &str),
            named: bool,
        ) {
            self.both(open);
            let count = random.below(4);
            for number in 0..count {
                if number > 0 {
                    self.both(",");
                }
                self.between(random);
                if named {
                    self.name(random);
                    self.between(random);
                    self.both(":");
                    self.between(random);
                }
                self.value(random, depth + 1);
                self.between(random);
            }
            if count > 0 && random.below(3) == 0 {
                self.other.push(',');
                self.between(random);
            }
            self.both(close);
        }

        fn name(&mut self, random: &mut Random) {
            if random.below(3) == 0 {
                self.either(
                    random,
                    &[("\"a\"", "a"), ("\"@odata.type\"", "@odata.type")],
                );
            } else {
                self.string(random);
            }
        }

        fn string(&mut self, random: &mut Random) {
            const SAME: [(&str, &str); 5] = [
                ("// x", "// x"),
                ("é,", "é,"),
                (r"\\", r"\\"),
                (r"\t", "\t"),
                ("]}", "]}"),
            ];
            const SINGLE: [(&str, &str); 4] = [
                ("\\\"", "\""),
                ("'", "\\'"),
                ("\\u0041", "\\x41"),
                ("", "\\\n"),
            ];
            const DOUBLE: [(&str, &str); 4] =
                [("\\\"", "\\\""), ("'", "'"), ("\\n", "\n"), ("'", "\\'")];
            let single = random.below(2) == 0;
            let (quote, own) = if single {
                ("'", SINGLE)
            } else {
                ("\"", DOUBLE)
            };
            self.json.push('"');
            self.other.push_str(quote);
            for _ in 0..random.below(5) {
                let from: &[_] = if random.below(2) == 0 { &SAME } else { &own };
                self.either(random, from);
            }
            self.json.push('"');
            self.other.push_str(quote);
        }
    }

    #[test]
    fn what_is_mended_says_what_it_said() {
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let mut mends = 0;
        for _ in 0..20_000 {
            let mut twice = Twice::default();
            twice.between(&mut random);
            twice.value(&mut random, 0);
            twice.between(&mut random);
            let Twice { json, other } = twice;
            let right = all_said(&json);
            assert_eq!(mended(&json), None, "JSON is left alone");
            let Some((text, _)) = mended(&other) else {
                assert_eq!(all_said(&other), right, "{other:?}");
                continue;
            };
            mends += 1;
            assert_eq!(all_said(&text), right, "{other:?} {text:?}");
            assert_eq!(mended(&text), None, "{other:?} {text:?}");
        }
        assert!(mends > 10_000, "{mends}");
    }

    #[test]
    fn any_text_is_left_alone_or_becomes_json() {
        const PIECES: &[&str] = &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "'b'",
            "'",
            "\"",
            "\\",
            "\n",
            "\t",
            " ",
            "//",
            "/*",
            "*/",
            "#",
            "1",
            "0x",
            "-",
            "True",
            "None",
            "x",
            "\u{feff}",
            "\u{a0}",
            "\0",
            "\u{1a}",
            "\u{201c}",
            "\u{201d}",
            "\u{2019}",
            "\u{1f600}",
        ];
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for _ in 0..200_000 {
            let pieces = (0..=random.below(12)).map(|_| random.pick(PIECES));
            let text: String = pieces.collect();
            if let Some((json, _)) = mended(&text) {
                assert!(parse(&text, &mut Tape::new()).is_err(), "{text:?}");
                all_said(&json);
                assert_eq!(mended(&json), None, "{text:?}");
            }
        }
    }

    /// Reading one of them again and again would take hours.
    #[test]
    fn hostile_texts_are_read_once() {
        const COUNT: usize = 1_000_000;
        for text in [
            "/* */".repeat(COUNT),
            " ".repeat(COUNT) + &"/**/ ".repeat(COUNT),
            "[".to_owned() + &"\n".repeat(COUNT) + &"#\n".repeat(COUNT),
            "\u{a0}".repeat(COUNT),
            "['".to_owned() + &"\"".repeat(COUNT),
            "[\"".to_owned() + &"\n".repeat(COUNT),
            "{}".to_owned() + &"\0 ".repeat(COUNT),
            "{}".to_owned() + &"\n\u{1a}".repeat(COUNT) + "x",
            "/".repeat(COUNT),
            "/*".repeat(COUNT),
            "[".repeat(COUNT),
            "\u{201c}".repeat(COUNT),
        ] {
            assert_eq!(mended(&text), None);
        }
    }
}

//! JSON as the tests write and read it: a tree with free choice of spelling, and the places of
//! everything in a text.
//!
//! Nothing of the library's parser: what it says is tested against this.

use std::iter::Peekable;
use std::ops::Range;

use super::random::Random;

/// A value to be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    /// Written as it is: a number, a literal, or what is to be wrong.
    Token(String),
    /// A string whose escapes the layout chooses.
    Text(String),
    Object(Members),
    Array(Vec<Json>),
}

/// Names with their escapes resolved, and values.
pub(crate) type Members = Vec<(String, Json)>;

impl Json {
    pub(crate) fn token(text: impl Into<String>) -> Self {
        Self::Token(text.into())
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn null() -> Self {
        Self::token("null")
    }
}

/// How a tree is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// `None` = on one line.
    pub(crate) indent: Option<&'static str>,
    pub(crate) newline: &'static str,
    pub(crate) blank_after_colon: bool,
    /// Percent of the characters in strings that are written as escapes without need.
    pub(crate) escapes: usize,
    pub(crate) byte_order_mark: bool,
    pub(crate) final_newline: bool,
}

impl Layout {
    /// Everything on one line, nothing escaped without need.
    pub(crate) const COMPACT: Self = Self {
        indent: None,
        newline: "\n",
        blank_after_colon: false,
        escapes: 0,
        byte_order_mark: false,
        final_newline: false,
    };

    /// Any layout but for the byte order mark, on which there is a finding.
    pub(crate) fn any(random: &mut Random) -> Self {
        Self {
            indent: random.pick(&[None, Some("  "), Some("    "), Some("\t"), Some("")]),
            newline: random.pick(&["\n", "\n", "\r\n"]),
            blank_after_colon: random.chance(60),
            escapes: random.pick(&[0, 0, 0, 10, 100]),
            byte_order_mark: false,
            final_newline: random.chance(70),
        }
    }

    pub(crate) fn write(&self, value: &Json, random: &mut Random) -> String {
        let mut text = String::new();
        if self.byte_order_mark {
            text.push('\u{feff}');
        }
        self.value(value, 0, random, &mut text);
        if self.final_newline {
            text += self.newline;
        }
        text
    }

    fn value(&self, value: &Json, depth: usize, random: &mut Random, text: &mut String) {
        match value {
            Json::Token(token) => *text += token,
            Json::Text(string) => self.string(string, random, text),
            Json::Array(elements) => {
                text.push('[');
                for (at, element) in elements.iter().enumerate() {
                    self.before(at, depth + 1, text);
                    self.value(element, depth + 1, random, text);
                }
                self.end(elements.len(), depth, text);
                text.push(']');
            }
            Json::Object(members) => {
                text.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.before(at, depth + 1, text);
                    self.string(name, random, text);
                    text.push(':');
                    if self.blank_after_colon {
                        text.push(' ');
                    }
                    self.value(value, depth + 1, random, text);
                }
                self.end(members.len(), depth, text);
                text.push('}');
            }
        }
    }

    fn before(&self, at: usize, depth: usize, text: &mut String) {
        if at > 0 {
            text.push(',');
        }
        self.line(depth, text);
    }

    fn end(&self, count: usize, depth: usize, text: &mut String) {
        if count > 0 {
            self.line(depth, text);
        }
    }

    fn line(&self, depth: usize, text: &mut String) {
        if let Some(indent) = self.indent {
            *text += self.newline;
            *text += &indent.repeat(depth);
        }
    }

    fn string(&self, string: &str, random: &mut Random, text: &mut String) {
        text.push('"');
        for character in string.chars() {
            match character {
                '"' => *text += "\\\"",
                '\\' => *text += "\\\\",
                '\n' if random.chance(50) => *text += "\\n",
                '\0'..='\u{1f}' => escape(character, random, text),
                '/' if self.escapes > 0 && random.chance(50) => *text += "\\/",
                _ if self.escapes > 0 && random.chance(self.escapes) => {
                    escape(character, random, text);
                }
                _ => text.push(character),
            }
        }
        text.push('"');
    }
}

/// One or two `\u` escapes.
fn escape(character: char, random: &mut Random, text: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        let digits = if random.chance(50) {
            format!("{unit:04x}")
        } else {
            format!("{unit:04X}")
        };
        *text += "\\u";
        *text += &digits;
    }
}

/// A value in a text, with the name it has as a member.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    /// RFC 6901, from the root of the text.
    pub(crate) pointer: String,
    /// The token, quotes included.
    pub(crate) name: Option<Range<usize>>,
    /// The token, quotes and brackets included.
    pub(crate) value: Range<usize>,
}

/// Every value of a JSON text in the order in which they begin.
///
/// # Panics
/// Where the text is not JSON.
pub(crate) fn spots(text: &str) -> Vec<Spot> {
    let mark = "\u{feff}".len() * usize::from(text.starts_with('\u{feff}'));
    let mut scan = Scan {
        text,
        at: mark,
        spots: Vec::new(),
    };
    scan.blanks();
    scan.value("", None);
    scan.blanks();
    assert_eq!(scan.at, text.len(), "one value, and nothing after it");
    scan.spots
}

/// The tree of a JSON text: numbers as they are spelled, members in their order.
///
/// # Panics
/// Where the text is not JSON.
pub(crate) fn read(text: &str) -> Json {
    let spots = spots(text);
    let mut spots = spots.iter().peekable();
    tree(text, &mut spots)
}

fn tree<'a>(text: &str, spots: &mut Peekable<impl Iterator<Item = &'a Spot>>) -> Json {
    let own = spots.next().expect("a value").value.clone();
    let token = &text[own.clone()];
    let decoded = |token: &str| serde_json::from_str(token).expect("a JSON string");
    if token.starts_with('"') {
        return Json::Text(decoded(token));
    }
    let (mut members, mut elements) = (Vec::new(), Vec::new());
    while let Some(inner) = spots.peek().filter(|spot| spot.value.end <= own.end) {
        let name = inner.name.clone().map(|name| decoded(&text[name]));
        let value = tree(text, spots);
        match name {
            Some(name) => members.push((name, value)),
            None => elements.push(value),
        }
    }
    match token.as_bytes()[0] {
        b'{' => Json::Object(members),
        b'[' => Json::Array(elements),
        _ => Json::token(token),
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    spots: Vec<Spot>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn take(&mut self, character: char) -> bool {
        let taken = self.rest().starts_with(character);
        self.at += usize::from(taken);
        taken
    }

    fn value(&mut self, pointer: &str, name: Option<Range<usize>>) {
        let start = self.at;
        let spot = self.spots.len();
        self.spots.push(Spot {
            pointer: pointer.to_owned(),
            name,
            value: 0..0,
        });
        if self.take('{') {
            self.members(pointer);
        } else if self.take('[') {
            self.elements(pointer);
        } else if self.rest().starts_with('"') {
            self.string();
        } else {
            let ends = |character| " \t\r\n,]}".contains(character);
            self.at += self.rest().find(ends).unwrap_or(self.rest().len());
        }
        self.spots[spot].value = start..self.at;
    }

    fn members(&mut self, pointer: &str) {
        self.blanks();
        while !self.take('}') {
            let name = self.string();
            self.blanks();
            assert!(self.take(':'), "a colon at {}", self.at);
            self.blanks();
            let decoded: String =
                serde_json::from_str(&self.text[name.clone()]).expect("a JSON string");
            let token = decoded.replace('~', "~0").replace('/', "~1");
            self.value(&format!("{pointer}/{token}"), Some(name));
            self.separator();
        }
    }

    fn elements(&mut self, pointer: &str) {
        self.blanks();
        let mut index = 0;
        while !self.take(']') {
            self.value(&format!("{pointer}/{index}"), None);
            self.separator();
            index += 1;
        }
    }

    fn separator(&mut self) {
        self.blanks();
        let more = self.take(',');
        self.blanks();
        let closed = self.rest().starts_with(['}', ']']);
        assert!(more != closed, "a comma or a bracket at {}", self.at);
    }

    fn string(&mut self) -> Range<usize> {
        let start = self.at;
        assert!(self.take('"'), "a string at {}", self.at);
        let mut escaped = false;
        let end = self.rest().find(|character| {
            let closes = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            closes
        });
        self.at += end.expect("a closing quote") + 1;
        start..self.at
    }
}

//! Excerpts without what may identify.
//!
//! Owns how an excerpt is split into what may be shown and what is hidden. An excerpt may begin and
//! end anywhere, and its text may not be JSON. Whatever is in doubt is hidden, so a wrong guess
//! hides too much, never too little.

use super::vocabulary::{MAX_LENGTH, Values, Vocabulary};

/// White space of JSON.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Where the pieces of a text go.
pub(crate) trait Sink {
    /// Takes a piece that is shown: blanks alone, or no blanks around it.
    fn shown(&mut self, text: &str);
    /// Takes a piece that is hidden.
    fn hidden(&mut self, text: &str);
}

/// A line of an excerpt with a mask for each hidden letter, digit or symbol, so that columns stay
/// the same. `goes_on`: the line was cut at its end.
pub(crate) fn masked(text: &str, goes_on: bool, vocabulary: &Vocabulary) -> String {
    // In a text of another encoding, what looks like a sign may be half a letter.
    let is_strange = |c: char| c.is_control() && !BLANKS.contains(&c) || c == '\u{fffd}';
    if text.contains(is_strange) {
        return hidden(text);
    }
    let mut out = String::with_capacity(text.len());
    Walk::new(vocabulary).pieces(text, goes_on, &mut out);
    out
}

/// A line with everything masked.
pub(crate) fn hidden(text: &str) -> String {
    text.chars().map(|_| '*').collect()
}

impl Sink for String {
    fn shown(&mut self, text: &str) {
        self.push_str(text);
    }

    fn hidden(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(escape) = sign_escape(rest) {
                self.push_str(escape);
                rest = &rest[escape.len()..];
            } else {
                self.push(mask(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
}

/// What stands for a hidden character.
const fn mask(c: char) -> char {
    match c {
        c if is_sign(c) => c,
        c if c.is_ascii() => '*',
        _ => '×',
    }
}

/// Whether a character tells nothing but where it stands: no letter, digit or symbol.
const fn is_sign(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        c if c.is_ascii() => !c.is_ascii_alphanumeric() && !c.is_ascii_control(),
        // Spaces, dashes, quotation marks, and what is not seen.
        '\u{a0}' | '«' | '\u{ad}' | '»' | '\u{61c}' | '\u{2000}'..='\u{206f}' => true,
        _ => matches!(c, '\u{3000}' | '\u{feff}'),
    }
}

/// The `\u` escape of such a character at the start of a text.
fn sign_escape(text: &str) -> Option<&str> {
    let escape = text.get(..6)?;
    let digits = escape.strip_prefix("\\u")?;
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (all_digits && is_sign(c)).then_some(escape)
}

/// Splits a text into pieces.
#[derive(Debug)]
pub(crate) struct Walk<'v> {
    vocabulary: &'v Vocabulary,
    /// What the next value may be.
    values: Values,
    /// All values up to the closing bracket may be that.
    in_array: bool,
    /// The last character that is not a blank.
    before: Option<char>,
}

impl<'v> Walk<'v> {
    pub(crate) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            values: Values::Anything,
            in_array: false,
            before: None,
        }
    }

    /// Gives the pieces of the next part of the text to the sink. `goes_on`: the part was cut, so
    /// its last piece may be longer.
    pub(crate) fn pieces(&mut self, text: &str, goes_on: bool, sink: &mut impl Sink) {
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            let length = if BLANKS.contains(&c) {
                let blanks = rest.len() - rest.trim_start_matches(BLANKS).len();
                sink.shown(&rest[..blanks]);
                at += blanks;
                continue;
            } else if let Some(end) = (c == '"' && self.opens()).then(|| closing(rest)).flatten() {
                self.string(rest, end, sink);
                end + 1
            } else if in_run(c) {
                self.run(text, at, goes_on, sink)
            } else {
                self.sign(c, &rest[..c.len_utf8()], sink);
                c.len_utf8()
            };
            at += length;
            self.before = text[..at].chars().next_back();
        }
    }

    /// Whether a quotation mark here opens a string, rather than closing one.
    fn opens(&self) -> bool {
        matches!(self.before, None | Some('{' | '[' | ',' | ':'))
    }

    /// A string that closes at `end`.
    fn string(&mut self, rest: &str, end: usize, sink: &mut impl Sink) {
        let inner = &rest[1..end];
        let after = rest[end + 1..].trim_start_matches(BLANKS);
        let known = self.vocabulary.knows(inner);
        let shown = if after.starts_with(':') {
            self.values = self.vocabulary.values(inner);
            self.in_array = false;
            known
        } else {
            known || self.value().shows(inner, true)
        };
        sink.shown("\"");
        match (inner, shown) {
            ("", _) => {}
            (_, true) => sink.shown(inner),
            (_, false) => sink.hidden(inner),
        }
        sink.shown("\"");
    }

    /// Letters and digits outside of strings; gives their length.
    fn run(&mut self, text: &str, at: usize, goes_on: bool, sink: &mut impl Sink) -> usize {
        let rest = &text[at..];
        let length = rest.find(|c| !in_run(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        let parted_before = |c: char| BLANKS.contains(&c) || "{[,:</'".contains(c);
        let parted_after = |c: char| BLANKS.contains(&c) || "]},:=>'".contains(c);
        let whole = text[..at].chars().next_back().is_none_or(parted_before)
            && after.chars().next().map_or(!goes_on, parted_after);
        let is_value = matches!(self.before, Some(':' | '[' | ','));
        let value = self.value();
        let shown = whole
            && (is_value && value.shows(run, false)
                || is_literal(run)
                || !run.contains('@') && self.vocabulary.knows(run));
        if shown {
            sink.shown(run);
        } else {
            self.expect_anything();
            sink.hidden(run);
        }
        length
    }

    fn sign(&mut self, c: char, piece: &str, sink: &mut impl Sink) {
        match c {
            ':' => {}
            '[' => self.in_array = true,
            ',' if self.in_array => {}
            // No value of the member begins here, or where it ends is unknown.
            _ => self.expect_anything(),
        }
        if is_sign(c) {
            sink.shown(piece);
        } else {
            sink.hidden(piece);
        }
    }

    fn expect_anything(&mut self) {
        self.values = Values::Anything;
        self.in_array = false;
    }

    /// What a value here may be.
    fn value(&mut self) -> Values {
        if self.in_array {
            self.values
        } else {
            std::mem::take(&mut self.values)
        }
    }
}

/// Characters of what may have been meant as a number, a literal or a name.
fn in_run(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | '+' | '-')
}

/// Words that stand for a value without quotes, in JSON and in other notations.
const LITERALS: [&str; 9] = [
    "null",
    "true",
    "false",
    "nan",
    "inf",
    "infinity",
    "undefined",
    "none",
    "nil",
];

fn is_literal(run: &str) -> bool {
    let unsigned = run.strip_prefix(['+', '-']).unwrap_or(run);
    LITERALS
        .iter()
        .any(|literal| literal.eq_ignore_ascii_case(unsigned))
}

/// Where the string at the start of a text closes; `None` if not on its line, or if it is longer
/// than anything that is shown.
fn closing(text: &str) -> Option<usize> {
    let near = text.as_bytes().get(1..).unwrap_or_default();
    let near = &near[..near.len().min(MAX_LENGTH)];
    let mut bytes = near.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' => drop(bytes.next()),
            b'\n' | b'\r' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::table;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(Arc::new(table::autopilot_event()))
    }

    #[test]
    fn what_certainly_identifies_nobody_is_shown() {
        let table = [
            // Names and values of the model.
            (
                r#"{"deploymentState": "success", "targetedAppCount": 3}"#,
                r#"{"deploymentState": "success", "targetedAppCount": 3}"#,
            ),
            (
                r#"{"eventDateTime":"2024-05-02 09:14:03Z","deploymentDuration" : "P1W"}"#,
                r#"{"eventDateTime":"2024-05-02 09:14:03Z","deploymentDuration" : "P1W"}"#,
            ),
            (
                r#"{"userId": null, "x": true}"#,
                r#"{"userId": null, "*": true}"#,
            ),
            (
                r#"{"OsVersion": "10.0.26200.8893"}"#,
                r#"{"OsVersion": "10.0.26200.8893"}"#,
            ),
            (
                r#""@odata.count": 250, "@odata.etag": "W/1""#,
                r#""@odata.count": 250, "@odata.etag": "*/*""#,
            ),
            // Everything else is not.
            (
                r#"{"userId": "a@b.c", "x": 1}"#,
                r#"{"userId": "*@*.*", "*": *}"#,
            ),
            (r#"{"imei":490154203237518}"#, r#"{"****":***************}"#),
            (
                r#"{"targetedAppCount": 490154203237518}"#,
                r#"{"targetedAppCount": ***************}"#,
            ),
            (
                r#"{"targetedAppCount": [3, 4], "x": 5}"#,
                r#"{"targetedAppCount": [3, 4], "*": *}"#,
            ),
            (
                r#"{"deploymentState": "Anna"}"#,
                r#"{"deploymentState": "****"}"#,
            ),
            (r#"{"userId":"é日😀"}"#, r#"{"userId":"×××"}"#),
            (
                r#"{"userId" : "a\"b", "id": 7}"#,
                r#"{"userId" : "*\"*", "id": *}"#,
            ),
            (
                r#"{"\u0075serId": "\u0061\u200b\u006E"}"#,
                r#"{"\**********": "\*****\u200b\*****"}"#,
            ),
            // A value with its number, and the name of another one.
            (
                r#"{"x": "targetedAppCount", "y": 3}"#,
                r#"{"*": "targetedAppCount", "*": *}"#,
            ),
            (
                r#"{"targetedAppCount": "a", "y": 3}"#,
                r#"{"targetedAppCount": "*", "*": *}"#,
            ),
            (
                r#"{"targetedAppCount": {"a": 3}}"#,
                r#"{"targetedAppCount": {"*": *}}"#,
            ),
        ];
        for (text, expected) in table {
            let masked = masked(text, false, &vocabulary());
            assert_eq!(masked, expected);
            assert_eq!(masked.chars().count(), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_json_are_hidden() {
        let table = [
            ("{'userId': 'ab', userId: c}", "{'userId': '**', userId: *}"),
            ("{\"userId\" \"ab\"}", "{\"userId\" \"**\"}"),
            ("{\"userId\"\u{a0}:: \"ab\"}", "{\"userId\"\u{a0}:: \"**\"}"),
            ("{“userId”: “ab”}", "{“******”: “**”}"),
            (
                "{\"userId\" /* Anna */: \"ab\"}",
                "{\"userId\" /* **** */: \"**\"}",
            ),
            (
                "{\"userId\": \"ab \"Anna\" c\"}",
                "{\"userId\": \"** \"****\" *\"}",
            ),
            ("{\"userId\" => u\"ab\"}", "{\"userId\" => *\"**\"}"),
            ("<userId>ab</userId>", "<userId>**</userId>"),
            ("id,userId\nab,cd", "id,userId\n**,**"),
            ("{\"x\": \"ab", "{\"*\": \"**"),
            ("targetedAppCount = 12345678", "targetedAppCount = ********"),
            ("nulla null", "***** null"),
            ("NaN, -Infinity, Nan1", "NaN, -Infinity, ****"),
            ("{\0\"\0\u{16}\u{4}.\u{4}", "********"),
            ("\"B\u{fffd}ro\"", "******"),
        ];
        for (text, expected) in table {
            assert_eq!(masked(text, false, &vocabulary()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_is_not_certain() {
        let text = r#"{"targetedAppCount": 49015420"#;
        assert!(masked(text, false, &vocabulary()).ends_with(": 49015420"));
        assert!(masked(text, true, &vocabulary()).ends_with(": ********"));
        for text in [
            r#"{"targetedAppCount": "Anna:49015420"#,
            r#"{"targetedAppCount": ["Anna: 49015420, 3"#,
            r#"{"targetedAppCount": [Anna: 49015420"#,
            r#"{"targetedAppCount": (: 49015420"#,
        ] {
            assert!(!masked(text, true, &vocabulary()).contains('4'), "{text}");
            assert!(!masked(text, false, &vocabulary()).contains('4'), "{text}");
        }
        let text = r#"erg", "deploymentState": "success"#;
        assert_eq!(
            masked(text, true, &vocabulary()),
            r#"***", "deploymentState": "*******"#
        );
    }

    #[test]
    fn hostile_texts_cost_no_more_than_others() {
        let started = cpu_time::ThreadTime::now();
        for part in [
            "\"id\":[",
            "\"id\":\"\\\"id\\\":",
            ",\"",
            "\\\"",
            "\"id\"    ",
            "a",
            "é",
        ] {
            let text = part.repeat(300_000);
            let masked = masked(&text, false, &vocabulary());
            assert_eq!(masked.chars().count(), text.chars().count());
        }
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}

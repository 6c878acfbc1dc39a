//! Messages that know which parts they quote from a payload.
//!
//! Owns how a message is built, so that no text of a payload gets in unmarked; how quotations are
//! cut; and the masks that replace them under redaction. Knows nothing of sinks: formats escape
//! control characters.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::plural::count;
pub(crate) use super::quote::MAX_QUOTED;

/// Most digits of a number that redaction shows: enough for 32 bits, too few for most serial
/// numbers.
pub(crate) const MAX_DIGITS: usize = 10;

/// A message or part of one, with the pieces that come from a payload marked.
///
/// Dereferences to the plain text. Redaction replaces the marked pieces with masks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    /// Ascending, without overlaps.
    marks: Vec<Mark>,
}

/// A piece that comes from a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// Byte offsets in the text; backticks around the piece are outside.
    start: usize,
    end: usize,
    kind: Kind,
    /// The quotation was cut: the piece is its beginning.
    cut: bool,
}

/// What a quotation is, for its mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// The name of a member.
    Name,
    /// A GUID, or what should be one.
    Guid,
    /// A date, time or both, computed from a text.
    DateTime,
    /// A duration, computed from a text.
    Duration,
    /// A number.
    Number,
}

/// Builds a message as `format!` does, with `{}` only. A part is a `&'static str`, a number, other
/// [`Words`], text of a payload in [`quoted`], or text that [`ours`] vouches for; a plain `&str`
/// does not compile.
macro_rules! words {
    ($sentence:literal $(, $part:expr)* $(,)?) => {{
        const PARTS: &[&str] = &[$(stringify!($part)),*];
        const { assert!($crate::text::words::holes($sentence) == PARTS.len(), "one part for each pair of braces") };
        $crate::text::words::Words::join($sentence, &[$(&$part as &dyn $crate::text::words::Say),*])
    }};
}

pub(crate) use words;

/// How many `{}` a text holds.
#[must_use]
pub(crate) const fn holes(sentence: &str) -> usize {
    let bytes = sentence.as_bytes();
    let (mut at, mut holes) = (1, 0);
    while at < bytes.len() {
        holes += (bytes[at - 1] == b'{' && bytes[at] == b'}') as usize;
        at += 1;
    }
    holes
}

/// What can be part of a message.
pub(crate) trait Say {
    /// Appends it.
    fn say(&self, to: &mut Words);
}

/// The program's own text.
impl Say for &'static str {
    fn say(&self, to: &mut Words) {
        to.text.push_str(self);
    }
}

/// The program's own text if borrowed. What an owned text was made from is not known, so it is
/// quoted.
impl Say for Cow<'static, str> {
    fn say(&self, to: &mut Words) {
        match self {
            Cow::Borrowed(text) => text.say(to),
            Cow::Owned(text) => quoted(text).bare().say(to),
        }
    }
}

impl Say for Words {
    fn say(&self, to: &mut Words) {
        let base = to.text.len();
        to.text.push_str(&self.text);
        to.marks.extend(self.marks.iter().map(|mark| Mark {
            start: base + mark.start,
            end: base + mark.end,
            ..*mark
        }));
    }
}

macro_rules! say_number {
    ($($number:ty),+) => {$(
        /// A number; one with so many digits that it may be a serial number is marked.
        impl Say for $number {
            fn say(&self, to: &mut Words) {
                let text = self.to_string();
                let short = text.trim_start_matches('-').len() <= MAX_DIGITS;
                quoted(&text).bare().kind(Kind::Number).shown_if(short).say(to);
            }
        }
    )+};
}

say_number!(i32, i64, u8, u32, u64, usize);

/// Text that is vouched for: see [`ours`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ours<'a>(&'a str);

/// Vouches that a text comes from the program or the model, not from a payload.
#[must_use]
pub(crate) const fn ours(text: &str) -> Ours<'_> {
    Ours(text)
}

/// Code points up to which text that is vouched for is said: a model from elsewhere may have names
/// of any length, which each of its findings would repeat.
const MAX_OURS: usize = 1000;

/// Cut at [`MAX_OURS`] code points, with an ellipsis.
impl Say for Ours<'_> {
    fn say(&self, to: &mut Words) {
        match self.0.char_indices().nth(MAX_OURS) {
            None => to.text.push_str(self.0),
            Some((end, _)) => {
                to.text.push_str(&self.0[..end]);
                to.text.push('…');
            }
        }
    }
}

/// Text of a payload: see [`quoted`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quoted<'a> {
    text: &'a str,
    kind: Kind,
    ticks: bool,
    shown: bool,
}

/// Quotes a payload: in backticks, cut at [`MAX_QUOTED`] code points with an ellipsis.
#[must_use]
pub(crate) const fn quoted(text: &str) -> Quoted<'_> {
    Quoted {
        text,
        kind: Kind::Text,
        ticks: true,
        shown: false,
    }
}

impl Quoted<'_> {
    /// Says what the quotation is.
    #[must_use]
    pub(crate) const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// Leaves out the backticks.
    #[must_use]
    pub(crate) const fn bare(self) -> Self {
        Self {
            ticks: false,
            ..self
        }
    }

    /// Leaves out the mark if it is `certain` that the text identifies no person or device.
    #[must_use]
    pub(crate) const fn shown_if(self, certain: bool) -> Self {
        Self {
            shown: certain,
            ..self
        }
    }
}

impl Say for Quoted<'_> {
    fn say(&self, to: &mut Words) {
        let end = self.text.char_indices().nth(MAX_QUOTED);
        let piece = end.map_or(self.text, |(end, _)| &self.text[..end]);
        let cut = end.is_some();
        let tick = if self.ticks { "`" } else { "" };
        to.text.push_str(tick);
        let start = to.text.len();
        to.text.push_str(piece);
        if !self.shown && !piece.is_empty() {
            to.marks.push(Mark {
                start,
                end: to.text.len(),
                kind: self.kind,
                cut,
            });
        }
        if cut {
            to.text.push('…');
        }
        to.text.push_str(tick);
    }
}

impl Words {
    /// The parts in place of each `{}`: what `words!` expands to.
    #[must_use]
    pub(crate) fn join(sentence: &str, parts: &[&dyn Say]) -> Self {
        let mut words = Self::default();
        words.text.reserve(sentence.len() + 32 * parts.len());
        let mut rest = sentence;
        for part in parts {
            let mut pairs = rest.as_bytes().array_windows();
            let hole = pairs.position(|pair| pair == b"{}").unwrap_or(rest.len());
            words.text.push_str(&rest[..hole]);
            part.say(&mut words);
            rest = rest.get(hole + 2..).unwrap_or_default();
        }
        words.text.push_str(rest);
        words
    }

    /// The plain text, quotations included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same with a mask for each quotation, unless `is_known` says that it is no secret.
    #[must_use]
    pub(crate) fn masked(&self, is_known: impl Fn(&str) -> bool) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut end = 0;
        for mark in &self.marks {
            let piece = &self.text[mark.start..mark.end];
            if !mark.cut && is_known(piece) {
                continue;
            }
            text.push_str(&self.text[end..mark.start]);
            text.push_str(&mask(piece, mark.kind, mark.cut));
            end = mark.end;
            if mark.cut {
                end += '…'.len_utf8();
            }
        }
        text.push_str(&self.text[end..]);
        Self {
            text,
            marks: Vec::new(),
        }
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&'static str> for Words {
    fn from(text: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            marks: Vec::new(),
        }
    }
}

impl PartialEq<str> for Words {
    fn eq(&self, text: &str) -> bool {
        self.text == text
    }
}

impl PartialEq<&str> for Words {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

/// The mask for a text: its kind and length. `cut`: the text goes on.
#[must_use]
pub(crate) fn mask(text: &str, kind: Kind, cut: bool) -> String {
    let shape = match kind {
        Kind::Guid if !cut => guid_shape(text),
        _ => None,
    };
    if let Some(shape) = shape {
        return format!("‹{shape}›");
    }
    let noun = match kind {
        Kind::DateTime => return "‹date-time›".to_owned(),
        Kind::Duration => return "‹duration›".to_owned(),
        _ if cut => return format!("‹{}, over {MAX_QUOTED} characters›", noun(kind)),
        Kind::Text if is_like_user_at_domain(text) => return "‹user@domain-like›".to_owned(),
        Kind::Text if guid_shape(text).as_deref() == Some(GUID) => return "‹GUID-like›".to_owned(),
        kind => noun(kind),
    };
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let length = text.chars().count();
    match (noun, digits == length) {
        ("name", _) | (_, false) => format!("‹{noun}, {}›", count(length, "character")),
        (_, true) => format!("‹number, {}›", count(length, "digit")),
    }
}

const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Name => "name",
        Kind::Number => "number",
        _ => "text",
    }
}

fn is_like_user_at_domain(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty() && !domain.is_empty() && !domain.contains('@')
    }) && !text.contains(char::is_whitespace)
}

/// The shape of a GUID.
const GUID: &str = "********-****-****-****-************";

/// The shape of a text that was meant as a GUID, `*` for each hexadecimal digit and `?` for any
/// other letter, so that its groups and what does not belong there can be seen. `None` for other
/// texts.
fn guid_shape(text: &str) -> Option<String> {
    const URN: &str = "urn:uuid:";
    let scheme = text.get(..URN.len());
    let scheme = scheme.filter(|scheme| scheme.eq_ignore_ascii_case(URN));
    let rest = &text[scheme.map_or(0, str::len)..];
    let digits = rest.bytes().filter(u8::is_ascii_hexdigit).count();
    let hyphens = rest.bytes().filter(|byte| *byte == b'-').count();
    let others = rest.chars().count() - digits - hyphens;
    let resembles = others <= 12 && (digits >= 24 && hyphens >= 3 || digits >= 30);
    resembles.then(|| {
        let shape = rest.chars().map(|c| match c {
            c if c.is_ascii_hexdigit() => '*',
            c if c.is_ascii_alphanumeric() || !c.is_ascii() => '?',
            c => c,
        });
        let scheme = scheme.map_or("", |_| URN);
        scheme.chars().chain(shape).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(words: &Words) -> Words {
        words.masked(|text| text == "known")
    }

    #[test]
    fn parts_stand_in_their_order() {
        let name = String::from("osVersion");
        let words = words!("{} {}: {} of {}", ours(&name), quoted("Anna"), 3, "{4}");
        assert_eq!(words, "osVersion `Anna`: 3 of {4}");
        assert_eq!(words!("no part {x}"), "no part {x}");
        assert_eq!(words!("{}{}", "a", quoted("d")), "a`d`");
        assert_eq!(
            words!("é {} é {}", words!("{}", quoted("x")), ""),
            "é `x` é "
        );
    }

    #[test]
    fn names_of_any_length_are_cut() {
        let long = "é".repeat(1_000_000);
        let said = words!("{} lacks {}", ours(&long), ours("x"));
        assert_eq!(
            said.as_str().chars().count(),
            MAX_OURS + "… lacks x".chars().count()
        );
        let most = "é".repeat(MAX_OURS);
        assert_eq!(words!("{}", ours(&most)).as_str(), most);
    }

    #[test]
    fn quotations_are_cut() {
        let table = [
            ("", "``".to_owned()),
            ("PT5M", "`PT5M`".to_owned()),
            (&"é".repeat(120), format!("`{}`", "é".repeat(120))),
            (&"é".repeat(121), format!("`{}…`", "é".repeat(120))),
            ("\u{1b}[31m", "`\u{1b}[31m`".to_owned()),
        ];
        for (text, expected) in table {
            assert_eq!(words!("{}", quoted(text)), *expected);
        }
    }

    #[test]
    fn quotations_are_masked() {
        let long = "x".repeat(121);
        for (part, expected) in [
            (quoted("CONTOSO\\anna.berg"), "`‹text, 17 characters›`"),
            (quoted("a"), "`‹text, 1 character›`"),
            (quoted(""), "``"),
            (quoted("known"), "`known`"),
            (quoted("anna@contoso.example"), "`‹user@domain-like›`"),
            (quoted("anna @contoso"), "`‹text, 13 characters›`"),
            (quoted("490154203237518"), "`‹number, 15 digits›`"),
            (quoted(&long), "`‹text, over 120 characters›`"),
            (quoted(&long).bare(), "‹text, over 120 characters›"),
            (quoted("Anna").kind(Kind::Name), "`‹name, 4 characters›`"),
            (quoted("PT5M").kind(Kind::Duration), "`‹duration›`"),
            (quoted("x").kind(Kind::DateTime).bare(), "‹date-time›"),
            (quoted("x").shown_if(true), "`x`"),
            (
                quoted("3e455cab-5cab-3e45-ab5c-453eab5c453e"),
                "`‹GUID-like›`",
            ),
            (
                quoted("{3e455cab-5cab-3e45-ab5g-453eab5c453e}").kind(Kind::Guid),
                "`‹{********-****-****-***?-************}›`",
            ),
            (
                quoted("urn:uuid:3E455cab5cab3e45ab5c453eab5c453e").kind(Kind::Guid),
                "`‹urn:uuid:********************************›`",
            ),
            (quoted("evt-1").kind(Kind::Guid), "`‹text, 5 characters›`"),
        ] {
            let words = words!("a {} b {}", part, quoted("c"));
            let expected = format!("a {expected} b `‹text, 1 character›`");
            assert_eq!(masked(&words), *expected);
        }
    }

    #[test]
    fn what_is_composed_is_not_taken_for_ours() {
        let composed: Cow<'static, str> = format!("a {}", 1).into();
        let fixed: Cow<'static, str> = "fixed".into();
        let words = words!("{}, {}", fixed, composed);
        assert_eq!(words, "fixed, a 1");
        assert_eq!(masked(&words), "fixed, ‹text, 3 characters›");
    }

    #[test]
    fn numbers_that_may_be_serial_numbers_are_marked() {
        let words = words!(
            "{} {} {}",
            -2_147_483_648_i64,
            7_usize,
            490_154_203_237_518_u64
        );
        assert_eq!(words, "-2147483648 7 490154203237518");
        assert_eq!(masked(&words), "-2147483648 7 ‹number, 15 digits›");
    }

    #[test]
    fn words_in_words_keep_their_marks() {
        let inner = words!("é {}", quoted("Anna"));
        let outer = words!("é {}; {}", inner, quoted("Bo"));
        let expected = "é é `‹text, 4 characters›`; `‹text, 2 characters›`";
        assert_eq!(masked(&outer), expected);
    }
}

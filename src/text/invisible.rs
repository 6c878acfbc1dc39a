//! Characters that are not seen, and where they belong all the same.
//!
//! Owns the one list of them: what makes text safe and what looks for hidden characters both go by
//! it. Owns the exceptions too: emoji are joined and varied by such characters, Indic and Arabic
//! letters too, and Hebrew or Arabic text may say which way it runs. Knows nothing of sinks or
//! rules.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_script::{Script, UnicodeScript};

use super::bytes;

/// Why a character is not seen, whatever stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invisible {
    /// It acts: a control character, or a separator of lines or paragraphs.
    Control,
    /// It changes how its neighbours are joined, ordered or drawn.
    Format,
    /// A letter or mark that fonts draw as nothing.
    Blank,
    /// Nobody has agreed on its look: unassigned, or for private use.
    Unknown,
}

impl Invisible {
    /// `None` where the character is seen.
    #[must_use]
    pub(crate) fn of(c: char) -> Option<Self> {
        match get_general_category(c) {
            GeneralCategory::Control
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator => Some(Self::Control),
            GeneralCategory::Format => Some(Self::Format),
            GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned => Some(Self::Unknown),
            _ => is_blank(c).then_some(Self::Blank),
        }
    }
}

/// The `Default_Ignorable_Code_Point`s (Unicode Standard Annex 44) whose category does not tell.
const fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180d}'
            | '\u{180f}'
            | '\u{3164}'
            | '\u{ffa0}'
    ) || is_variation_selector(c)
}

const fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A character that is not seen, and has no business where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hidden {
    /// Byte offset in the text.
    pub(crate) at: usize,
    /// The character.
    pub(crate) c: char,
}

/// Whether a text is certainly free of them: printable ASCII between two characters that are no
/// blanks. Nearly every text is, so this is all that it costs.
#[inline]
#[must_use]
pub(crate) fn is_plain(text: &str) -> bool {
    let all = text.as_bytes();
    all.first() != Some(&b' ') && all.last() != Some(&b' ') && bytes::all_printable_ascii(all)
}

/// The same as a predicate that rules share: of a function, each of them may have a copy.
pub(crate) static PLAIN: fn(&str) -> bool = is_plain;

/// All of them in order, surrounding blanks among them; line breaks and tabs only where `lines`
/// are not to be expected.
#[must_use]
pub(crate) fn find(text: &str, lines: bool) -> Vec<Hidden> {
    // Not by the predicate that this is held to.
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Vec::new();
    }
    let visible = |c: char| !c.is_whitespace();
    let start = text.find(visible).unwrap_or(text.len());
    let end = text.trim_end_matches(char::is_whitespace).len();
    let mut scan = Scan::new(text);
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let line_break = matches!(c, '\n' | '\r' | '\t');
        let hidden = scan.is_hidden(c, at);
        let outside = at < start || at >= end;
        if (hidden || outside) && !(line_break && lines) {
            found.push(Hidden { at, c });
        }
    }
    found
}

/// The first of them, and the text without any; `None` where there is none. `lines` as for
/// [`find`].
#[must_use]
pub(crate) fn without(text: &str, lines: bool) -> Option<(char, String)> {
    let found = find(text, lines);
    let first = found.first()?.c;
    let mut rest = remove(text, &found);
    loop {
        // What stood before or after one of them may now be a surrounding blank.
        let found = find(&rest, lines);
        if found.is_empty() {
            return Some((first, rest));
        }
        rest = remove(&rest, &found);
    }
}

fn remove(text: &str, found: &[Hidden]) -> String {
    let mut found = found.iter().peekable();
    let kept = text.char_indices().filter(|(at, _)| {
        let hidden = found.next_if(|hidden| hidden.at == *at);
        hidden.is_none()
    });
    kept.map(|(_, c)| c).collect()
}

/// The character with its article and code point, for example `a zero-width space (U+200B)`.
#[must_use]
pub(crate) fn describe(c: char) -> String {
    let name = match c {
        '\0' => "a NUL",
        '\t' => "a tab",
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break",
        '\u{ad}' => "a soft hyphen",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => "an invisible direction mark",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a bidirectional control",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{e0000}'..='\u{e007f}' => "an invisible tag character",
        c if is_variation_selector(c) => "a variation selector",
        c if c.is_control() => "a control character",
        c if c.is_whitespace() => "a surrounding blank",
        _ => "an invisible character",
    };
    format!("{name} (U+{:04X})", u32::from(c))
}

/// What is known of a text while it is gone through.
struct Scan<'a> {
    text: &'a str,
    previous: Option<char>,
    /// The tags of a flag such as 🏴󠁧󠁢󠁥󠁮󠁧󠁿 are being passed.
    in_flag: bool,
    /// Whether letters that run right to left are in the text, once asked.
    right_to_left: Option<bool>,
}

impl<'a> Scan<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            text,
            previous: None,
            in_flag: false,
            right_to_left: None,
        }
    }

    /// Whether the next character, at byte `at`, is not seen and has no business where it stands.
    fn is_hidden(&mut self, c: char, at: usize) -> bool {
        let hidden = match Invisible::of(c) {
            Some(Invisible::Control) => true,
            Some(Invisible::Format | Invisible::Blank) => !self.is_right(c, at),
            // Some fonts draw these, and a later version of Unicode may say what they are.
            Some(Invisible::Unknown) | None => false,
        };
        let tag = matches!(c, '\u{e0020}'..='\u{e007f}');
        self.in_flag = c == '\u{1f3f4}' || self.in_flag && tag;
        self.previous = Some(c);
        hidden
    }

    fn is_right(&mut self, c: char, at: usize) -> bool {
        let previous = self.previous;
        let next = || self.text[at + c.len_utf8()..].chars().next();
        match c {
            '\u{200c}' | '\u{200d}' => {
                previous.is_some_and(joins)
                    || next().is_some_and(joins)
                    || previous.is_some_and(is_emoji) && next().is_some_and(is_emoji)
            }
            '\u{200b}' | '\u{34f}' => previous.is_some_and(joins),
            '\u{61c}' | '\u{200e}' | '\u{200f}' => *self
                .right_to_left
                .get_or_insert_with(|| self.text.chars().any(runs_right_to_left)),
            '\u{fe00}'..='\u{fe0f}' => previous.is_some_and(has_variants),
            '\u{e0100}'..='\u{e01ef}' => script(previous) == Script::Han,
            '\u{180b}'..='\u{180f}' => script(previous) == Script::Mongolian,
            '\u{115f}' | '\u{1160}' => {
                script(previous) == Script::Hangul || script(next()) == Script::Hangul
            }
            '\u{e0020}'..='\u{e007f}' => self.in_flag,
            // Fillers that no word needs.
            '\u{3164}' | '\u{ffa0}' => false,
            // Signs that are drawn around the digits after them.
            '\u{605}' | '\u{6dd}' | '\u{8e2}' => true,
            c => is_of_one_script(c),
        }
    }
}

/// Whether a character is a part of the spelling of a single script.
fn is_of_one_script(c: char) -> bool {
    !matches!(
        c.script(),
        Script::Common | Script::Inherited | Script::Unknown
    )
}

fn script(c: Option<char>) -> Script {
    c.map_or(Script::Unknown, |c| c.script())
}

/// Whether a letter's shape or the end of its word can depend on a joiner beside it: any letter of
/// a script but those that never do.
fn joins(c: char) -> bool {
    !matches!(
        c.script(),
        Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Armenian
            | Script::Georgian
            | Script::Hebrew
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Hangul
            | Script::Common
            | Script::Inherited
            | Script::Unknown
    )
}

/// Whether a character can be part of an emoji sequence.
fn is_emoji(c: char) -> bool {
    c == '\u{fe0f}'
        || matches!(
            get_general_category(c),
            GeneralCategory::OtherSymbol
                | GeneralCategory::ModifierSymbol
                | GeneralCategory::MathSymbol
        ) && !c.is_ascii()
        // Emoji of later versions of Unicode.
        || matches!(c, '\u{1f000}'..='\u{1faff}')
}

/// Whether a variation selector may follow: symbols, digits of keycaps, letters of scripts that
/// have variants.
fn has_variants(c: char) -> bool {
    let plain = c.is_alphabetic()
        && matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic)
        && !matches!(c, 'ℹ' | 'Ⓜ' | '™');
    let selector = matches!(c, '\u{fe00}'..='\u{fe0f}');
    !(plain || selector || c.is_whitespace() || c.is_control())
}

fn runs_right_to_left(c: char) -> bool {
    matches!(
        c.script(),
        Script::Arabic
            | Script::Hebrew
            | Script::Syriac
            | Script::Thaana
            | Script::Nko
            | Script::Adlam
            | Script::Samaritan
            | Script::Mandaic
            | Script::Hanifi_Rohingya
    )
}

#[cfg(test)]
mod tests {
    use regex_syntax::hir::{Class, HirKind};

    use super::*;

    fn found(text: &str) -> Vec<(usize, char)> {
        let found = find(text, false).into_iter();
        found.map(|hidden| (hidden.at, hidden.c)).collect()
    }

    /// The characters with a property that Unicode defines.
    fn with(property: &str) -> Vec<char> {
        let parsed = regex_syntax::parse(&format!(r"\p{{{property}}}")).expect("a property");
        let HirKind::Class(Class::Unicode(class)) = parsed.kind() else {
            panic!("{property} is none of single characters");
        };
        let ranges = class.iter().map(|range| range.start()..=range.end());
        ranges.flatten().collect()
    }

    #[test]
    fn the_list_is_that_of_unicode() {
        let ignorable = with("Default_Ignorable_Code_Point");
        for c in &ignorable {
            assert_ne!(Invisible::of(*c), None, "{c:?}");
        }
        for c in ('\0'..=char::MAX).filter(|c| is_blank(*c)) {
            assert!(ignorable.binary_search(&c).is_ok(), "{c:?}");
        }
        for c in with("Prepended_Concatenation_Mark") {
            assert_eq!(found(&format!("a{c}1")), [], "{c:?}");
        }
    }

    #[test]
    fn hidden_characters_are_found() {
        for (text, expected) in [
            ("CONTOSO\u{200b}-7", &[(7, '\u{200b}')][..]),
            ("CON\u{ad}TOSO", &[(3, '\u{ad}')]),
            ("\u{feff}CONTOSO", &[(0, '\u{feff}')]),
            ("admin\u{202e}fdp.exe", &[(5, '\u{202e}')]),
            ("\u{200e}10.0.1.2", &[(0, '\u{200e}')]),
            ("a\u{200d}b", &[(1, '\u{200d}')]),
            ("😀\u{200d}b", &[(4, '\u{200d}')]),
            ("漢\u{200c}字", &[(3, '\u{200c}')]),
            ("a\u{fe0f}", &[(1, '\u{fe0f}')]),
            ("😀\u{fe0f}\u{fe0e}", &[(7, '\u{fe0e}')]),
            ("a\u{e0041}", &[(1, '\u{e0041}')]),
            ("\u{3164}", &[(0, '\u{3164}')]),
            ("a\0b", &[(1, '\0')]),
            ("a\u{7f}", &[(1, '\u{7f}')]),
            ("a\u{85}b", &[(1, '\u{85}')]),
            ("a\nb\t", &[(1, '\n'), (3, '\t')]),
            (" a", &[(0, ' ')]),
            ("a\u{a0} ", &[(1, '\u{a0}'), (3, ' ')]),
            ("  ", &[(0, ' '), (1, ' ')]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_belongs_to_the_spelling_is_not() {
        for text in [
            "",
            "Contoso Ltd.",
            "Büro\u{a0}7 «Été»",
            "نامه\u{200c}ای",
            "क\u{94d}\u{200d}ष",
            "ക\u{d4d}\u{200c}",
            "👩\u{200d}💻",
            "🏳\u{fe0f}\u{200d}🌈",
            "👩🏽\u{200d}⚕\u{fe0f}",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "ℹ\u{fe0f}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}城",
            "שלום\u{200f} (Contoso)",
            "สวัสดี\u{200b}ครับ",
            "ᠠ\u{180b}",
            "\u{600}12",
            "日本\u{3000}支社",
            "BÜRO-7",
        ] {
            assert_eq!(found(text), [], "{text:?}");
        }
    }

    #[test]
    fn line_breaks_are_right_in_text_of_several_lines() {
        assert_eq!(find("a\r\n\tb\n", true), []);
        assert_eq!(find("a\r\nb ", true).len(), 1);
    }

    #[test]
    fn removal_leaves_nothing_hidden() {
        for (text, expected) in [
            ("a b", None),
            ("\u{200b} osVersion", Some(('\u{200b}', "osVersion"))),
            ("os\u{200d}Version\u{a0}", Some(('\u{200d}', "osVersion"))),
            (" ", Some((' ', ""))),
        ] {
            let cleaned = without(text, false);
            let cleaned = cleaned.as_ref().map(|(c, text)| (*c, text.as_str()));
            assert_eq!(cleaned, expected, "{text:?}");
        }
        let lines = without("a\u{200b}\r\n\tb ", true);
        assert_eq!(lines, Some(('\u{200b}', "a\r\n\tb".to_owned())));
    }
}

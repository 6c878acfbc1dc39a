//! UTF-8 that was read in another encoding, such as `BÃ¼ro`, and how to undo it.
//!
//! Owns the code pages and what makes such a reading plausible: a text is reported only if all of it
//! goes back to UTF-8, and not if people may have written it as it stands (`SÃO`, `CAFÉ™`). Knows
//! nothing of rules.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_script::{Script, UnicodeScript};

/// A text that was UTF-8 once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    /// The text as it was.
    pub(crate) mended: String,
    /// What it was read as.
    pub(crate) page: &'static str,
    /// How often, at least once.
    pub(crate) times: usize,
}

/// What the bytes from 0x80 on stand for in an encoding.
struct Page {
    name: &'static str,
    upper: &'static str,
}

/// The encodings that Windows, its consoles and the Mac had before UTF-8, likeliest first.
const PAGES: [Page; 6] = [
    Page {
        name: "Windows-1252",
        upper: "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\
            \u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿\
            ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    },
    Page {
        name: "code page 437",
        upper: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
            └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    },
    Page {
        name: "code page 850",
        upper: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
            └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    },
    Page {
        name: "Windows-1250",
        upper: "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\
            \u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż\
            ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    },
    Page {
        name: "Windows-1251",
        upper: "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\
            \u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї\
            АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    },
    Page {
        name: "Mac OS Roman",
        upper: "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
            ¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
    },
];

/// The bytes of a page's characters, by character.
type Bytes = [(char, u8); 128];

/// Those of each page. Made by the compiler: a start of the program would pay for it.
static BYTES: [Bytes; PAGES.len()] = {
    let mut bytes = [[('\0', 0); 128]; PAGES.len()];
    let mut page = 0;
    while page < PAGES.len() {
        bytes[page] = by_character(PAGES[page].upper.as_bytes());
        page += 1;
    }
    bytes
};

/// `upper` is the UTF-8 of 128 characters of up to three bytes each.
const fn by_character(upper: &[u8]) -> Bytes {
    let mut sorted = [('\0', 0); 128];
    let (mut at, mut byte) = (0, 0x80_u8);
    while at < upper.len() {
        let length = match upper[at] {
            0..=0x7f => 1,
            0x80..=0xdf => 2,
            _ => 3,
        };
        let mut code = upper[at] as u32 & (0xff >> length);
        let mut next = 1;
        while next < length {
            code = code << 6 | upper[at + next] as u32 & 0x3f;
            next += 1;
        }
        let c = char::from_u32(code).expect("UTF-8");
        let mut place = byte as usize - 0x80;
        while place > 0 && sorted[place - 1].0 as u32 > code {
            sorted[place] = sorted[place - 1];
            place -= 1;
        }
        sorted[place] = (c, byte);
        at += length;
        byte = byte.wrapping_add(1);
    }
    assert!(byte == 0, "128 characters");
    sorted
}

/// What a text was before it was read in another encoding; `None` where it was not, or nobody can
/// tell.
#[must_use]
pub(crate) fn undo(text: &str) -> Option<Misread> {
    if text.is_ascii() {
        return None;
    }
    // The last one makes rare letters of capitals and signs (`CAFÃ©` would be `CAF̩`): it is asked
    // only about texts that the first one cannot have given.
    let asked = PAGES.len() - usize::from(may_come_from(text, &BYTES[0]));
    let tables = PAGES.iter().zip(&BYTES).take(asked);
    let found = tables.filter_map(|(page, bytes)| of_page(text, page, bytes));
    // Pages have characters in common; the right one leads furthest back.
    found.min_by_key(|found| found.mended.len())
}

/// Whether all of a text goes back to UTF-8, plausible or not.
fn may_come_from(text: &str, bytes: &Bytes) -> bool {
    let mut at = 0;
    while let Some(next) = text[at..].find(|c: char| !c.is_ascii()) {
        match Sequence::read(text, at + next, bytes) {
            Some(sequence) => at = sequence.end,
            None => return false,
        }
    }
    true
}

fn of_page(text: &str, page: &Page, bytes: &[(char, u8)]) -> Option<Misread> {
    let mut misread = Misread {
        mended: once(text, bytes)?,
        page: page.name,
        times: 1,
    };
    while let Some(before) = once(&misread.mended, bytes) {
        misread.mended = before;
        misread.times += 1;
    }
    // Half of what was misread twice.
    let unfinished = misread.mended.contains(is_unassigned_byte);
    (!unfinished).then_some(misread)
}

/// What a single byte that a page has no character for is read as.
const fn is_unassigned_byte(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}')
}

/// The text one reading earlier.
fn once(text: &str, bytes: &[(char, u8)]) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut certain = false;
    // Where the last character ended that is only believed in company.
    let mut company = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii() {
            let end = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
            mended.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let at = text.len() - rest.len();
        let sequence = Sequence::read(text, at, bytes)?;
        match sequence.evidence(bytes)? {
            Evidence::Strong => certain = true,
            Evidence::InCompany if company == Some(at) => certain = true,
            Evidence::InCompany => company = Some(sequence.end),
            Evidence::None => {}
        }
        mended.push(sequence.c);
        rest = &text[sequence.end..];
    }
    certain.then_some(mended)
}

/// The characters that the bytes of one were read as.
struct Sequence<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// The first and the last of them.
    lead: char,
    trail: char,
    /// How many there are.
    length: usize,
    /// What they stand for.
    c: char,
}

/// What a sequence says for a misreading.
enum Evidence {
    /// Nobody writes that.
    Strong,
    /// As strong, next to another one: a single letter of another script may be chance.
    InCompany,
    /// None: it may be written on purpose.
    None,
}

impl<'a> Sequence<'a> {
    fn read(text: &'a str, start: usize, bytes: &[(char, u8)]) -> Option<Self> {
        let mut chars = text[start..].char_indices();
        let mut next = || {
            let (at, c) = chars.next()?;
            let byte = if is_unassigned_byte(c) {
                u8::try_from(c).ok()?
            } else {
                let found = bytes.binary_search_by_key(&c, |(c, _)| *c);
                bytes[found.ok()?].1
            };
            Some((start + at + c.len_utf8(), c, byte))
        };
        let (_, lead, first) = next()?;
        let length = match first {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        let mut sequence = [first, 0, 0, 0];
        let (mut end, mut trail) = (start, lead);
        for byte in &mut sequence[1..length] {
            (end, trail, *byte) = next()?;
        }
        let c = str::from_utf8(&sequence[..length]).ok()?.chars().next()?;
        Some(Self {
            text,
            start,
            end,
            lead,
            trail,
            length,
            c,
        })
    }

    /// `None` where no text has the character.
    fn evidence(&self, bytes: &[(char, u8)]) -> Option<Evidence> {
        if is_unassigned_byte(self.c) {
            return Some(Evidence::None);
        }
        // What a misread text was misread as.
        let of_page = bytes.binary_search_by_key(&self.c, |(c, _)| *c).is_ok();
        if !of_page && !self.is_in_use() {
            return None;
        }
        Some(match self.c.script() {
            _ if self.length == 2 && self.may_be_meant() => Evidence::None,
            _ if self.is_of_one_script() => Evidence::InCompany,
            Script::Latin | Script::Common | Script::Inherited => Evidence::Strong,
            _ => Evidence::InCompany,
        })
    }

    /// Whether it may be part of a word in another script than Latin.
    fn is_of_one_script(&self) -> bool {
        let of_word = [
            self.text[..self.start].chars().next_back(),
            self.text[self.end..].chars().next(),
        ];
        let is_latin = |c: &char| c.script() == Script::Latin;
        let script = self.lead.script();
        !matches!(script, Script::Latin | Script::Common)
            && script == self.trail.script()
            && !of_word.iter().flatten().any(is_latin)
    }

    /// Whether texts of our days have the character.
    fn is_in_use(&self) -> bool {
        if self.length == 2 {
            return matches!(self.c,
                '\u{a0}'..='\u{17f}' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ș'..='ț' | '\u{300}'..='\u{36f}')
                || matches!(
                    self.c.script(),
                    Script::Greek | Script::Cyrillic | Script::Armenian
                )
                || matches!(self.c, '\u{5d0}'..='\u{5ea}' | '\u{600}'..='\u{6ff}');
        }
        let assigned = !matches!(
            get_general_category(self.c),
            GeneralCategory::PrivateUse | GeneralCategory::Unassigned
        );
        let symbol = self.length == 3 && self.c.script() == Script::Common;
        assigned && !is_historic(self.c.script()) && (!symbol || is_usual_symbol(self.c))
    }

    /// Whether people may write it: a capital letter, and what can stand behind a word.
    fn may_be_meant(&self) -> bool {
        const BEHIND_A_WORD: &str = "\u{a0}…–—’”»®™°²³¹ºª·";
        // `Â®` is never one: the letter ends no word, and the sign stays.
        if !self.lead.is_uppercase() || self.c == self.trail {
            return false;
        }
        let mut before = self.text[..self.start].chars().rev();
        let (previous, second) = (before.next(), before.next());
        let next = self.text[self.end..].chars().next();
        let is = |c: Option<char>, is: fn(char) -> bool| c.is_some_and(is);
        let in_capitals = is(previous, char::is_uppercase)
            && (is(second, char::is_uppercase) || is(next, char::is_uppercase));
        let behind = BEHIND_A_WORD.contains(self.trail)
            && !is(next, char::is_alphanumeric)
            && !is(previous, char::is_lowercase);
        behind || in_capitals && !self.c.is_uppercase()
    }
}

/// Punctuation, currencies, arrows, signs and what belongs to wide letters.
const fn is_usual_symbol(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}' | '\u{3000}'..='\u{30ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'..='\u{ffef}' | '\u{fffd}')
}

/// Scripts that stand beside those in use, where a chance sequence may lead.
fn is_historic(script: Script) -> bool {
    matches!(
        script,
        Script::Samaritan
            | Script::Mandaic
            | Script::Ogham
            | Script::Runic
            | Script::Buginese
            | Script::Glagolitic
            | Script::Coptic
            | Script::Phags_Pa
            | Script::Unknown
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// UTF-8, read as this page so often.
    fn misread(text: &str, page: &Page, times: usize) -> String {
        let upper: Vec<char> = page.upper.chars().collect();
        let read = |text: String| -> String {
            let read = |byte: u8| match byte.checked_sub(0x80) {
                Some(at) => upper[usize::from(at)],
                None => char::from(byte),
            };
            text.bytes().map(read).collect()
        };
        (0..times).fold(text.to_owned(), |text, _| read(text))
    }

    #[test]
    fn pages_hold_each_character_once() {
        for (page, bytes) in PAGES.iter().zip(&BYTES) {
            assert_eq!(bytes.len(), 128, "{}", page.name);
            let once = bytes.array_windows().all(|[one, other]| one.0 < other.0);
            assert!(once, "{}", page.name);
        }
    }

    #[test]
    fn names_of_all_languages_come_back() {
        for text in [
            "Büro",
            "Zürich, Büro 7",
            "MÜLLER",
            "KÖLN-ÄÖÜ",
            "Straße",
            "Åse Øygard",
            "João Conceição",
            "SÃO PAULO",
            "Équipe française",
            "voilà\u{a0}!",
            "Łukasz Śląsk",
            "Paweł",
            "Dvořák",
            "Ștefan Țepeș",
            "Nguyễn Thị Hường",
            "Bu\u{308}ro",
            "Contoso’s “best” – ever…",
            "ACME® 20 °C €5",
            "Иван Петров",
            "Київ",
            "Αθήνα",
            "שלום",
            "محمد",
            "नमस्ते",
            "กรุงเทพ",
            "東京オフィス",
            "PC用の日本",
            "서울",
            "Büro 😀",
            "\u{feff}osVersion",
        ] {
            for page in &PAGES {
                for times in 1..=3 {
                    let damaged = misread(text, page, times);
                    let found = undo(&damaged);
                    let mended = found.as_ref().map(|found| (&*found.mended, found.times));
                    let expected = Some((text, times));
                    assert_eq!(mended, expected, "{damaged:?}, {} {found:?}", page.name);
                }
            }
        }
    }

    #[test]
    fn latin_1_is_windows_1252_with_control_characters() {
        let latin: String = "MÜLLER".bytes().map(char::from).collect();
        assert_eq!(latin, "MÃ\u{9c}LLER");
        assert_eq!(
            undo(&latin).map(|found| found.mended).as_deref(),
            Some("MÜLLER")
        );
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "",
            "Buero",
            "Büro",
            "Ã",
            "SÃO",
            "SÃO PAULO",
            "IRMÃ",
            "IRMÃ®",
            "IRMÃ…",
            "IRMÃ\u{a0}MARIA",
            "«IRMÃ»",
            "AMANHÃ”",
            "João Conceição",
            "NGÃ BA",
            "Nguyễn Thị Hường",
            "Đặng Ðức",
            "« Été »",
            "«\u{a0}CAFÉ\u{a0}»",
            "CAFÉ®",
            "CAFÉ™",
            "CAFÉ™ CAFÉ™",
            "CAFÉ–BAR",
            "café…",
            "voilà\u{a0}… là\u{a0}…",
            "à\u{a0}côté",
            "„Ä“",
            "ESPAÑA®",
            "CAÑ®",
            "Nº 5",
            "3×5",
            "10×”",
            "“état”",
            "l’état",
            "Straße",
            "Æther–Œuvre",
            "HOTĂRÂRE",
            "ŁÓDŹ",
            "Київ",
            "Ві",
            "Іван",
            "Αθήνα",
            "東京",
            "CAFÉ\u{a0}»",
            "ÀÉÎÕÜ",
            "├── src",
            "└──",
            "ÊTRE",
            "À",
            "½ Â",
            "AMANHÃ—HOJE",
            "MENÙ€",
        ] {
            assert_eq!(undo(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_likeliest_encoding_alone_is_asked_about_its_own_texts() {
        for damaged in ["CAFÃ©", "VPNÃ©", "FRANÃ§AIS", "KÃ¶LN", "Ecole PRÃ©s"] {
            let found = undo(damaged);
            let page = found.as_ref().map_or(PAGES[0].name, |found| found.page);
            assert_eq!(page, PAGES[0].name, "{damaged:?} {found:?}");
        }
    }

    #[test]
    fn what_was_lost_before_comes_back_lost() {
        let found = undo("B\u{ef}\u{bf}\u{bd}ro").map(|found| found.mended);
        assert_eq!(found.as_deref(), Some("B\u{fffd}ro"));
    }
}

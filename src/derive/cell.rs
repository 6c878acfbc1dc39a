//! What the cells of a property table say: names, types, links, listed values.
//!
//! English cells are read by a strict grammar. Cells that a machine translated are read with a
//! small dictionary of the type names it writes, mined from the pages' bilingual twins. Knows
//! nothing of pages and models.

use std::collections::HashSet;

use crate::model::Edm;

/// A Markdown link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) text: &'a str,
    pub(super) target: &'a str,
    /// The cell without the link.
    before: &'a str,
    after: &'a str,
}

impl<'a> Link<'a> {
    /// The first link in a text.
    pub(super) fn first(text: &'a str) -> Option<Self> {
        let middle = text.find("](")?;
        let open = text[..middle].rfind('[')?;
        let target = &text[middle + 2..];
        let close = target.find(')')?;
        Some(Self {
            text: text[open + 1..middle].trim(),
            target: target[..close].trim(),
            before: &text[..open],
            after: &target[close + 1..],
        })
    }

    /// Every link in a text.
    pub(super) fn all(text: &'a str) -> Vec<Self> {
        let mut links = Vec::new();
        let mut rest = text;
        while let Some(link) = Link::first(rest) {
            rest = link.after;
            links.push(link);
        }
        links
    }

    /// Path of the page it leads to, where it leads to a page of the same tree.
    pub(super) fn page(&self) -> Option<&'a str> {
        let path = self.target.split('#').next()?;
        let stem = path.strip_suffix(".md")?;
        let local = !stem.starts_with('/') && !stem.contains(':');
        local.then_some(path)
    }
}

/// Last part of a page's file name: its type's name in lower case.
pub(super) fn tail(page: &str) -> &str {
    let file = page.rsplit('/').next().unwrap_or(page);
    let stem = file.strip_suffix(".md").unwrap_or(file);
    stem.rsplit('-').next().unwrap_or(stem)
}

/// Bytes of a name: what is longer is none, as it comes again wherever the name is spoken of.
const MAX_NAME: usize = 256;

/// Whether a text is a name as Graph forms them: letters and digits, parts joined by `_`.
pub(super) fn is_name(text: &str) -> bool {
    let mut parts = text.split('_');
    let first = parts.next().unwrap_or_default();
    text.len() <= MAX_NAME
        && first.starts_with(|c: char| c.is_ascii_alphabetic())
        && first.chars().all(|c| c.is_ascii_alphanumeric())
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The name in a name cell: bold and code marks and a note in parentheses taken off.
pub(super) fn name(cell: &str) -> &str {
    let bare = cell.trim_matches(['*', '`', ' ', '\u{a0}']);
    match bare.split_once('(') {
        Some((name, _)) if is_name(name.trim()) => name.trim(),
        _ => bare,
    }
}

/// A type cell, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypeCell<'a> {
    pub(super) of: TypeName<'a>,
    pub(super) collection: bool,
}

/// The type that a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TypeName<'a> {
    Edm(Edm),
    /// A type with a page, or a bare name.
    Named {
        text: &'a str,
        page: Option<&'a str>,
    },
}

/// Reads a type cell; `None` where it names no type. `translated` allows the dictionary.
pub(super) fn type_cell(cell: &str, translated: bool) -> Option<TypeCell<'_>> {
    let cell = cell.trim_matches(['`', ' ', '.', '*', '\u{a0}']);
    if let Some(link) = Link::first(cell) {
        return linked(&link, translated);
    }
    let (bare, collection) = split_collection(cell);
    if let Some(edm) = primitive(bare) {
        return Some(TypeCell {
            of: TypeName::Edm(edm),
            collection,
        });
    }
    if translated {
        return translated_primitive(cell);
    }
    is_name(bare).then_some(TypeCell {
        of: TypeName::Named {
            text: bare,
            page: None,
        },
        collection,
    })
}

fn linked<'a>(link: &Link<'a>, translated: bool) -> Option<TypeCell<'a>> {
    let page = link.page()?;
    let around = [link.before, link.text, link.after];
    let (text, in_text) = split_collection(link.text);
    let collection = in_text
        || around.iter().any(|part| split_collection(part).1)
        || translated && around.iter().any(|part| says_collection(part));
    Some(TypeCell {
        of: TypeName::Named {
            text,
            page: Some(page),
        },
        collection,
    })
}

/// Takes `collection`, `Collection(…)` or `[]` off a type.
fn split_collection(text: &str) -> (&str, bool) {
    let text = text.trim();
    let wrapped = text
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'));
    let suffixed = || {
        text.strip_suffix("collection")
            .or_else(|| text.strip_suffix("[]"))
    };
    match wrapped.or_else(suffixed) {
        Some(of) => (of.trim(), true),
        None => (text, false),
    }
}

/// Primitive types by the names that English pages use.
fn primitive(text: &str) -> Option<Edm> {
    let plain = text.strip_prefix("Edm.").unwrap_or(text);
    let lower = plain.to_ascii_lowercase();
    let mut all = Edm::ALL.iter().copied();
    let known = all.find(|edm| edm.name()["Edm.".len()..].eq_ignore_ascii_case(plain));
    known.or(match lower.as_str() {
        "datetime" => Some(Edm::DateTimeOffset),
        "int" | "integer" => Some(Edm::Int32),
        _ => None,
    })
}

/// What machine translation makes of the type names, lower case. Longer phrases first where one
/// holds another.
const TRANSLATED: &[(&str, Edm)] = &[
    ("двойное с плавающей точкой", Edm::Double),
    ("двойное", Edm::Double),
    ("双精度", Edm::Double),
    ("duplo", Edm::Double),
    ("2 行分", Edm::Double),
    ("倍精度浮動小数点数", Edm::Double),
    ("gleitkommawert mit doppelter genauigkeit", Edm::Double),
    ("doble", Edm::Double),
    ("одинарное", Edm::Single),
    ("один", Edm::Single),
    ("单一", Edm::Single),
    ("单个", Edm::Single),
    ("único", Edm::Single),
    ("simples", Edm::Single),
    ("simple", Edm::Single),
    ("1 行", Edm::Single),
    ("строка", Edm::String),
    ("строк", Edm::String),
    ("字符串", Edm::String),
    ("cadeias de caracteres", Edm::String),
    ("cadeia de caracteres", Edm::String),
    ("文字列型", Edm::String),
    ("文字列", Edm::String),
    ("zeichenfolgen", Edm::String),
    ("zeichenfolge", Edm::String),
    ("cadenas", Edm::String),
    ("cadena", Edm::String),
    ("логический", Edm::Boolean),
    ("логическое", Edm::Boolean),
    ("布尔值", Edm::Boolean),
    ("布尔", Edm::Boolean),
    ("booliano", Edm::Boolean),
    ("booleano", Edm::Boolean),
    ("boleano", Edm::Boolean),
    ("ブール型", Edm::Boolean),
    ("ブール値", Edm::Boolean),
    ("boolescher wert", Edm::Boolean),
    ("boolesch", Edm::Boolean),
    ("длительность", Edm::Duration),
    ("持续时间", Edm::Duration),
    ("期限", Edm::Duration),
    ("duração", Edm::Duration),
    ("期間", Edm::Duration),
    ("dauer", Edm::Duration),
    ("duración", Edm::Duration),
    ("в двоичном формате", Edm::Binary),
    ("двоичный", Edm::Binary),
    ("二进制", Edm::Binary),
    ("binária", Edm::Binary),
    ("binário", Edm::Binary),
    ("バイナリ型", Edm::Binary),
    ("バイナリ", Edm::Binary),
    ("binär", Edm::Binary),
    ("binario", Edm::Binary),
    ("поток", Edm::Stream),
    ("流", Edm::Stream),
    ("fluxo", Edm::Stream),
    ("secuencia", Edm::Stream),
    ("дата", Edm::Date),
    ("日期", Edm::Date),
    ("日付", Edm::Date),
    ("data", Edm::Date),
    ("datum", Edm::Date),
    ("fecha", Edm::Date),
    ("байт", Edm::Byte),
    ("字节", Edm::Byte),
    ("バイト型", Edm::Byte),
    ("バイト", Edm::Byte),
];

/// Stems that stand for "collection" in the locales of the documentation.
const COLLECTION_WORDS: [&str; 10] = [
    "collection",
    "коллекци",
    "сбор данных",
    "集合",
    "coleç",
    "conjunto",
    "コレクション",
    "sammlung",
    "auflistung",
    "colecci",
];

fn says_collection(text: &str) -> bool {
    let lower = text.to_lowercase();
    COLLECTION_WORDS.iter().any(|word| lower.contains(word))
}

/// A primitive type as a machine translated it. A collection is found by its word, and the type
/// within the rest; otherwise the cell, or what it holds before or in parentheses, must be a
/// phrase as a whole.
fn translated_primitive(cell: &str) -> Option<TypeCell<'_>> {
    let collection = says_collection(cell);
    let lower = cell.to_lowercase();
    let edm = if collection {
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let english = words
            .filter(|word| *word != "collection")
            .find_map(primitive);
        english.or_else(|| {
            dictionary()
                .find(|(phrase, _)| lower.contains(phrase))
                .map(|it| it.1)
        })
    } else {
        let readings = lower.split(['(', ')', ',']).map(str::trim);
        readings
            .filter(|text| !text.is_empty())
            .find_map(whole_phrase)
    };
    Some(TypeCell {
        of: TypeName::Edm(edm?),
        collection,
    })
}

fn whole_phrase(text: &str) -> Option<Edm> {
    primitive(text).or_else(|| {
        dictionary()
            .find(|(phrase, _)| *phrase == text)
            .map(|it| it.1)
    })
}

fn dictionary() -> impl Iterator<Item = (&'static str, Edm)> {
    TRANSLATED.iter().copied()
}

/// The names in code marks of a description: the values that a property may have. In English they
/// follow a phrase that announces them; in a translation any code mark counts.
pub(super) fn listed_values(description: &str, translated: bool) -> Vec<&str> {
    let lower = description.to_ascii_lowercase();
    let announced = ["values", "one of"]
        .iter()
        .find_map(|phrase| lower.find(phrase));
    let Some(start) = announced.or(translated.then_some(0)) else {
        return Vec::new();
    };
    let parts: Vec<&str> = description[start..].split('`').collect();
    let closed = &parts[..parts.len() - 1];
    let mut values = Vec::new();
    let mut seen = HashSet::new();
    for code in closed.iter().skip(1).step_by(2).map(|code| code.trim()) {
        if is_value(code) && seen.insert(code) {
            values.push(code);
        }
    }
    values
}

/// Whether a text is a name of a member of an enumeration.
pub(super) fn is_value(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, translated: bool) -> String {
        let Some(read) = type_cell(cell, translated) else {
            return "?".to_owned();
        };
        let array = if read.collection { "[]" } else { "" };
        match read.of {
            TypeName::Edm(edm) => format!("{}{array}", edm.name()),
            TypeName::Named { text, page } => {
                format!("{text}@{}{array}", page.unwrap_or("nowhere"))
            }
        }
    }

    #[test]
    fn english_type_cells() {
        let cases = [
            ("String", "Edm.String"),
            ("`String`", "Edm.String"),
            ("string", "Edm.String"),
            ("Edm.Int32", "Edm.Int32"),
            ("String collection", "Edm.String[]"),
            ("Collection(Guid)", "Edm.Guid[]"),
            ("GUID", "Edm.Guid"),
            ("DateTime", "Edm.DateTimeOffset"),
            ("int", "Edm.Int32"),
            (
                "[state](../resources/intune-x-state.md)",
                "state@../resources/intune-x-state.md",
            ),
            ("[part](part.md#anchor) collection", "part@part.md[]"),
            ("[part](part.md)[]", "part@part.md[]"),
            ("windowsThing", "windowsThing@nowhere"),
            ("windowsThing collection", "windowsThing@nowhere[]"),
            (
                "** Unknown Type `microsoft.management.x` ** collection",
                "?",
            ),
            ("[x](https://example.org/x.md)", "?"),
            ("[x](/graph/x)", "?"),
            ("Строка", "?"),
            ("String or Int32", "?"),
            ("", "?"),
        ];
        for (cell, expected) in cases {
            assert_eq!(read(cell, false), expected, "{cell}");
        }
    }

    #[test]
    fn translated_type_cells() {
        let cases = [
            ("String.", "Edm.String"),
            ("Строка", "Edm.String"),
            ("Duration (Длительность)", "Edm.Duration"),
            ("文字列型 (String)", "Edm.String"),
            ("2 行分", "Edm.Double"),
            ("Один", "Edm.Single"),
            ("Boolescher Wert", "Edm.Boolean"),
            ("Zeichenfolge, string", "Edm.String"),
            ("Коллекция объектов string", "Edm.String[]"),
            ("Коллекция строк", "Edm.String[]"),
            ("Сбор данных Int32", "Edm.Int32[]"),
            ("字符串集合", "Edm.String[]"),
            ("Conjunto de cadeias de caracteres", "Edm.String[]"),
            ("Zeichenfolgenauflistung", "Edm.String[]"),
            (
                "[коллекция part](../resources/x-part.md)",
                "коллекция part@../resources/x-part.md[]",
            ),
            (
                "Коллекция [part](../resources/x-part.md)",
                "part@../resources/x-part.md[]",
            ),
            (
                "[part](../resources/x-part.md) コレクション",
                "part@../resources/x-part.md[]",
            ),
            ("нечто", "?"),
            ("Sammlung von irgendwas", "?"),
        ];
        for (cell, expected) in cases {
            assert_eq!(read(cell, true), expected, "{cell}");
        }
    }

    #[test]
    fn names_and_their_decoration() {
        let cases = [
            ("id", "id", true),
            ("v4_0_3", "v4_0_3", true),
            ("**displayName**", "displayName", true),
            ("`name`", "name", true),
            ("name (deprecated)", "name", true),
            ("a/b", "a/b", false),
            ("_x", "_x", false),
            ("x__y", "x__y", false),
            ("3D", "3D", false),
            ("имя", "имя", false),
            ("Windows Mobile", "Windows Mobile", false),
            ("", "", false),
        ];
        for (cell, expected, valid) in cases {
            assert_eq!(
                (name(cell), is_name(name(cell))),
                (expected, valid),
                "{cell}"
            );
        }
    }

    #[test]
    fn values_stand_in_code_marks() {
        let cases: [(&str, bool, &[&str]); 8] = [
            (
                "Possible values are: `a`, `b2`, `c_d`.",
                false,
                &["a", "b2", "c_d"],
            ),
            (
                "Where `x`. The possible Values: `a`. Default `a`.",
                false,
                &["a"],
            ),
            ("Must be one of `a` or `b`", false, &["a", "b"]),
            ("Where `x` is set.", false, &[]),
            (
                "Mögliche Werte sind: `a`, `b` und `c`.",
                true,
                &["a", "b", "c"],
            ),
            (
                "Possible values are: 0 - `Not Ready`, 1 - `Ready`",
                false,
                &["Ready"],
            ),
            ("values", true, &[]),
            ("values: `a` and `open", false, &["a"]),
        ];
        for (text, translated, expected) in cases {
            assert_eq!(listed_values(text, translated), expected, "{text}");
        }
    }

    #[test]
    fn links_and_file_names() {
        let links = Link::all("[a](x/intune-a-b.md) and [c](d.md#e), [f](/graph/f.md)");
        let pages: Vec<_> = links.iter().map(Link::page).collect();
        assert_eq!(pages, [Some("x/intune-a-b.md"), Some("d.md"), None]);
        assert_eq!((tail("x/intune-a-b.md"), tail("d.md")), ("b", "d"));
    }
}

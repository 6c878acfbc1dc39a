//! Names that machine translation has written in Cyrillic letters.
//!
//! Owns the way back, letter by letter. It is not a standard romanisation: it undoes what the
//! translated documentation of Graph does to identifiers (`деплойментстате`).

/// `name` in lower-case Latin letters; `None` where it has no Cyrillic letter.
#[must_use]
pub(super) fn to_latin(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    lower.chars().any(|c| latin(c).is_some()).then(|| {
        let mut text = String::with_capacity(lower.len());
        for c in lower.chars() {
            match latin(c) {
                Some(letters) => text.push_str(letters),
                None => text.push(c),
            }
        }
        text
    })
}

const fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "w",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'г' | 'ж' => "g",
        'з' => "z",
        'и' | 'і' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "c",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_latin() {
        for (name, expected) in [
            ("деплойментстате", Some("deploymentstate")),
            ("Виндовс10", Some("windows10")),
            ("зашифрованныйPfxBlob", Some("zashifrowannyypfxblob")),
            ("deploymentState", None),
            ("说明", None),
            ("", None),
        ] {
            assert_eq!(to_latin(name).as_deref(), expected, "{name}");
        }
    }
}

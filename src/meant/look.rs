//! What a name looks like, so that names of look-alike letters can be told from strangers.
//!
//! Owns the way from a name to its look. The look-alikes are compiled in (see `table`), packed and
//! without pointers: the confusables of Unicode as `unicode-security` has them are 6,700 addresses
//! that the dynamic linker would enter at every start. A test compares the two.

#[rustfmt::skip]
mod table;

use std::cmp::Ordering;

use table::Row;

/// What a name looks like, letter case aside: the skeleton of Unicode Technical Standard 39,
/// section 4, of its lower case, in lower case again. A character whose skeleton is not all ASCII
/// stays as it is: no name of the resource looks like it.
pub(super) fn look(name: &str) -> String {
    let mut look = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        match row(c) {
            Some((_, _, letters)) => {
                let letters = letters.iter().take_while(|letter| **letter != 0);
                look.extend(letters.copied().map(char::from));
            }
            None => look.push(c),
        }
    }
    look
}

/// The row of a character; `None` where it looks like nothing but itself.
fn row(c: char) -> Option<&'static Row> {
    let found = table::ROWS.binary_search_by(|(first, last, _)| {
        if *last < c {
            Ordering::Less
        } else if *first > c {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    });
    found.ok().map(|index| &table::ROWS[index])
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use unicode_security::confusable_detection::skeleton;

    use super::*;
    use crate::golden;

    fn skeleton_of(lower: &str) -> String {
        skeleton(lower).flat_map(char::to_lowercase).collect()
    }

    /// What is to be compiled in, from all that Unicode has.
    fn rows() -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for c in '\0'..=char::MAX {
            let alone = c.to_string();
            let image = skeleton_of(&alone);
            if alone.to_lowercase() != alone || image == alone || !image.is_ascii() {
                continue;
            }
            let mut letters = [0; 5];
            letters[..image.len()].copy_from_slice(image.as_bytes());
            match rows.last_mut() {
                Some((_, last, same))
                    if *same == letters && u32::from(*last) + 1 == u32::from(c) =>
                {
                    *last = c;
                }
                _ => rows.push((c, c, letters)),
            }
        }
        rows
    }

    #[test]
    fn what_is_compiled_in_is_what_unicode_has() {
        golden::hold_source("src/meant/look/table.rs", &source(&rows()));
    }

    fn source(rows: &[Row]) -> String {
        let mut source = HEAD.to_owned();
        for (first, last, letters) in rows {
            let (first, last) = (first.escape_unicode(), last.escape_unicode());
            let letters = letters.escape_ascii().to_string().replace("\\x00", "\\0");
            writeln!(source, "    ('{first}', '{last}', *b\"{letters}\"),").unwrap();
        }
        source + "];\n"
    }

    const HEAD: &str = "\
//! The characters that look like ASCII ones, written here by `UPDATE_EXPECT=1 cargo test --lib look`.

/// Characters from the first to the last one, in lower case, and the ASCII letters that each of
/// them looks like; NULs fill them up.
pub(super) type Row = (char, char, [u8; 5]);

pub(super) static ROWS: &[Row] = &[
";

    #[test]
    fn a_look_is_that_of_the_whole_skeleton_where_this_is_ascii() {
        let names = [
            "deploymentState",
            "1O|l0I",
            "@odata.type",
            "\u{1d5c6}\u{43e}\u{fb01}",
        ];
        let inserted = [
            "",
            "\u{200b}",
            "\u{3c2}",
            "\u{3a3}",
            "\u{130}",
            "\u{301}\u{338}\u{307}",
        ];
        for name in names {
            for between in inserted {
                for at in 0..=name.chars().count() {
                    let mut text: Vec<char> = name.chars().collect();
                    text.splice(at..at, between.chars());
                    let text: String = text.iter().collect();
                    let whole = skeleton_of(&text.to_lowercase());
                    let look = look(&text);
                    assert_eq!(look.is_ascii(), whole.is_ascii(), "{text:?}");
                    assert!(look == whole || !look.is_ascii(), "{text:?}");
                }
            }
        }
    }
}

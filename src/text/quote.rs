//! Values as messages quote them.
//!
//! Owns how a value is cut and marked off in a sentence; knows nothing of sinks: control
//! characters stay as they are until a format makes them safe.

/// Most code points of a value that a message repeats.
pub const MAX_QUOTED: usize = 120;

/// `text` in backticks, cut at [`MAX_QUOTED`] code points with an ellipsis.
#[must_use]
pub fn quote(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        None => format!("`{text}`"),
        Some((end, _)) => format!("`{}…`", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes() {
        let table = [
            (String::new(), "``".to_owned()),
            ("PT5M".to_owned(), "`PT5M`".to_owned()),
            ("é".repeat(120), format!("`{}`", "é".repeat(120))),
            ("é".repeat(121), format!("`{}…`", "é".repeat(120))),
            ("\u{1b}[31m".to_owned(), "`\u{1b}[31m`".to_owned()),
        ];
        for (text, expected) in table {
            assert_eq!(quote(&text), expected);
        }
    }
}

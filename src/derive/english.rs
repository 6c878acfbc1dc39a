//! The English text of a page, line by line.
//!
//! A bilingual page shows a translation in one span and keeps the English sentence in a hidden
//! twin of the same identifier; here the pair becomes its English half. Knows nothing of tables
//! and headings.

const SHOWN: &str = "<span data-ttu-id=\"";
const HIDDEN: &str = "<span class=\"sxs-lookup\"><span data-stu-id=\"";

/// A line of text and where it begins in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Line of the page, from 1.
    pub(super) number: usize,
    pub(super) text: String,
}

/// Whether the page keeps its English text in hidden spans.
pub(super) fn is_bilingual(markdown: &str) -> bool {
    markdown.contains(HIDDEN)
}

/// The lines of a part of a page that begins in line `first`, spans resolved.
pub(super) fn lines(part: &str, first: usize) -> Vec<Line> {
    let mut lines = vec![Line {
        number: first,
        text: String::new(),
    }];
    let mut number = first;
    let mut rest = part;
    while !rest.is_empty() {
        let start = rest.find(SHOWN).unwrap_or(rest.len());
        let (plain, marked) = rest.split_at(start);
        append(&mut lines, plain, number);
        number += newlines(plain);
        let Some(twin) = Twin::at(marked) else {
            append(&mut lines, marked, number);
            break;
        };
        append(&mut lines, twin.english, number + newlines(twin.before));
        number += newlines(&marked[..twin.length]);
        rest = &marked[twin.length..];
    }
    lines
}

/// The text of a part in one piece, spans resolved.
pub(super) fn text(part: &str) -> String {
    let lines = lines(part, 1);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join("\n")
}

fn newlines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// Adds a text to the last line, and a line for each newline in it.
fn append(lines: &mut Vec<Line>, text: &str, mut number: usize) {
    for (index, piece) in text.split('\n').enumerate() {
        if index > 0 {
            number += 1;
            lines.push(Line {
                number,
                text: String::new(),
            });
        }
        if let Some(last) = lines.last_mut() {
            last.text.push_str(piece.trim_end_matches('\r'));
        }
    }
}

/// A shown span, with its hidden twin if it has one.
struct Twin<'a> {
    /// What stands before the text to keep.
    before: &'a str,
    /// The hidden text, or the shown one where no twin follows.
    english: &'a str,
    length: usize,
}

impl<'a> Twin<'a> {
    fn at(marked: &'a str) -> Option<Self> {
        let (id, rest) = marked.strip_prefix(SHOWN)?.split_once("\">")?;
        let (shown, rest) = rest.split_once("</span>")?;
        let hidden = rest
            .strip_prefix(HIDDEN)
            .and_then(|rest| rest.strip_prefix(id))
            .and_then(|rest| rest.strip_prefix("\">"));
        let (english, after) = match hidden {
            Some(hidden) => hidden.split_once("</span></span>")?,
            None => (shown, rest),
        };
        let tail = match hidden {
            Some(hidden) => hidden.len(),
            None => shown.len() + "</span>".len() + rest.len(),
        };
        Some(Self {
            before: &marked[..marked.len() - tail],
            english,
            length: marked.len() - after.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(part: &str) -> Vec<(usize, String)> {
        lines(part, 7)
            .into_iter()
            .map(|line| (line.number, line.text))
            .collect()
    }

    #[test]
    fn a_pair_becomes_its_english_half() {
        let cases = [
            ("plain", "plain"),
            (
                r#"|<span data-ttu-id="a">Строка</span><span class="sxs-lookup"><span data-stu-id="a">String</span></span>|x|"#,
                "|String|x|",
            ),
            (
                r#"[<span data-ttu-id="a">енум</span><span class="sxs-lookup"><span data-stu-id="a">enum</span></span>](x.md)"#,
                "[enum](x.md)",
            ),
            (r#"<span data-ttu-id="a">alone</span> end"#, "alone end"),
            (
                r#"<span data-ttu-id="a">x</span><span class="sxs-lookup"><span data-stu-id="b">y</span></span>"#,
                r#"x<span class="sxs-lookup"><span data-stu-id="b">y</span></span>"#,
            ),
            (
                r#"<span data-ttu-id="broken"#,
                r#"<span data-ttu-id="broken"#,
            ),
        ];
        for (part, english) in cases {
            assert_eq!(text(part), english, "{part}");
        }
    }

    #[test]
    fn lines_keep_their_numbers_across_spans() {
        let part = "a\n<span data-ttu-id=\"x\">eins\nzwei</span><span class=\"sxs-lookup\">\
                    <span data-stu-id=\"x\">one\ntwo</span></span>\r\nb";
        let expected = [(7, "a"), (8, "one"), (10, "two"), (11, "b")];
        assert_eq!(
            seen(part),
            expected.map(|(line, text)| (line, text.to_owned()))
        );
    }
}

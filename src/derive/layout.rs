//! The blocks of a page: front matter, sections by anchor, fenced code.
//!
//! Works on the Markdown as it stands, so that every range is one of the page's own bytes. Knows
//! nothing of what the sections say.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::english::{self, Line};

/// A page, cut at its headings.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) markdown: &'a str,
    pub(super) front_matter: &'a str,
    pub(super) sections: Vec<Section>,
    pub(super) fences: Vec<Fence<'a>>,
    line_starts: Vec<usize>,
}

/// A heading and what follows it up to the next one.
#[derive(Debug)]
pub(super) struct Section {
    /// English anchor, for example `request-body`; headings of translated pages keep it.
    pub(super) slug: String,
    /// Heading text, English where the page has it.
    pub(super) title: String,
    pub(super) line: usize,
    pub(super) body: Range<usize>,
}

/// A fenced block of code.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    /// Range of the text between the fences.
    pub(super) body: Range<usize>,
    /// Content of the HTML comment before it, if one stands there.
    pub(super) note: Option<&'a str>,
    /// Index of its section; `None` before the first heading.
    pub(super) section: Option<usize>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(markdown: &'a str) -> Self {
        let mut layout = Self {
            markdown,
            front_matter: "",
            sections: Vec::new(),
            fences: Vec::new(),
            line_starts: line_starts(markdown),
        };
        let mut note = None;
        let mut fence: Option<Range<usize>> = None;
        // Front matter begins a text; a byte order mark before it is none of the text.
        let text = markdown.trim_start_matches('\u{feff}');
        let mark = markdown.len() - text.len();
        let parser = Parser::new_ext(text, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);
        for (event, range) in parser.into_offset_iter() {
            let range = mark + range.start..mark + range.end;
            match event {
                Event::Start(Tag::MetadataBlock(_)) => layout.front_matter = &markdown[range],
                Event::Start(Tag::Heading { .. }) => layout.open_section(range),
                Event::Start(Tag::HtmlBlock) => note = comment(&markdown[range]),
                Event::Start(Tag::Paragraph | Tag::Table(_)) => note = None,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    fence = Some(range.start..range.start);
                }
                Event::Text(_) if fence.is_some() => fence = fence.map(|open| extend(open, range)),
                Event::End(TagEnd::CodeBlock) => {
                    if let Some(body) = fence.take() {
                        layout.push_fence(body, note.take());
                    }
                }
                _ => {}
            }
        }
        layout
    }

    fn open_section(&mut self, heading: Range<usize>) {
        if let Some(last) = self.sections.last_mut() {
            last.body.end = heading.start;
        }
        let text = english::text(&self.markdown[heading.clone()]);
        let (anchor, title) = split_anchor(text.trim().trim_matches('#').trim());
        self.sections.push(Section {
            slug: anchor.map_or_else(|| slug(title), str::to_owned),
            title: title.to_owned(),
            line: self.line_of(heading.start),
            body: heading.end..self.markdown.len(),
        });
    }

    fn push_fence(&mut self, body: Range<usize>, note: Option<&'a str>) {
        self.fences.push(Fence {
            body,
            note,
            section: self.sections.len().checked_sub(1),
        });
    }

    /// Line of a byte, from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// Column of a byte, from 1, where only ASCII stands before it.
    pub(super) fn column_of(&self, offset: usize) -> usize {
        offset + 1 - self.line_starts[self.line_of(offset) - 1]
    }

    /// The section of this anchor.
    pub(super) fn section(&self, slug: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.slug == slug)
    }

    /// A section's lines, English where the page has it.
    pub(super) fn lines(&self, section: &Section) -> Vec<Line> {
        let body = section.body.clone();
        english::lines(&self.markdown[body.clone()], self.line_of(body.start))
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let newlines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(0).chain(newlines).collect()
}

fn extend(open: Range<usize>, text: Range<usize>) -> Range<usize> {
    if open.is_empty() {
        text
    } else {
        open.start..text.end
    }
}

fn comment(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?;
    Some(inner.strip_suffix("-->").unwrap_or(inner).trim())
}

fn split_anchor(heading: &str) -> (Option<&str>, &str) {
    let anchored = heading
        .strip_prefix("<a name=\"")
        .and_then(|rest| rest.split_once("\"></a>"));
    match anchored {
        Some((anchor, title)) => (Some(anchor), title.trim()),
        None => (None, heading),
    }
}

/// The anchor that the documentation's renderer makes of a heading.
fn slug(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\ntitle: x\n---\n# Create thing\n\nintro\n\n\
        ## <a name=\"request-body\"></a>Текст запроса\n|a|\n<!-- {\n \"k\": 1\n} -->\n\
        ``` http\nPOST /x\n\n{ }\n```\n### Response\n```json\n[]\n```\n";

    #[test]
    fn sections_by_anchor_or_heading() {
        let layout = Layout::of(PAGE);
        let seen: Vec<_> = layout
            .sections
            .iter()
            .map(|section| (section.slug.as_str(), section.title.as_str(), section.line))
            .collect();
        let expected = [
            ("create-thing", "Create thing", 4),
            ("request-body", "Текст запроса", 8),
            ("response", "Response", 18),
        ];
        assert_eq!(seen, expected);
        assert!(layout.front_matter.contains("title: x"));
        let first = layout.lines(&layout.sections[1]);
        assert_eq!((first[0].number, first[0].text.as_str()), (9, "|a|"));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let marked = format!("\u{feff}{PAGE}");
        let (layout, plain) = (Layout::of(&marked), Layout::of(PAGE));
        assert_eq!(layout.front_matter, plain.front_matter);
        assert_eq!(layout.sections.len(), plain.sections.len());
        for (fence, of_plain) in layout.fences.iter().zip(&plain.fences) {
            assert_eq!(marked[fence.body.clone()], PAGE[of_plain.body.clone()]);
        }
    }

    #[test]
    fn fences_with_their_place_and_note() {
        let layout = Layout::of(PAGE);
        let seen: Vec<_> = layout
            .fences
            .iter()
            .map(|fence| {
                let text = &layout.markdown[fence.body.clone()];
                (text, layout.line_of(fence.body.start), fence.section)
            })
            .collect();
        let expected = [("POST /x\n\n{ }\n", 14, Some(1)), ("[]\n", 20, Some(2))];
        assert_eq!(seen, expected);
        assert_eq!(layout.fences[0].note, Some("{\n \"k\": 1\n}"));
        assert_eq!(layout.fences[1].note, None);
    }
}

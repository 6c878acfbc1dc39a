//! No text becomes markup, whatever it is, and no report is too long for a comment.
//!
//! A parser of its own reads what is written.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;
use crate::diagnostic::{Located, Operand, Quantity};
use crate::json::{Pointer, PointerToken};
use crate::report::samples::{self, print};
use crate::report::{FileReport, RunError};
use crate::text::words::Words;

/// What sites make something of, beside the marks of Markdown itself.
const TEXTS: [&str; 31] = [
    "@user",
    "a @org/team b",
    "#12",
    "org/repo#12",
    "GH-12",
    "ABC-123",
    "0123456789abcdef0123456789abcdef01234567",
    "deadbeef",
    "-2147483648",
    "https://x.example",
    "www.x.example",
    "a@b.example",
    "mailto:a@b.example",
    "[a](https://x.example)",
    "![a](https://x.example/b.png)",
    "<img src=x onerror=y>",
    "<!-- a -->",
    "&lt;b&gt; &#64;user",
    "a | b || c |",
    "\\| \\\\| \\",
    "` `` ``` ````",
    "`@user` `a|b`",
    "``@user``",
    "**a** __b__ ~~c~~ *d* _e_",
    ":tada: $x$ $`y`$",
    "!1 $2 %3 &4 ^5 ~label",
    "/close",
    "# a",
    "    a",
    "a\n\n# b\n| c |\n```\n::error::x",
    "[^1] [[_TOC_]] [a]: b",
];

/// A report with a text wherever one can be.
fn report(text: &str) -> Report {
    let words = || Words::from(Box::leak(text.to_owned().into_boxed_str()) as &'static str);
    let mut report = samples::hostile();
    let named = |name: &str, quantity| Operand {
        name: name.to_owned(),
        quantity,
    };
    for located in report
        .files
        .iter_mut()
        .flat_map(|file| &mut file.diagnostics)
    {
        let Located { diagnostic, .. } = located;
        diagnostic.message = words();
        diagnostic.help = Some(words());
        diagnostic.payload = Some(Pointer::root().join(PointerToken::Name(text)));
        let first = text.split(' ').next().unwrap_or_default();
        diagnostic.operands = vec![
            named(first, Quantity::Instant(0)),
            named(text, Quantity::Instant(9)),
            named(text, Quantity::Duration(-1)),
        ];
    }
    report.files[0].path = text.to_owned();
    report.errors = vec![RunError {
        file: text.to_owned(),
        message: text.to_owned(),
    }];
    report.origin = Some(Origin {
        command: text.to_owned(),
        revision: text.to_owned(),
        configuration: Some(text.to_owned()),
        baseline: Some(text.to_owned()),
        ..Origin::default()
    });
    report
}

/// What a report is made of: the headings, the cells of each row, the code, and what is neither.
#[derive(Debug, Default)]
struct Parts {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    text: String,
    blocks: usize,
}

/// Reads a report, which is of headings, paragraphs, tables and code alone.
fn parts(markdown: &str) -> Parts {
    let mut parts = Parts::default();
    let (mut in_block, mut in_cell) = (false, false);
    let all = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(markdown, all) {
        match event {
            Event::Start(Tag::Heading { .. }) => parts.headings.push(String::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => parts.rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                let row = parts.rows.last_mut().expect("a row");
                row.push(String::new());
                in_cell = true;
            }
            Event::End(TagEnd::TableCell) => {
                parts.text.push('\n');
                in_cell = false;
            }
            Event::Start(Tag::CodeBlock(_)) => {
                parts.blocks += 1;
                in_block = true;
            }
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Text(_) if in_block => {}
            Event::Text(text) => {
                parts.text.push_str(&text);
                if in_cell {
                    add(&mut parts.rows, &text);
                }
            }
            Event::Code(code) => {
                parts.text.push(' ');
                if in_cell {
                    add(&mut parts.rows, &code);
                }
            }
            Event::Start(Tag::Paragraph | Tag::Table(_)) | Event::End(_) => {
                parts.text.push('\n');
            }
            event => panic!("{event:?} in {markdown}"),
        }
    }
    parts
}

fn add(rows: &mut [Vec<String>], text: &str) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push_str(text);
    }
}

fn plain() -> RenderOptions {
    RenderOptions::default()
}

#[test]
fn no_text_becomes_markup() {
    for text in TEXTS.into_iter().chain([samples::HOSTILE]) {
        let markdown = print("markdown", &report(text), &plain());
        let parts = parts(&markdown);
        let mut columns = BTreeMap::new();
        for row in &parts.rows {
            *columns.entry(row.len()).or_insert(0) += 1;
        }
        // Figures, what was not checked, and findings, each below its head.
        assert_eq!(
            columns,
            BTreeMap::from([(2, 2), (4, 3), (7, 2)]),
            "{markdown}"
        );
        assert_eq!(parts.blocks, 2, "{markdown}");
        // What sites look at once all is undone.
        let odd = |c: char| !(c.is_alphanumeric() || " \n.,:;()'\"!?-+%=…".contains(c));
        assert_eq!(parts.text.find(odd), None, "{}", parts.text);
        for word in parts.text.split_whitespace() {
            let linked = word.contains("www.") || word.contains(':') && !word.ends_with(':');
            let is_hex = word.len() > 6 && word.chars().all(|c| c.is_ascii_hexdigit());
            let starts = word.starts_with(['-', '+', '%', ':', '!']) && word.len() > 1;
            assert!(!linked && !is_hex && !starts, "{word}");
        }
    }
}

#[test]
fn texts_arrive_as_they_are() {
    for text in TEXTS.into_iter().filter(|text| !text.contains(['`', '\n'])) {
        let parts = parts(&print("markdown", &report(text), &plain()));
        let last = parts.rows.last().expect("a finding");
        let message = format!(
            "{}; help: {}; fixable with --fix",
            text.trim_start(),
            text.trim_end()
        );
        let shown = &last[3];
        assert!(shown.starts_with(&message), "{message}: {shown}");
        assert_eq!(parts.rows[3][0], text, "the name of what was not checked");
    }
}

#[test]
fn a_report_fits_into_a_comment() {
    let template = &report(samples::HOSTILE);
    let file = FileReport {
        path: format!("{}.json", "\u{202e}".repeat(4_000)),
        ..template.files[0].clone()
    };
    let long = Report {
        files: vec![file; 2_000],
        errors: vec![template.errors[0].clone(); 2_000],
        origin: Some(Origin {
            command: "\u{202e}".repeat(100_000),
            ..Origin::default()
        }),
        ..Report::default()
    };
    let markdown = print("markdown", &long, &plain());
    assert!(units(&markdown) < 65_536, "{}", units(&markdown));
    let parts = parts(&markdown);
    assert_eq!(parts.headings.len(), 4);
    let of = |columns| parts.rows.iter().filter(|row| row.len() == columns).count() - 1;
    for left_out in [2_000 - of(2), 2_000 - of(4)] {
        let note = format!("{left_out} more rows left out.");
        assert!(parts.text.contains(&note), "{note}");
    }
    let note = format!("{} more events left out.", 2_000 - parts.blocks);
    assert!(parts.text.contains(&note) && parts.blocks > 0, "{note}");
}

#[test]
fn the_worst_come_first() {
    let parts = parts(&print("markdown", &samples::report(), &plain()));
    let findings = parts.rows.iter().filter(|row| row.len() == 4);
    let severities: Vec<&str> = findings.skip(1).map(|row| &*row[0]).collect();
    let mut sorted = severities.clone();
    sorted.sort_unstable();
    assert_eq!(severities.len(), 10);
    sorted.sort_by_key(|severity| {
        ["error", "warning", "info"]
            .iter()
            .position(|one| one == severity)
    });
    assert_eq!(severities, sorted);
}

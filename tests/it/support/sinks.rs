//! What must hold of findings and reports, whatever the text: places that exist, output that
//! neither acts nor misleads, documents that parse.
//!
//! Knows nothing of where texts come from: tests and a fuzz target have it in common.

use autopilot_lint::diagnostic::Diagnostic;
use autopilot_lint::json::Span;
use autopilot_lint::lint::{Linter, Scratch};
use autopilot_lint::report::{FORMATS, Format, RenderOptions, Report, redacted};
use serde_json::Value;

/// The name that texts are reported under: an attempt at each kind of sink.
const NAME: &str = "::error::\u{1b}[2J##vso[a]%0A<b>&\".json";

/// Checks a text, and prints what is found in these formats.
///
/// # Panics
/// Where something does not hold.
pub(crate) fn check(linter: &Linter, scratch: &mut Scratch, text: &[u8], formats: &[Format]) {
    let outcome = linter.check(text, scratch);
    for found in &outcome.diagnostics {
        check_places(found, text);
    }
    let shown = outcome.diagnostics.len();
    let mut report = Report::of_document(NAME, text, outcome);
    // Every other text is printed as it is where others read the log.
    if text.len() % 2 == 1 {
        let found = report
            .files
            .iter_mut()
            .flat_map(|file| &mut file.diagnostics);
        found.for_each(|located| *located = redacted(located.clone(), linter.vocabulary()));
    }
    for format in formats {
        let printed = format.render(&report, &RenderOptions::default());
        check_printed(format.name, &printed, shown);
    }
}

/// The formats one after the other, for loops that print each text in one of them.
pub(crate) fn format(number: usize) -> &'static [Format] {
    let at = number % FORMATS.len();
    &FORMATS[at..=at]
}

fn check_places(found: &Diagnostic, text: &[u8]) {
    let labels = found.labels.iter().map(|label| label.span);
    for Span { start, end } in std::iter::once(found.span).chain(labels) {
        let inside = start <= end && end <= text.len();
        // A text that is not UTF-8 has no characters to cut.
        let whole = std::str::from_utf8(text).map_or(true, |text| {
            text.is_char_boundary(start) && text.is_char_boundary(end)
        });
        assert!(inside && whole, "{found:?}");
    }
    assert!(!found.message.is_empty(), "{found:?}");
    // A text is repeated in part only.
    assert!(found.message.chars().count() < 1_000, "{found:?}");
}

fn check_printed(format: &str, printed: &str, shown: usize) {
    assert_eq!(harm(format, printed), None, "{format}");
    check_document(format, printed, shown);
}

/// What a stream holds that a terminal, an agent of a hosted build or a reader should not get.
pub(crate) fn harm(format: &str, text: &str) -> Option<String> {
    if let Some(c) = text.chars().find(|c| *c != '\n' && is_hidden(*c)) {
        return Some(format!("{c:?}"));
    }
    text.lines()
        .find(|line| is_command(format, line))
        .map(str::to_owned)
}

/// Control, bidi and zero-width characters, line separators, private use and noncharacters; not as
/// the program decides it.
fn is_hidden(c: char) -> bool {
    let hidden = matches!(
        c,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{10ffff}'
    );
    hidden || c.is_control() || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether GitHub's runner or the agent of Azure Pipelines takes a line for a command that is not
/// the format's own.
fn is_command(format: &str, line: &str) -> bool {
    let own: &[&str] = match format {
        "github" => &["::error ", "::warning ", "::notice "],
        "azure" => &["##vso[task.logissue "],
        _ => &[],
    };
    let rest = own.iter().find_map(|own| line.strip_prefix(own));
    let forged = rest.is_none() && line.trim_start().starts_with("::");
    let rest = rest.unwrap_or(line);
    forged || rest.contains("##[") || rest.contains("##vso[")
}

/// Findings in a report in Markdown, those that it counts only included.
fn rows(markdown: &str) -> usize {
    let severities = ["| error |", "| warning |", "| info |"];
    let is_row = |line: &&str| severities.iter().any(|severity| line.starts_with(severity));
    let rows = markdown.lines().filter(is_row).count();
    let more = markdown.lines().find_map(|line| {
        let (number, _) = line.split_once(" more row")?;
        number.parse::<usize>().ok()
    });
    rows + more.unwrap_or(0)
}

fn check_document(format: &str, printed: &str, shown: usize) {
    let json = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
    let told = match format {
        "json" => json(printed)["diagnostics"].as_array().map(Vec::len),
        "json-lines" => Some(printed.lines().map(json).filter(Value::is_object).count()),
        "sarif" => json(printed)["runs"][0]["results"].as_array().map(Vec::len),
        "gitlab" => json(printed).as_array().map(Vec::len),
        "github" => Some(
            printed
                .lines()
                .filter(|line| line.starts_with("::"))
                .count(),
        ),
        "azure" | "concise" => Some(printed.lines().count()),
        "markdown" => Some(rows(printed)),
        _ => None,
    };
    // One report holds no more in one format than in another.
    let most = if format == "sarif" { 5_000 } else { usize::MAX };
    assert_eq!(told.unwrap_or(shown.min(most)), shown.min(most), "{format}");
}

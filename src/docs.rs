//! The documentation of the rules, derived from their declarations: pages, their index, and what
//! `explain` says.
//!
//! Owns the layout. Every finding that is shown was made by the linter just now. Writes no files.

use std::fmt::Write as _;

use textwrap::Options as Wrap;

use crate::diagnostic::{Example, Rule, Severity};
use crate::lint::{Linter, Options, Scratch};
use crate::model::Mode;
use crate::policy::config::FILE_NAME;
use crate::policy::selection::level_names;
use crate::report::{self, RenderOptions, Report, rule_url};
use crate::rules::{self, RuleSet, set};
use crate::text::sanitize;

/// The present, for examples that depend on it: 2026-11-01T00:00:00Z, in ticks.
pub const NOW: i64 = 639_290_880_000_000_000;
/// The name of an example in its findings.
const EXAMPLE: &str = "example.json";

/// The default severity of a rule by name, `off` if it does not run by default.
#[must_use]
pub fn default_severity(rule: &Rule) -> &'static str {
    rule.default.map_or("off", Severity::name)
}

/// All rules as a Markdown table; `link` gives the address of a rule's page.
#[must_use]
pub fn table(link: impl Fn(&Rule) -> String) -> String {
    let mut text = String::from("| rule | category | default | fault |\n|---|---|---|---|\n");
    for rule in rules::ALL {
        let _ = writeln!(
            text,
            "| [`{}`]({}) | {} | {} | {} |",
            rule.name,
            link(rule),
            rule.category,
            default_severity(rule),
            rule.summary.replace('|', "\\|")
        );
    }
    text
}

/// The index of the pages: the text of `README.md` beside them.
#[must_use]
pub fn index() -> String {
    let table = table(|rule| format!("{}.md", rule.name));
    format!(
        "# Rules\n\nA rule whose default is `off` runs when it is selected or given a \
         severity.\n\n{table}"
    )
}

/// The page of a rule, in Markdown.
#[must_use]
pub fn page(rule: &'static Rule) -> String {
    let mut text = format!(
        "# {}\n\nFault: {}.\n\nCategory: `{}`. Default: `{}`.\n\n{}\n\nSource: {}.\n",
        rule.name,
        rule.summary,
        rule.category,
        default_severity(rule),
        rule.why,
        rule.source
    );
    text += "\n## Found\n";
    for example in rule.bad {
        let found = live(rule, example, &RenderOptions::default());
        let _ = write!(text, "{}\n```text\n{found}```\n", fenced(example));
    }
    text += "\n## Not found\n";
    for example in rule.good {
        text += &fenced(example);
    }
    text += "\n## Configure\n";
    for (words, code) in configuration(rule) {
        let _ = write!(text, "\n{words}\n\n```toml\n{code}\n```\n");
    }
    text
}

/// What `explain` says of a rule.
#[must_use]
pub fn explanation(rule: &'static Rule, options: &RenderOptions) -> String {
    let width = options.width.clamp(40, 100);
    let wrapped = |text: &str| textwrap::fill(text, Wrap::new(width));
    let mut text = format!(
        "{} (category {}, default {})\n\n",
        rule.name,
        rule.category,
        default_severity(rule)
    );
    let fault = format!("Fault: {}.", rule.summary);
    let source = format!("Source: {}.", rule.source);
    for words in [&fault, rule.why, &source] {
        let _ = writeln!(text, "{}\n", wrapped(words));
    }
    for example in rule.bad.iter().take(1) {
        let (setting, shown) = (setting(example), indented(&shown(example)));
        let found = live(rule, example, options);
        let _ = writeln!(text, "Found{setting}:\n\n{shown}\n{found}");
    }
    for example in rule.good.iter().take(1) {
        let (setting, shown) = (setting(example), indented(&shown(example)));
        let _ = writeln!(text, "Not found{setting}:\n\n{shown}");
    }
    for (words, code) in configuration(rule) {
        let _ = writeln!(text, "{}\n\n{}", wrapped(&words), indented(&code));
    }
    let _ = writeln!(text, "Page: {}", rule_url(rule));
    text
}

/// What the linter finds by this rule in an example, as the `full` format shows it.
#[must_use]
pub fn live(rule: &'static Rule, example: &Example, options: &RenderOptions) -> String {
    let report = findings(rule, example);
    let full = report::format("full").map(|full| full.render(&report, options));
    let shown = full.unwrap_or_default();
    shown.trim_end().to_owned() + "\n"
}

/// What an example of a rule is checked with: the rules that are on by default, and that one.
#[must_use]
pub fn options(rule: &'static Rule, example: &Example) -> Options {
    Options {
        revision: example.revision.to_owned(),
        mode: example.mode,
        now: Some(NOW),
        rules: RuleSet::default().with(rule),
        ..Options::default()
    }
}

/// The findings of a rule in an example; none where the example names no revision.
fn findings(rule: &'static Rule, example: &Example) -> Report {
    let options = options(rule, example);
    let text = example.text();
    let check = |linter: Linter| linter.check(&text, &mut Scratch::default());
    let mut outcome = Linter::new(&options).map(check).unwrap_or_default();
    outcome.diagnostics.retain(|found| found.rule == rule);
    Report::of_document(EXAMPLE, &text, outcome)
}

/// Ways to configure a rule: words and TOML.
fn configuration(rule: &'static Rule) -> [(String, String); 2] {
    let name = rule.name;
    let level = match rule.default {
        None => "warning",
        Some(default) if set::is_essential(rule) => default.name(),
        Some(_) => "off",
    };
    let fixed = if set::is_essential(rule) {
        " It cannot be turned off."
    } else {
        ""
    };
    let levels: Vec<_> = level_names().collect();
    let severity = (
        format!(
            "Its severity ({}) is set in `{FILE_NAME}`, or with `--severity {name}=LEVEL`.{fixed}",
            levels.join(", ")
        ),
        format!("severity = {{ {name} = \"{level}\" }}"),
    );
    let pointer = rule
        .bad
        .first()
        .map(|example| pointer(&findings(rule, example)));
    let pointer = pointer.unwrap_or_default();
    let ignore = (
        "A single finding that is right as it is:".to_owned(),
        format!(
            "[[ignore]]\nrule = \"{name}\"\nfile = \"{EXAMPLE}\"\n\
             pointer = {pointer:?}\nreason = \"why it is right\""
        ),
    );
    [severity, ignore]
}

/// The pointer of the first finding.
fn pointer(report: &Report) -> String {
    let first = report.findings().next();
    first.map_or_else(String::new, |found| {
        found.located.diagnostic.pointer.to_string()
    })
}

/// How an example is checked, where that is not by default.
fn setting(example: &Example) -> String {
    let mut setting = String::new();
    if example.mode != Mode::default() {
        let _ = write!(setting, " with --mode {}", example.mode.name());
    }
    if example.revision != "any" {
        let joint = if setting.is_empty() { "with" } else { "and" };
        let _ = write!(setting, " {joint} --revision {}", example.revision);
    }
    setting
}

fn fenced(example: &Example) -> String {
    let mut words = setting(example);
    let shown = shown(example);
    if shown.as_bytes() != example.text() {
        words += " with escapes for what is not seen";
    }
    if !words.is_empty() {
        words = format!("\n{}:\n", words.trim_start());
    }
    format!("{words}\n```json\n{shown}\n```\n")
}

/// The text of an example, made safe as in every format; bytes that are not UTF-8 as `\x..`.
fn shown(example: &Example) -> String {
    let mut shown = String::new();
    for chunk in example.text().utf8_chunks() {
        let lines: Vec<_> = chunk.valid().split('\n').map(sanitize::text).collect();
        shown += &lines.join("\n");
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

fn indented(text: &str) -> String {
    textwrap::indent(text, "  ") + "\n"
}

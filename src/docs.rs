//! The documentation of the rules, derived from their declarations: pages, their index, and what
//! `explain` says.
//!
//! Owns the layout. Every finding that is shown was made by the linter just now. Writes no files.

use std::fmt::Write as _;

use textwrap::{Options as Wrap, WordSplitter};

use crate::diagnostic::{Applicability, Category, Diagnostics, Example, Rule, Severity};
use crate::fixer::repair;
use crate::lint::{Linter, Options, Scratch};
use crate::model::Mode;
use crate::policy::Selector;
use crate::policy::config::FILE_NAME;
use crate::policy::selection::level_names;
use crate::report::{self, RenderOptions, Report, rule_url};
use crate::rules::{self, RuleSet, set};
use crate::text::{count, sanitize};

/// The current time for examples that depend on it: 2026-11-01T00:00:00Z, in ticks.
pub const NOW: i64 = 639_290_880_000_000_000;
/// The name of an example in its findings.
const EXAMPLE: &str = "example.json";
/// The rule that shows how a single finding is accepted.
static ACCEPTED: &Rule = &rules::order::implausible_date::RULE.rule;

/// The default severity of a rule by name, `off` if it does not run by default.
#[must_use]
pub fn default_severity(rule: &Rule) -> &'static str {
    rule.default.map_or("off", Severity::name)
}

/// Every severity that a rule gives its findings by default, and to which:
/// `warning, error for numbers`.
#[must_use]
pub fn severities(rule: &Rule) -> String {
    std::iter::once(default_severity(rule).to_owned())
        .chain(exceptions(rule))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The severities besides the default one, each with the findings that get it: `error for numbers`.
pub fn exceptions(rule: &Rule) -> impl Iterator<Item = String> {
    let exceptions = rule.exceptions.iter();
    exceptions.map(|(severity, which)| format!("{severity} {which}"))
}

/// The option that makes the fixes of a rule, if it offers any.
fn fixed_with(rule: &Rule) -> Option<&'static str> {
    rule.fixable().map(option)
}

/// The option that makes fixes which are so sure.
const fn option(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Safe => "--fix",
        Applicability::Unsafe => "--fix --unsafe-fixes",
    }
}

/// All rules as a Markdown table; `link` gives the address of a rule's page, if it has one.
#[must_use]
pub fn table(link: impl Fn(&Rule) -> Option<String>) -> String {
    let mut text =
        String::from("| rule | category | severity | fix | reports |\n|---|---|---|---|---|\n");
    for rule in rules::ALL {
        let name = match link(rule) {
            Some(url) => format!("[`{}`]({url})", rule.name),
            None => format!("`{}`", rule.name),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            name,
            rule.category,
            severities(rule),
            rule.fixable().map_or("", Applicability::name),
            rule.summary.replace('|', "\\|")
        );
    }
    text
}

/// All rules as a list for a terminal, under their categories.
#[must_use]
pub fn listing(options: &RenderOptions) -> String {
    let categories = Category::ALL.into_iter();
    let lists = categories.map(|category| {
        let about = category.about();
        format!("{category}: {about}\n{}", list(category, options))
    });
    lists.collect::<Vec<_>>().join("\n")
}

/// What `explain` says of a category, before its rules.
#[must_use]
pub fn category(category: Category, options: &RenderOptions) -> String {
    let rules = count(Selector::Category(category).rules().count(), "rule");
    format!(
        "{category} is a category of {rules} on {}.\n\n{}",
        category.about(),
        list(category, options)
    )
}

/// The rules of a category in columns: name, severity, what it reports.
fn list(category: Category, options: &RenderOptions) -> String {
    let rules = || Selector::Category(category).rules();
    let names = rules().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules() {
        let head = format!("  {:names$}  {:7}  ", rule.name, default_severity(rule));
        let mut reports = rule.summary.to_owned();
        for exception in exceptions(rule) {
            let _ = write!(reports, " ({exception})");
        }
        if let Some(option) = fixed_with(rule) {
            let _ = write!(reports, " (fixable with {option})");
        }
        let indent = " ".repeat(head.len());
        let wrapping = wrapping(options).subsequent_indent(&indent);
        let _ = writeln!(text, "{}", textwrap::fill(&(head + &reports), wrapping));
    }
    text
}

/// What stands between explanations.
#[must_use]
pub fn separator(options: &RenderOptions) -> String {
    let stroke = if options.unicode { "─" } else { "-" };
    format!("\n{}\n\n", stroke.repeat(width(options)))
}

fn width(options: &RenderOptions) -> usize {
    options.width.clamp(40, 100)
}

/// Names of rules and options stay whole.
fn wrapping(options: &RenderOptions) -> Wrap<'static> {
    Wrap::new(width(options)).word_splitter(WordSplitter::NoHyphenation)
}

/// The index of the pages: the text of `README.md` beside them.
#[must_use]
pub fn index() -> String {
    let table = table(|rule| Some(format!("{}.md", rule.name)));
    let levels = any_of(&level_names().collect::<Vec<_>>());
    let accept = accept(ACCEPTED);
    format!(
        "# Rules\n\nA rule whose severity is `off` runs once you select it or give it a severity. Where \
         `fix` is `safe`, `--fix` mends some or all of its findings; where it is `unsafe`, add \
         `--unsafe-fixes` and look at the result.\n\n\
         {table}\n\
         ## Configure\n\n\
         Options apply to one run, `{FILE_NAME}` to everything below its folder. Options take \
         precedence. `autopilot-lint init` writes `{FILE_NAME}` with a comment on every key.\n\n\
         | to | option | key in `{FILE_NAME}` |\n|---|---|---|\n\
         | run only some rules | `--select NAME,...` | `select` |\n\
         | turn rules off | `--ignore NAME,...` | `ignore` |\n\
         | change severities, or turn a rule on | `--severity NAME=LEVEL,...` | `severity` |\n\
         | treat some files differently | | `overrides` |\n\
         | report only new findings | `--baseline FILE` | `baseline` |\n\n\
         `NAME` is a rule, a category or `all`; a rule's own name takes precedence over its \
         category. `LEVEL` is {levels}.\n\n\
         To accept a single finding, say why. The `json` format prints its `pointer`; `file` is \
         relative to the folder of `{FILE_NAME}`.\n\n\
         ```toml\n{accept}\n```\n"
    )
}

/// The page of a rule, in Markdown.
#[must_use]
pub fn page(rule: &'static Rule) -> String {
    let fix = fixed_with(rule).map(|option| format!("- Fixable with: `{option}`\n"));
    let mut text = format!(
        "# {}\n\nReports {}.\n\n{}\n\n\
         - Category: `{}`\n- Severity: {}\n{}- Source: {}\n",
        rule.name,
        rule.summary,
        rule.why,
        rule.category,
        severities(rule),
        fix.unwrap_or_default(),
        rule.source
    );
    text += "\n## Reported\n";
    for example in rule.bad {
        let found = live(rule, example, &RenderOptions::default());
        let _ = write!(text, "{}\n```text\n{found}```\n", fenced(example));
        if let Some((applicability, fixed)) = fixed(rule, example) {
            let option = option(applicability);
            let _ = write!(text, "\nFixed with `{option}`:\n{}", fence(&fixed));
        }
    }
    text += "\n## Not reported\n";
    for example in rule.good {
        text += &fenced(example);
    }
    let (words, code) = severity_setting(rule);
    let _ = write!(
        text,
        "\n## Configure\n\n{words} In `{FILE_NAME}`, write `{code}`. \
         [More ways to configure rules](README.md#configure).\n"
    );
    text
}

/// What `explain` says of a rule.
#[must_use]
pub fn explanation(rule: &'static Rule, options: &RenderOptions) -> String {
    let wrapping = wrapping(options);
    let wrapped = |text: &str| textwrap::fill(text, &wrapping);
    let mut text = format!("{}\n\n", rule.name);
    let reports = format!("Reports {}.", rule.summary);
    for words in [&reports, rule.why] {
        let _ = writeln!(text, "{}\n", wrapped(words));
    }
    for (name, words) in [
        ("Category", Some(rule.category.name())),
        ("Severity", Some(&*severities(rule))),
        ("Fixable with", fixed_with(rule)),
        ("Source", Some(rule.source)),
    ] {
        let Some(words) = words else { continue };
        let _ = writeln!(text, "{}", wrapped(&format!("{name}: {words}")));
    }
    text.push('\n');
    for example in rule.bad.iter().take(1) {
        let shown = indented(&shown(&example.text()));
        let found = live(rule, example, options);
        let _ = writeln!(text, "{}\n\n{shown}\n{found}", heading("Reported", example));
    }
    // The first that is fixed, which need not be the first that is reported.
    let mut all_fixed = rule
        .bad
        .iter()
        .filter_map(|one| Some((one, fixed(rule, one)?)));
    if let Some((example, (applicability, fixed))) = all_fixed.next() {
        let is_first = rule
            .bad
            .first()
            .is_some_and(|first| std::ptr::eq(first, example));
        let before = (!is_first).then(|| indented(&shown(&example.text())));
        let option = option(applicability);
        let text = &mut text;
        if let Some(before) = before {
            let _ = write!(text, "{}\n\n{before}\n", heading("Reported too", example));
        }
        let _ = writeln!(text, "Fixed with {option}:\n\n{}", indented(&shown(&fixed)));
    }
    for example in rule.good.iter().take(1) {
        let shown = indented(&shown(&example.text()));
        let _ = writeln!(text, "{}\n\n{shown}", heading("Not reported", example));
    }
    let (words, code) = severity_setting(rule);
    let _ = writeln!(
        text,
        "{}\n\n{}",
        wrapped(&format!("{words} In `{FILE_NAME}`:")),
        indented(&code)
    );
    let words = format!("To accept a single finding, say why in `{FILE_NAME}`:");
    let code = accept(rule);
    let _ = writeln!(text, "{}\n\n{}", wrapped(&words), indented(&code));
    if let Some(url) = rule_url(rule) {
        let _ = writeln!(text, "Page: {url}");
    }
    text.trim_end().to_owned() + "\n"
}

/// What the linter finds by this rule in an example, as the `full` format shows it.
#[must_use]
pub fn live(rule: &'static Rule, example: &Example, options: &RenderOptions) -> String {
    let report = findings(rule, example);
    let full = report::format("full").map(|full| full.render(&report, options));
    let shown = full.unwrap_or_default();
    shown.trim_end().to_owned() + "\n"
}

/// What fixing the findings of a rule makes of an example, and how sure that is; `None` where it has
/// no fix.
#[must_use]
pub fn fixed(rule: &'static Rule, example: &Example) -> Option<(Applicability, Vec<u8>)> {
    let (most, _) = example.fixed?;
    let linter = Linter::new(&options(rule, example)).ok()?;
    let check = |text: &[u8]| -> Diagnostics {
        let mut found = linter.check(text, &mut Scratch::default()).diagnostics;
        for found in found.iter_mut().filter(|found| found.rule != rule) {
            found.fix = None;
        }
        found
    };
    let text = example.text();
    let repaired = repair(&text, check(&text), most, check).ok()??;
    Some((most, repaired.text))
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
    outcome.diagnostics.retain(|found| found == rule);
    Report::of_document(EXAMPLE, &text, outcome)
}

/// How to turn a rule off or on, or to change its severity: words, and a line of TOML.
fn severity_setting(rule: &Rule) -> (String, String) {
    let name = rule.name;
    let (words, level) = if set::is_essential(rule) {
        let words = format!(
            "This rule cannot be turned off. `--severity {name}=LEVEL` changes its severity."
        );
        (words, "warning")
    } else if rule.default.is_none() {
        let words = format!("This rule is off by default. `--severity {name}=LEVEL` turns it on.");
        (words, "warning")
    } else {
        let words = format!(
            "`--ignore {name}` turns this rule off; `--severity {name}=LEVEL` changes its severity."
        );
        (words, "off")
    };
    (words, format!("severity = {{ {name} = \"{level}\" }}"))
}

/// The TOML that accepts the finding in the first example of a rule.
fn accept(rule: &'static Rule) -> String {
    let first = rule.bad.first();
    let pointer = first.map(|example| pointer(&findings(rule, example)));
    format!(
        "[[ignore]]\nrule = \"{}\"\nfile = \"{EXAMPLE}\"\npointer = {:?}\n\
         reason = \"why this is correct\"",
        rule.name,
        pointer.unwrap_or_default()
    )
}

/// `a, b or c`.
fn any_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The pointer of the first finding.
fn pointer(report: &Report) -> String {
    let first = report.findings().next();
    first.map_or_else(String::new, |found| {
        found.located.diagnostic.pointer.to_string()
    })
}

/// The options that an example is checked with, where those are not the default ones.
fn setting(example: &Example) -> String {
    let mut options = Vec::new();
    if example.mode != Mode::default() {
        options.push(format!("--mode {}", example.mode.name()));
    }
    if example.revision != "any" {
        options.push(format!("--revision {}", example.revision));
    }
    options.join(" ")
}

/// `Reported:`, or `Reported with --mode update:`.
fn heading(what: &str, example: &Example) -> String {
    match setting(example) {
        none if none.is_empty() => format!("{what}:"),
        setting => format!("{what} with {setting}:"),
    }
}

fn fenced(example: &Example) -> String {
    let setting = setting(example);
    let note = if setting.is_empty() {
        String::new()
    } else {
        format!("\nWith `{setting}`:\n")
    };
    note + &fence(&example.text())
}

/// A text as a block of Markdown.
fn fence(text: &[u8]) -> String {
    let shown = shown(text);
    let note = if shown.as_bytes() == text {
        ""
    } else {
        "\nCharacters that cannot be shown are escaped:\n"
    };
    format!("{note}\n```json\n{shown}\n```\n")
}

/// A text made safe as in every format; bytes that are not UTF-8 as `\x..`.
fn shown(text: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in text.utf8_chunks() {
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

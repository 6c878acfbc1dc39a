//! `autopilot-lint rules` and `autopilot-lint explain`.

use std::fmt::Write as _;

use autopilot_lint::diagnostic::{Rule, Severity};
use autopilot_lint::docs;
use autopilot_lint::report::rule_url;
use autopilot_lint::rules::{self};
use serde::Serialize;

use super::args::{ExplainArgs, ListFormat, RulesArgs};
use super::exit::Exit;
use super::output;

/// A rule in the JSON list; the shape is a promise.
#[derive(Serialize)]
struct RuleView {
    name: &'static str,
    category: &'static str,
    default: &'static str,
    exceptions: Vec<ExceptionView>,
    summary: &'static str,
    url: String,
}

/// A severity besides the default one, and the findings that get it.
#[derive(Serialize)]
struct ExceptionView {
    severity: &'static str,
    applies: &'static str,
}

pub(crate) fn list(args: &RulesArgs) -> Exit {
    output::print(&match args.output_format {
        ListFormat::Text => text(),
        ListFormat::Json => json(),
        ListFormat::Markdown => docs::table(rule_url),
    })
}

fn text() -> String {
    let width = |part: fn(&Rule) -> &'static str| {
        let widths = rules::ALL.iter().map(|rule| part(rule).len());
        widths.max().unwrap_or_default()
    };
    let names = width(|rule| rule.name);
    let categories = width(|rule| rule.category.name());
    let line = |rule: &&Rule| {
        let (name, category) = (rule.name, rule.category.name());
        let default = docs::default_severity(rule);
        let mut summary = rule.summary.to_owned();
        for exception in docs::exceptions(rule) {
            let _ = write!(summary, " ({exception})");
        }
        format!("{name:names$}  {category:categories$}  {default:7}  {summary}\n")
    };
    rules::ALL.iter().map(line).collect()
}

fn json() -> String {
    let exception = |(severity, applies): &(Severity, &'static str)| ExceptionView {
        severity: severity.name(),
        applies,
    };
    let view = |rule: &&Rule| RuleView {
        name: rule.name,
        category: rule.category.name(),
        default: docs::default_severity(rule),
        exceptions: rule.exceptions.iter().map(exception).collect(),
        summary: rule.summary,
        url: rule_url(rule),
    };
    let views: Vec<_> = rules::ALL.iter().map(view).collect();
    serde_json::to_string_pretty(&views).unwrap_or_default() + "\n"
}

pub(crate) fn explain(args: &ExplainArgs) -> Exit {
    let options = output::render_options(output::Stream::Stdout, args.color, None);
    output::print(&docs::explanation(args.rule, &options))
}

//! `rules`.

use autopilot_lint::diagnostic::{Applicability, Rule, Severity};
use autopilot_lint::docs;
use autopilot_lint::report::rule_url;
use autopilot_lint::rules;
use serde::Serialize;

use super::command_error::CommandError;
use crate::cli::args::{ListFormat, RulesArgs};
use crate::cli::exit::Exit;
use crate::cli::outputs::{ColorChoice, StandardStream, console};

/// A rule in the JSON list; the shape is a promise.
#[derive(Serialize)]
struct RuleView {
    name: &'static str,
    category: &'static str,
    default: &'static str,
    exceptions: Vec<ExceptionView>,
    /// How sure its fixes are at best.
    fixable: Option<Applicability>,
    summary: &'static str,
    url: Option<String>,
}

/// A severity besides the default one, and the findings that get it.
#[derive(Serialize)]
struct ExceptionView {
    severity: &'static str,
    applies: &'static str,
}

pub(super) fn run(args: &RulesArgs) -> Result<Exit, CommandError> {
    console::print(&match args.output_format {
        ListFormat::Text => text(),
        ListFormat::Json => json(),
        ListFormat::Markdown => docs::table(rule_url),
    })?;
    Ok(Exit::Clean)
}

fn text() -> String {
    let options = StandardStream::Output.render_options(ColorChoice::Never, None);
    let all = docs::listing(&options);
    format!("{all}\nautopilot-lint explain NAME says more about a rule or a category.\n")
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
        fixable: rule.fixable(),
        summary: rule.summary,
        url: rule_url(rule),
    };
    let views: Vec<_> = rules::ALL.iter().map(view).collect();
    serde_json::to_string_pretty(&views).unwrap_or_default() + "\n"
}
